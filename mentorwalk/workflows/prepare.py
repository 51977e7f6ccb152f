"""Preparing: one person fills in the form of an agenda, and chooses what the other person sees."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mentorwalk.authoring import read_source
from mentorwalk.authoring.answers_file import prepared_from
from mentorwalk.authoring.prep_file import too_long
from mentorwalk.domain.agreement import Agreement
from mentorwalk.domain.dates import day_in_words
from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.domain.events import Answered, Closed
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import People, distinct_name, read_name
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import PROMISE, Preparation, asked_part, prep_of, stand_in_of
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.text import capital
from mentorwalk.engine.dialog import Dialog
from mentorwalk.engine.presenter import WalkStyle
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.solo import LEAVING
from mentorwalk.engine.walk import Ending, Walk
from mentorwalk.storage.library import make_private
from mentorwalk.workflows.prep_files import PrepFiles
from mentorwalk.workflows.prep_store import PrepStore
from mentorwalk.workflows.trial import check_answers

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner

TITLE = N_("Your preparation")
ALONE = N_("On your own")
LEFT = N_("Stopped before anything was written down.")
STYLE = WalkStyle(
    talks=False,
    unsure=True,
    final_review=N_("This is everything you wrote. Is every line right?"),
    reminder=N_("A number changes a line, or strikes it. After this you see what is shared."),
)
SOON = timedelta(days=7)
"""For so long, what somebody prepared is taken to be for the meeting that comes."""
Wish = Literal["write", "change", "keep"]
"""What somebody wants with a form that is filled in."""


@dataclass(frozen=True)
class PrepRunner:
    """Lets somebody prepare for an agenda, in a role."""

    runner: SessionRunner
    script: LoadedAgenda
    role: Role
    out: Path | None = None
    """Where the file goes; None for the folder of documents."""
    goes_on: str = "mentorwalk prep"
    """The command that goes on after a stop."""
    partner: str = ""
    """The name of the other person, if this is for them alone: a mentor may have two mentees."""

    def __post_init__(self) -> None:
        """Make sure that there is something to prepare, and a place to write it to.

        Raises:
            InputError: There is not.
        """
        if not prep_fields(self.agenda, self.role):
            raise InputError(f"{self.agenda.title} asks the {self.role} nothing beforehand.")
        if self.out is not None:
            self.files.place("")

    @property
    def agenda(self) -> Agenda:
        """The agenda they prepare for."""
        return self.script.agenda

    @property
    def alone(self) -> bool:
        """Whether it is an exercise, which they do alone."""
        return self.agenda.kind == "exercise"

    @cached_property
    def store(self) -> PrepStore:
        """Where all of it is kept."""
        return PrepStore(self.runner, self.script, self.role, self.goes_on, self.partner)

    @cached_property
    def files(self) -> PrepFiles:
        """The files that can be sent."""
        return PrepFiles(self.store, self.out)

    @property
    def title(self) -> str:
        """What stands above all that is no part of the form."""
        return _(ALONE) if self.alone else _(TITLE)

    @property
    def saved(self) -> str:
        """What to say after a stop half-way."""
        return _("Saved. Go on with:\n{command}").format(command=self.goes_on)

    # --- Asking

    def walk(self, name: str | None, frontend: Frontend) -> Path | None:
        """Fill the form in from where it was left, and return the file if one is wanted.

        Raises:
            Stopped: They left; everything is saved.
        """
        dialog = Dialog.outside(frontend, self.runner.clock, self.title, _(LEFT))
        people = None if self.store.begun else self._introduced(dialog, name)
        before = self.store.done_on
        anew = before is not None and self._begins_anew(dialog, before)
        make_private(self.store.folder)
        with self.store.journal() as journal:
            changed = self.store.is_of_earlier_edition and not anew
            # Another window may have begun while the names were asked for, or this.
            if people and not self.store.begun:
                form = self.store.begin(journal, people)
            elif anew and self.store.done_on == before:
                form = self.store.begin_anew(journal, name)
            else:
                form = self.store.take_up(journal, name)
            dialog = Dialog.outside(frontend, self.runner.clock, self.title, self.saved)
            if changed and (note := self.store.note_on_unasked):
                dialog.page(note, "")
            walk = Walk(form, journal, frontend, self.runner.clock, _no_agreement, STYLE)
            wish = self._walked(walk, dialog)
            while wish == "change":
                wish = self._walked(walk, dialog)
            path = self.files.write(walk.session) if wish == "write" else None
            if wish == "keep":
                self._report_earlier(dialog, prep_of(self.agenda, walk.session))
        if path:
            # With the file written they have what they came for, even if they leave now.
            with suppress(Stopped):
                self._send(dialog, walk.session, path)
        return path

    def _walked(self, walk: Walk, dialog: Dialog) -> Wish:
        """Walk to the end of the form, show what would be shared, and ask what to do with it."""
        if walk.run() is Ending.STOPPED:
            raise Stopped(self.saved)
        preparation = Preparation(self.agenda, walk.session)
        prep = preparation.prep
        if self.alone and prep.empty:
            label = _("Nothing is shared: all of it stays on this computer, for you alone.")
            stays: dict[str, Wish] = {_("Leave it so"): "keep", _("Change something"): "change"}
            return dialog.choose("write", label, stays)
        choices: dict[str, Wish] = {
            _("Change something first"): "change",
            _("Write no file; everything stays here"): "keep",
        }
        if sentences := too_long(prep, preparation.asked):
            ask = _("Before there can be a file, please look at this again:")
            dialog.page(ask, "\n".join(sentences))
            return dialog.choose("write", _(LEAVING), choices)
        other = walk.session.people.other(self.role)
        dialog.page(
            _("This is exactly what {name} will see.").format(name=other),
            preparation.seen(prep),
            _("All the rest stays on this computer, and is for you alone."),
        )
        write = _("Write it to {file}").format(file=self.files.place(prep.name).name)
        label = _("Write your preparation file now?")
        return dialog.choose("write", label, {write: "write", **choices})

    def _introduced(self, dialog: Dialog, name: str | None) -> People:
        """Read the promise before anything is asked; then ask for the names."""
        agenda = self.agenda
        stand_in = stand_in_of(agenda, self.role)
        promise = self.store.form.phases[0].prompts[0]
        names = agenda.names_of(People.typed_by(self.role, _("you"), stand_in))
        dialog.page(promise.ask, fill_in(promise.read, names))
        own = name or dialog.ask(
            Field(
                "name",
                _("What is your name?"),
                help=_("It goes into your preparation file."),
            ),
            lambda said: read_name(str(said or ""), _("Your name")),
        )
        label, alone = _("And the name of {stand_in}?"), _("Leave it empty for “{stand_in}”.")
        other = self.partner or dialog.ask(
            Field("other", label.format(stand_in=stand_in), help=alone.format(stand_in=stand_in)),
            lambda said: distinct_name(read_name(str(said or stand_in), _("The name")), own),
        )
        return People.typed_by(self.role, own, distinct_name(other, own))

    def _begins_anew(self, dialog: Dialog, day: date) -> bool:
        """Ask whether to begin anew what was done with on an earlier day; what it says stays kept.

        An exercise is done again as a rule; what is for a meeting is changed until they meet.
        """
        old = self.store.today - day > SOON or self.alone
        choices = {
            _("Begin anew; what you wrote then is kept"): True,
            _("Go on with what you wrote then"): False,
        }
        label = _("You filled this in on {day}. What now?").format(day=day_in_words(day))
        ordered = dict(sorted(choices.items(), key=lambda choice: choice[1] != old))
        return dialog.choose("anew", label, ordered)

    def _report_earlier(self, dialog: Dialog, prep: Prep) -> None:
        """Warn of each earlier file that shares something else than what is shared now."""
        for path, earlier in self.files.earlier().items():
            if earlier != prep:
                ask = _("Your file from before is still there. It says what you shared then.")
                tip = _("Delete it, or have it written anew.")
                dialog.page(ask, str(path), tip)

    def _send(self, dialog: Dialog, form: Session, path: Path) -> None:
        """Say what to do with the file, and offer the session's cards to read beforehand."""
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
        if self.alone:
            return
        label = _("Would you like to read the cards of the session beforehand?")
        choices = {_("Not now"): False, _("Yes, show me the cards"): True}
        if dialog.choose("ahead", label, choices):
            chosen = set(plan(self.agenda, self.agenda.minutes))
            for phase in self.agenda.phases:
                asks = [fill_in(p.ask, form.names) for p in phase.prompts if p.id in chosen]
                dialog.page(phase.title, "\n\n".join(f"- {capital(ask)}" for ask in asks))

    # --- Without asking

    def from_answers(self, name: str | None, path: Path) -> Path:
        """Take the answers from a file, and write what needs no asking to be shared.

        Raises:
            ProblemsFound: With everything that is wrong or missing; nothing was written.
        """
        store, source = self.store, read_source(path)
        before = store.done_on
        form = store.load().form if store.begun else store.fresh(self._unasked(name))
        if before:
            form = store.fresh(form.people)
        asked = asked_part(form.agenda)
        given, problems = prepared_from(source, asked, store.today, form.names)
        after = form.apply_all(
            Answered(seq=0, at=form.last.at, elapsed=0.0, field=key, value=value)
            for key, value in given.values.items()
        )
        check_answers(after, source, problems, given.unread)
        shared = prep_of(self.agenda, after, decided=False)
        if sentences := too_long(shared, Preparation(self.agenda, after).asked):
            raise InputError("\n".join(sentences))
        make_private(store.folder)
        with store.journal() as journal:
            if not store.begun:
                form = store.begin(journal, form.people)
            elif before and store.done_on == before:
                form = store.begin_anew(journal, name)
            else:
                form = store.take_up(journal, name)
            recorder = SessionRecorder(form, journal, self.runner.clock)
            for key, value in given.values.items():
                recorder.record(Answered, field=key, value=value)
            if not _is_half_walked(form):
                recorder.record(Closed)
            return self.files.write(recorder.session, decided=False)

    def _unasked(self, name: str | None) -> People:
        """Return the two, where nobody is asked: by their roles, if they have no names."""
        own = name or self.agenda.roles.of(self.role)
        other = self.partner or stand_in_of(self.agenda, self.role)
        return People.typed_by(self.role, own, other)


def _is_half_walked(form: Session) -> bool:
    """Return whether somebody is in the middle of a form, so that a file does not finish it."""
    walked = bool(form.drafts) or any(card != PROMISE for card in form.marks)
    return walked and form.closed is None


def _no_agreement(_form: Session) -> Agreement:
    return Agreement("")
