"""In which few words a sentence differs from one that is read aloud."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mentorwalk.domain.errors import NEAR
from mentorwalk.domain.text import join_words, sentences

MOST_DIFFERENCES = 3
"""The most places at which the two may differ."""
MOST_TOKENS = 8
"""The most words and signs of each of these places."""
MOST_READ = 20
"""The most sentences that are read with which one is compared."""
LONGEST = 120
"""The most words and signs of a sentence that is compared: each two of them take time."""
_TOKEN = re.compile(r"\{[^{}]*\}|\w+(?:['’]\w+)*|[^\w\s]")


def how_read(sentence: str, read: str) -> str:
    """Return how the words that are read differ from a sentence; empty if none are nearly it."""
    spoken = sentences(" ".join(read.replace("**", "").split()))[:MOST_READ]
    told = (_differences(sentence, each) for each in spoken)
    return min(filter(None, told), key=len, default="")


def _differences(sentence: str, other: str) -> str:
    """Return what another sentence has that is nearly the same; empty if it is not."""
    ours, theirs = [*_TOKEN.finditer(sentence)], [*_TOKEN.finditer(other)]
    if not 0 < max(len(ours), len(theirs)) <= LONGEST:
        return ""
    matcher = SequenceMatcher(None, [t[0] for t in ours], [t[0] for t in theirs], autojunk=False)
    if matcher.quick_ratio() < NEAR or matcher.ratio() < NEAR:
        return ""
    changed = [each[1:] for each in matcher.get_opcodes() if each[0] != "equal"]
    longest = (max(end - begin, stop - start) for begin, end, start, stop in changed)
    if not 0 < max(longest, default=0) <= MOST_TOKENS or len(changed) > MOST_DIFFERENCES:
        return ""
    parts = (
        (_part(sentence, ours[begin:end]), _part(other, theirs[start:stop]))
        for begin, end, start, stop in changed
    )
    return join_words([_how(*part) for part in parts])


def _part(text: str, tokens: list[re.Match[str]]) -> str:
    return text[tokens[0].start() : tokens[-1].end()] if tokens else ""


def _how(ours: str, theirs: str) -> str:
    """Return how a text is written that has other words; either may be empty."""
    if ours and theirs:
        return f"with “{theirs}” for “{ours}”"
    return f"with “{theirs}” in it" if theirs else f"without “{ours}”"
