"""What a file of ours is that was given where another kind of file is needed."""

from __future__ import annotations

import re

_BEGINNINGS = {
    r"\s*<(?:!doctype html|html)\b": "a page for a browser",
    r"BEGIN:VCALENDAR\b": "an invitation for a calendar",
    r"X-Unsent: 1\n": "a mail",
    r'\{\s*"mentorwalk-export":': "an export of a session",
    r'\{\s*"mentorwalk-facts":': "a file of facts for a programme",
    r'\{"mentorwalk": ?\d+, ?"seq":': "the journal of a session",
}
"""How files begin that are no YAML of ours, and what they are."""
_COMMENTS = r"(?:\ufeff|#[^\n]*\n|\s)*"
_YAML = {
    rf"{_COMMENTS}mentorwalk-prep:": "a preparation file, which `mentorwalk start --prep` takes",
    rf"{_COMMENTS}mentorwalk: *\d+\s*$": "an agenda",
}
"""How files of ours begin that are YAML."""


def not_yaml(text: str) -> str:
    """Return what a text is that nobody need hear about as YAML; empty if it may be YAML."""
    return _begun(text, _BEGINNINGS) or ("a document in Markdown" if _is_markdown(text) else "")


def other_yaml(text: str) -> str:
    """Return which file of ours a text in YAML is, if it is one that begins with its format."""
    return _begun(text, _YAML)


def not_markdown(text: str) -> str:
    """Return which file of ours a text is that is no document; empty if it may be one."""
    return _begun(text, _BEGINNINGS | _YAML)


def _begun(text: str, kinds: dict[str, str]) -> str:
    flags = re.IGNORECASE | re.MULTILINE
    return next((what for begins, what in kinds.items() if re.match(begins, text, flags)), "")


def _is_markdown(text: str) -> bool:
    """Return whether a text has headings of two levels, comments to YAML, and no key."""
    headed = re.match(r"# \S", text) and re.search(r"^## \S", text, re.MULTILINE)
    return bool(headed) and not re.search(r"^[\w-]+:(?:\s|$)", text, re.MULTILINE)
