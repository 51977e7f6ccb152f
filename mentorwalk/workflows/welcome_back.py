"""The page before a session goes on: who, where, until when, and to share the window again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import _, ngettext, set_language
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import as_topic
from mentorwalk.domain.timing import local
from mentorwalk.engine.dialog import Dialog, saved
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.retracing import RetracingFrontend
from mentorwalk.workflows.lobby import asked_typist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.storage.journal import FolderJournal
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession


def welcome_back(
    runner: SessionRunner,
    left: StoredSession,
    journal: FolderJournal,
    frontend: Frontend,
    types: Role | None,
) -> Role:
    """Show two people where they are, before the clock runs again, and return who types now.

    Args:
        runner: Knows the time, and which command goes on later.
        left: The session as they left it.
        journal: Its journal, from which half a line may have been cut.
        frontend: Asks who types, and waits until the window is shared.
        types: Who types now; None if that is to be asked.

    Raises:
        Stopped: They left again; nothing has happened.
    """
    session, clock, asker = left.session, runner.clock, RetracingFrontend(frontend)
    set_language(session.agenda.language)
    title = fill_in(session.agenda.title, session.names)
    library = runner.library
    goes_on = saved(library.command("resume", library.named(left.folder)))
    dialog = Dialog.outside(asker, clock, title, goes_on)

    def arrive() -> Role:
        """Ask, and show the page."""
        typist = types or asked_typist(dialog, session.people)
        ends = SessionRecorder(session, journal, clock).end_on_return()
        now = clock.now()
        _show(dialog, session, now, local(ends, clock.zone(), now.tzinfo), journal.cut)
        return typist

    return asker.retrace(arrive)


def _show(
    dialog: Dialog, session: Session, now: datetime, ends: datetime, cut: Iterable[Path]
) -> None:
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
            yield half.format(label=as_topic(session.answer(key).label))
    for path in cut:
        half = _("A half-written line was cut off the journal; {path} keeps it.")
        yield half.format(path=path)
