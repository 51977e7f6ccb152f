"""What one person prepares, as the library keeps it: begun, taken up, brought up to date."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.syntax.source import SIZE_LIMIT
from mentorwalk.domain.catalogues import ENGLISH
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.errors import InputError, StorageError
from mentorwalk.domain.events import Closed, Done, Entered, Renamed
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.domain.people import People, distinct_name, may_be_same_person, other_role
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_editions import next_edition
from mentorwalk.domain.prep_form import Preparation, form_of, stand_in_of
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.session import Session
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.files import AGENDA, JOURNAL, first_bytes, safety_note, write_private
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.reading import check_events, read_events, read_opening, replayed
from mentorwalk.workflows.prep_runs import earlier_runs, for_file, set_aside
from mentorwalk.workflows.prep_update import kept_private, not_shared, written_anew

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.events import Event, Opened
    from mentorwalk.domain.roles import Role
    from mentorwalk.workflows.prep_runs import EarlierRun
    from mentorwalk.workflows.runner import SessionRunner


@dataclass(frozen=True)
class PrepStore:
    """The preparation of one person for an agenda, in their role."""

    runner: SessionRunner
    script: LoadedAgenda
    role: Role
    goes_on: str = "mentorwalk prep"
    """The command that goes on after a stop."""
    partner: str = ""
    """The name of the other person, if what is prepared is for them alone."""

    @property
    def agenda(self) -> Agenda:
        """The agenda they prepare for."""
        return self.script.agenda

    @property
    def form(self) -> Agenda:
        """The form they fill in, which is an agenda too."""
        return form_of(self.agenda, self.role)

    @property
    def alone(self) -> bool:
        """Whether it is an exercise, which they do alone."""
        return self.agenda.kind == "exercise"

    @property
    def names_other(self) -> bool:
        """Whether a card names the other person, or something can be shared with them."""
        asked = prep_fields(self.agenda, self.role).values()
        named = f"{{{other_role(self.role)}}}" in repr(replace(self.form, about=""))
        return named or any(field.share != "never" for field in asked)

    @property
    def folder(self) -> Path:
        """The folder that keeps all of it, private answers included."""
        partner = for_file(self.partner) if self.partner else ""
        return self.runner.library.prep(self.agenda.id, self.role, partner)

    @property
    def begun(self) -> bool:
        """Whether anything is kept yet, or stands in its place."""
        return os.path.lexists(self.folder / JOURNAL)

    @property
    def is_of_earlier_edition(self) -> bool:
        """Whether something was prepared, and the agenda has changed since."""
        return self.begun and read_opening(self.folder).digest != self.script.digest

    @property
    def note_on_unasked(self) -> str:
        """What to say after the agenda has changed; empty if every answer has its question."""
        kept = _(
            "The questions have changed since you wrote. What they no longer ask for is kept: "
            "`{command}` reads it, and it comes back if its question does."
        )
        return kept.format(command=f"{self.goes_on} --show") if self.load().unasked else ""

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
        return Preparation(self.agenda, replayed(self.form, self._current_events()))

    @property
    def done_on(self) -> date | None:
        """The day on which what is kept was done with; None if it is half done."""
        if not self.begun:
            return None
        events = read_events(self.folder)
        day, closed = events[-1].at.date(), any(isinstance(each, Closed) for each in events)
        return day if closed else None

    @property
    def earlier(self) -> tuple[EarlierRun, ...]:
        """The earlier runs, the newest first."""
        return earlier_runs(self.folder)

    def loaded(self, run: EarlierRun) -> Preparation:
        """Return what an earlier run says, by the agenda as it was then.

        Raises:
            InputError: Its agenda cannot be read.
            StorageError: It cannot be read.
        """
        agenda, events = agenda_from(read_source(run.folder / AGENDA)), read_events(run.folder)
        form = replayed(form_of(agenda, self.role), events)
        return Preparation(agenda, form)

    def nothing_yet(self) -> InputError:
        """Return the error that nothing is kept here."""
        return InputError(
            f"Nobody has prepared as {self.role} for {self.agenda.title} yet: "
            f"`{self.goes_on}` begins."
        )

    def fresh(self, people: People) -> Session:
        """Return an empty form, which is not kept anywhere; it knows what was said last time."""
        return Session.open(self.form, replace(self._opened(people), carried=self._before()))

    def _before(self) -> CarryOver:
        """Return what was said last time; nothing if that cannot be read."""
        for run in self.earlier:
            with suppress(InputError, StorageError):
                return self.loaded(run).as_before(run.day)
        return CarryOver()

    def begin_anew(self, journal: FolderJournal, name: str | None) -> Session:
        """Put the run that is kept aside, under its day, and keep an empty form for the same two.

        Raises:
            InputError: The other person has that name.
            StorageError: It could not be moved; it lies where it was.
        """
        people = self._named(self.load().form.people, name)
        day = read_events(self.folder)[-1].at.date()
        set_aside(self.folder, day, safety_note(self.goes_on))
        return self.begin(journal, people)

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
        if first_bytes(self.folder / AGENDA, SIZE_LIMIT) != self.script.source.text.encode():
            # Also after a crash between the two: the next edition needs the words of this one.
            self._keep_agenda()
        form = replayed(self.form, events)
        if not name or name == form.people.name(self.role):
            return form
        recorder = SessionRecorder(form, journal, self.runner.clock)
        recorder.record(Renamed, people=self._named(form.people, name))
        return recorder.session

    def _named(self, people: People, name: str | None) -> People:
        """Return the two with a new name of who prepares, if one is given."""
        own, other = name or people.name(self.role), people.other(self.role)
        return People.typed_by(self.role, distinct_name(own, other), other)

    def _opened(self, people: People) -> Opened:
        opened = self.runner.opened(self.script, people, plan(self.form, self.form.minutes))
        # What one of them prepares may be for any mentorship, or for none.
        return replace(opened, mentorship="")

    def _keep_agenda(self) -> None:
        fix = safety_note(self.goes_on)
        write_private(self.folder / AGENDA, self.script.source.text, fix)

    # --- After the agenda has changed

    def _current_events(self) -> list[Event]:
        """Return the journal; after the agenda has changed, one for the agenda as it is now."""
        events = read_events(self.folder)
        before = replayed(self.form, events)
        if before.opened.digest == self.script.digest:
            check_events(self.folder, before.agenda, events, unsure=True)
            return events
        then = self._agenda_then()
        edition = next_edition(before, then and form_of(then, self.role), self.today)
        opened = replace(self._opened(before.people), carried=edition.unasked)
        own = not_shared(self.agenda, before, then, events)
        private = kept_private(self.agenda, self.role, edition, own)
        return [opened, *written_anew(opened, edition, private)]

    def _agenda_then(self) -> Agenda | None:
        """Return the agenda as the form was made from it last; None if its copy is damaged."""
        with suppress(InputError):
            return agenda_from(read_source(self.folder / AGENDA))
        return None


def own_preparation(
    runner: SessionRunner, script: LoadedAgenda, people: People
) -> Preparation | None:
    """Return what the person at the keyboard prepared, if it was finished here for these two."""
    own, other = people.types, other_role(people.types)
    for partner in (people.name(other), ""):
        preparation = _own_preparation(PrepStore(runner, script, own, partner=partner), people)
        if preparation:
            return preparation
    return None


def _own_preparation(store: PrepStore, people: People) -> Preparation | None:
    with suppress(InputError, StorageError):
        preparation, script = store.load(), store.script
        form = preparation.form
        then, own, other = form.people, people.types, other_role(people.types)
        unnamed = _is_stand_in(then.name(other), script.agenda, own)
        met = unnamed or may_be_same_person(then.name(other), people.name(other))
        if form.closed and met and may_be_same_person(then.name(own), people.name(own)):
            return preparation
    return None


def _is_stand_in(name: str, agenda: Agenda, role: Role) -> bool:
    """Return whether a name stands in for an unknown one, in this language or in English."""
    with using_language(ENGLISH):
        in_english = stand_in_of(agenda, role)
    return name in (in_english, stand_in_of(agenda, role))
