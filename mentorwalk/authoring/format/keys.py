"""The keys of an agenda's file, by what they hold."""

from __future__ import annotations

from typing import get_args

from mentorwalk.authoring.format.extension import Addition, Extension
from mentorwalk.authoring.format.shapes import item_kind, keys_of
from mentorwalk.domain import agenda, contact, fields, outcomes

PARTS = (
    *(agenda.Agenda, agenda.Phase, agenda.Prompt, fields.Field, fields.Choice, agenda.Clause),
    *(agenda.Roles, contact.Contact, agenda.Aside, agenda.Prepare, agenda.CheckGroup, agenda.Drawn),
    *(outcomes.Meeting, agenda.Following, outcomes.Document, Extension, Addition),
)
KEYS = frozenset(key for part in PARTS for key in keys_of(part))
"""Every key of the format."""
FIELD_KEYS = keys_of(fields.Field).keys() - keys_of(agenda.Prompt).keys()
"""The keys that a field has, and a card has not."""
TYPES: tuple[str, ...] = get_args(keys_of(fields.Field)["type"])
"""Every type of field."""
PROSE = frozenset(
    (
        *(
            "about",
            "agreed",
            "aim",
            "ask",
            "default",
            "group",
            "heading",
            "help",
            "high",
            "how",
            "intro",
            "label",
            "lead",
            "low",
        ),
        "still_draft",
        *("meanwhile", "means", "mentee", "mentor", "open", "pick", "read", "says", "short"),
        *("tip", "title", "unit", "urgent", "when_to_use", "who"),
    )
)
"""Keys that hold free text: repairing such a text can change nothing else in the file."""
NAMING = ("title", "short", "label", "heading", "group", "unit", "who", "pick", "choices")
"""Keys of texts that name something, where quotation marks are left over from typing."""
FIRST_KEYS = frozenset({"id", "pick", "group", "template", "agenda", "after", "before"})
"""Keys that list items begin with."""
SWITCHES = frozenset(key for part in PARTS for key, kind in keys_of(part).items() if kind is bool)
"""Keys that hold yes or no."""
SENTENCES = frozenset({"stuck", "items"})
"""Lists of sentences."""
KEYED = frozenset({"when", "unless", "contact", "meeting", "picture", "roles"})
"""Keys that hold keys of one line each."""
ID_LISTS = frozenset({"leave_out", "recall", "again", "of"})
"""Lists of ids."""
ITEM_LISTS = frozenset(
    key for part in PARTS for key, kind in keys_of(part).items() if item_kind(kind)
)
"""Keys that hold a list."""
LISTS = SENTENCES | {"choices"}
"""Lists of texts; those of `choices` may be single words."""


def told_type(field: fields.Field) -> tuple[str, str]:
    """Return a key of a `text` that tells another type, and that type; empty if there is none.

    Whoever leaves `type` out writes what belongs to the type that they mean.
    """
    if field.type != "text":
        return "", ""
    told = (
        ("items", field.items, "`type: ratings`"),
        ("items_from", field.items_from, "`type: ratings`"),
        ("as", field.as_, "`type: checkbox`"),
        ("low", field.low, "`type: scale`"),
        ("high", field.high, "`type: scale`"),
    )
    return next(((key, kind) for key, given, kind in told if given), ("", ""))
