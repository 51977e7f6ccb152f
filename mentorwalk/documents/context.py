"""What a template gets of a session: every name that it can use, with its value."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from functools import partial
from typing import TYPE_CHECKING, Any, Never

from mentorwalk.documents.drawings import Drawings
from mentorwalk.documents.headings import headings_of
from mentorwalk.documents.refusal import Refusal
from mentorwalk.documents.said import SaidByEach, SaidOutline, said
from mentorwalk.domain.answers import led, named_in
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.exercises import asked_beside, is_of_exercise, run_of, was_done
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.joining import renamed_key
from mentorwalk.domain.meeting import next_meeting, zone_in_words
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import own_answers
from mentorwalk.domain.replacing import replaced_by
from mentorwalk.domain.runs import answer_before
from mentorwalk.domain.timing import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mentorwalk.documents.said import Said
    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.clauses import AgreementClause
    from mentorwalk.domain.events import ExerciseJoined
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.meeting import NextMeeting
    from mentorwalk.domain.outcomes import Document
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session


NAMES = (
    "agenda",
    "people",
    "roles",
    "contact",
    "answers",
    "clauses",
    "phases",
    "session",
    "parked",
    "not_reached",
    "prepared",
    "meeting",
    "replaces",
    "exercises",
    "earlier",
    "picture",
    "pictures",
    "agreement",
    "mentorship",
)
"""The names that a template can use; docs/templates.md explains them."""


class NotThere(dict[str, Any]):
    """What a session may have and has not got: empty, and so is each of its parts."""

    def __init__(self, parts: Iterable[str], while_: str) -> None:
        super().__init__()
        self.parts = tuple(parts)
        """The names that it has once it is there."""
        self.while_ = while_
        """How a sentence goes on that says of a part that it is missing."""


NO_MEETING = NotThere(
    ("day", "start", "end", "minutes", "where", "zone", "over"),
    "while no day was found for the next meeting.",
)


@dataclass(frozen=True)
class Answers:
    """The answers by field id, as they read in a sentence; falsy if empty."""

    _values: Mapping[str, Any]
    _led: Mapping[str, str] = attribute(default_factory=dict)
    """The answers that finish a `lead`, after its words."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The ids of the agenda's fields."""
        return tuple(self._values)

    def __iter__(self) -> Never:
        """Refuse to be gone through; else Jinja would ask for an answer 0.

        Raises:
            Refusal: It is no list.
        """
        raise Refusal(
            '`answers` is no list: name each answer, as in `answers.get("ID")`, or go through '
            "`phases`, their `prompts` and their `fields`."
        )

    def __getitem__(self, field: str) -> Any:
        """Return the answer to a field of the agenda."""
        return self._values[field]

    def __contains__(self, field: object) -> bool:
        """Return whether the agenda has a field."""
        return field in self._values

    def get(self, field: str) -> Any:
        """Return the answer to a field that the agenda may lack."""
        return self._values.get(field, "")

    def led(self, field: str) -> Any:
        """Return the answer after the words that it finishes; any other one as it is."""
        return self._led.get(field, self.get(field))


def answers_in(session: Session, answer: Callable[[str], Answer]) -> Answers:
    """Return what a template gets of the answers that a session's fields have."""
    values: dict[str, Any] = {}
    for field in session.agenda.fields.values():
        if field.asks_steps:
            values.setdefault(field.id.partition(".")[0], {}).update(_of_step(session, field))
            continue
        reads = {key: in_sentence(answer(key)) for key in field.answer_ids}
        by_person: dict[str, Any] = {
            role: reads[key] for key, role in field.answer_ids.items() if role
        }
        both = SaidByEach(by_person, f"answers.{field.id}")
        values[field.id] = both if by_person else reads[field.id]
    finishing = [key for key, each in session.agenda.fields.items() if each.lead]
    said = {key: answer(key) for key in finishing if key in session.agenda.answerable}
    return Answers(values, {key: led(each) for key, each in said.items() if not each.hidden})


def answers_of(said: Mapping[str, Answer]) -> Answers:
    """Return answers under the ids of their fields; of each person's, under the roles."""
    values: dict[str, Any] = {}
    for key, answer in said.items():
        if answer.person:
            field = field_of(key)
            both = values.setdefault(field, SaidByEach({}, f"answers.{field}"))
            both[answer.person] = in_sentence(answer)
        else:
            values[key] = in_sentence(answer)
    return Answers(values)


