"""A mentorship: what two people have said and settled over all their sessions.

It is the fold of their finished sessions. A session may add and change; what it passes over stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.acceptances import acceptances_in, is_struck_from
from mentorwalk.domain.agenda import NO_NEXT
from mentorwalk.domain.agreement_text import basis_of, fingerprint_of
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.history import history_of
from mentorwalk.domain.kept_clauses import KeptClause, Wording, with_clauses
from mentorwalk.domain.meeting import next_meeting
from mentorwalk.domain.open_steps import open_steps_of, without_struck_steps
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.runs import runs_in
from mentorwalk.domain.session import Session
from mentorwalk.domain.topics import TOPIC_LIMIT, with_topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Roles
    from mentorwalk.domain.contact import Contact
    from mentorwalk.domain.events import Accepted, Worded
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.history import Word
    from mentorwalk.domain.meeting import NextMeeting
    from mentorwalk.domain.open_steps import OpenStep
    from mentorwalk.domain.people import People
    from mentorwalk.domain.programme import Programme
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.runs import Run
    from mentorwalk.domain.topics import Topic

PAGE = Document("mentorship.md.j2", "mentorship.md")
"""What is written beside the documents of every session but the first, whatever its agenda."""


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that was held."""

    folder: str
    day: date
    minutes: int
    agenda: str
    """The id of its agenda."""
    title: str
    """The title of its agenda, with the names in it."""
    next_day: date | None
    """The day that was agreed on for the next one."""


@dataclass(frozen=True)
class Mentorship:
    """All that stands between two people; within it, an id means one thing."""

    sessions: Mapping[str, Session]
    """Their finished sessions by folder, the oldest first; there is one at least."""

    @property
    def last(self) -> Session:
        """The newest session: its names are theirs from then on."""
        return list(self.sessions.values())[-1]

    @property
    def folder(self) -> str:
        """The name of the newest session's folder."""
        return list(self.sessions)[-1]

    @property
    def roles(self) -> Roles:
        """What the two are called: as in their first agenda."""
        return next(iter(self.sessions.values())).agenda.roles

    @property
    def contact(self) -> Contact | None:
        """Whom they can turn to: the first who was named."""
        named = (session.agenda.contact for session in self.sessions.values())
        return next(filter(None, named), None)

    def named(self, people: People, contact: str = "") -> Mentorship:
        """Return it as it reads with other names: with corrected ones, or with roles."""
        # Who typed in a session stays so, whoever is named.
        named = {
            folder: replace(
                session, people=replace(people, types=session.people.types), contact=contact
            )
            for folder, session in self.sessions.items()
        }
        return Mentorship(named)

    @cached_property
    def said(self) -> Mapping[str, tuple[Word, ...]]:
        """All that was said for each answer id, the oldest first."""
        return history_of(without_struck_steps(self.sessions).values())

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields that were answered, by their ids, as they were asked last."""
        return {
            id_: field
            for session in self.sessions.values()
            for id_, field in session.agenda.fields.items()
            if not field.answer_ids.keys().isdisjoint(self.said)
        }

    def word(self, key: str) -> Word | None:
        """Return what stands for an answer id; None if nothing does."""
        newest = self.said.get(key, ())[-1:]
        return newest[0] if newest and newest[0].words else None

    @cached_property
    def clauses(self) -> tuple[KeptClause, ...]:
        """The parts of the agreement, in its order."""
        return reduce(with_clauses, self.sessions.values(), ())

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What is kept for another day, the newest first."""
        return self._all_topics[:TOPIC_LIMIT]

    @property
    def topics_let_go(self) -> tuple[Topic, ...]:
        """What was kept, too, and is older than what there is room for."""
        return self._all_topics[TOPIC_LIMIT:]

    @cached_property
    def _all_topics(self) -> tuple[Topic, ...]:
        return reduce(with_topics, self.sessions.values(), ())

    @property
    def programme(self) -> Programme | None:
        """The programme that they are part of: as their newest agenda with one says."""
        named = (session.agenda.programme for session in reversed([*self.sessions.values()]))
        return next(filter(None, named), None)

    @property
    def accepted(self) -> Mapping[Role, Accepted]:
        """Who accepted the agreement last, whatever its text was."""
        return self._acceptances[-1]

    @cached_property
    def _acceptances(self) -> tuple[Mapping[Role, Accepted], ...]:
        """Who had accepted last after each session."""
        return acceptances_in(list(self.sessions.values()))

    @property
    def accepting(self) -> Session | None:
        """The newest session with an agreement, and not only a copy of one; None if none has."""
        accepting = [each for each in self.sessions.values() if each.agenda.accept_document]
        own = (each for each in reversed(accepting) if not _is_copy(each, accepting))
        return next(own, None)

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The agreements that both accepted, whole, the oldest first.

        One from which something was struck is left out.
        """
        kept = (each for each in self._worded if not self._is_struck_from(each))
        texts = {fingerprint_of(each.text): each.text for each in kept}
        return _wordings_of(self._acceptances, texts)

    def agreed_since(self, mark: str) -> date | None:
        """Return the day since when both accept their agreement; None while it is a draft.

        Args:
            mark: The fingerprint of the agreement as it is now.
        """
        marks = [each.fingerprint for each in self.accepted.values()]
        last = [each for each in self.wordings[-1:] if fingerprint_of(each.text) == mark]
        return last[0].since if last and marks == [mark, mark] else None

    @property
    def _worded(self) -> list[Worded]:
        return [each.worded for each in self.sessions.values() if each.worded]

    @cached_property
    def worded(self) -> Worded | None:
        """The text that was accepted last, whole; None if it is not known, or was struck from."""
        marks = {each.fingerprint for each in self.accepted.values()}
        kept = [each for each in self._worded if fingerprint_of(each.text) in marks]
        newest = max(kept, key=lambda each: each.at, default=None)
        return None if newest is None or self._is_struck_from(newest) else newest

    def _is_struck_from(self, worded: Worded) -> bool:
        return is_struck_from(worded, self.sessions.values())

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every time that an agenda was walked, the oldest first."""
        return runs_in(without_struck_steps(self.sessions).values())

    @property
    def exercises(self) -> tuple[Run, ...]:
        """The exercises that they did, together, within a session or alone, the oldest first."""
        return tuple(run for run in self.runs if run.is_exercise)

    @cached_property
    def steps(self) -> tuple[OpenStep, ...]:
        """The steps that are open, the oldest first."""
        return open_steps_of(self.sessions)

    @property
    def meetings(self) -> tuple[HeldMeeting, ...]:
        """Their meetings, the oldest first: one may be noted long after it was held.

        An exercise is none.
        """
        held = {
            folder: session
            for folder, session in self.sessions.items()
            if session.agenda.kind != "exercise"
        }
        each = (_meeting(folder, session) for folder, session in held.items())
        return tuple(sorted(each, key=attrgetter("day")))

    @property
    def ahead(self) -> NextMeeting | None:
        """The next meeting as they agreed on it last; None if they have met since, or never did.

        After a closing, only a day that was agreed on there counts.
        """
        ends = self.last.closed is not None and self.last.closed.next == NO_NEXT
        sessions = [self.last] if ends else self.sessions.values()
        agreed = (next_meeting(session) for session in sessions)
        held = max(session.day for session in self.sessions.values())
        ahead = [meeting for meeting in agreed if meeting and meeting.day > held]
        return ahead[-1] if ahead else None


