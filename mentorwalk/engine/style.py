"""How a walk goes, and how it ended: all that whoever begins one needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mentorwalk.domain.i18n import N_


class Ending(Enum):
    """How a walk ended."""

    CLOSED = "closed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class WalkStyle:
    """How a walk goes; by default two people talk before they write."""

    talks: bool = True
    """Each card begins with a talk; one person who writes alone is asked at once."""
    unsure: bool = False
    """“I don't know yet” is an answer."""
    final_review: str = N_("This is what goes into the documents. Is every line all right?")
    reminder: str = N_("Either of you may strike any line, without a reason.")
    mark: str = ""
    """What every card says of a walk that is not real, such as a rehearsal."""
    disclaimer: str = ""
    """What the documents of such a walk say on top."""
    gives_back: bool = False
    """Minutes that were saved are offered at the end of a phase."""
    unsaved: bool = False
    """Nothing is saved while the walk lasts."""


TOGETHER = WalkStyle(gives_back=True)
UNSAVED = WalkStyle(gives_back=True, unsaved=True)
NOTED = WalkStyle(talks=False, reminder=N_("Both of you will read it."))
"""How a meeting is noted that was held without the program."""
UNASKED = WalkStyle()
"""For a walk in which a file answers: nobody is there to use the time."""