def fields_of(answers: Mapping[str, Answer]) -> tuple[dict[str, Any], ...]:
    """Return answers with their labels, as a list of what was said shows them.

    Things that were named and then rated stand there once, with their numbers. Of things that were
    narrowed down to a few, those few stand there.
    """
    told = [answer for answer in answers.values() if not answer.hidden]
    return tuple(line for each in told if not _is_in_later(each, told) for line in lines_of(each))


def _is_in_later(named: Answer, told: Iterable[Answer]) -> bool:
    """Return whether what an answer names, in no order, was rated or narrowed down afterwards."""
    if named.field.type not in ("checkbox", "list"):
        return False
    about = (each for each in told if named.field.id in each.field.sources)
    return any(_rates_all(each, named) or _narrows_down(each.field) for each in about)


def _rates_all(later: Answer, named: Answer) -> bool:
    rated = {*later.field.items, *later.by_item}
    return later.field.type == "ratings" and set(named_in(named.value)) <= rated


def _narrows_down(field: Field) -> bool:
    return field.type == "checkbox" and field.max is not None


def _exercises(session: Session, drawings: Drawings) -> tuple[dict[str, Any], ...]:
    """Return the exercises that were done within a session, each with what was said in it."""
    done = (each for each in session.exercises if was_done(session, each))
    return tuple(_exercise(session, each, drawings) for each in done)


def _exercise(session: Session, joined: ExerciseJoined, drawings: Drawings) -> dict[str, Any]:
    """Return an exercise that was done; what the session itself asks, too, is no field of it."""
    run = run_of(session, joined)
    answers = run.own_answers()
    here = {renamed_key(key, joined.renamed): answer for key, answer in answers.items()}
    own = {key: each for key, each in here.items() if not asked_beside(session, key)}
    ids = partial(renamed_key, ids=joined.renamed)
    pictures = Drawings(run, drawings.drawn).of_cards()
    return {
        "id": run.agenda.id,
        "title": fill_in(run.agenda.title, session.names),
        "answers": answers_of(answers),
        "fields": tuple({**line, "id": ids(line["id"])} for line in fields_of(own)),
        "pictures": [{**each, "fields": tuple(map(ids, each["fields"]))} for each in pictures],
    }


@dataclass(frozen=True)
class Earlier(Answers):
    """The answers of the last time that the agenda was walked; falsy if there was none."""

    day: str = ""
    """The day of that time."""

    def __bool__(self) -> bool:
        """Return whether there was a last time."""
        return bool(self.day)

    def __getitem__(self, field: str) -> Any:
        """Return the answer to a field; empty if nothing was said then."""
        return self.get(field)


def _earlier(session: Session) -> Earlier:
    before = {key: answer_before(session, key) for key in session.opened.carried.earlier}
    said = {key: each for key, each in before.items() if each}
    days = [day_in_words(each.day) for each in said.values()]
    values = answers_of({key: each.answer for key, each in said.items()})
    return Earlier({field: values[field] for field in values.fields}, day=next(iter(days), ""))


def _of_step(session: Session, field: Field) -> dict[str, Any]:
    """Return what came of an open step, under its words; nothing if it is still to be told."""
    step, answer = session.item_of(field), session.answer(field.id)
    return {step.words: answer.sentence} if step and not answer.hidden else {}


def in_sentence(answer: Answer) -> Said:
    """Return how an answer reads in a sentence, or its items; empty if it is hidden."""
    return said(answer, lambda answer: answer.sentence)


def _phases(session: Session, clauses: Iterable[AgreementClause]) -> list[dict[str, Any]]:
    in_clauses = {key for clause in clauses for key in clause.placeholders}
    contact = session.agenda.contact
    if contact and "contact" in in_clauses:
        in_clauses.add(contact.named_by)
    return [
        {
            "id": phase.id,
            "title": fill_in(phase.title, session.names),
            "exercise": is_of_exercise(phase.id),
            "prompts": [
                _prompt(session, prompt, in_clauses)
                for prompt in phase.prompts
                if prompt.id in session.walked
            ],
        }
        for phase in session.agenda.phases
    ]


def _prompt(session: Session, prompt: Prompt, in_clauses: set[str]) -> dict[str, Any]:
    answers = {key: session.answer(key) for key in prompt.answer_ids}
    meeting = session.agenda.meeting
    when = {meeting.date: "day", meeting.time: "time"} if meeting else {}
    return {
        "id": prompt.id,
        "ask": session.ask_of(prompt.id),
        "state": session.marks.get(prompt.id, "not reached"),
        "planned": round(session.allotted[prompt.id]),
        "spent": round(session.spent.get(prompt.id, 0)),
        "fields": [
            {
                **line,
                "in_clause": key in in_clauses,
                "by": answer.field.by,
                "type": answer.field.type,
                "meeting": when.get(key, ""),
                "chooses_next": answer.field.chooses_next,
                "item": session.names_for(answer.field).get("item", ""),
            }
            for key, answer in answers.items()
            if not answer.field.private
            for line in lines_of(answer)
        ],
    }


