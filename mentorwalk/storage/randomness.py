"""The computer's own source of randomness."""

from __future__ import annotations

import secrets
from string import ascii_lowercase

LETTERS = 12
"""The letters of a mentorship: of a million of them, hardly two are ever the same."""


def random_letters() -> str:
    """Return letters that nobody can guess, and that say nothing of anybody."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(LETTERS))


CODE = 8
"""The letters and digits of a pair in facts: among 60,000 pairs, hardly two are ever the same."""
_TOLD_APART = "23456789abcdefghjkmnpqrstuvwxyz"
"""What nobody takes for something else: no `0` and `o`, no `1`, `i` and `l`."""


def random_code() -> str:
    """Return a code to be read aloud, that nobody can guess, and that says nothing of anybody."""
    return "".join(secrets.choice(_TOLD_APART) for _ in range(CODE))
