"""The page before a session goes on: who, where, until when, and to share the window again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.placeholders import fill_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from mentorwalk.domain.session import Session
    from mentorwalk.engine.dialog import Dialog


def welcome_back(
    dialog: Dialog, session: Session, now: datetime, ends: datetime, cut: Iterable[Path]
) -> None:
    """Show two people where they are in their session, and wait until the window is shared.

    Args:
        dialog: The dialog before the session goes on.
        session: The session as they left it.
        now: The time of day.
        ends: When the session will end.
        cut: The files that keep half lines of its journal.

    Raises:
        Stopped: They left again; nothing has happened.
    """
    asked = _("{mentor} and {mentee}, you go on where you left off.")
    share = _("Share your window again, then press Enter.")
    notes = (*_where(session), *_until(ends, now), *_kept(session, cut))
    dialog.page(
        asked.format(mentor=session.people.mentor, mentee=session.people.mentee),
        "\n\n".join(("\n".join(notes), share)),
        _("The clock goes on then."),
    )


def _where(session: Session) -> Iterator[str]:
    """Yield where they are, and that it is off the record if it is."""
    card = session.current or session.following()
    if card:
        phase = fill_in(session.agenda.phase_of[card].title, session.names)
        yield _("You were at “{phase}”.").format(phase=phase)
    if session.off_record:
        yield _("You were off the record.")


def _until(ends: datetime, now: datetime) -> Iterator[str]:
    """Yield how much time is left, unless it is over."""
    minutes = round((ends - now).total_seconds() / 60)
    if minutes > 0:
        left = ngettext(
            "About {number} minute is left, until about {time}.",
            "About {number} minutes are left, until about {time}.",
            minutes,
        )
        yield left.format(number=minutes, time=f"{ends:%H:%M}")


def _kept(session: Session, cut: Iterable[Path]) -> Iterator[str]:
    """Yield what was half typed, and what a crash left half written."""
    for key, draft in session.drafts.items():
        if not draft.private:
            half = _("Half typed, and waiting at its question: {label}.")
            yield half.format(label=session.answer(key).label.removesuffix("?"))
    for path in cut:
        half = _("A half-written line was cut off the journal; {path} keeps it.")
        yield half.format(path=path)
