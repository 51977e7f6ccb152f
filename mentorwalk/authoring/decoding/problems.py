"""What does not fit the format in an agenda's file, with a sentence for its author, and a fix."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.authoring.decoding.items import (
    reads_so,
    split_sentence,
)
from mentorwalk.authoring.decoding.scalars import number_meant
from mentorwalk.authoring.format.keys import KEYS, LISTS, PROSE, SWITCHES
from mentorwalk.authoring.format.other_words import is_other, our_word
from mentorwalk.authoring.syntax.brace_repairs import braced
from mentorwalk.authoring.syntax.nodes import items_of, text_of
from mentorwalk.authoring.syntax.repair import SHOWN_LINES, indent_of
from mentorwalk.authoring.syntax.rewriting import (
    NO_QUOTES,
    OWN_LINE,
    nothing_left,
    on_own_line,
    without_quotes,
)
from mentorwalk.authoring.syntax.sign_repairs import (
    CLOSES_NOTHING,
    closes_nothing,
    spaced,
    with_colon,
)
from mentorwalk.authoring.syntax.source import Items, Node, Pairs, Scalar
from mentorwalk.authoring.syntax.text_repairs import barred
from mentorwalk.domain.errors import LISTED, shown
from mentorwalk.domain.text import join_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mentorwalk.authoring.syntax.source import Source
    from mentorwalk.domain.errors import Problem


_ENDS = {"min": "low", "max": "high"}
"""By the key of an end of a scale, the one that holds its words."""
_COMMENT = re.compile(r"(?:\s+(?://|<!--|--|;|%(?= [a-z]))|\s*#)\s*(.*)|\s+\((\w.*)\)")
"""A comment of another language behind a value, or one that nothing divides from it."""
FEW_KEYS = 8
"""The most keys that a message lists; of more, those that are needed."""
NO_LINES = (
    "`each_of` takes the id of a field whose items are asked about, or `open-steps`. Lines of your "
    "own are fields, each with its `label`."
)
NO_OTHER = (
    "`{choice}` would be an answer like the others. To let people say what it is, write "
    "`other: yes` beside `choices`, and take this one out."
)
NAMED_BY = "Whom the field `{name}` names stands behind `named_by: {name}`, without `who`."


class Misfit(Exception):  # noqa: N818 - a signal, always caught
    """A node cannot become what its annotation wants; the problem is already noted."""


class Misfits:
    """Notes what does not fit in one file, as problems with their places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def note(self, node: Node, sentence: str, fix: str = "") -> None:
        """Note a problem at a node."""
        self.problems.append(self.source.problem(node.line, node.column, sentence, fix))

    def new(self, node: Node, sentence: str, fix: str = "") -> Misfit:
        """Note a problem, and return what to raise."""
        self.note(node, sentence, fix)
        return Misfit()

    def no_text(self, node: Items | Pairs, key: str, *, in_list: bool) -> Misfit:
        """Note that a node should be a text, and return what to raise."""
        line, above = self.source.line(node.line), self.source.line(node.line - 1).rstrip()
        name = re.match(r"\{(\w[^{}]*)\}", line[node.column :])
        if name and key == "who" and name[1] in self.ids:
            fix = line.replace(f"who: {name[0]}", f"named_by: {name[1]}", 1)
            return self.new(node, NAMED_BY.format(name=name[1]), fix)
        if name and not _has_values(node) and key not in PROSE | LISTS:
            sentence = f"No braces are needed here: write `{name[1]}`."
            return self.new(node, sentence, line.replace(name[0], name[1], 1))
        if isinstance(node, Pairs) and node.braces and not _has_values(node):
            lines, number = self.source.lines, node.line
            if repair := next(chain(braced(lines, number), barred(lines, number)), None):
                return self.new(node, repair.fault.sentence, repair.fix)
            return self.new(node, f"A text that begins with `{{` is misread here. {OWN_LINE}")
        words, colon, _ = split_sentence(node).partition(":")
        if colon and colon in line and " " in words and above.endswith(f"{key}:"):
            sentence = f"This sentence contains a colon: write `{key}: |` above it."
            return self.new(node, sentence, f"{above} |\n{line}")
        single = isinstance(node, Items) and len(node.nodes) == 1
        if isinstance(node, Items) and single and not (in_list or key in SWITCHES):
            one, written = text_of(node.nodes[0]), re.match(r"\[[^\]]*\]", line[node.column :])
            fix = line.replace(written[0], one, 1) if written and one else ""
            fix = fix or _as_text(self.source, node, key)
            return self.new(node, f"`{key}` has one value, and no list.", fix)
        if key == "each_of":
            return self.new(node, NO_LINES)
        what = f"An item of `{key}`" if in_list else f"`{key}`"
        fix = "" if in_list else _as_text(self.source, node, key)
        must = "has one value" if key in KEYS - PROSE - LISTS else "must be one text"
        must = "must be yes or no" if key in SWITCHES else must
        return self.new(node, f"{what} {must}, not {kind_of(node)}.", fix)

    def without_stray(self, node: Node, text: str) -> str:
        """Return a value without a bracket or a brace at its end that closes nothing; note it.

        A free text may end with anything.
        """
        if not isinstance(node, Scalar) or node.style or not closes_nothing(text):
            return text
        sign, line = text[-1], self.source.line(node.last)
        if sign not in line:
            return text
        at = line.rindex(sign)
        fix = f"{line[:at].rstrip()}{line[at + 1 :]}"
        told = Scalar(node.last, at, "", "", node.last)
        self.note(told, CLOSES_NOTHING.format(sign=sign), fix if line[:at].strip() else "")
        return text[:-1].rstrip()

    def sign_missing(self, node: Node, known: Collection[str] = KEYS) -> bool:
        """Note that `minutes 4` or `minutes:4` stands for `minutes: 4`; return whether it does."""
        lines, number = self.source.lines, node.line
        # A YAML line may end where no line of a file does.
        if not isinstance(node, Scalar) or number >= len(lines):
            return False
        if re.split(r"\W", node.text)[0] not in known:
            return False
        repair = next(chain(spaced(lines, number), with_colon(lines, number)), None)
        if repair:
            self.problems.append(self.source.problem(*repair.fault, repair.fix))
        return repair is not None

    @cached_property
    def ids(self) -> frozenset[str]:
        """Everything that stands behind `id:` in the file."""
        return frozenset(re.findall(r"(?m)^[ -]*id: *(\S.*?) *$", "\n".join(self.source.lines)))

    def role_called(self, word: str) -> str:
        """Return the role that the file calls by a word; empty if it calls none so."""
        return self._role_words.get(word.casefold(), "")

    @cached_property
    def _role_words(self) -> Mapping[str, str]:
        """The role that the file calls by a word, by that word in small letters."""
        below = re.search(r"(?m)^roles:(.*(?:\n +.*)*)", "\n".join(self.source.lines))
        given = re.findall(r"(mentor|mentee): *[\"“]?([^\"”#,}\n]+)", below[1] if below else "")
        return {word.strip().casefold(): role for role, word in given}

    @cached_property
    def last_answers(self) -> frozenset[str]:
        """The last answer or choice in each line of the file."""
        lines = (line.rstrip(" ]}") for line in self.source.lines)
        return frozenset(re.split(r"[:,] |[\[{]", line)[-1].strip() for line in lines)

    def is_picked(self, node: Node, text: str, around: Node | None) -> bool:
        """Return whether `SMS: by mail` is a choice with how it reads: known so, or like another.

        Args:
            node: Where it stands.
            text: The choice.
            around: The list that it is in.

        Raises:
            Misfit: It asks for own words, which a key does; the problem is noted.
        """
        if is_other(text):
            raise self.new(node, NO_OTHER.format(choice=text.partition(":")[0]))
        beside = items_of(around)[:FEW_KEYS]
        alike = [each for each in map(split_sentence, beside) if reads_so(each)]
        known = text.partition(": ")[0] in self.last_answers
        return known or (len(alike) > 1 and reads_so(text))

    def pick_and_says(self, node: Node, text: str) -> tuple[str, str]:
        """Note that a choice and how it reads have a key each, and return the two."""
        pick, _, says = text.partition(": ")
        line = self.source.line(node.line)
        written = f"{{pick: {pick}, says: {says}}}"
        sentence = f"A choice and how it reads in the agreement have a key each: `{written}`."
        self.note(node, sentence, f"{line[: node.column]}{written}" if "," not in text else "")
        return pick, says

    def no_value(self, node: Node, sentence: str, text: str, instead: str = "") -> Misfit:
        """Note a value that does not fit, or what stands around one that may, and is not seen."""
        line = self.source.line(node.line)
        bare, comment = without_quotes(text), _COMMENT.search(text)
        if bare and text in line:
            return self.new(node, NO_QUOTES.format(mark=text[0]), line.replace(text, bare))
        if value := _value_meant(text, sentence) or ("" if comment else instead):
            before, behind = line[: node.column], line[node.column :]
            fix = f"{before}{behind.replace(text, value, 1)}" if text in behind else ""
            return self.new(node, sentence, fix)
        key = sentence.split("`")[1]
        if comment and comment[2] and key in _ENDS:
            number = text[: comment.start()]
            own, words = f"{line[: node.column]}{number}", f"{_ENDS[key]}: {comment[2]}"
            fix = f"{own}\n{' ' * indent_of(line)}{words}"
            return self.new(node, f"The words of this end have a key of their own: `{words}`.", fix)
        # What is in brackets may be more than a note: `list (max. 3)`.
        if comment and text in line and not re.search(r"\d", comment[2] or ""):
            words = (comment[1] or comment[2]).removesuffix("-->").strip()
            fix = line.replace(text, f"{text[: comment.start()]}  # {words}")
            return self.new(node, "A comment begins with `#` here, behind two spaces.", fix)
        more = " What stands in brackets has a key of its own, such as `max: 3`."
        return self.new(node, sentence + more * bool(comment and comment[2]))

    def empty(self, node: Node, what: str, sentence: str) -> Misfit:
        """Note that nothing is written, or that it was read as a comment."""
        line = self.source.line(node.line)
        comment = re.match(r"\s*(?=#)", line[node.column :])
        if not comment:
            return self.new(node, sentence)
        begin = Scalar(node.line, node.column + comment.end(), "", "", node.line)
        fix = on_own_line(line) if what.strip("`") in {*PROSE, "this item"} else ""
        return self.new(begin, nothing_left(what), fix)