def _meeting(folder: str, session: Session) -> HeldMeeting:
    following, agenda = next_meeting(session), session.agenda
    return HeldMeeting(
        folder,
        session.day,
        session.minutes,
        agenda.id,
        fill_in(agenda.title, session.names),
        following.day if following else None,
    )


def _wordings_of(
    acceptances: Iterable[Mapping[Role, Accepted]], texts: Mapping[str, str]
) -> tuple[Wording, ...]:
    """Return the known texts that both had accepted, by their fingerprints, the oldest first."""
    wordings: list[Wording] = []
    for accepted in acceptances:
        marks = {each.fingerprint for each in accepted.values()}
        text = texts.get(min(marks, default="")) if len(marks) == 1 else None
        if text and len(accepted) == len(ROLES):
            last = max(each.at for each in accepted.values())
            if wordings and wordings[-1].text == text:
                # Whose yes was taken back and said again has accepted it since that day.
                wordings.pop()
            wordings.append(Wording(text, last.date()))
    return tuple(wordings)


def _is_copy(session: Session, others: Iterable[Session]) -> bool:
    """Return whether its agreement reads as it came along, while another one still went on."""
    began = session.opened
    earlier = (each for each in others if each is not session and each.opened.at <= began.at)
    still_open = any(each.closed and each.closed.at > began.at for each in earlier)
    if not (still_open and began.carried.clauses):
        return False
    begun = Session.open(session.agenda, began, session.ends)
    return basis_of(begun, clauses_of(begun)) == basis_of(session, clauses_of(session))
