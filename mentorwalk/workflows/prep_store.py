"""What one person prepares, as the library keeps it: begun, taken up, brought up to date."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.domain.answer_parsing import parse_answer
from mentorwalk.domain.answers import UNKNOWN, Answer
from mentorwalk.domain.errors import InputError, StorageError, Unreadable
from mentorwalk.domain.events import Answered, Done, Entered, Renamed
from mentorwalk.domain.i18n import ENGLISH, using_language
from mentorwalk.domain.people import People, distinct_name, may_be_same_person, other_role
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import (
    ONLY_ME,
    Preparation,
    form_of,
    prep_of,
    stand_in_of,
    switches_of,
)
from mentorwalk.domain.prep_wishes import SHARE, prep_fields, sharing
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.files import AGENDA, JOURNAL, safety_note, write_private
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.reading import check_events, read_events, replayed
from mentorwalk.workflows.sessions import fresh_session, planned_end

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda, Field, Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event, Opened
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.runner import SessionRunner


@dataclass(frozen=True)
class PrepStore:
    """The preparation of one person for an agenda, in their role."""

    runner: SessionRunner
    script: LoadedAgenda
    role: Role
    goes_on: str = "mentorwalk prep"
    """The command that goes on after a stop."""

    @property
    def agenda(self) -> Agenda:
        """The agenda they prepare for."""
        return self.script.agenda

    @property
    def form(self) -> Agenda:
        """The form they fill in, which is an agenda too."""
        return form_of(self.agenda, self.role)

    @property
    def folder(self) -> Path:
        """The folder that keeps all of it, private answers included."""
        return self.runner.library.prep(self.agenda.id, self.role)

    @property
    def begun(self) -> bool:
        """Whether anything is kept yet."""
        return (self.folder / JOURNAL).is_file()

    @property
    def today(self) -> date:
        """The day on which answers are read."""
        return self.runner.clock.now().date()

    def journal(self) -> FolderJournal:
        """Return the journal, which one process at a time can hold."""
        return FolderJournal(self.folder, self.goes_on)

    def load(self) -> Preparation:
        """Return what was prepared so far, as far as it fits the agenda as it is now.

        Raises:
            InputError: Nothing was.
            StorageError: It cannot be read.
        """
        if not self.begun:
            raise self.nothing_yet()
        return Preparation(self.agenda, self._replayed(self._current_events()))

    def nothing_yet(self) -> InputError:
        """Return the error that nothing is kept here."""
        return InputError(
            f"Nobody has prepared as {self.role} for {self.agenda.title} yet: "
            f"`{self.goes_on}` begins."
        )

    def fresh(self, people: People) -> Session:
        """Return an empty form, which is not kept anywhere."""
        opened = self._opened(people)
        return fresh_session(self.form, opened)

    def begin(self, journal: FolderJournal, people: People) -> Session:
        """Keep an empty form; the promise on its first card has been read."""
        form = self.fresh(people)
        self._keep_agenda()
        journal.rewrite([form.opened])
        recorder = SessionRecorder(form, journal, self.runner.clock)
        promise = next(iter(form.cards))
        recorder.record(Entered, prompt=promise)
        recorder.record(Done, prompt=promise)
        recorder.record(Entered, prompt=form.cards[1])
        return recorder.session

    def take_up(self, journal: FolderJournal, name: str | None) -> Session:
        """Return the form as it was left, brought up to date, under a new name if one is given.

        Raises:
            InputError: The other person has that name.
        """
        events = self._current_events()
        if events != read_events(self.folder):
            journal.rewrite(events)
            self._keep_agenda()
        form = self._replayed(events)
        own, other = name or form.people.name(self.role), form.people.other(self.role)
        if own == form.people.name(self.role):
            return form
        recorder = SessionRecorder(form, journal, self.runner.clock)
        recorder.record(
            Renamed, people=People.typed_by(self.role, distinct_name(own, other), other)
        )
        return recorder.session

    def _opened(self, people: People) -> Opened:
        return self.runner.opened(self.script, people, plan(self.form, self.form.minutes))

    def _keep_agenda(self) -> None:
        fix = safety_note(self.goes_on)
        write_private(self.folder / AGENDA, self.script.source.text, fix)

    def _replayed(self, events: list[Event]) -> Session:
        return replayed(self.form, events, planned_end(events[0]))

    # --- After the agenda has changed

    def _current_events(self) -> list[Event]:
        """Return the journal, or the answers of it that still fit an agenda that has changed."""
        events = read_events(self.folder)
        before = self._replayed(events)
        if before.opened.digest == self.script.digest:
            check_events(self.folder, before.agenda, events, unsure=True)
            return events
        opened = self._opened(before.people)
        answers = {**_fitting(before, self.today), **self._kept_private(events)}
        return [
            opened,
            *(
                Answered(seq=seq, at=opened.at, elapsed=0.0, field=key, value=value)
                for seq, (key, value) in enumerate(answers.items(), start=1)
            ),
        ]

    def _kept_private(self, events: list[Event]) -> Mapping[str, Value]:
        """Return switches for what was not shared, which a newer agenda must not share unasked."""
        asked = prep_fields(self.agenda, self.role)
        private, switches = self._not_shared(events), switches_of(self.agenda, self.role)
        shared_now = [key for key in asked if key in private and sharing(asked[key]) == "yes"]
        return {f"{SHARE}{switches[key]}": ONLY_ME for key in shared_now}

    def _not_shared(self, events: list[Event]) -> set[str]:
        """Return what was answered and not shared: everything, if the old agenda is damaged."""
        agenda, form, shared = self.agenda, self._replayed(events), set[str]()
        with suppress(InputError):
            agenda = agenda_from(read_source(self.folder / AGENDA))
            form = replayed(form_of(agenda, self.role), events, planned_end(events[0]))
            prep = prep_of(agenda, form)
            shared = {*prep.answers, *prep.unknown}
        asked = prep_fields(agenda, self.role)
        return {key for key in asked if not form.answer(key).empty} - shared


def own_prep(runner: SessionRunner, script: LoadedAgenda, people: People) -> Prep | None:
    """Return what the person at the keyboard shared, if it was prepared here for these two."""
    with suppress(InputError, StorageError):
        form = PrepStore(runner, script, people.types).load().form
        then, own, other = form.people, people.types, other_role(people.types)
        unnamed = _is_stand_in(then.name(other), script.agenda, own)
        met = unnamed or may_be_same_person(then.name(other), people.name(other))
        if form.closed and met and may_be_same_person(then.name(own), people.name(own)):
            return prep_of(script.agenda, form)
    return None


def _is_stand_in(name: str, agenda: Agenda, role: Role) -> bool:
    """Return whether a name stands in for an unknown one, in this language or in English."""
    with using_language(ENGLISH):
        in_english = stand_in_of(agenda, role)
    return name in (in_english, stand_in_of(agenda, role))


def _fitting(form: Session, today: date) -> Mapping[str, Value]:
    """Return the answers that the fields of a form still take."""
    fields = form.agenda.answerable
    return {
        key: value
        for key, value in form.answers.items()
        if key in fields and value is not None and _fits(fields[key], value, today)
    }


def _fits(field: Field, value: Value, today: date) -> bool:
    try:
        return value == UNKNOWN or parse_answer(field, Answer(field, value).typed, today) == value
    except Unreadable:
        return False
