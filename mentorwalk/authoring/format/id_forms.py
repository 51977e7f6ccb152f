"""What an id looks like: its form, what it may not be called, and names that stand for one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import TOPICS
from mentorwalk.domain.programme import ASKS

if TYPE_CHECKING:
    from collections.abc import Collection

NAMES = ("mentor", "mentee", "contact", ASKS)
NAME_LIMIT = 100
"""Characters of a name that a file or a folder gets: a disk holds 255, and ours adds to it."""
TOO_LONG = f"This names a file or a folder: {NAME_LIMIT} characters at most."
REFUSED = "_vti_"
"""What no name on OneDrive may contain ("Restrictions and limitations in OneDrive")."""
NOT_SYNCED = f"OneDrive takes no file or folder with `{REFUSED}` in its name: choose another name."
RESERVED = (*NAMES, "accept", TOPICS)
"""Ids that no field may have: names in texts, the word that accepts, the topics of another day."""
CARD_ID, FIELD_ID = r"[a-z][a-z0-9_-]*", r"[a-z][a-z0-9_]*"


def reshaped(name: str, form: str = FIELD_ID) -> str:
    """Return a name in the form of an id, `how_often` for `How often`; empty if it has none."""
    joined = "-" if "-]" in form else "_"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", joined, name).casefold()
    spelled = unicodedata.normalize("NFKD", words)
    plain = "".join(char for char in spelled if not unicodedata.combining(char))
    if any(char.isalpha() and not char.isascii() for char in plain):
        return ""
    fixed = re.sub(r"[^a-z0-9_-]+" if joined == "-" else r"[^a-z0-9_]+", joined, plain)
    fixed = fixed.strip("-_")
    return fixed if re.fullmatch(form, fixed) else ""


def words_of(name: str) -> list[str]:
    """Return the words that are read as one id, whatever divides them."""
    return re.split(r"[\s,;]+", name)


def comma_missing(name: str, known: Collection[str]) -> str:
    """Return that commas are missing between known ids that are read as one; or nothing."""
    words = words_of(name)
    if len(words) < 2 or not {*words} <= {*known}:
        return ""
    return f"A comma is missing here: `{', '.join(words)}`."
