"""Preparing: one person fills in the form of an agenda, and chooses what the other one sees."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.authoring.prep_file import is_prep, prep_from, prep_text, too_long
from mentorwalk.domain.agenda import Field, fill_in, plan
from mentorwalk.domain.agreement import Agreement
from mentorwalk.domain.answers import UNKNOWN, as_typed, read
from mentorwalk.domain.errors import InputError, ProblemsFound, Stopped, StorageError, Unreadable
from mentorwalk.domain.events import Answered, Done, Entered, Opened, Renamed
from mentorwalk.domain.i18n import ENGLISH, N_, _, using_language
from mentorwalk.domain.people import (
    People,
    distinct_name,
    may_be_same_person,
    other_role,
    read_name,
)
from mentorwalk.domain.prep_form import (
    ONLY_ME,
    Preparation,
    asked_part,
    form_of,
    prep_of,
    switches_of,
)
from mentorwalk.domain.prep_wishes import SHARE, prep_fields, sharing
from mentorwalk.domain.session import Session
from mentorwalk.domain.text import capital
from mentorwalk.engine.dialog import Dialog
from mentorwalk.engine.presenter import WalkStyle
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.solo import LEAVING
from mentorwalk.engine.walk import Ending, Walk
from mentorwalk.storage.files import half_written, remove_leftovers, safety_note, write_private
from mentorwalk.storage.journal import (
    AGENDA,
    JOURNAL,
    FolderJournal,
    check_events,
    read_events,
    replayed,
)
from mentorwalk.storage.library import make_private
from mentorwalk.workflows.runner import missing_answers, planned_end

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda, Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.people import Prep
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner

TITLE = N_("Your preparation")
LEFT = N_("Stopped before anything was written down.")
STYLE = WalkStyle(
    talks=False,
    final_review=N_("This is everything you wrote. Is every line right?"),
    reminder=N_("A number changes a line, or strikes it. After this you see what is shared."),
)
Wish = Literal["write", "change", "keep"]
"""What becomes of a form that was filled in."""
NAME_LENGTH = 60
"""Characters of a name within the name of a file."""
SAFE = "What you wrote is safe; choose another place for the file with --out."


@dataclass(frozen=True)
class PrepRunner:
    """Where somebody prepares for an agenda, in a role."""

    runner: SessionRunner
    script: LoadedAgenda
    role: Role
    out: Path | None = None
    """Where the file goes; where nothing is said, among the documents."""
    goes_on: str = "mentorwalk prep"
    """The command that goes on, for whoever stops half-way."""

    def __post_init__(self) -> None:
        """Make sure that there is something to prepare, and a place to write it to.

        Raises:
            InputError: There is not.
        """
        if not prep_fields(self.agenda, self.role):
            raise InputError(f"{self.agenda.title} asks the {self.role} nothing beforehand.")
        if self.out is not None:
            self._place("")

    @property
    def agenda(self) -> Agenda:
        """The agenda they prepare for."""
        return self.script.agenda

    @property
    def folder(self) -> Path:
        """Where all of it is kept."""
        return self.runner.library.prep(self.agenda.id, self.role)

    @property
    def saved(self) -> str:
        """What is said to whoever stops half-way."""
        return _("Saved. Go on with:\n{command}").format(command=self.goes_on)

    @property
    def begun(self) -> bool:
        """Whether there is something already."""
        return (self.folder / JOURNAL).is_file()

    def load(self) -> Preparation:
        """What was prepared so far, as far as it fits the agenda as it is now.

        Raises:
            InputError: Nothing was.
            StorageError: It cannot be read.
        """
        if not self.begun:
            raise self._nothing_yet()
        return Preparation(self.agenda, self._replayed(self._events()))

    def session_paths(self) -> list[Path]:
        """What this computer holds of it: its folder, and the files that were written to be sent.

        Raises:
            InputError: There is nothing.
        """
        if not self.folder.is_dir():
            raise self._nothing_yet()
        belongs = half_written(self.runner.library.documents)
        with suppress(InputError, StorageError):
            return [self.folder, *self._earlier(), *belongs]
        return [self.folder, *belongs]

    def _earlier(self) -> Mapping[Path, Prep]:
        """The files that were written to be sent and still lie there, under any name of theirs."""
        named = [e for e in read_events(self.folder) if isinstance(e, Opened | Renamed)]
        earlier = {}
        for name in dict.fromkeys(event.people.name(self.role) for event in named):
            with suppress(InputError):
                source, today = read_source(self._place(name)), self.runner.clock.now().date()
                given = prep_from(source, self.agenda, today).prep
                if (given.agenda, given.role) == (self.agenda.id, self.role):
                    earlier[self._place(name)] = given
        return earlier

    def _nothing_yet(self) -> InputError:
        return InputError(
            f"Nobody has prepared as {self.role} for {self.agenda.title} yet: "
            f"`{self.goes_on}` begins."
        )

    # --- Asking

    def walk(self, name: str | None, frontend: Frontend) -> Path | None:
        """Fill the form in, from where it was left; then write the file, if that is wanted.

        Raises:
            Stopped: They left; everything is saved.
        """
        dialog = Dialog.apart(frontend, self.runner.clock, _(TITLE), _(LEFT))
        people = None if self.begun else self._met(dialog, name)
        make_private(self.folder)
        with self._journal() as journal:
            # Another window may have begun while the names were asked for.
            begins = people if not self.begun else None
            form = self._begin(journal, begins) if begins else self._take_up(journal, name)
            walk = self._walk(form, journal, frontend)
            dialog = Dialog.apart(frontend, self.runner.clock, _(TITLE), self.saved)
            wish = self._walked(walk, dialog)
            while wish == "change":
                wish = self._walked(walk, dialog)
            path = self._written(walk.session) if wish == "write" else None
            if wish == "keep":
                self._tell_of_earlier(dialog, prep_of(self.agenda, walk.session))
        if path:
            # The file is there: whoever leaves now has done what they came for.
            with suppress(Stopped):
                self._send(dialog, walk.session, path)
        return path

    def _walk(self, form: Session, journal: FolderJournal, frontend: Frontend) -> Walk:
        return Walk(form, journal, frontend, self.runner.clock, _no_agreement, STYLE)

    def _walked(self, walk: Walk, dialog: Dialog) -> Wish:
        """Walk to the end of the form, and show all of what the other would see."""
        if walk.run() is Ending.STOPPED:
            raise Stopped(self.saved)
        preparation = Preparation(self.agenda, walk.session)
        prep = preparation.prep
        choices: dict[str, Wish] = {
            _("Change something first"): "change",
            _("Write no file; everything stays here"): "keep",
        }
        if told := too_long(prep, preparation.asked):
            ask = _("Before there can be a file, please look at this again:")
            dialog.page(ask, "\n".join(told))
            return dialog.choose("write", _(LEAVING), choices)
        other = walk.session.people.other(self.role)
        dialog.page(
            _("This is exactly what {name} will see.").format(name=other),
            preparation.seen(prep),
            _("All the rest stays on this computer, and is for you alone."),
        )
        write = _("Write it to {file}").format(file=self._place(prep.name).name)
        label = _("Shall it be written to your preparation file?")
        return dialog.choose("write", label, {write: "write", **choices})

    def _met(self, dialog: Dialog, name: str | None) -> People:
        """What is promised comes before anything is asked; then the names."""
        agenda = self.agenda
        stand_in = stand_in_of(agenda, self.role)
        promise = form_of(agenda, self.role).phases[0].prompts[0]
        contact = agenda.contact.words if agenda.contact else ""
        names = {str(self.role): _("you"), other_role(self.role): stand_in, "contact": contact}
        dialog.page(promise.ask, fill_in(promise.read, names))
        own = name or dialog.ask(
            Field(
                "name",
                _("What is your name?"),
                help=_("It will stand in your preparation file."),
            ),
            lambda said: read_name(str(said or ""), _("Your name")),
        )
        label, alone = _("And the name of {stand_in}?"), _("Enter alone: {stand_in}.")
        other = dialog.ask(
            Field("other", label.format(stand_in=stand_in), help=alone.format(stand_in=stand_in)),
            lambda said: distinct_name(read_name(str(said or stand_in), _("The name")), own),
        )
        return self._people(own, other)

    def _people(self, own: str, other: str) -> People:
        mentor, mentee = (own, other) if self.role == "mentor" else (other, own)
        return People(mentor, mentee, self.role)

    def _tell_of_earlier(self, dialog: Dialog, prep: Prep) -> None:
        """A file from before may hold what was taken back since."""
        for path, earlier in self._earlier().items():
            if earlier != prep:
                ask = _("Your file from before is still there. It says what you shared then.")
                tip = _("Delete it, or have it written anew.")
                dialog.page(ask, str(path), tip)

    def _send(self, dialog: Dialog, form: Session, path: Path) -> None:
        """Say what to do with the file, and offer the cards to whoever likes to read ahead."""
        other = form.people.other(self.role)
        dialog.page(
            _("Send {name} this file, and you are done.").format(name=other),
            str(path),
            _(
                "It need not be opened: it goes into the window of `mentorwalk start`. Until you "
                "meet, `{command}` changes anything, and with `--show` behind it, it reads "
                "everything back to you."
            ).format(command=self.goes_on),
        )
        label = _("Would you like to read the cards of the session beforehand?")
        choices = {_("No, we read them together"): False, _("Yes, show me the cards"): True}
        if dialog.choose("ahead", label, choices):
            chosen = set(plan(self.agenda, self.agenda.minutes))
            for phase in self.agenda.phases:
                asks = [fill_in(p.ask, form.names) for p in phase.prompts if p.id in chosen]
                dialog.page(phase.title, "\n\n".join(f"- {capital(ask)}" for ask in asks))

    # --- Without asking

    def from_answers(self, name: str | None, path: Path) -> Path:
        """Take the answers from a file, ask nothing, and write what needs no asking to be shared.

        Raises:
            ProblemsFound: With everything that is wrong or wanting; nothing was written.
        """
        source, today = read_source(path), self.runner.clock.now().date()
        form = self.load().form if self.begun else self._fresh(self._named(name))
        asked = asked_part(form.agenda)
        given, problems = answers_from(source, asked, today, form.names, beforehand=True)
        after = form.apply_all(
            Answered(seq=0, at=form.last.at, elapsed=0.0, field=key, value=value)
            for key, value in given.values.items()
        )
        problems = [*problems, *missing_answers(after, source, given.unread)]
        if problems:
            raise ProblemsFound(sorted(problems))
        shared = prep_of(self.agenda, after, decided=False)
        if told := too_long(shared, Preparation(self.agenda, after).asked):
            raise InputError("\n".join(told))
        make_private(self.folder)
        with self._journal() as journal:
            form = self._take_up(journal, name) if self.begun else self._begin(journal, form.people)
            record = SessionRecorder(form, journal, self.runner.clock)
            for key, value in given.values.items():
                record.keep(Answered, field=key, value=value)
            return self._written(record.session, decided=False)

    def _named(self, name: str | None) -> People:
        """The two, where nobody is asked: by their roles, if they have no names."""
        own = name or getattr(self.agenda.roles, self.role)
        return self._people(own, stand_in_of(self.agenda, self.role))

    # --- On disk

    def _opened(self, people: People) -> Opened:
        form = form_of(self.agenda, self.role)
        return self.runner.opened(self.script, people, plan(form, form.minutes))

    def _fresh(self, people: People) -> Session:
        opened = self._opened(people)
        return Session.open(form_of(self.agenda, self.role), opened, planned_end(opened))

    def _replayed(self, events: list[Event]) -> Session:
        return replayed(form_of(self.agenda, self.role), events, planned_end(events[0]))

    def _journal(self) -> FolderJournal:
        return FolderJournal(self.folder, self.goes_on)

    def _events(self) -> list[Event]:
        """What happened; where the agenda has changed since, the answers that still fit."""
        events = read_events(self.folder)
        before = self._replayed(events)
        if before.opened.digest == self.script.digest:
            check_events(self.folder, before.agenda, events, unsure=True)
            return events
        opened = self._opened(before.people)
        answers = {**_fitting(before, self.runner.clock.now().date()), **self._only_mine(events)}
        return [
            opened,
            *(
                Answered(seq=seq, at=opened.at, elapsed=0.0, field=key, value=value)
                for seq, (key, value) in enumerate(answers.items(), start=1)
            ),
        ]

    def _only_mine(self, events: list[Event]) -> Mapping[str, Value]:
        """What was not shared as the agenda stood before, a newer one does not share unasked."""
        asked = prep_fields(self.agenda, self.role)
        mine, switches = self._kept_back(events), switches_of(self.agenda, self.role)
        shared_now = [key for key in asked if key in mine and sharing(asked[key]) == "yes"]
        return {f"{SHARE}{switches[key]}": ONLY_ME for key in shared_now}

    def _kept_back(self, events: list[Event]) -> set[str]:
        """What was answered and not shared; all, where nobody knows how the agenda stood."""
        agenda, form, shared = self.agenda, self._replayed(events), set[str]()
        with suppress(InputError):
            agenda = agenda_from(read_source(self.folder / AGENDA))
            form = replayed(form_of(agenda, self.role), events, planned_end(events[0]))
            prep = prep_of(agenda, form)
            shared = {*prep.answers, *prep.unknown}
        asked = prep_fields(agenda, self.role).items()
        nothing = (None, "", ())
        told = {k for k, f in asked if form.answers.get(k) not in nothing and form.asks(f)}
        return told - shared

    def _take_up(self, journal: FolderJournal, name: str | None) -> Session:
        events = self._events()
        if events != read_events(self.folder):
            journal.rewrite(events)
            self._keep_agenda()
        form = self._replayed(events)
        own, other = name or form.people.name(self.role), form.people.other(self.role)
        if own == form.people.name(self.role):
            return form
        record = SessionRecorder(form, journal, self.runner.clock)
        record.keep(Renamed, people=self._people(distinct_name(own, other), other))
        return record.session

    def _begin(self, journal: FolderJournal, people: People) -> Session:
        """Begin on disk; what is promised has been read."""
        form = self._fresh(people)
        self._keep_agenda()
        journal.rewrite([form.opened])
        record = SessionRecorder(form, journal, self.runner.clock)
        promise = next(iter(form.cards))
        record.keep(Entered, prompt=promise)
        record.keep(Done, prompt=promise)
        record.keep(Entered, prompt=form.cards[1])
        return record.session

    def _keep_agenda(self) -> None:
        fix = safety_note(self.goes_on)
        write_private(self.folder / AGENDA, self.script.source.text, fix)

    def _written(self, form: Session, *, decided: bool = True) -> Path:
        """Write the file that can be sent."""
        preparation = Preparation(self.agenda, form)
        prep = prep_of(self.agenda, form, decided=decided)
        path = self._place(prep.name)
        if self.out is None:
            make_private(path.parent)
            remove_leftovers(path.parent)
        write_private(path, prep_text(prep, preparation.asked), SAFE)
        return path.absolute()

    def _place(self, name: str) -> Path:
        """The path of the file that can be sent.

        Raises:
            InputError: Something else is there, or there is no such folder.
        """
        wanted = self.out or self.runner.library.documents
        file = wanted / file_name(name) if wanted.is_dir() or not self.out else wanted
        if self.out and not file.parent.is_dir():
            raise InputError(f"{file}: There is no such folder.")
        if file.exists() and not is_prep(file):
            raise InputError(
                f"{file}: There is a file already, and it is no preparation file. "
                "Choose another name with --out."
            )
        return file


def stand_in_of(agenda: Agenda, role: Role) -> str:
    """What the other one is called as long as there is no name."""
    return _("your {role}").format(role=getattr(agenda.roles, other_role(role)).lower())


def _nobody_named(name: str, agenda: Agenda, role: Role) -> bool:
    """Whether a name only stands in: as it is spoken now, or as it was before a translation."""
    with using_language(ENGLISH):
        before = stand_in_of(agenda, role)
    return name in (before, stand_in_of(agenda, role))


def own_prep(runner: SessionRunner, script: LoadedAgenda, people: People) -> Prep | None:
    """What the one at the keyboard prepared here, for this other one, and chose to share."""
    with suppress(InputError, StorageError):
        form = PrepRunner(runner, script, people.types).load().form
        then, own, other = form.people, people.types, other_role(people.types)
        stand_in = _nobody_named(then.name(other), script.agenda, own)
        met = stand_in or may_be_same_person(then.name(other), people.name(other))
        if form.closed and met and may_be_same_person(then.name(own), people.name(own)):
            return prep_of(script.agenda, form)
    return None


def file_name(name: str) -> str:
    """The name of somebody's preparation file, fit for every file system."""
    fit = ""
    for char in unicodedata.normalize("NFC", name):
        # Some scripts write vowels as marks, which are no letters; a sign's marks go with it.
        vowel = unicodedata.category(char)[0] == "M" and fit[-1:] not in ("", "-")
        fit += char if vowel or char.isalnum() or char in "_." else "-"
    plain = re.sub("-+", "-", fit)
    return f"prep-{plain[:NAME_LENGTH].strip('-.') or 'mine'}.yaml"


def _fitting(form: Session, today: date) -> Mapping[str, Value]:
    """The answers that can be read as the form has its fields now."""
    fields = form.agenda.answerable
    return {
        key: value
        for key, value in form.answers.items()
        if key in fields and value is not None and _fits(fields[key], value, today)
    }


def _fits(field: Field, value: Value, today: date) -> bool:
    try:
        return value == UNKNOWN or read(field, as_typed(value), today) == value
    except Unreadable:
        return False


def _no_agreement(_form: Session) -> Agreement:
    return Agreement("")
