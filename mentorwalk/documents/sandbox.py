"""The sandbox that templates run in: what they can name, include and call, and their mistakes."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, BytecodeCache, TemplateNotFound
from jinja2.filters import FILTERS as jinja_filters  # noqa: N811 - ours is called so, too

from mentorwalk.documents.bounds import BoundedEnvironment
from mentorwalk.documents.markdown import Markdown, Whole, finalized, in_words, paragraphs, quote
from mentorwalk.documents.missing_names import Missing, no_such
from mentorwalk.documents.refusal import Refusal
from mentorwalk.documents.template_faults import reporting_faults
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import (
    capital,
    labelled,
    mid_sentence,
    unquoted,
    with_full_stop,
    without_full_stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket

TEMPLATE_LIMIT = 256 * 1024
"""The most bytes of a template."""


def rendered(template: str, folders: tuple[Path, ...], context: Mapping[str, Any]) -> str:
    """Return the text that a template makes of a context.

    Args:
        template: The name of its file.
        folders: Where templates are looked up; the first that has one is taken.
        context: The values of the names that it can use.

    Raises:
        TemplateProblem: The template is missing, has a mistake, or wants too much.
    """
    with reporting_faults(template, partial(template_path, folders=folders)):
        environment = _environment(folders)
        environment.begin()
        return environment.get_template(template).render(context)


@cache
def _environment(folders: tuple[Path, ...]) -> BoundedEnvironment:
    """Return an environment that compiles each template once, and again when its file changed."""
    return new_environment(_Templates(folders))


def new_environment(loader: BaseLoader | None = None) -> BoundedEnvironment:
    """Return an environment with everything that a template can call."""
    environment = BoundedEnvironment(FILTERS, _put_in, in_words, loader, Missing)
    environment.globals |= SPOKEN
    environment.bytecode_cache = _COMPILED
    return environment


class _Compiled(BytecodeCache):
    """Keeps compiled templates by name, path and text; compiling one takes 30 milliseconds."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what was compiled from this file; Jinja drops it where the text is another one."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
"""Sessions look their templates up in other folders each, and find the same bundled ones there."""


def _of_words(change: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Return a filter that takes whatever a template has: items are listed first."""
    return lambda value: change(in_words(_no_method(value)))


def _put_in(value: Any) -> str:
    """Return what an expression puts into a document."""
    return finalized(_no_method(value))


def _no_method(value: Any) -> Any:
    """Return a value, unless it is a method of a text or a list: `title` was meant as a part.

    Raises:
        Refusal: It is one.
    """
    owner = getattr(value, "__self__", None)
    if callable(value) and isinstance(owner, str | tuple | list):
        raise Refusal(no_such(owner, value.__name__))
    return value


def _listed(items: Any) -> str:
    """Return items, which may come one by one, as a sentence lists them; words stay as they are."""
    return in_words(items if isinstance(items, str | Whole) else tuple(items))


def _labelled(answer: Any, label: Any) -> str:
    """Return an answer after its label: with a colon, unless that is a question."""
    return labelled(in_words(label), in_words(answer))


def _of_number(change: Callable[..., Any]) -> Callable[..., Any]:
    """Return one of Jinja's filters that makes a number, of what a number reads like as well."""

    def of_number(value: Any, *args: Any, **named: Any) -> Any:
        """Return the number of a value."""
        number = getattr(value, "number", None)
        return change(value if number is None else number, *args, **named)

    return of_number


FILTERS: dict[str, Callable[..., Any]] = {
    "quote": _of_words(quote),
    "capital": _of_words(capital),
    "sentence": _of_words(with_full_stop),
    "unstopped": _of_words(without_full_stop),
    "within": _of_words(mid_sentence),
    "unquoted": _of_words(unquoted),
    "paragraphs": _of_words(paragraphs),
    "listed": _listed,
    "labelled": _labelled,
    "int": _of_number(jinja_filters["int"]),
    "float": _of_number(jinja_filters["float"]),
}


def _say(text: str, /, **values: Any) -> Markdown:
    """Return words of ours; what is put into them is escaped, they themselves are not."""
    return _filled_in(_(text), values)


def _say_number(one: str, many: str, number: int, /, **values: Any) -> Markdown:
    return _filled_in(ngettext(one, many, number), {"number": number, **values})


def _filled_in(text: str, values: Mapping[str, Any]) -> Markdown:
    # Not by `format`, which would let a template reach further than Jinja's sandbox does.
    return Markdown(fill_in(text, {name: finalized(value) for name, value in values.items()}))


SPOKEN: Mapping[str, Callable[..., Markdown]] = {"_": _say, "ngettext": _say_number}
"""The functions by which a template speaks the language of the agenda."""


def _unchanged(path: Path) -> Callable[[], bool]:
    """Return a function that says whether a file is still as it is now."""
    now = path.stat().st_mtime_ns
    return lambda: path.stat().st_mtime_ns == now


def template_path(name: str, folders: Sequence[Path]) -> Path | None:
    """Return a template's file, from the first folder that has one; None if none has.

    A template is a file whose name ends in `.j2`: an agenda from a stranger may name any other.
    """
    for folder in folders if re.fullmatch(r"[\w.-]+\.j2", name) else ():
        path = folder / name
        # A link may lead out of the folder, to any file of this computer.
        inside = path.is_file() and path.resolve().parent == folder.resolve()
        if inside and path.stat().st_size <= TEMPLATE_LIMIT:
            return path
    return None


class _Templates(BaseLoader):
    """Finds templates by bare names: one can include another, but reach no other file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its path, and whether it is unchanged when asked later."""
        path = template_path(template, self.folders)
        if path is None:
            raise TemplateNotFound(template)
        return path.read_text(encoding="utf-8"), str(path), _unchanged(path)
