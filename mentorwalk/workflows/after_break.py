"""After a long break: offer what the agenda names for it, beside what was decided."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import load_agenda, path_of_next
from mentorwalk.domain.agenda import NO_NEXT
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.following import after_break, decided_by, is_meeting
from mentorwalk.domain.i18n import _, ngettext, set_language
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import capital, count
from mentorwalk.engine.dialog import Dialog
from mentorwalk.workflows.lobby import TITLE
from mentorwalk.workflows.mentorships import Members
from mentorwalk.workflows.prepare import LEFT
from mentorwalk.workflows.sessions import SessionStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession

MONTH = 30.44
"""The days of a month, on average."""


@dataclass(frozen=True)
class LongBreak:
    """A break after which two people may begin with something else than they decided on."""

    days: int
    """The days since they met last."""
    agendas: Mapping[str, Agenda]
    """What they may begin with, by its name or path: what suits a break, then what was decided."""

    def asked(self, runner: SessionRunner, frontend: Frontend) -> str:
        """Let the person at the keyboard choose what to begin with, and return its name or path.

        Raises:
            Stopped: They left; nothing was begun.
        """
        dialog = Dialog.outside(frontend, runner.clock, _(TITLE), _(LEFT))
        label = _("{break_} What do you begin with?").format(break_=_gone_by(self.days))
        return dialog.choose("begins", label, {_offer(a): name for name, a in self.agendas.items()})


def long_break(runner: SessionRunner, last: StoredSession) -> LongBreak | None:
    """Return the break since two people met, if what their agenda names for one is here."""
    decided, today = decided_by(last.session), runner.clock.now().date()
    meetings = list(_since_decided(runner, Members.of(runner.library, last.folder))) or [
        last.session
    ]
    met, deciding = max(each.day for each in meetings), meetings[-1]
    suits = after_break(deciding, met, today)
    if not suits or decided in ("", NO_NEXT, suits):
        return None
    set_language(last.session.agenda.language)
    names = [path_of_next(name, last.session.opened.templates) for name in (suits, decided)]
    with suppress(InputError, StorageError):
        agendas = {name: load_agenda(runner.library, name, None).agenda for name in names}
        return LongBreak((today - met).days, agendas)
    return None


def _since_decided(runner: SessionRunner, members: Members) -> Iterator[Session]:
    """Yield the meetings, the newest first, up to the one whose agenda names what follows.

    An agenda without `next` leaves that to the one before; an exercise is no meeting.
    """
    # Those that cannot be read are told when the next session takes along what they said.
    store = SessionStore(runner.library)
    for folder in reversed(members.closed):
        with suppress(StorageError, InputError):
            session = store.load(folder).session
            if is_meeting(session):
                yield session
                if session.agenda.listed:
                    return


def _offer(agenda: Agenda) -> str:
    words = ngettext("{title}, {number} minute", "{title}, {number} minutes", agenda.minutes)
    return words.format(title=fill_in(agenda.title, agenda.names), number=agenda.minutes)


def _gone_by(days: int) -> str:
    """Say in a sentence how long it is since they met, in months, weeks or days."""
    if days >= 2 * MONTH:
        number = round(days / MONTH)
        words = ngettext("{number} month has gone by.", "{number} months have gone by.", number)
    elif days >= 14:
        number = round(days / 7)
        words = ngettext("{number} week has gone by.", "{number} weeks have gone by.", number)
    else:
        number = days
        words = ngettext("{number} day has gone by.", "{number} days have gone by.", number)
    return capital(words.format(number=count(number)))
