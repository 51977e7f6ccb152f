"""An agenda as the text of a file: what `agenda_from` reads back as the same agenda."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import yaml

from mentorwalk.domain.agenda import Choice, Condition

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda

WIDTH = 100
"""Columns after which a long line of the file is broken."""


def agenda_text(agenda: Agenda) -> str:
    """Write an agenda as YAML, without what goes without saying."""
    return yaml.dump(
        _plain(agenda), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, which a loader refuses, and texts of many lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        del data
        return True


def _as_it_reads(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ""
    if _OTHER_BREAKS & set(text):
        # As they are, these would be read back as a space or an ordinary end of line.
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_OTHER_BREAKS = {"\x85", "\u2028", "\u2029"}
_Dumper.add_representer(str, _as_it_reads)


def _plain(value: Any) -> Any:
    match value:
        case Choice(pick=pick, says=""):
            return pick
        case tuple() if value and all(isinstance(item, Condition) for item in value):
            return {condition.field: list(condition.any_of) for condition in value}
        case tuple():
            return [_plain(item) for item in value]
        case bool():
            return "yes" if value else "no"
        case _ if is_dataclass(value):
            return {
                f.name: _plain(getattr(value, f.name)) for f in fields(value) if _said(value, f)
            }
        case _:
            return value


def _said(value: Any, field: Any) -> bool:
    """Whether a key has to be written down."""
    return field.default is MISSING or getattr(value, field.name) != field.default
