"""The next meeting, as far as two people settled it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.earlier import Arrangement
from mentorwalk.domain.events import Answered
from mentorwalk.domain.i18n import _
from mentorwalk.domain.timing import zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Answer, Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.session import Session


MINUTES, WHERE, EVERY = "minutes", "where", "every"
"""What two people arrange about their meetings: how long, where, and how often."""
DEFAULT_MINUTES = 60
LEAST_MINUTES = 5
"""The minutes of a meeting whose length nobody settled."""


def answers_of_meeting(agenda: Agenda) -> set[str]:
    """Return the ids of the answers that make it, and of those on which one of these depends."""
    named = agenda.meeting.next_one if agenda.meeting else ()
    fields = [agenda.answerable[key] for key in named if key in agenda.answerable]
    return {*named, *(when.field for field in fields for when in field.when)}


@dataclass(frozen=True)
class NextMeeting:
    """When and where two people meet again, as far as they settled it."""

    day: date
    start: time | None = None
    minutes: int | float | None = None
    where: str = ""
    """The place as it was picked, such as `Video call`."""
    where_in_words: str = ""
    """The same as it reads in a sentence, such as `by video`."""
    zone: str = ""
    """The IANA key of the zone in which the time was written down; empty if unknown."""
    offset: timedelta = timedelta(0)
    """How far that zone was ahead of UTC when it was written down, for want of a key."""

    @property
    def zone_info(self) -> ZoneInfo | None:
        """The zone, if this computer knows it."""
        return zone_of(self.zone)

    @property
    def begins(self) -> datetime | None:
        """The moment at which it begins; None without a time of day."""
        if self.start is None:
            return None
        zone = self.zone_info or timezone(self.offset)
        return datetime.combine(self.day, self.start, zone)

    @property
    def ends(self) -> datetime | None:
        """The moment at which it ends, also across a change of the clocks.

        None without a time of day, or if the calendar of Python ends before.
        """
        begins, length = self.begins, timedelta(minutes=self.minutes or DEFAULT_MINUTES)
        try:
            return begins and (begins.astimezone(UTC) + length).astimezone(begins.tzinfo)
        except OverflowError:
            return None


def next_meeting(session: Session) -> NextMeeting | None:
    """Return what the agenda's `meeting` fields say; None if no day was agreed."""
    named = session.agenda.meeting
    day = _todays_value(session, named.date) if named else None
    if not named or not isinstance(day, str):
        return None
    start = _todays_value(session, named.time)
    where = arranged_by(session).get(WHERE)
    meeting = NextMeeting(
        date.fromisoformat(day),
        time.fromisoformat(start) if isinstance(start, str) else None,
        agreed_minutes(session),
        str(where.value) if where else "",
        where.words if where else "",
        session.meeting_zone,
        (session.arranged or session.opened).at.utcoffset() or timedelta(0),
    )
    return replace(meeting, start=_as_clocks_show(meeting.begins))


def _as_clocks_show(begins: datetime | None) -> time | None:
    """Return the time of day that clocks show then: later, in the hour that they leave out."""
    if begins is None:
        return None
    with suppress(OverflowError):
        begins = begins.astimezone(UTC).astimezone(begins.tzinfo)
    return begins.time()


def with_least_minutes(agenda: Agenda) -> Agenda:
    """Return an agenda in which nobody agrees on a meeting of no time, or of less than that."""
    named = agenda.meeting.minutes if agenda.meeting else ""
    if not named:
        return agenda

    def bounded(field: Field) -> Field:
        """Return a field with the least that it takes, if it is the one and has room for it."""
        fits = field.max is None or field.max >= LEAST_MINUTES
        if named not in field.answer_ids or field.type != "number" or not fits:
            return field
        return replace(field, min=max(field.min or 0, LEAST_MINUTES))

    return agenda.with_fields(bounded)


def agreed_minutes(session: Session) -> int | float | None:
    """Return for how long the two want to meet; None if they settled no length."""
    length = arranged_by(session).get(MINUTES)
    minutes = length.value if length else None
    return minutes if isinstance(minutes, int | float) and minutes >= 1 else None


def arranged_by(session: Session) -> Mapping[str, Arrangement]:
    """Return how the two meet after a session: for how long, where, how often, as far as is known.

    What its own `meeting` does not name, or does not ask, holds as they arranged it before.
    """
    named, agenda = session.agenda.meeting, session.agenda
    if named is None:
        return session.opened.facts.arranged
    day = agenda.answerable.get(named.date)
    asked = {MINUTES: named.minutes, WHERE: named.where, EVERY: day.days_from if day else ""}
    own = {what: key for what, key in asked.items() if key in agenda.answerable}
    before = {k: each for k, each in session.opened.facts.arranged.items() if k not in own}
    said = {what: _answer(session, key) for what, key in own.items()}
    known = {what: answer for what, answer in said.items() if answer}
    return before | {what: _arranged(each, session.today) for what, each in known.items()}


def _arranged(answer: Answer, today: date) -> Arrangement:
    """Return an answer that says something as an arrangement."""
    is_number = isinstance(answer.value, int | float)
    value = answer.value if is_number and answer.value is not None else answer.short(today)
    choice = answer.field.choice(str(answer.value))
    return Arrangement(answer.field.id, value, answer.sentence, choice.days if choice else None)


class OverAlready(NamedTuple):
    """An answer that nobody can keep to, since the next meeting would be over by now."""

    field: str
    sentence: str
    """What is wrong, and what would do."""


def over_already(
    session: Session, answers: Mapping[str, Value | None], now: datetime
) -> OverAlready | None:
    """Return which of these answers would set the next meeting before now; None if none would.

    It is asked before an answer is recorded: what a journal holds is never refused.
    """
    named = session.agenda.meeting
    if not named or not {named.date, named.time} & answers.keys():
        return None
    seq, elapsed = session.last.seq, session.elapsed
    events = [
        Answered(seq=seq, at=now, elapsed=elapsed, field=key, value=value)
        for key, value in answers.items()
    ]
    meeting = next_meeting(session.apply_all(events))
    if meeting and meeting.day < now.date():
        over = _("That is over already: {day}. A day from today on would do, such as “in 3 weeks”.")
        return OverAlready(named.date, over.format(day=day_in_words(meeting.day)))
    if meeting and meeting.begins and meeting.begins < now:
        over = _("That is over already: today at {time}. A later hour or another day would do.")
        return OverAlready(named.time, over.format(time=f"{meeting.start:%H:%M}"))
    return None


def _todays_value(session: Session, key: str) -> Value | None:
    """Return this session's value only: the day of the last meeting is no day to meet again."""
    return _value(session, key) if key in session.answers else None


def _value(session: Session, key: str) -> Value | None:
    """Return this session's value, or the one that came along."""
    answer = _answer(session, key)
    return answer.value if answer else None


def _answer(session: Session, key: str) -> Answer | None:
    if key not in session.agenda.answerable:
        return None
    answer = session.effective_answer(key)
    return None if answer.hidden else answer


def zone_in_words(key: str, offset: timedelta | None = None) -> str:
    """Return a time zone in words: `Warsaw time` for `Europe/Warsaw`, else `UTC+03:30`.

    Empty if neither is known.
    """
    region, _slash, place = key.rpartition("/")
    # Etc/GMT+5 is five hours behind: its sign would mislead.
    if not key or (region == "Etc" and not place.isalpha()):
        return "" if offset is None else str(timezone(offset))
    words = place.replace("_", " ")
    # Translators: a time zone, such as Warsaw time.
    return words if words.isupper() or not words else _("{place} time").format(place=words)
