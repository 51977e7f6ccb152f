"""The shapes of what was prepared, as the journal has it, with the fields by which it is read."""

from __future__ import annotations

from typing import Any, get_args

from mentorwalk.domain.fields import Choice, Field, FieldType
from mentorwalk.domain.people import Prep
from mentorwalk.domain.roles import ROLES
from mentorwalk.storage.shapes import (
    FLAG,
    MAYBE_DAY,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    TEXT,
    TEXTS,
    VALUES,
    Shape,
    list_of,
    object_of,
)


def one_of(*words: str) -> Shape:
    """Return the shape of a text that is one of some words."""

    def read(data: Any) -> Any:
        """Return the data as it is, if it is one of the words."""
        if data not in words:
            raise ValueError(data)
        return data

    return Shape(str, read)


ROLE = one_of(*ROLES)
_FIELD = object_of(
    Field,
    id=TEXT,
    label=TEXT,
    type=one_of(*get_args(FieldType)),
    by=one_of("mentor", "mentee", "both", "each"),
    choices=list_of(object_of(Choice, pick=TEXT, says=TEXT)),
    sentences=("as_", MAYBE_TEXT),
    items=TEXTS,
    each_of=TEXT,
    min=MAYBE_WHOLE,
    max=MAYBE_WHOLE,
    low=TEXT,
    high=TEXT,
    unit=TEXT,
    step=FLAG,
)
"""A field as far as its answer is to be read: how it was asked stands in its agenda."""
FIELD = Shape(
    # A limit may be 0; what else is empty is left out.
    lambda field: {
        key: value for key, value in _FIELD.write(field).items() if value or type(value) is int
    },
    _FIELD.read,
)
PREP = object_of(
    Prep,
    agenda=TEXT,
    role=ROLE,
    name=TEXT,
    answers=VALUES,
    unknown=TEXTS,
    day=MAYBE_DAY,
    fields=list_of(FIELD),
).sparse("day", "fields")
