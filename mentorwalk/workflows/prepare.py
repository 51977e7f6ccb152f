"""Preparing: one person fills in the form of an agenda, and chooses what the other person sees."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mentorwalk.authoring.reading import read_answers
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.answer_parsing import none_of_these
from mentorwalk.domain.errors import InputError, Stopped
from mentorwalk.domain.events import Answered, Closed
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import People
from mentorwalk.domain.prep_form import PROMISE, Preparation, asked_part, prep_of, stand_in_of
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.sources import astray
from mentorwalk.engine.dialog import Dialog, saved
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.engine.style import Ending, WalkStyle
from mentorwalk.storage.library import make_private
from mentorwalk.workflows.prep_pages import begins_anew, introduced, report_earlier, send
from mentorwalk.workflows.prep_store import PrepStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.engine.walk import Walk
    from mentorwalk.storage.journal import FolderJournal
    from mentorwalk.workflows.prep_files import PrepFiles
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
    anew: bool = False
    """Whether they begin anew, without being asked, if what is kept was done with."""

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

    @cached_property
    def store(self) -> PrepStore:
        """Where all of it is kept."""
        return PrepStore(self.runner, self.script, self.role, self.goes_on, self.partner)

    @cached_property
    def files(self) -> PrepFiles:
        """The files that can be sent."""
        # Loaded here and below: the first page needs neither the walk nor what comes after it.
        from mentorwalk.workflows.prep_files import PrepFiles

        return PrepFiles(self.store, self.out)

    @property
    def title(self) -> str:
        """What stands above all that is no part of the form."""
        return _(ALONE) if self.store.alone else _(TITLE)

    # --- Asking

    def walk(self, name: str | None, frontend: Frontend) -> Path | None:
        """Fill the form in from where it was left, and return the file if one is wanted.

        Raises:
            Stopped: They left; everything is saved.
        """
        dialog = Dialog.outside(frontend, self.runner.clock, self.title, _(LEFT))
        people = None if self.store.begun else introduced(self.store, dialog, name)
        before = self.store.done_on
        anew = before is not None and (self.anew or begins_anew(self.store, dialog, before))
        from mentorwalk.engine.walk import Walk

        make_private(self.store.folder)
        with self.store.journal() as journal:
            changed = self.store.is_of_earlier_edition and not anew
            form = self._form(journal, people, name, before if anew else None)
            dialog = Dialog.outside(frontend, self.runner.clock, self.title, saved(self.goes_on))
            if changed and (note := self.store.note_on_unasked):
                dialog.page(note, "")
            walk = Walk(form, journal, frontend, self.runner.clock, _no_agreement, STYLE)
            wish = self._walked(walk, dialog)
            while wish == "change":
                wish = self._walked(walk, dialog)
            path = self.files.write(walk.session) if wish == "write" else None
            if wish == "keep":
                report_earlier(self.files, dialog, prep_of(self.agenda, walk.session))
        if path:
            # With the file written they have what they came for, even if they leave now.
            with suppress(Stopped):
                send(self.store, dialog, walk.session, path)
        return path

    def _form(
        self, journal: FolderJournal, people: People | None, name: str | None, over: date | None
    ) -> Session:
        """Return the form to fill in: a new one of these two, or the one that is kept.

        One that was done with on the day when it was `over` is begun anew. Another window may have
        done either meanwhile.
        """
        if people and not self.store.begun:
            return self.store.begin(journal, people)
        if over and self.store.done_on == over:
            return self.store.begin_anew(journal, name)
        return self.store.take_up(journal, name)

    def _walked(self, walk: Walk, dialog: Dialog) -> Wish:
        """Walk to the end of the form, show what would be shared, and ask what to do with it."""
        from mentorwalk.authoring.prep_file import too_long
        from mentorwalk.engine.solo import LEAVING

        if walk.run() is Ending.STOPPED:
            raise Stopped(saved(self.goes_on))
        preparation = Preparation(self.agenda, walk.session)
        prep = preparation.prep
        if self.store.alone and prep.empty:
            label = _("Nothing is shared: all of it stays on this computer, for you alone.")
            stays: dict[str, Wish] = {
                _("Leave it as it is"): "keep",
                _("Change something"): "change",
            }
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

    # --- Without asking

    def from_answers(self, name: str | None, path: Path) -> Path:
        """Take the answers from a file, and write what needs no asking to be shared.

        Raises:
            ProblemsFound: With everything that is wrong or missing; nothing was written.
        """
        from mentorwalk.authoring.answers_file import prepared_from
        from mentorwalk.authoring.prep_file import too_long
        from mentorwalk.workflows.trial import check_answers

        store, source = self.store, read_answers(path)
        before = store.done_on
        anew = before is not None and (self.anew or before < store.today)
        form = store.load().form if store.begun else store.fresh(self._unasked(name))
        form = store.fresh(form.people) if anew else form
        asked = asked_part(form.agenda)
        given, problems = prepared_from(source, asked, store.today, form.names)
        after = form.apply_all(
            Answered(seq=0, at=form.last.at, elapsed=0.0, field=key, value=value)
            for key, value in given.values.items()
        )
        problems += given.refused(source, dict(_astray(after, given.values)))
        check_answers(after, source, problems, given.unread)
        shared = prep_of(self.agenda, after, decided=False)
        if sentences := too_long(shared, Preparation(self.agenda, after).asked):
            raise InputError("\n".join(sentences))
        make_private(store.folder)
        with store.journal() as journal:
            form = self._form(journal, form.people, name, before if anew else None)
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


def _astray(
    form: Session, given: Mapping[str, Value | None]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what is wrong with each answer about something nobody asks about, and that item."""
    for key, value in given.items():
        field = form.field(key)
        text = astray(field, value)
        if text is not None:
            known = field.items or tuple(choice.pick for choice in field.choices)
            yield key, (none_of_these(text, known), text)


def _is_half_walked(form: Session) -> bool:
    """Return whether somebody is in the middle of a form, so that a file does not finish it."""
    walked = bool(form.drafts) or any(card != PROMISE for card in form.marks)
    return walked and form.closed is None


def _no_agreement(_form: Session) -> Agreement:
    return Agreement("")
