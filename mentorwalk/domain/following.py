"""What follows a session: decided when it closes, by its answers and by what came before."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import condition_words
from mentorwalk.domain.conditions import holds
from mentorwalk.domain.date_parsing import parse_last_day
from mentorwalk.domain.earlier import Facts
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.fields import Choice
from mentorwalk.domain.meeting import arranged_by, next_meeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Following
    from mentorwalk.domain.answers import Answer, Value
    from mentorwalk.domain.earlier import Arrangement
    from mentorwalk.domain.events import Opened
    from mentorwalk.domain.session import Session

MEETINGS_HELD = "meetings-held"
TIME_GONE = "time-gone"
AGENDAS_WALKED = "agendas-walked"
DAYS_SINCE = "days-since"
NUMBERS = (MEETINGS_HELD, TIME_GONE, DAYS_SINCE)
OFFERED = (*NUMBERS, AGENDAS_WALKED)
"""What a condition in `next` may name beside answers; no field can have a `-` in its id."""


# --- What comes next


def what_follows(session: Session) -> str:
    """Return the agenda that comes next, or `none`; empty if nothing is named, or nothing fits.

    Without `next`, and after an exercise, what was decided before stands.
    """
    if session.agenda.kind == "exercise" or not session.agenda.listed:
        return session.opened.facts.decided
    return _chosen(session) or _first_fitting(session)


def decided_by(session: Session) -> str:
    """Return what was decided when a session closed.

    Earlier versions kept no decision: for their sessions it is the name in the agenda.
    """
    named = session.agenda.next
    kept = session.closed.next if session.closed else ""
    if session.agenda.kind == "exercise":
        return kept
    return kept or (named if isinstance(named, str) else "")


def usual_title(session: Session) -> str | None:
    """Return the title of what comes next if nobody chooses; None if it is not to be had."""
    titles = session.opened.facts.titles
    return titles.get(_first_fitting(session, among=titles))


def after_break(session: Session, met: date, today: date) -> str:
    """Return the agenda that suits because it is long since they met; empty if none is meant.

    Args:
        session: The session whose agenda names what may follow.
        met: The day on which they met last.
        today: The day on which they meet again.
    """
    outlook = Outlook(session, today, (today - met).days)
    meant = filter(is_for_break, session.agenda.listed)
    return next((entry.agenda for entry in meant if outlook.fits(entry)), "")


def is_for_break(entry: Following) -> bool:
    """Return whether an entry of `next` is meant for people who have not met for long."""
    return any(condition.field == DAYS_SINCE for condition in entry.when)


def with_titles(agenda: Agenda, titles: Mapping[str, str]) -> Agenda:
    """Return an agenda whose field for what comes next has these titles as its choices."""
    if agenda.choosing is None or not titles:
        return agenda
    choices = tuple(map(Choice, dict.fromkeys(titles.values())))
    return agenda.with_fields(lambda f: replace(f, choices=choices) if f.chooses_next else f)


def _chosen(session: Session) -> str:
    """Return what the two chose; empty if they were not asked."""
    field = session.agenda.choosing
    picked = session.answer(field.id).value if field else None
    titles = session.opened.facts.titles
    return next((name for name, title in titles.items() if title == picked), "")


def _first_fitting(session: Session, among: Iterable[str] | None = None) -> str:
    """Return the first entry that fits, of those that are named; empty if none does."""
    meeting = next_meeting(session)
    # What comes next is walked on that day: by then the agreed time may be over.
    outlook = Outlook(session, meeting.day if meeting else session.today)
    entries = (each for each in session.agenda.listed if among is None or each.agenda in among)
    return next((entry.agenda for entry in entries if outlook.fits(entry)), "")


@dataclass(frozen=True)
class Outlook:
    """A session and what came before, as it counts on the day of the next meeting."""

    session: Session
    day: date
    since: int | None = None
    """The days since they met last; None when a session closes."""

    def fits(self, entry: Following) -> bool:
        """Return whether an entry of `next` fits."""
        return all(holds(each, self.words(each.field)) for each in entry.when) and not (
            entry.unless and all(holds(each, self.words(each.field)) for each in entry.unless)
        )

    def words(self, key: str) -> tuple[str, ...]:
        """Return what a condition names: the texts of an answer, or what is offered."""
        session, facts = self.session, self.session.opened.facts
        offered: Mapping[str, tuple[Value | None, ...]] = {
            MEETINGS_HELD: (meetings_held(session),),
            TIME_GONE: (self._time_gone(),),
            AGENDAS_WALKED: (*facts.agendas, session.agenda.id),
            DAYS_SINCE: (self.since,),
        }
        if key in offered:
            return tuple(text for value in offered[key] for text in condition_words(value))
        # An answer that was not given today is none, even if there was one last month.
        own = key in session.agenda.answerable
        return condition_words(session.answer(key).value if own else facts.answers.get(key))

    def _time_gone(self) -> int | None:
        """Return how much of the agreed time is over, in per cent; None if that is unknown."""
        began, until = self.session.opened.facts.began or self.session.day, _until(self.session)
        whole = (until - began).days if until else 0
        return 100 * (self.day - began).days // whole if whole > 0 else None


# --- The agreed time


def _until(session: Session) -> date | None:
    """Return the day on which the agreed time is over, by today's word, else by the newest."""
    facts, meeting = session.opened.facts, session.agenda.meeting
    lasts = (meeting.lasts if meeting else "") or facts.lasts
    if lasts not in session.answers or lasts not in session.agenda.answerable:
        return facts.until
    return _last_day(session.answer(lasts), facts.began or session.day, session.day)


