"""The pages before and after a form that one person fills in: names, and what to do with a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import _
from mentorwalk.domain.people import People, distinct_name, read_name
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import stand_in_of
from mentorwalk.domain.text import capital

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.dialog import Dialog
    from mentorwalk.workflows.prep_files import PrepFiles
    from mentorwalk.workflows.prep_store import PrepStore

SOON = timedelta(days=7)
"""For so long, what somebody prepared is taken to be for the meeting that comes."""


def introduced(store: PrepStore, dialog: Dialog, name: str | None) -> People:
    """Read the promise before anything is asked; then ask for the names."""
    agenda = store.agenda
    stand_in = stand_in_of(agenda, store.role)
    promise = store.form.phases[0].prompts[0]
    names = agenda.names_of(People.typed_by(store.role, _("you"), stand_in))
    dialog.page(promise.ask, fill_in(promise.read, names))
    own = name or dialog.ask(
        Field(
            "name",
            _("What is your name?"),
            help=_("It goes into your preparation file."),
        ),
        lambda said: read_name(str(said or ""), _("Your name")),
    )
    if not (store.partner or store.names_other):
        return People.typed_by(store.role, own, distinct_name(stand_in, own))
    label, alone = _("And the name of {stand_in}?"), _("Leave it empty for “{stand_in}”.")
    other = store.partner or dialog.ask(
        Field("other", label.format(stand_in=stand_in), help=alone.format(stand_in=stand_in)),
        lambda said: distinct_name(read_name(str(said or stand_in), _("The name")), own),
    )
    return People.typed_by(store.role, own, distinct_name(other, own))


def begins_anew(store: PrepStore, dialog: Dialog, day: date) -> bool:
    """Ask whether to begin anew what was done with; what it says stays kept.

    An exercise is done again as a rule, but on another day; what is for a meeting is changed until
    they meet.
    """
    today = day == store.today
    if today and not store.alone:
        return False
    old = store.today - day > SOON or (store.alone and not today)
    choices = {
        _("Begin anew; what you wrote then is kept"): True,
        _("Go on with what you wrote then"): False,
    }
    label = _("You filled this in on {day}. What now?").format(day=day_in_words(day))
    label = _("You filled this in today. What now?") if today else label
    ordered = dict(sorted(choices.items(), key=lambda choice: choice[1] != old))
    return dialog.choose("anew", label, ordered)


def report_earlier(files: PrepFiles, dialog: Dialog, prep: Prep) -> None:
    """Warn of each earlier file that shares something else than what is shared now."""
    for path, earlier in files.earlier().items():
        if replace(earlier, day=prep.day) != prep:
            ask = _("Your file from before is still there. It says what you shared then.")
            dialog.page(ask, str(path), _("Delete it, or have it written anew."))


def send(store: PrepStore, dialog: Dialog, form: Session, path: Path) -> None:
    """Say what to do with the file, and offer the session's cards to read beforehand."""
    other = form.people.other(store.role)
    dialog.page(
        _("Send {name} this file, and you are done.").format(name=other),
        str(path),
        _(
            "It need not be opened: it goes into the window in which a meeting begins. If you "
            "are the one at that keyboard, on this computer, it is found by itself. Until you "
            "meet, `{command}` lets you change anything; add `--show` to read it."
        ).format(command=store.goes_on),
    )
    if store.alone:
        return
    label = _("Would you like to read the cards of the session beforehand?")
    choices = {_("Not now"): False, _("Yes, show me the cards"): True}
    if dialog.choose("ahead", label, choices):
        chosen = set(plan(store.agenda, store.agenda.minutes))
        for phase in store.agenda.phases:
            asks = [fill_in(p.ask, form.names) for p in phase.prompts if p.id in chosen]
            dialog.page(phase.title, "\n\n".join(f"- {capital(ask)}" for ask in asks))
