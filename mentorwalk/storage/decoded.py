"""The bundled agendas as they are decoded, ready to load without their YAML.

A line for each, found by the SHA-256 of its text: whoever changes the text is read as before. To
parse, decode and check the longest takes 75 ms with all that is loaded for it, a line 3 ms.
`tests/decoded_agendas.py` writes the file; a test tells when the format or an agenda changed since.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, get_args

from mentorwalk.domain.agenda import Agenda
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Mapping

DECODED = BUNDLED_AGENDAS / "decoded.jsonl"


def is_decoded(digest: str) -> bool:
    """Return whether a digest is that of the text of a bundled agenda."""
    return bool(_line(digest))


# Whoever checks many agendas meets those that follow them again and again.
@lru_cache(maxsize=16)
def decoded_agenda(digest: str) -> Agenda | None:
    """Return the agenda that a bundled text describes, found by its digest; None for others."""
    line = _line(digest)
    return agenda_in(line) if line else None


def decoded_line(digest: str, agenda: Agenda) -> str:
    """Return the line that keeps an agenda, found by its digest."""
    kept = json.dumps(agenda_data(agenda), ensure_ascii=False, separators=(",", ":"))
    return f'{_beginning(digest)},"agenda":{kept}}}\n'


def agenda_in(line: bytes) -> Agenda:
    """Return the agenda that a line keeps."""
    return agenda_of(json.loads(line)["agenda"])


def agenda_of(data: Any) -> Agenda:
    """Return the agenda that was written as data."""
    agenda: Agenda = _value(data, Agenda)
    return agenda


def _line(digest: str) -> bytes:
    with suppress(OSError):
        lines = DECODED.read_bytes()
        # A quotation mark within an agenda is escaped in JSON, so nothing else looks like this.
        begin = lines.find(_beginning(digest).encode())
        return lines[begin : lines.index(b"\n", begin)] if begin >= 0 else b""
    return b""


def _beginning(digest: str) -> str:
    return f'{{"sha256":"{digest}"'


def agenda_data(value: Any) -> Any:
    """Return the data of an agenda, or of a part of it, without what has its default."""
    if isinstance(value, tuple):
        return [agenda_data(item) for item in value]
    if not is_dataclass(value):
        return value
    values = ((field, getattr(value, field.name)) for field in fields(value))
    # The type as well: 2 equals 2.0, and is not written the same way.
    return {
        field.name: agenda_data(each)
        for field, each in values
        if (each, type(each)) != (field.default, type(field.default))
    }


def _value(data: Any, kind: Any) -> Any:
    if isinstance(data, list):
        return tuple(_value(item, kind) for item in data)
    if not isinstance(data, dict):
        return data
    parts = _parts(kind)
    return kind(**{name: _value(each, parts[name]) for name, each in data.items()})


@cache
def _parts(kind: Any) -> Mapping[str, Any]:
    """Return the class of what each attribute holds, or of its items; None for mere texts."""
    return {field.name: _class_in(field.type) for field in fields(kind)}


def _class_in(annotation: Any) -> Any:
    if is_dataclass(annotation):
        return annotation
    return next(filter(None, map(_class_in, get_args(annotation))), None)
