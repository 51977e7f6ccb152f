"""Check a programme's own translation of our words, which lies beside its agendas."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mentorwalk.domain.catalogues import DOMAIN, LOCALE
from mentorwalk.domain.errors import Problem, ProblemsFound, shown, shown_path
from mentorwalk.domain.i18n import placeholders
from mentorwalk.domain.po_file import SIZE_LIMIT, read_po
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mentorwalk.domain.po_file import Message


def words_text(path: Path) -> str:
    """Return the text of a translation.

    Raises:
        InputError: It cannot be read, or is too large.
        ProblemsFound: A character is not UTF-8.
    """
    return read_text_file(path, SIZE_LIMIT, "a PO file")


def problems_in_words(path: Path) -> list[Problem]:
    """Return what is wrong in a translation, in the order of its lines.

    A message that could not be filled in stays English, and is a warning.

    Raises:
        InputError: It cannot be read, or is too large.
    """
    try:
        text = words_text(path)
    except ProblemsFound as found:
        return list(found.problems)
    read, lines, name = read_po(text), text.split("\n"), shown_path(path)
    problems = [Problem(name, line, 1, sentence, lines[line - 1]) for line, sentence in read.faults]
    stays = [(each.line, sentence) for each in read.messages for sentence in _misfits(each)]
    for line, sentence in (*stays, *_unknown(read.keys, path)):
        problems.append(Problem(name, line, 1, sentence, lines[line - 1], warning=True))
    return sorted(problems)


@cache
def _english() -> frozenset[str]:
    """Return the keys of all our messages."""
    return frozenset(read_po((LOCALE / f"{DOMAIN}.pot").read_text(encoding="utf-8")).keys)


def _unknown(keys: Mapping[str, int], path: Path) -> Iterator[tuple[int, str]]:
    """Yield each line whose words neither we say nor a template beside the agendas."""
    templates = [*path.absolute().parent.parent.glob("*.j2")]
    texts = (first_bytes(file, DOCUMENT_LIMIT) for file in templates if file.is_file())
    own = b"".join(texts).decode(errors="replace")
    for key in keys.keys() - _english():
        said = key.rpartition("\x04")[2].split("\0")[0]
        if said not in own:
            sentence = (
                f"No words of ours read “{shown(said, 40)}”, so this is never shown. Keep the "
                "English words in `msgid`, and write yours below, in `msgstr`."
            )
            yield keys[key], sentence


def _misfits(message: Message) -> Iterator[str]:
    """Yield why a translation of a message is not used."""
    english = message.key.rpartition("\x04")[2].split("\0")[-1]
    ours = placeholders(english)
    for text in message.texts:
        theirs = placeholders(text)
        if ours is None:
            continue
        if theirs is None:
            yield f"A brace is not closed in “{shown(text, 60)}”, so it stays English."
        elif more := sorted(theirs - ours):
            names = ", ".join(f"`{{{each.partition(':')[0]}}}`" for each in more)
            yield f"{shown(names, 60)} is not in the English words, so this stays English."
