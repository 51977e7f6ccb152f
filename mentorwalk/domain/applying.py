"""What each event means: the session after it. To resume is to apply them all once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.drafts import (
    Draft,
    draft_key,
    private_only,
    with_draft,
    without_answers,
    without_card,
)
from mentorwalk.domain.events import (
    NOTE,
    Accepted,
    Answered,
    Closed,
    Done,
    Drafted,
    Entered,
    ExerciseJoined,
    Extended,
    LetGo,
    Offered,
    OffTheRecord,
    PairCoded,
    Parked,
    Pulled,
    Renamed,
    Resumed,
    Shortened,
    Skipped,
    Struck,
    Worded,
)
from mentorwalk.domain.exercises import session_with
from mentorwalk.domain.last_look import is_last_look, seen_with
from mentorwalk.domain.meeting import answers_of_meeting
from mentorwalk.domain.timing import local

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session


def applied(session: Session, event: Event) -> Session:
    """Return a session after one more event."""
    session = replace(session, last=event, spent=session.spent_until(event.elapsed))
    match event:
        case Done(prompt=prompt):
            return _done(session, prompt)
        case Skipped() | Parked() | LetGo():
            return _put_aside(session, event)
        case Shortened(ends=ends, dropped=dropped):
            return replace(session.marked("dropped", *dropped), ends=ends)
        case Pulled(prompt=prompt):
            minutes = session.agenda.prompts[prompt].minutes
            return session.pulled_in(prompt).given_time(prompt, minutes * 60)
        case ExerciseJoined():
            return session_with(session, event)
        case Entered(prompt=prompt, seconds=seconds):
            return replace(session, current=prompt).given_time(prompt, seconds)
        case Extended(prompt=prompt, seconds=seconds):
            return session.given_time(prompt, session.allotted.get(prompt, 0.0) + seconds)
        case Offered(minutes=minutes):
            offered = (*session.offered, minutes)
            return replace(session, offered=offered, offered_on=session.current)
        case Resumed(ends=ends):
            return replace(session, ends=ends, zone=_zone_at(session, event))
        case _:
            return _applied_to_record(session, event)


def _zone_at(session: Session, event: Resumed) -> str:
    """Return the zone in which a session goes on; empty if it is unknown, and no longer the same.

    Earlier versions wrote none down.
    """
    there = local(event.at, session.zone).utcoffset()
    return event.zone or (session.zone if there == event.at.utcoffset() else "")


def _applied_to_record(session: Session, event: Event) -> Session:
    """Return a session after an event that changes what is written down, or who writes."""
    match event:
        case Answered(value=value) if is_note(session.agenda, event):
            return replace(session, notes=(*session.notes, *typed_texts(value)))
        case Answered(field=field, value=value, item=item):
            return _answered(session, field, value, item)
        case Drafted(field=field, text=text, item=item):
            draft = None if text is None else Draft(text, session.current, event.private)
            drafts = with_draft(session.drafts, draft_key(field, item), draft)
            return replace(session, drafts=drafts)
        case Struck():
            return _redacted(session, event)
        case Renamed():
            return _renamed(session, event)
        case OffTheRecord(off=True):
            off_card, drafts = session.current or "", private_only(session.drafts)
            return replace(session, off_card=off_card, drafts=drafts)
        case OffTheRecord():
            return replace(session, off_card=None)
        case _:
            return _applied_to_outcome(session, event)


def _applied_to_outcome(session: Session, event: Event) -> Session:
    """Return a session after an event about its agreement, its facts or its end."""
    match event:
        case Worded():
            return replace(session, worded=event)
        case Accepted():
            # What is half typed is not agreed on, and may be cut from the journal.
            return session.with_acceptance(event, replace(session, agreed_in=None, drafts={}))
        case PairCoded():
            return replace(session, coded=(*session.coded, event))
        case Closed():
            return replace(session, closed=event, drafts=private_only(session.drafts))
        case _:
            return session


# --- Its cards


def _done(session: Session, card: str) -> Session:
    # A talk off the record settles no clause; what was settled before stays so.
    unseen = session.off_record and session.marks.get(card) != "done"
    seen = session.answers if is_last_look(session.agenda, card) else session.seen
    return replace(session.marked("talked" if unseen else "done", card), seen=seen)


def _put_aside(session: Session, event: Skipped | Parked | LetGo) -> Session:
    """Return a session after a card was left out, or kept for another day, or no longer."""
    card = event.prompt
    if isinstance(event, LetGo):
        parked = session.marks.get(card) == "parked"
        session = session.marked("skipped", card) if parked else session
        return replace(session, let_go=session.let_go | {card})
    session = session.marked("parked" if isinstance(event, Parked) else "skipped", card)
    drafts = without_card(session.drafts, card)
    return replace(session, drafts=drafts, let_go=session.let_go - {card})


# --- Its record


def is_note(agenda: Agenda, event: Answered) -> bool:
    """Return whether an answer is a private note.

    Earlier versions kept notes as `note`, which can also be the id of a field.
    """
    field = agenda.answerable.get(event.field)
    earlier = event.field == "note" and event.private and not (field and field.private)
    return earlier or event.field == NOTE


def _answered(session: Session, key: str, value: Value | None, item: str = "") -> Session:
    value = session.saying(key, item, value) if item else value
    answered = replace(
        session,
        answers={**session.answers, key: value},
        written={**session.written, key: session.last.at},
        drafts=with_draft(session.drafts, draft_key(key, item), None),
        seen=seen_with(session, key, value),
    )
    if key not in answers_of_meeting(session.agenda):
        return answered
    return replace(answered, arranged=session.last, meeting_zone=session.zone)


def _renamed(session: Session, event: Renamed) -> Session:
    renamed = replace(session, people=event.people, arranged=event)
    if event.people.names == session.people.names:
        return renamed
    return replace(renamed.with_all_outdated(), seen=None)


def _redacted(session: Session, event: Struck) -> Session:
    opened, own = session.opened.without(event), (event.field,) if event.field else ()
    carried, said, taken = opened.carried.answers, session.answers, (*own, *event.along)
    # Of what came along, the other lines stand: nobody has taken those back.
    struck = (key for key in own if key not in carried or key in said)
    for key in (*struck, *(each for each in event.along if each in said)):
        session = _answered(session, key, event.left_of(key, session.answers.get(key)))
    return replace(
        session,
        drafts=without_answers(session.drafts, taken),
        opened=opened,
        struck={**session.struck, **dict.fromkeys(taken, event.at)},
        worded=session.worded and session.worded.without(event),
        # The two may be shown again how it read then.
        agreed_in=session.agreed_in and applied(session.agreed_in, event),
    )
