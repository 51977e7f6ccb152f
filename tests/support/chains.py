"""Sessions of one pair, one after another, a week apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.agreement_text import wording_of
from mentorwalk.domain.carryover import carried, join_agendas
from mentorwalk.domain.events import Accepted, Answered, Closed, Done, Opened, Worded
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from support.building import ADA_AND_GRACE, THREE_O_CLOCK
from support.sample_sessions import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from mentorwalk.documents import Renderer
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.course import Mark
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.people import People

WEEK = timedelta(weeks=1)


def then(session: Session, kind: type[Event], **payload: Any) -> Session:
    """Return a session a minute later, after one more event."""
    last = session.last
    at = last.at + timedelta(minutes=1)
    event = kind(seq=last.seq + 1, at=at, elapsed=last.elapsed + 60, **payload)
    return session.apply(event)


@dataclass(frozen=True)
class Chain:
    """The finished sessions of a pair, the oldest first."""

    sessions: tuple[Session, ...] = ()

    @property
    def mentorship(self) -> Mentorship:
        """What stands between them."""
        return Mentorship({f"talk-{number}": each for number, each in enumerate(self.sessions)})

    @property
    def last(self) -> Session:
        """Their newest session."""
        return self.sessions[-1]

    def opened(self, agenda: Agenda, people: People = ADA_AND_GRACE) -> Session:
        """Return the next session, in which nothing has happened yet."""
        opened = Opened(
            seq=0,
            at=THREE_O_CLOCK + len(self.sessions) * WEEK,
            elapsed=0.0,
            agenda=agenda.id,
            digest="",
            people=people,
            plan=plan(agenda, agenda.minutes),
            mentorship="abcdefghijkl",
        )
        if self.sessions:
            into = join_agendas(agenda, self.mentorship)
            agenda, along = into.agenda, carried(into, self.mentorship)
            opened = replace(opened, carried=along, plan=plan(agenda, agenda.minutes))
        return Session.open(agenda, opened, opened.at + timedelta(hours=1))

    def walked(
        self,
        agenda: Agenda,
        answers: Mapping[str, Value | None] | None = None,
        marks: Mapping[str, Mark | None] | None = None,
        *,
        both: bool = False,
    ) -> Chain:
        """Return the chain after one more session, in which each card is done or as marked."""
        session = self.opened(agenda)
        for key, value in (answers or {}).items():
            session = then(session, Answered, field=key, value=value)
        for card in session.cards:
            mark = (marks or {}).get(card, "done")
            if mark == "done":
                session = then(session, Done, prompt=card)
            elif mark:
                session = replace(session, marks={**session.marks, card: mark})
        return self.with_session(accepted_by_both(session) if both else session)

    def noted(self, agenda: Agenda, held: date) -> Chain:
        """Return the chain after a meeting of 45 minutes that is noted afterwards."""
        session = self.opened(replace(agenda, minutes=45))
        return self.with_session(replace(session, opened=replace(session.opened, held=held)))

    def with_session(self, session: Session) -> Chain:
        """Return the chain after one more session, which ends now."""
        return Chain((*self.sessions, then(session, Closed)))


def accepted_by_both(session: Session, renderer: Renderer = BUNDLED) -> Session:
    """Return a session whose agreement both accept as it is."""
    agreement = renderer.agreement(session)
    session = then(session, Worded, **wording_of(session, agreement))
    for role in ("mentor", "mentee"):
        how, mark = "typed yes at the keyboard", agreement.fingerprint
        session = then(session, Accepted, role=role, how=how, fingerprint=mark)
    return session
