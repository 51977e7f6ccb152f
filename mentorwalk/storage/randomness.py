"""The computer's own source of randomness."""

from __future__ import annotations

import secrets
from string import ascii_lowercase

LETTERS = 12
"""The letters of a mentorship: of a million of them, hardly two are ever the same."""


def random_letters() -> str:
    """Return letters that nobody can guess, and that say nothing of anybody."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(LETTERS))
