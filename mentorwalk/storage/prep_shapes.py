"""The shapes of what was prepared, as the journal has it, with the fields by which it is read."""

from __future__ import annotations

from types import NoneType
from typing import Any, get_args

from mentorwalk.domain.fields import Choice, Field, FieldType
from mentorwalk.domain.people import Prep
from mentorwalk.domain.roles import ROLES
from mentorwalk.storage.shapes import (
    FLAG,
    MAYBE_DAY,
    MAYBE_TEXT,
    TEXT,
    TEXTS,
    VALUES,
    ObjectShape,
    Shape,
    list_of,
    unchanged,
)


def one_of(*words: str) -> Shape:
    """Return the shape of a text that is one of some words."""

    def read(data: Any) -> Any:
        """Return the data as it is, if it is one of the words."""
        if data not in words:
            raise ValueError(data)
        return data

    return Shape(str, read)


_MAYBE_WHOLE = unchanged(int, NoneType)
ROLE = one_of(*ROLES)
_CHOICE = ObjectShape(Choice, {"pick": ("pick", TEXT), "says": ("says", TEXT)})
_FIELD = ObjectShape(
    Field,
    {
        "id": ("id", TEXT),
        "label": ("label", TEXT),
        "type": ("type", one_of(*get_args(FieldType))),
        "by": ("by", one_of("mentor", "mentee", "both", "each")),
        "choices": ("choices", list_of(_CHOICE)),
        "sentences": ("as_", MAYBE_TEXT),
        "items": ("items", TEXTS),
        "each_of": ("each_of", TEXT),
        "min": ("min", _MAYBE_WHOLE),
        "max": ("max", _MAYBE_WHOLE),
        "low": ("low", TEXT),
        "high": ("high", TEXT),
        "unit": ("unit", TEXT),
        "step": ("step", FLAG),
    },
)
"""A field as far as its answer is to be read: how it was asked stands in its agenda."""
FIELD = Shape(
    # A limit may be 0; what else is empty is left out.
    lambda field: {
        key: value for key, value in _FIELD.write(field).items() if value or type(value) is int
    },
    _FIELD.read,
)
_PREP = ObjectShape(
    Prep,
    {
        "agenda": ("agenda", TEXT),
        "role": ("role", ROLE),
        "name": ("name", TEXT),
        "answers": ("answers", VALUES),
        "unknown": ("unknown", TEXTS),
        "day": ("day", MAYBE_DAY),
        "fields": ("fields", list_of(FIELD)),
    },
)
PREP = Shape(
    lambda prep: {
        key: value
        for key, value in _PREP.write(prep).items()
        if value or key not in ("day", "fields")
    },
    _PREP.read,
)
