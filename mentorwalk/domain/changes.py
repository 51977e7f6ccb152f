"""What changed between two texts, sentence by sentence, however their lines are wrapped."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import islice

from mentorwalk.domain.text import sentences


@dataclass(frozen=True)
class Change:
    """Sentences that took the place of others; empty on one side if they are new, or gone."""

    before: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def sentences(self) -> int:
        """How many sentences it changes."""
        return max(len(self.before), len(self.now))


def changes_between(before: str, now: str) -> tuple[Change, ...]:
    """Return the sentences of a Markdown text that changed; its headings do not count."""
    old, new = (
        [sentence for sentence in _sentences(text) if not sentence.startswith("#")]
        for text in (before, now)
    )
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Change(tuple(old[begin:end]), tuple(new[start:stop]))
        for tag, begin, end, start, stop in blocks
        if tag != "equal"
    )


def below_headings(text: str) -> str:
    """Return a document from its first heading of the second level on; all of it, if it has none.

    What stands above tells of the document itself, such as whose place it takes.
    """
    _above, heading, below = f"\n{text}".partition("\n## ")
    return f"{heading}{below}" or text


def difference(before: str, now: str) -> tuple[str, ...]:
    """Return what changed between two texts, with the sentences around it.

    A line begins with `- ` if it is gone, with `+ ` if it is new, else with two spaces.
    """
    lines = difflib.unified_diff(_sentences(before), _sentences(now), n=1, lineterm="")
    # The first two lines name two files, and there are none.
    changes = islice(lines, 2, None)
    return tuple("..." if line.startswith("@@") else f"{line[0]} {line[1:]}" for line in changes)


def _sentences(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [sentence for paragraph in paragraphs for sentence in sentences(paragraph) if sentence]
