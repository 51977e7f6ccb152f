"""The facts of a session that a programme may count: nothing that anybody wrote is among them.

Each is a number, a day, or one of a few words that the agenda or the program itself has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.following import meetings_held
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.programme import FACT_NAMES
from mentorwalk.domain.programme_clause import programme_clause
from mentorwalk.domain.runs import runs_in
from mentorwalk.domain.text import folded, join_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.programme import FactName
    from mentorwalk.domain.programme_clause import ProgrammeClause
    from mentorwalk.domain.session import Session

FactValue = str | int | bool | tuple[str, ...]
OTHER = "other"
"""What stands for own words, where something was to be chosen."""
STEP = 5
"""The minutes to which the length of a meeting is rounded."""
VERSION_LIMIT = 40
"""Characters of an agenda's version."""


@dataclass(frozen=True)
class Fact:
    """One line of a facts file."""

    name: FactName
    value: FactValue
    words: str
    """What it says to the two, without a full stop."""


@dataclass(frozen=True)
class SessionFacts:
    """What can be counted of the newest session of a mentorship."""

    mentorship: Mentorship
    agreed_since: date | None
    """The day since when both accept their agreement; None while it is a draft."""
    contact_us: bool = False
    """Whether the two would like to be contacted: the one thing that they can ask for."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the programme asks for, and every one without a programme."""
        programme = self.mentorship.programme
        asked = programme.facts if programme else FACT_NAMES
        return tuple(fact for fact in self._all() if fact.name in asked)

    @cached_property
    def clause(self) -> ProgrammeClause:
        """What the agreement says of what is passed on."""
        return programme_clause(self.mentorship)

    def _all(self) -> Iterator[Fact]:
        yield from self._of_meeting()
        yield from self._of_agreement()
        yield self._next_meeting()
        yield from self._counts()
        yield self._exercises()
        yield Fact("contact_us", self.contact_us, self._contact())

    def _contact(self) -> str:
        if not self.contact_us:
            return _("Nobody needs to contact you")
        if self.mentorship.programme:
            return _("You would like whoever runs the programme to contact you")
        return _("You would like whoever gets this file to contact you")

    def _of_meeting(self) -> Iterator[Fact]:
        session = self.mentorship.last
        number, agenda = meetings_held(session), session.agenda
        met = ngettext("You have met once", "You have met {number} times", number)
        yield Fact("meeting", number, met.format(number=number))
        title = fill_in(agenda.title, session.names)
        yield Fact("agenda", agenda.id, _("Your agenda was “{title}”").format(title=title))
        if version := " ".join(agenda.version.split())[:VERSION_LIMIT]:
            words = _("The version of that agenda is {version}").format(version=version)
            yield Fact("agenda_version", version, words)
        day = _("You met on {day}").format(day=day_in_words(session.day))
        yield Fact("held_on", session.day.isoformat(), day)
        minutes = max(STEP, STEP * round(session.minutes / STEP))
        words = _("You met for about {number} minutes").format(number=minutes)
        yield Fact("minutes", minutes, words)
        if (way := self._format()) is not None:
            yield Fact("format", way, _("How you meet: {way}").format(way=way))

    def _of_agreement(self) -> Iterator[Fact]:
        if self.mentorship.accepting is None:
            yield Fact("agreement", "none", _("You have no agreement"))
        elif self.agreed_since is None:
            yield Fact("agreement", "draft", _("Your agreement is a draft"))
        else:
            yield Fact("agreement", "accepted", _("You have both accepted your agreement"))
            words = _("You have accepted it since {day}")
            day = day_in_words(self.agreed_since)
            yield Fact("agreement_on", self.agreed_since.isoformat(), words.format(day=day))

    def _next_meeting(self) -> Fact:
        if self.mentorship.ahead:
            return Fact("next_meeting", "set", _("The day of your next meeting is set"))
        return Fact("next_meeting", "open", _("No day is set for your next meeting"))

    def _counts(self) -> Iterator[Fact]:
        steps = len(self.mentorship.steps)
        words = ngettext("{number} step is open", "{number} steps are open", steps)
        yield Fact("steps", steps, words.format(number=steps))
        if (goals := self._number_of("goals")) is not None:
            words = ngettext("You have {number} goal", "You have {number} goals", goals)
            yield Fact("goals", goals, words.format(number=goals))

    def _exercises(self) -> Fact:
        runs = runs_in([self.mentorship.last])
        did = tuple(sorted({run.agenda for run in runs if run.is_exercise}))
        words = _("You did these exercises: {names}").format(names=join_words([*did]))
        return Fact("exercises", did, words if did else _("You did no exercise"))

    def _field(self, name: FactName) -> Field | None:
        """Return the field of this id, as it was asked last; None if it is private or unknown."""
        fields = (each.agenda.fields.get(name) for each in self.mentorship.sessions.values())
        known = [field for field in fields if field]
        return None if not known or any(field.private for field in known) else known[-1]

    def _number_of(self, name: FactName) -> int | None:
        """Return how many things the newest answer of a field names; None without the field."""
        word = self.mentorship.word(name)
        if self._field(name) is None:
            return None
        return len(typed_texts(word.answer.value)) if word and word.answer else 0

    def _format(self) -> str | None:
        """Return which of the agenda's own choices was made, in small letters; None if none was."""
        field, word = self._field("format"), self.mentorship.word("format")
        if field is None or not (word and word.answer) or not _has_own_choices(field):
            return None
        picks = [choice.pick for choice in field.choices]
        if word.answer.value not in picks:
            return OTHER
        number = picks.index(str(word.answer.value))
        if named := field.choices[number].counts_as:
            return named
        plain = "-".join(re.findall("[a-z0-9]+", folded(picks[number])))[:VERSION_LIMIT]
        return plain or f"choice-{number + 1}"


def code_of(sessions: Iterable[Session]) -> str:
    """Return the code by which a programme counts two people; empty before there are any facts."""
    # Where two commands at once made two codes, the first of them counts, in every session.
    coded = [each for session in sessions for each in session.coded]
    return min(coded, key=attrgetter("at", "pair")).pair if coded else ""


def left_out_last(sessions: Iterable[Session]) -> frozenset[FactName]:
    """Return the facts that two people left out when theirs were written last."""
    coded = [each for session in sessions for each in session.coded]
    last = max(coded, key=attrgetter("at"), default=None)
    return frozenset(name for name in FACT_NAMES if last and name in last.left_out)


def _has_own_choices(field: Field) -> bool:
    """Return whether all choices of a field stand in the agenda, and none came from answers."""
    return field.type == "select" and not field.choices_from
