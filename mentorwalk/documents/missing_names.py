"""Names in templates that have no value: what is said of them, and which are merely empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateRuntimeError, UndefinedError
from jinja2.utils import missing

from mentorwalk.documents.context import NAMES, Answers, NotThere
from mentorwalk.documents.mentorship import MentorshipView
from mentorwalk.documents.said import SaidOutline
from mentorwalk.domain.errors import did_you_mean, looks_misspelt, nearest
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

OWNER = "{owner}"
"""Stands in a sentence for what should have a name, as its template spells it."""
ON_LINES = " on a line above it, and `{% endif %}` on one below."
"""Ends the sentence of what can be asked for first, where nothing else stands on its line."""
MOST_PARTS = 12
"""The most names that a sentence lists."""


class Missing(StrictUndefined):
    """A name that a template uses and that has no value; its error says what was probably meant.

    What a session merely has not got, such as the day of the next meeting, can be asked for.
    """

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        sentence = _in_words(hint) if hint else no_such(obj, "" if name is None else name)
        super().__init__(sentence, obj, name, exc)

    # Jinja has every use of a missing name fail, so it says that nothing comes back.
    def __bool__(self) -> bool:  # type: ignore[override]
        """Return that it is empty, if it is only not there yet.

        Raises:
            UndefinedError: There can be no such name.
        """
        if not _merely_empty(self._undefined_obj, self._undefined_name):
            self._fail_with_undefined_error()
        return False


def _merely_empty(owner: Any, name: str | int | None) -> bool:
    return isinstance(owner, NotThere) and name in owner.parts


def whole(name: str | int) -> str:
    """Return what stands in a sentence for a name with all that its template writes before it."""
    return f"{{whole:{name}}}"


def no_such(owner: Any, name: str | int) -> str:
    """Return the sentence that a name has no value, with what was probably meant.

    The sentence has `whole` and `OWNER` in it where the names belong as the template spells them.

    Args:
        owner: What should have the name; Jinja's `missing` for the template itself.
        name: The name; of an item of a list, its number.
    """
    if owner is missing:
        return _nothing_called(str(name))
    if _merely_empty(owner, name):
        return f"There is no `{whole(name)}` {owner.while_} {_asked_first(OWNER)}"
    if isinstance(owner, list | tuple):
        return _of_heading(owner, name) or _not_in_list(name)
    if isinstance(owner, str | int | float):
        kind = "a text" if isinstance(owner, str) else "a number"
        return f"There is no `{whole(name)}`: `{OWNER}` is {kind}, without parts."
    return f"There is no `{whole(name)}`.{_instead(str(name), _parts_of(owner))}"


_HINTS = (
    (r"No (?:first|last) item", "An empty list has no first and no last item. {asked}"),
    (r"No .* item, sequence was empty", "There is nothing in this list to choose from. {asked}"),
    (r"parameter '(\w+)' was not provided", "This macro needs `{0}`, too."),
    (r"there is no (?:previous|next) item", "There is no such item at the end of a loop."),
    (r"access to attribute '(\w+)'", "`{0}` is closed to templates."),
    (r".*does not export the requested name '(\w+)'", "That template has no `{0}`."),
)
"""What Jinja says of a value that is missing, and what is said instead."""


def _in_words(hint: str) -> str:
    """Return in a sentence of ours why there is no value."""
    for pattern, sentence in _HINTS:
        said = re.match(pattern, hint, re.DOTALL)
        if said:
            asked = "Put `{% if %}` with the list in it before this, and `{% endif %}` behind it."
            return sentence.replace("{0}", "".join(said.groups()[:1])).replace("{asked}", asked)
    return "This has no value here."


def _nothing_called(name: str) -> str:
    if name in ("session", "mentorship"):
        foot = " Its day, and lines to sign, are printed at its end." * (name == "session")
        return f"A document that wants acceptance cannot use `{name}`: its words must stay.{foot}"
    if name.lower() in ROLES:
        return f"Nothing is called `{name}` here: write `people.{name.lower()}`."
    return f"Nothing is called `{name}` here.{did_you_mean(name, NAMES)}"


def _of_heading(owner: Sequence[Any], name: str | int) -> str:
    """Return how to name one of several clauses by its heading; empty if none is called so."""
    headings = [str(each.get("heading", "")) for each in owner if isinstance(each, dict)]
    near = nearest(str(name), filter(None, headings))
    return near and (
        f"There is no `{whole(name)}`: `{OWNER}` is a list. Write `{{% for each in {OWNER} if "
        f'each.heading == "{near}" %}}{{{{ each.text }}}}{{% endfor %}}`.'
    )


def _not_in_list(name: str | int) -> str:
    if isinstance(name, int):
        asked = f"{OWNER} | length > {name}" if name > 0 else OWNER
        return f"There may be no `{whole(name)}`. {_asked_first(asked)}"
    return (
        f"There is no `{whole(name)}`: `{OWNER}` is a list. Go through it, as in "
        f"`{{% for each in {OWNER} %}}`."
    )


def _asked_first(what: str) -> str:
    return f"Put `{{% if {what} %}}`{ON_LINES}"


def _parts_of(owner: Any) -> tuple[str, ...]:
    """Return the names that something has for a template; none if nobody knows."""
    match owner:
        case Answers():
            return owner.fields
        case NotThere():
            return owner.parts
        case dict():
            return tuple(map(str, owner))
        case MentorshipView() | SaidOutline():
            public = {*vars(type(owner)), *vars(owner)}
            return tuple(sorted(name for name in public if not name.startswith(("_", "in_"))))
        case _:
            return ()


def _instead(name: str, parts: tuple[str, ...]) -> str:
    """Return what was probably meant, or else all that there is, unless that is too much."""
    if looks_misspelt(name, parts) or len(parts) > MOST_PARTS:
        return did_you_mean(name, parts)
    *some, last = (f"`{part}`" for part in parts) if parts else ("",)
    if not some:
        return last and f" There is {last}."
    return f" There are {', '.join(some)} and {last}."
