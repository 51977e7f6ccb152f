"""What two people go on from and with: asked before their next session, where that is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.workflows.after_break import long_break
from mentorwalk.workflows.came_after import goes_on_from, goes_on_with, left_open, met_since

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


@dataclass(frozen=True)
class GoingOn:
    """The session that two people go on from, or take up again."""

    session: StoredSession
    agenda: str | None = None
    """What they begin with, by its name or path; None for what was decided."""
    resumes: bool = False
    """Whether the session was left before its end, and is taken up again."""


def going_on(
    runner: SessionRunner,
    last: StoredSession,
    screen: Callable[[], AbstractContextManager[Frontend]],
    *,
    named: bool,
) -> GoingOn:
    """Ask the person at the keyboard what they go on from and with, where that is open.

    Args:
        runner: Reads the sessions of the two.
        last: The finished session from which they want to go on.
        screen: Takes the screen for a question.
        named: Whether somebody named that session; else it is the newest.

    Raises:
        Stopped: They left; nothing was begun.
    """
    if left := left_open(runner, last):
        with screen() as frontend:
            if goes_on_with(runner, left, frontend):
                return GoingOn(left, resumes=True)
    if named and (since := met_since(runner, last)):
        with screen() as frontend:
            last = goes_on_from(runner, last, since, frontend)
    if found := long_break(runner, last):
        with screen() as frontend:
            return GoingOn(last, found.asked(runner, frontend))
    return GoingOn(last)