def _as_text(source: Source, node: Node, key: str) -> str:
    """Return a key with the items below it as paragraphs of its text; empty if they are none."""
    above = re.fullmatch(rf"([ -]*){key}: *", source.line(node.line - 1))
    items = [*items_of(node)][:SHOWN_LINES]
    if not (above and key in PROSE and items) or len(items) == SHOWN_LINES:
        return ""
    texts = [" ".join(text_of(item).split()) for item in items]
    below = "\n\n".join(f"{' ' * (len(above[1]) + 2)}{text}" for text in texts)
    return f"{above[1]}{key}: |\n{below}" if all(texts) else ""


def _has_values(node: Items | Pairs) -> bool:
    """Return whether braces hold keys with values, and not a name such as `{mentee}`."""
    return isinstance(node, Pairs) and all(
        not isinstance(value, Scalar) or value.text for _key, value in node.pairs
    )


def _value_meant(text: str, sentence: str) -> str:
    """Return the number, yes or no that a text stands for where one is needed; or nothing."""
    if sentence.endswith("must be yes or no."):
        return our_word(text, "yes", ("yes", "no"))
    told = "must be a" in sentence and sentence.split("`")[1]
    return number_meant(text, told, whole="whole" in sentence) if told else ""


def kind_of(node: Node) -> str:
    """Return what a node is, in words: a text, a list, keys, or nothing."""
    if isinstance(node, Scalar):
        return "a text" if node.text else "nothing"
    return "a list" if isinstance(node, Items) else "keys and values"


def cards_named(*ids: str) -> str:
    """Return which cards a phase has, to end a sentence; nothing if it has none."""
    words = [f"`{shown(each, 40)}`" for each in ids[:LISTED]]
    return f" Its card{'s are' if len(ids) > 1 else ' is'} {join_words(words)}." if ids else ""
