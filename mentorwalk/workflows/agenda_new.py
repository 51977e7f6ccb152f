"""Begin an agenda of one's own: ask what it is for, and write its file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.lint import LANGUAGE
from mentorwalk.authoring.loading import load_agenda
from mentorwalk.authoring.starter import LONGEST, SHORTEST, StarterOptions, extension, id_from
from mentorwalk.domain.errors import InputError, Unreadable, shown_path
from mentorwalk.domain.fields import Field
from mentorwalk.engine.dialog import Dialog
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, place_for
from mentorwalk.storage.library import SCHEMA, line_saying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.authoring.starter import Kind
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.storage.library import Library

MINUTES = 60
"""The length that is offered."""
_TITLE = Field("title", "What shall it be called?", help="It appears at the top of every card.")
_MINUTES = Field(
    "minutes",
    "How many minutes does it take?",
    type="number",
    min=SHORTEST,
    max=LONGEST,
    unit="minutes",
)
_LANGUAGE = Field(
    "language",
    "In which language will you write it?",
    help="Such as en, pl, de. Leave it empty for English.",
)
_KINDS: Mapping[str, Kind] = {
    "The one with more experience": "classic",
    "The junior one (reverse mentoring)": "reverse",
}


def ask_for_agenda(frontend: Frontend, clock: Clock) -> StarterOptions:
    """Ask what a new agenda is for.

    Raises:
        Stopped: They left.
    """
    dialog = Dialog.outside(frontend, clock, "A new agenda", "Nothing was written.")
    return StarterOptions(
        dialog.ask(_TITLE, _title),
        dialog.ask(_MINUTES, lambda said: said if isinstance(said, int) else MINUTES, MINUTES),
        dialog.ask(_LANGUAGE, _language),
        dialog.choose("kind", "Who is the mentor?", _KINDS),
    )


def place_for_agenda(path: Path, id_: str) -> Path:
    """Return where an agenda goes that is made anew: a link leads to its target.

    Raises:
        InputError: There is no such folder, or a file that is no agenda of this id, which stays.
    """
    has_id = re.compile(line_saying("id", id_), re.MULTILINE)

    def is_same(there: Path) -> bool:
        """Return whether a file is an agenda with this id."""
        text = first_bytes(there, DOCUMENT_LIMIT)
        return bool(_FORMAT.search(text) and has_id.search(text))

    return place_for(path, is_same, f"an agenda with `id: {id_}`")


_FORMAT = re.compile(rb"^(?:\xef\xbb\xbf)?mentorwalk[ \t]*:", re.MULTILINE)


def begin_agenda(path: Path, text: str, *, replace: bool = False) -> None:
    """Write a new agenda's file, and the schema beside it, by which editors explain its keys.

    An earlier agenda is replaced only if that is meant.

    Raises:
        InputError: The file exists, or one of them cannot be written.
    """
    try:
        with path.open("w" if replace else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{shown_path(path)} already exists: nothing was written.") from None
    except OSError as error:
        raise InputError(f"{shown_path(path)} cannot be written: {error.strerror}.") from None
    _put_schema(path.parent / SCHEMA.name)


def _put_schema(path: Path) -> None:
    """Write the schema, unless one lies there: it may be of a later version, or somebody's own."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(SCHEMA.read_text(encoding="utf-8"))
    except FileExistsError:
        return
    except OSError as error:
        raise InputError(f"{shown_path(path)} cannot be written: {error.strerror}.") from None


def rewrite(path: Path, text: str) -> None:
    """Write an agenda's file anew, with the ends of lines that it has.

    Raises:
        InputError: It cannot be written.
    """
    try:
        ends = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
        path.write_text(text, encoding="utf-8", newline=ends)
    except OSError as error:
        raise InputError(f"{shown_path(path)} cannot be written: {error.strerror}.") from None


def extending(library: Library, path: Path, name: str) -> str:
    """Return the text of a new agenda that extends another.

    Args:
        library: Where the other one is found by its name.
        path: The new agenda's file.
        name: The other one's name, or a file beside the new one.

    Raises:
        InputError: It cannot be used, or lies in another folder.
    """
    found = library.agenda(name)
    by_path = found == Path(name)
    if by_path and found.resolve().parent != path.resolve().parent:
        raise InputError(
            f"{shown_path(found)}: This is in another folder than {shown_path(path)}: put the two "
            "side by side."
        )
    agenda = load_agenda(library, name, None).agenda
    return extension(agenda, id_from(path.stem), found.name if by_path else name)


def _title(said: Value | None) -> str:
    title = str(said or "").strip()
    if not title:
        raise Unreadable("A few words would do, such as “A first talk”.")
    return title


def _language(said: Value | None) -> str:
    language = str(said or "en").strip()
    if not re.fullmatch(LANGUAGE, language):
        raise Unreadable("Two small letters would do, such as en, pl or de.")
    return language
