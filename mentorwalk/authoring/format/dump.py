"""An agenda as the text of a file, which `agenda_from` reads back as the same agenda."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import yaml

from mentorwalk.authoring.format.shapes import key_of
from mentorwalk.domain.fields import Choice, Condition

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda

WIDTH = 100
"""The column at which long lines are broken."""


def agenda_text(agenda: Agenda) -> str:
    """Return an agenda as YAML, without the keys that have their defaults."""
    return yaml.dump(
        _plain(agenda), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, which the parser refuses, and texts of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value out again if it comes twice."""
        del data
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ""
    if _OTHER_BREAKS & set(text):
        # In a block they would be read back as ordinary line breaks (YAML 1.1, 5.4).
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_OTHER_BREAKS = {"\r", "\x85", "\u2028", "\u2029"}
_Dumper.add_representer(str, _represent_text)


def _plain(value: Any) -> Any:
    match value:
        case Choice(pick=pick, says="", days=None, means="", counts_as=""):
            return pick
        case tuple() if value and all(isinstance(item, Condition) for item in value):
            return {condition.field: list(condition.any_of) for condition in value}
        case tuple():
            return [_plain(item) for item in value]
        case bool():
            return "yes" if value else "no"
        case _ if is_dataclass(value):
            return {
                key_of(f.name): _plain(getattr(value, f.name))
                for f in fields(value)
                if _differs(value, f)
            }
        case _:
            return value


def _differs(value: Any, field: Any) -> bool:
    """Return whether a key differs from its default, or has none."""
    return field.default is MISSING or getattr(value, field.name) != field.default
