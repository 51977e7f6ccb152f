"""What a template gets of a mentorship: all that stands between two people, meeting by meeting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from mentorwalk.documents.context import (
    NO_MEETING,
    Answers,
    NotThere,
    answers_of,
    fields_of,
    in_sentence,
    meeting_of,
)
from mentorwalk.documents.exercise_pictures import with_pictures
from mentorwalk.documents.markdown import Markdown
from mentorwalk.documents.said import SaidByEach
from mentorwalk.domain.agreement_history import is_newer_than_yes, is_taken_back
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.i18n import _
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.documents.drawings import Drawings
    from mentorwalk.documents.said import Said
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.history import Word
    from mentorwalk.domain.kept_clauses import KeptClause
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.people import People

Parts = tuple[dict[str, Any], ...]
NO_AGREEMENT = NotThere(
    ("state", "since", "taken_back", "is_newer", "earlier"),
    "where no agenda of theirs has an agreement.",
)


@dataclass(frozen=True, repr=False)
class MentorshipView:
    """A mentorship as templates see it; each part is worked out when a template asks for it.

    It knows sessions whole, and templates may not: an attribute whose name begins with `_` is
    closed to them, and its `repr`, which Jinja can print, says nothing.
    """

    _mentorship: Mentorship
    _people: People
    """The two, as they are called here."""
    _mark: str
    """The fingerprint of their agreement as it is now; empty if nobody knows it."""
    _following: Agenda | None = None
    """The agenda that comes next; None if none is known."""
    _suggested: tuple[Agenda, ...] = ()
    """The agendas that may help, by what was said last."""
    _contact: str = ""
    """What their contact is called here instead of by name; empty for the name."""
    _today: date | None = None
    """The day on which this is told; None if that is the day of the newest session."""
    _drawings: Drawings | None = None
    """Keeps the pictures of exercises for the page; None where none is drawn."""
    begins: str = "mentorwalk next"
    """The command that begins the next meeting of these two."""

    def __repr__(self) -> str:
        """Say only what it is."""
        return "a mentorship"

    @cached_property
    def _named(self) -> Mentorship:
        return self._mentorship.named(self._people, self._contact)

    # --- Its meetings

    @property
    def meetings(self) -> Parts:
        """The meetings that were held, the oldest first."""
        return tuple(
            {
                "day": day_in_words(each.day),
                "minutes": each.minutes,
                "agenda": each.agenda,
                "title": each.title,
                "next_day": day_in_words(each.next_day) if each.next_day else "",
            }
            for each in self._named.meetings
        )

    @property
    def meeting(self) -> dict[str, Any]:
        """The meeting that comes next; empty if no day was agreed since the last one."""
        ahead = self._named.ahead
        is_over = ahead is not None and self._today is not None and ahead.day < self._today
        return {**meeting_of(ahead), "over": is_over} if ahead else NO_MEETING

    @property
    def follows(self) -> str:
        """The title of the agenda that suits the next meeting; empty if none is known."""
        return fill_in(self._following.title, self._named.last.names) if self._following else ""

    @property
    def suggestions(self) -> Parts:
        """The agendas that may help, by what was said last: three at most."""
        return tuple(_suggestion(each, self._named.last.names) for each in self._suggested)

    # --- What was said

    @cached_property
    def answers(self) -> Answers:
        """The newest word for each field of all their agendas, by its id."""
        agendas = [session.agenda for session in self._named.sessions.values()]
        fields = ((k for k, f in each.answerable.items() if not f.asks_steps) for each in agendas)
        values: dict[str, Any] = {}
        for key in dict.fromkeys(chain(*fields, self._named.said)):
            said, (field, _dot, role) = _reads(self._named.word(key)), key.rpartition(".")
            if field and role in ROLES:
                of_each = values.get(field)
                if not isinstance(of_each, SaidByEach):
                    neither: dict[str, Any] = dict.fromkeys(ROLES, "")
                    of_each = SaidByEach(neither, f"mentorship.answers.{field}")
                values[field] = of_each
                of_each[role] = said
            else:
                values[key] = said
        return Answers(values)

    def since(self, key: str) -> str:
        """Return the day since when the newest word for an answer id stands; empty if none does."""
        word = self._named.word(key)
        return _day_of(word) if word else ""

    def history(self, key: str) -> Parts:
        """Return the words that an answer id had before, the oldest first, each with its day."""
        earlier = self._named.said.get(key, ())[:-1]
        return tuple(
            {"day": _day_of(word), "words": _reads(word)} for word in earlier if word.words
        )

    @property
    def topics(self) -> Parts:
        """The questions that are kept for another day, the newest first."""
        asked = self._named.topics
        told = (
            (fill_in(each.ask, self._named.last.names), day_in_words(each.day)) for each in asked
        )
        return tuple({"ask": ask, "day": day} for ask, day in told)

    @property
    def steps(self) -> Parts:
        """The steps that are open, the oldest first, with what was said of each last."""
        last, newest = self._named.last, self._named.folder
        names = last.names
        return tuple(
            {
                "who": step.who(names),
                "words": step.words,
                "day": day_in_words(step.since),
                "last": step.last,
                "last_day": day_in_words(step.last_day) if step.last_day else "",
                "today": step.folder == newest or step.last_day == last.day,
            }
            for step in self._named.steps
        )

    @property
    def exercises(self) -> Parts:
        """The exercises that were done, the oldest first, each with what was said in it."""
        names, runs = self._named.last.names, self._named.exercises
        titles = {run.agenda: run.title for run in runs if run.way != "alone"}
        pictures = with_pictures(runs, self._drawings) if self._drawings else repeat({})
        return tuple(
            {
                "id": run.agenda,
                "title": fill_in(titles.get(run.agenda, run.title), names),
                "day": day_in_words(run.day),
                "way": run.way,
                "who": names[run.person] if run.person else "",
                "answers": answers_of(run.answers),
                "fields": fields_of(run.answers),
                **drawn,
            }
            for run, drawn in zip(runs, pictures, strict=False)
        )

    # --- What was agreed

    @cached_property
    def agreement(self) -> dict[str, Any]:
        """Its state, since when, and what both accepted before; empty without an agreement."""
        if self._mentorship.accepting is None:
            return NO_AGREEMENT
        wordings, since = self._mentorship.wordings, self._mentorship.agreed_since(self._mark)
        return {
            "state": "accepted" if since else "draft",
            "since": day_in_words(since) if since else "",
            "taken_back": is_taken_back(self._mentorship, self._mark),
            "is_newer": is_newer_than_yes(self._mentorship, self._mark),
            "earlier": tuple(
                # It is Markdown already: escaped again, it would not be the text that was
                # accepted.
                {"day": day_in_words(each.since), "text": Markdown(each.text)}
                for each in (wordings[:-1] if since else wordings)
            ),
        }

    @cached_property
    def clauses(self) -> Parts:
        """The parts of the agreement as they were settled last, in its order, by their headings."""
        headings: dict[str, list[KeptClause]] = {}
        for clause in self._named.clauses:
            if clause.state != "unseen":
                headings.setdefault(clause.heading, []).append(clause)
        return tuple(self._under_heading(*each) for each in headings.items())

    def _under_heading(self, heading: str, clauses: list[KeptClause]) -> dict[str, Any]:
        texts = [clause.text for clause in clauses if clause.text]
        days = [clause.since for clause in clauses if clause.text and clause.since]
        earlier = [each for clause in clauses for each in clause.earlier]
        return {
            "heading": heading,
            "state": "open" if any(each.state == "open" for each in clauses) else "settled",
            "text": "\n\n".join(texts),
            "first": sentences(texts[0])[0] if texts else "",
            "since": day_in_words(max(days)) if days else "",
            "earlier": tuple(
                {"day": day_in_words(each.since), "text": each.text}
                for each in sorted(earlier, key=attrgetter("since"))
            ),
            "said_since": tuple(
                word.label for each in clauses for word in each.said_since(self._named.said)
            ),
        }


def _reads(word: Word | None) -> Said:
    """Return how a word reads, or each of its items."""
    if word is None:
        return ""
    return in_sentence(word.answer) if word.answer else word.words


def _day_of(word: Word) -> str:
    day = day_in_words(word.day)
    # Translators: the session in which something was said is gone; it was on that day, or before.
    return _("{day} or before").format(day=day) if word.until else day


def _suggestion(agenda: Agenda, names: Mapping[str, str]) -> dict[str, Any]:
    shortest, longest = agenda.lengths
    return {
        "id": agenda.id,
        "title": fill_in(agenda.title, names),
        "when": fill_in(agenda.when_to_use, names),
        "shortest": shortest,
        "longest": longest,
    }