def _last_day(answer: Answer, began: date, said: date) -> date | None:
    """Return the last day that an answer means; None if it cannot be read."""
    choice = answer.field.choice(str(answer.value))
    with suppress(Unreadable, OverflowError):
        if choice and choice.days:
            return began + timedelta(days=choice.days)
        return parse_last_day(f"{answer.typed} {answer.field.unit}", began, said)
    return None


# --- What came before


def meetings_held(session: Session) -> int:
    """Return how often the two have met, with this session; an exercise is no meeting."""
    return session.opened.facts.meetings + is_meeting(session)


def is_meeting(session: Session) -> bool:
    """Return whether a session counts as a meeting of the two."""
    return session.agenda.kind != "exercise"


def facts_of(before: Mapping[str, Session], agenda: Agenda) -> Facts:
    """Return what a session of `agenda` has to know of those that came before.

    Args:
        before: The finished sessions of the two by the names of their folders, the first one first.
        agenda: The agenda that is walked now.
    """
    if not before:
        return Facts()
    (folder, first), *_ = before.items()
    sessions = tuple(before.values())
    since = _since_gap(sessions)
    earlier, passed = since[0].opened.facts, sessions[: -len(since)]
    began = earlier.began or min((each.day for each in sessions if is_meeting(each)), default=None)
    lasts = _lasts(agenda, since) or earlier.lasts
    answers = {**_newest_answers(agenda, {}, passed), **earlier.answers}
    return Facts(
        root=first.opened.facts.root or identity_of(folder, first.opened),
        began=began,
        meetings=earlier.meetings + sum(map(is_meeting, since)),
        events=earlier.events + sum(session.last.seq + 1 for session in since),
        agendas=(*earlier.agendas, *(session.agenda.id for session in since)),
        answers=_newest_answers(agenda, answers, since),
        lasts=lasts,
        until=_newest_last_day(lasts, since, began or sessions[0].day) or earlier.until,
        decided=decided_by(sessions[-1]),
        arranged=_arranged(since) or earlier.arranged,
    )


def _since_gap(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Return the newest sessions, from that one on by which the most meetings are known.

    Of sessions that were forgotten before it, it knows what counts here.
    """
    known = [
        each.opened.facts.meetings - sum(map(is_meeting, sessions[:place]))
        for place, each in enumerate(sessions)
    ]
    return sessions[known.index(max(known)) :]


def identity_of(folder: str, opened: Opened) -> str:
    """Return what a session is known by: letters and digits from which no name can be read."""
    return digest_of(folder, opened.digest, opened.at.isoformat())


def digest_of(*known: str) -> str:
    """Return 32 letters and digits that stand for some texts."""
    # The name of a folder may hold bytes that are not UTF-8.
    text = "\n".join(known).encode(errors="backslashreplace")
    return hashlib.sha256(text).hexdigest()[:32]


def _arranged(sessions: Iterable[Session]) -> Mapping[str, Arrangement]:
    """Return how the two meet, as the newest of these meetings leaves it."""
    newest: Mapping[str, Arrangement] = {}
    for session in filter(is_meeting, sessions):
        newest = arranged_by(session)
    return newest


def _lasts(agenda: Agenda, sessions: Iterable[Session]) -> str:
    """Return the field with the agreed time, which the newest agenda that has one names."""
    meetings = [agenda.meeting, *(session.agenda.meeting for session in reversed([*sessions]))]
    return next((each.lasts for each in meetings if each and each.lasts), "")


def _newest_last_day(key: str, sessions: Iterable[Session], began: date) -> date | None:
    said = [each for each in sessions if key in each.answers and key in each.agenda.answerable]
    return _last_day(said[-1].answer(key), began, said[-1].day) if said else None


def _newest_answers(
    agenda: Agenda, earlier: Mapping[str, Value], sessions: Iterable[Session]
) -> dict[str, Value]:
    """Return the newest answer to each id that `next` depends on and the agenda does not ask."""
    named = {condition.field for entry in agenda.listed for condition in entry.conditions}
    needed = named - agenda.answerable.keys()
    answers = {key: value for key, value in earlier.items() if key in needed}
    for session in sessions:
        for key in needed & session.answers.keys() & session.agenda.answerable.keys():
            answer = session.answer(key)
            if session.answers[key] is None:
                answers.pop(key, None)
            elif answer.value is not None and not answer.hidden:
                answers[key] = answer.value
    return answers
