"""What goes wrong while a template is rendered: where, and in words that its author knows."""

from __future__ import annotations

import re
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (
    Environment,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)

from mentorwalk.documents.missing_names import ON_LINES, OWNER, whole
from mentorwalk.documents.refusal import Refusal
from mentorwalk.documents.template_tags import (
    Fault,
    line_of,
    only_tags,
    place_in,
    syntax_fault,
    tags_of,
)
from mentorwalk.domain.errors import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_FAULTS = (
    TemplateError,
    Refusal,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template can make Jinja raise; it consists of expressions only."""


@contextmanager
def reporting_faults(template: str, find: Callable[[str], Path | None]) -> Iterator[None]:
    """Turn what Jinja raises into a sentence with the place in the template.

    Args:
        template: The name of its file.
        find: Gives the file of a template by its name; None if there is none.

    Raises:
        TemplateProblem: The template is missing, has a mistake, or wants too much.
    """
    try:
        yield
    except TemplateNotFound as error:
        raise TemplateProblem(
            f"The template {error.name} is in none of the folders for templates. "
            "Put it beside the agenda, or name its folder with --templates."
        ) from None
    except _FAULTS as error:
        name, line = _place(error, template, find)
        path = find(name)
        text = path.read_text(encoding="utf-8", errors="replace") if path else ""
        fault = fault_of(error, text, line)
        raise TemplateProblem(f"{name}:{fault.line}:{fault.column}: {fault.sentence}") from None


def _place(
    error: BaseException, template: str, find: Callable[[str], Path | None]
) -> tuple[str, int]:
    """Return the template and the line where it went wrong."""
    if isinstance(error, TemplateSyntaxError):
        # Where a remark or `raw` never ends, Jinja gives the whole path for the name.
        return Path(error.name or template).name, error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    paths = [(Path(frame.filename), frame.lineno) for frame in frames]
    places = [(path.name, line or 1) for path, line in paths if find(path.name) == path]
    return places[-1] if places else (template, 1)


def fault_of(error: BaseException, text: str, line: int) -> Fault:
    """Return an error in words, with its place: of Jinja and Python only the line is known.

    Args:
        error: What was raised.
        text: The text of the template.
        line: The line of the template, counted from 1.
    """
    if isinstance(error, TemplateSyntaxError):
        return syntax_fault(text, error)
    if isinstance(error, UnicodeDecodeError):
        before = error.object[: error.start].decode(errors="replace")
        return place_in(f"{before}?", len(before), _in_words(error))
    sentence = _spelled_out(_in_words(error), text, line)
    column = _column(sentence, line_of(only_tags(text), line))
    return Fault(line, column, _within_its_line(sentence, line_of(text, line), column))


def _within_its_line(sentence: str, line: str, column: int) -> str:
    """Return a sentence that says to ask for a value within its line, if more stands there.

    A row would go with the condition, and so would what else was said.
    """
    said, _, condition = sentence.removesuffix(ON_LINES).rpartition("Put ")
    if not (said and sentence.endswith(ON_LINES)):
        return sentence
    asked = re.sub(r"`\{% if ([^ ]+).*", r"\1", condition)
    tags = [tag for tag in tags_of(line) if tag.puts_in]
    value = next((tag.text for tag in tags if tag.at < column <= tag.at + len(tag.text)), "")
    others = any(asked not in tag.text for tag in tags)
    if not (value and (others or line.lstrip().startswith("|"))):
        return sentence
    return f"{said}Write `{condition.strip('`')}{value}{{% endif %}}` there."


def _column(sentence: str, excerpt: str) -> int:
    """Return where in its line something stands that a sentence names; else the first tag's."""
    named = re.findall(r"`([^`]+)`", sentence)
    roots = (re.split(r"[.\[]", name)[0] for name in named[:1])
    patterns = [re.escape(name).replace('"', "[\"']") for name in (*named, *roots) if name]
    uses = [use.format(name) for name in patterns[:1] for use in _uses_of(sentence)]
    # A name by itself, rather than what is called so of something else.
    exact = [rf"(?<!{before}){each}(?!\w)" for each in patterns for before in (r"[\w.]", r"\w")]
    found = (re.search(pattern, excerpt) for pattern in (*uses, *exact, r"\{[{%]"))
    return next((match.start() for match in found if match), 0) + 1


_USES = {
    "cannot be compared then": (
        r"(?<!{0} and )(?<![\w.]){0}(?= *[<>])",
        r"(?<=[<>=] ){0}(?![\w.])",
        r"(?<![\w.]){0}(?= *[<>])",
    ),
    "was asked of each": (
        r"(?<=\{{\{{ )(?<![\w.]){0}(?![\w.\[])",
        r"(?<![\w.]){0}(?![\w.\[])",
    ),
    "is no function": (r"(?<![\w.]){0}(?= *\()",),
}
"""Where a name stands in its line that a sentence is about, if it stands there more than once."""


def _uses_of(sentence: str) -> tuple[str, ...]:
    """Return the patterns of the use of a name that a sentence tells of, the surest first."""
    return next((uses for said, uses in _USES.items() if said in sentence), ())


CALLED = "{called}"
"""Stands in a sentence for what a template calls."""
_WORDS = (
    (r"No (filter|test) named '(\w+)'", "There is no {0} `{1}`."),
    (r"(`\w+` is closed to templates\.)", "{0}"),
    (
        r".*not callable|.*not safely callable",
        "`{called}` is no function: take the brackets behind it away.",
    ),
    (
        r".*can only concatenate|.*unsupported operand|.*must be str|.*bad operand",
        (
            "This cannot be calculated: an answer is text. `~` puts texts one after another, and "
            "`| int` makes a number of one."
        ),
    ),
    (r".*not supported between", "These cannot be compared: one is a text, and one is not."),
    (r".*not subscriptable", "There is nothing in this that could be named: it is a number."),
    (r".*not iterable|.*has no len", "This cannot be gone through or counted: it is no list."),
    (r".*argument", "There is too much between these brackets, or too little."),
    (r".*Range too big", "This counts too far."),
)
"""What Jinja and Python say of a mistake, and what is said instead."""


def _in_words(error: BaseException) -> str:
    """Return an error in a sentence of ours: nobody who writes a template knows Python's."""
    if isinstance(error, Refusal | UndefinedError):
        return str(error)
    if isinstance(error, KeyError):
        return f"There is no `{error.args[0]}` in it."
    kinds = (sentence for kind, sentence in _KINDS.items() if isinstance(error, kind))
    said = ((re.match(pattern, str(error)), sentence) for pattern, sentence in _WORDS)
    told = (_filled(sentence, match) for match, sentence in said if match)
    return next(kinds, None) or next(
        told, "This cannot be worked out: its parts do not go together."
    )


_KINDS: Mapping[type[BaseException], str] = {
    RecursionError: "This template includes itself without end.",
    SyntaxError: "Something here is nested too deeply.",
    ZeroDivisionError: "Something is divided by zero here.",
    UnicodeDecodeError: "This is not text in UTF-8: save it as that.",
}
"""What is said of a mistake of a kind."""


def _filled(sentence: str, match: re.Match[str]) -> str:
    for place, words in enumerate(match.groups()):
        sentence = sentence.replace(f"{{{place}}}", words)
    return sentence


# --- How a template spells a name


def _spelled_out(sentence: str, text: str, line: int) -> str:
    """Return a sentence with the names as the template has them in a line."""
    if CALLED in sentence:
        calls = (node.node for node in _tree(text).find_all(nodes.Call) if node.lineno == line)
        return sentence.replace(CALLED, next(map(spelled, calls), "this"))
    named = re.search(r"\{whole:(.*?)\}", sentence)
    if named is None:
        return sentence
    found = next((node for node in _parts(text, line) if _last_name(node) == named[1]), None)
    if found is None or "..." in spelled(found):
        sentence = sentence.replace(f"`{OWNER}`", "what stands before it").replace(OWNER, "...")
        return sentence.replace(whole(named[1]), named[1])
    return sentence.replace(whole(named[1]), spelled(found)).replace(OWNER, spelled(found.node))


def _parts(text: str, line: int) -> list[nodes.Getattr | nodes.Getitem]:
    """Return what a line of a template names of other things."""
    tree = _tree(text)
    found: list[nodes.Getattr | nodes.Getitem] = [*tree.find_all(nodes.Getattr)]
    found += tree.find_all(nodes.Getitem)
    return [node for node in found if node.lineno == line]


def _tree(text: str) -> nodes.Template:
    return Environment(autoescape=True).parse(text)


def _last_name(node: nodes.Getattr | nodes.Getitem) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return str(node.arg.value) if isinstance(node.arg, nodes.Const) else ""


def spelled(node: nodes.Node) -> str:
    """Return an expression as a template writes it."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Const():
            return f'"{node.value}"' if isinstance(node.value, str) else str(node.value)
        case nodes.Getattr():
            return f"{spelled(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{spelled(node.node)}[{spelled(node.arg)}]"
        case nodes.Call():
            return f"{spelled(node.node)}({', '.join(map(spelled, node.args))})"
        case _:
            return "..."
