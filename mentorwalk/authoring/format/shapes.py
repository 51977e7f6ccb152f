"""What the annotations of an agenda's dataclasses say: its keys, and what each of them holds."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from keyword import iskeyword
from typing import Any, get_args, get_origin

from mentorwalk.authoring.format.extension import Extension
from mentorwalk.domain.agenda import Agenda, Clause, Drawn, Following, Phase, Prepare, Prompt
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.outcomes import Document, Meeting

_OWNERS: dict[Any, str] = {
    Agenda: "the top of the file",
    Phase: "a phase",
    Prompt: "a card",
    Field: "a field",
    Following: "an entry of `next`",
    Drawn: "a picture",
    Clause: "a clause",
    Choice: "a choice",
    Prepare: "`prepare`",
    Meeting: "`meeting`",
    Contact: "`contact`",
    Document: "an entry of `documents`",
    Extension: "the top of a file that has `extends`",
}


# Cached, because a long agenda asks each of these thousands of times.
def key_of(attribute: str) -> str:
    """Return the key of an attribute: a word that Python needs for itself ends in `_` there."""
    return attribute.removesuffix("_")


def attribute_of(key: str) -> str:
    """Return the attribute that holds the value of a key."""
    return f"{key}_" if iskeyword(key) else key


@cache
def keys_of(kind: Any) -> dict[str, Any]:
    """Return the keys of a dataclass, with their annotations."""
    return {key_of(field.name): field.type for field in fields(kind)}


@cache
def required_keys(kind: Any) -> tuple[str, ...]:
    """Return the keys of a dataclass that have no default; none of anything else."""
    return tuple(
        key_of(field.name)
        for field in (fields(kind) if is_dataclass(kind) else ())
        if field.default is MISSING and field.default_factory is MISSING
    )


@cache
def annotation(wanted: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the parts of an annotation: tuple and str of `tuple[str, ...]`."""
    return get_origin(wanted), get_args(wanted)


@cache
def item_kind(wanted: Any) -> Any:
    """Return what the items of a list are for which an annotation stands; None if it is no list."""
    origin, options = annotation(wanted)
    lists = [wanted] if origin is tuple else [each for each in options if get_origin(each) is tuple]
    return get_args(lists[0])[0] if lists else None


@cache
def part_kind(wanted: Any) -> Any:
    """Return the part with keys for which an annotation stands; None if it is no single one."""
    kinds = [wanted, *annotation(wanted)[1]] if item_kind(wanted) is None else []
    return next((kind for kind in kinds if isinstance(kind, type) and is_dataclass(kind)), None)


@cache
def has_ids(wanted: Any) -> bool:
    """Return whether the parts that an annotation wants have ids, or parts of these have."""
    if isinstance(wanted, type) and is_dataclass(wanted):
        keys = keys_of(wanted)
        return "id" in keys or any(map(has_ids, keys.values()))
    return any(map(has_ids, get_args(wanted)))


@cache
def belongs_to(key: str) -> str:
    """Return a sentence on where a key belongs, with a space before it; or nothing."""
    owners = [words for kind, words in _OWNERS.items() if key in keys_of(kind)]
    *some, last = owners or [""]
    listed = f"{', '.join(some)} or {last}" if some else last
    return f" It belongs to {listed}." if owners else ""
