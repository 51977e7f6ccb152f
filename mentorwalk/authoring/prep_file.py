"""The preparation file: what one person chose to share. A stranger may have sent it.

A fault in the file itself refuses it. An answer that only does not fit the agenda, because the
file was written for another agenda or an older one, is left out and reported.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.decoding.items import has_keys
from mentorwalk.authoring.prep_reader import (
    FIRST_FORMAT,
    FORMAT,
    LENGTH_LIMIT,
    PrepReader,
    is_agenda_id,
)
from mentorwalk.authoring.reading import nodes_unseen
from mentorwalk.authoring.syntax.source import (
    PREP_VERSION,
    SIZE_LIMIT,
    Pairs,
    Scalar,
    read_source,
)
from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import clean, labelled
from mentorwalk.domain.values import ByItem, Outline
from mentorwalk.storage.files import first_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.prep_reader import ParsedPrep
    from mentorwalk.authoring.syntax.source import Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role

LINE = 60
"""Characters of an answer that is written on the line of its key."""
KEY_LIMIT = 1_000
"""Characters of a key that needs no mark in YAML."""
PLAIN = re.compile(r"-?\d+(?:\.\d+)?|[^\W_](?:[\w ,.()'’-]*[\w.)])?")
"""Words that need no quotation marks in YAML."""


def read_prep(path: Path) -> Source:
    """Read a file that somebody sent as a preparation.

    Raises:
        InputError: It cannot be read, or is a file of ours that is no YAML.
    """
    return read_source(path, _("A preparation file is needed here: `mentorwalk prep` writes one."))


def prep_from(source: Source, agenda: Agenda, today: date) -> ParsedPrep:
    """Read a preparation file for an agenda.

    Raises:
        InputError: It is not a preparation file; as ProblemsFound, with everything wrong in it.
    """
    return PrepReader(source, agenda, today).read(_prep_node(source))


def written_for(source: Source) -> str:
    """Return the id of the agenda that a preparation file names; empty if it names none.

    Raises:
        InputError: It is not a preparation file.
    """
    pairs = _prep_node(source).pairs
    named = (node for key, node in pairs if isinstance(key, Scalar) and key.text == "agenda")
    text = next((node.text.strip() for node in named if isinstance(node, Scalar)), "")
    return text if is_agenda_id(text) else ""


def _prep_node(source: Source) -> Pairs:
    # Of a document or a journal, nobody needs to hear what is wrong with it as YAML.
    node = nodes_unseen(source) if PREP_VERSION in source.text else None
    if isinstance(node, Pairs) and has_keys(node, (PREP_VERSION,)):
        return node
    other = _("{file}: This is not a preparation file. `mentorwalk prep` writes one.")
    raise InputError(other.format(file=source.name))


def is_prep(path: Path) -> bool:
    """Return whether a file looks like a preparation file, which may be replaced or read."""
    # Some editors, and some mail programs, put a byte order mark first.
    begins = first_bytes(path).removeprefix(codecs.BOM_UTF8)
    return f"\n{PREP_VERSION}:".encode() in b"\n" + begins


def prep_text(prep: Prep, asked: Mapping[str, str]) -> str:
    """Return the text of a preparation's file, with the question above each answer.

    `asked` has the questions by answer id.
    """
    values = prep.answers.values()
    new = prep.day is not None or any(isinstance(each, ByItem | Outline) for each in values)
    lines = [*header_lines(prep.agenda, prep.role, FORMAT if new else FIRST_FORMAT)]
    lines.append(f"name: {_scalar(prep.name, '  ')}")
    if prep.day:
        lines.append(f"day: {prep.day.isoformat()}")
    if prep.answers:
        lines.append("answers:")
    for key, value in prep.answers.items():
        lines += [f"  # {one_line(asked[key])}", f"  {key}:{_answer(value)}"]
    if prep.unknown:
        lines.append("unknown:")
    for key in prep.unknown:
        lines += [f"  # {one_line(asked[key])}", f"  - {key}"]
    return "\n".join(lines) + "\n"


def too_long(prep: Prep, asked: Mapping[str, str]) -> tuple[str, ...]:
    """Return, in sentences, what is too long to be read back: an answer, or the whole file."""
    long = _("It is longer than {number} characters.").format(number=LENGTH_LIMIT)
    sentences = tuple(
        labelled(asked[key], long)
        for key, value in prep.answers.items()
        if sum(map(len, _texts_of(value))) > LENGTH_LIMIT
    )
    if sentences or len(prep_text(prep, asked).encode()) <= SIZE_LIMIT:
        return sentences
    return (
        _("All of it together is too long for one file: please make it shorter, or share less."),
    )


def _texts_of(value: Value) -> tuple[str, ...]:
    """Return every text that stands in a file for a value."""
    items = tuple(value) if isinstance(value, ByItem) else ()
    return (*items, *typed_texts(value))


def header_lines(agenda: str, role: Role, version: int = FIRST_FORMAT) -> tuple[str, ...]:
    """Return the lines of a file above the name; `agenda` is an id."""
    made_by = _("Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.")
    return (
        f"# {one_line(made_by)}",
        f"{PREP_VERSION}: {version}",
        f"agenda: {agenda}",
        f"role: {role}",
    )


def one_line(text: str) -> str:
    """Return a text as it fits into a comment of the file."""
    return " ".join(clean(text).split())


def _answer(value: Value, indent: str = "    ") -> str:
    """Return what stands after the colon of a key."""
    deeper = f"{indent}  "
    match value:
        case tuple():
            return "".join(f"\n{indent}- {_scalar(item, deeper)}" for item in value)
        case ByItem():
            pairs = value.items()
            return "".join(f"\n{indent}{_key(item)}:{_answer(v, deeper)}" for item, v in pairs)
        case Outline():
            return f" {_scalar(value.text, indent)}"
        case _:
            (text,) = typed_texts(value)
            return f" {_scalar(text, indent)}"


def _key(item: str) -> str:
    """Return an item as a key of YAML: bare if nothing in it can be misread, else quoted."""
    item = clean(item)
    if PLAIN.fullmatch(item) and len(item) <= LINE:
        return item
    quoted = json.dumps(item, ensure_ascii=False)
    # YAML takes a longer key only where it is marked as one.
    return quoted if len(quoted) < KEY_LIMIT else f"? {quoted}\n    "


def _scalar(text: str, indent: str) -> str:
    """Return a text as a YAML scalar: bare if nothing in it can be misread, else as a block."""
    text = clean(text)
    if PLAIN.fullmatch(text) and len(text) <= LINE:
        return text
    return "\n".join(["|", *(f"{indent}{line}" if line else "" for line in text.split("\n"))])