def lines_of(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer with its label; with `each_of`, what was said about each item, with one."""
    by_item = answer.by_item.values() if answer.field.asks_items else ()
    return [_line(each) for each in by_item or (answer,)]


def _line(answer: Answer) -> dict[str, Any]:
    reads = said(answer, lambda answer: answer.after_label)
    return {
        "id": answer.field.id,
        "label": answer.inline_label,
        "answer": reads,
        "outline": reads if isinstance(reads, SaidOutline) else "",
    }


def _timing(session: Session) -> dict[str, Any]:
    start, ended = session.opened.at, (session.closed or session.last).at
    # They may have gone on in another zone.
    end = local(ended, session.opened.zone, start.tzinfo)
    # Of a meeting that was noted afterwards, nobody knows the hours.
    held = session.opened.held is not None
    return {
        "day": day_in_words(session.day),
        "start": "" if held else f"{start:%H:%M}",
        "end": "" if held else f"{end:%H:%M}",
        "planned": session.opened.plan.minutes,
        "spent": session.minutes,
    }


def meeting_of(meeting: NextMeeting | None) -> dict[str, Any]:
    """Return the next meeting as it was agreed; empty if no day was."""
    if not meeting:
        return NO_MEETING
    start, minutes, ends = meeting.start, meeting.minutes, meeting.ends
    # In the night when clocks go back, an end may read like the beginning, or earlier.
    later = ends is not None and start is not None and ends.time() != start
    return {
        "day": day_in_words(meeting.day),
        "start": f"{start:%H:%M}" if start else "",
        "end": f"{ends:%H:%M}" if ends and later and minutes else "",
        "minutes": minutes or 0,
        "where": meeting.where_in_words,
        "zone": zone_in_words(meeting.zone, meeting.offset) if start else "",
    }


def _replaced(session: Session) -> dict[str, Any]:
    """Return the accepted agreement that this one takes the place of; empty if it takes none."""
    replaced = replaced_by(session)
    if replaced is None:
        return NotThere(("day", "changed"), "while this agreement takes the place of none.")
    return {"day": day_in_words(replaced.day), "changed": replaced.changed}


def _prepared(session: Session, prep: Prep) -> dict[str, Any]:
    """Return what only this person was asked and shared: whose the rest is need not be known."""
    own = own_answers(session, prep)
    return {
        "name": session.names[prep.role],
        "role": prep.role,
        "exercise": prep.agenda if prep.alone else "",
        "day": day_in_words(prep.day) if prep.day else "",
        "answers": [
            {"id": key, "label": own[key].label, "answer": own[key].given}
            for key in prep.answers
            if key in own
        ],
        "unknown": [own[key].label for key in prep.unknown if key in own],
    }


def _is_no_topic(agenda: Agenda, prompt: Prompt) -> bool:
    """Return whether a card is nothing for another day, or open in the agreement."""
    in_agreement = agenda.accept_document is not None and prompt.clause is not None
    return not prompt.is_topic or in_agreement


def page_of(document: Document) -> str:
    """Return the name of the page that is written beside a document."""
    return f"{document.file.removesuffix('.md')}.html"


def context_of(session: Session, clauses: tuple[AgreementClause, ...]) -> dict[str, Any]:
    """Return every name that a template can use, with its value."""
    agenda, people = session.agenda, session.people
    drawings = Drawings(session)
    return {
        "agenda": {"id": agenda.id, "title": fill_in(agenda.title, session.names)},
        "people": {"mentor": people.mentor, "mentee": people.mentee},
        "roles": {"mentor": agenda.roles.mentor, "mentee": agenda.roles.mentee},
        "contact": session.names.get("contact", ""),
        "answers": answers_in(session, session.answer),
        "clauses": headings_of(clauses),
        "phases": _phases(session, clauses),
        "session": _timing(session),
        "parked": tuple(map(session.ask_of, session.parked())),
        "not_reached": tuple(
            session.ask_of(card)
            for card in session.not_reached()
            if not _is_no_topic(agenda, agenda.prompts[card])
        ),
        "prepared": [_prepared(session, prep) for prep in session.opened.prepared],
        "meeting": meeting_of(next_meeting(session)),
        "replaces": _replaced(session),
        "exercises": _exercises(session, drawings),
        "earlier": _earlier(session),
        "picture": drawings,
        "pictures": drawings.of_cards(),
    }
