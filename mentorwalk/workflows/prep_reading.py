"""Reading a preparation file that somebody sent, before the call."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.authoring.prep_file import prep_from, read_prep, written_for
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, StorageError, shown
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.domain.people import People
from mentorwalk.domain.picturing import fullest, picture_of
from mentorwalk.domain.prep_form import Preparation, stand_in_of
from mentorwalk.domain.runs import last_numbers
from mentorwalk.workflows.prep_store import PrepStore

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.runner import SessionRunner


WIDTH = 60
"""The columns that pictures are drawn for: as in documents, they fit any terminal."""


def whole_text(store: PrepStore, *, plain: bool = False) -> str:
    """Return everything that somebody wrote, for nobody but them: the newest run, then the others.

    Below each stand the pictures of it, or `plain` sentences.

    Raises:
        InputError: Nothing was written.
        StorageError: What was written last cannot be read.
    """
    parts = [_whole(store.load(), plain=plain)]
    for run in store.earlier:
        with suppress(InputError, StorageError):
            parts.append(f"{day_in_words(run.day)}\n\n{_whole(store.loaded(run), plain=plain)}")
    return "\n\n\n".join(parts)


def _whole(preparation: Preparation, *, plain: bool) -> str:
    pictures = pictures_text(preparation.form, plain=plain)
    return "\n\n".join(filter(None, (preparation.whole(), pictures)))


def what_came_of(store: PrepStore, *, plain: bool = False) -> str:
    """Return the pictures of what somebody has just done, if there are any, and how to read it."""
    pictures = pictures_text(store.load().form, plain=plain)
    again = _("`{command}` shows all of it again.").format(command=f"{store.goes_on} --show")
    return "\n\n".join(filter(None, (pictures, again)))


def pictures_text(form: Session, *, plain: bool = False) -> str:
    """Return the pictures of a form's cards, each once, or what they show in `plain` sentences."""
    from mentorwalk.documents.pictures import as_text, as_words

    wanted = fullest(each.picture for each in form.agenda.prompts.values() if each.picture)
    drawn = [picture_of(form, each.kind, each.fields, last_numbers(form)) for each in wanted]
    lines = (as_words(each) if plain else as_text(each, WIDTH) for each in drawn if not each.empty)
    return "\n\n".join(map("\n".join, lines))


def received_text(runner: SessionRunner, path: Path) -> tuple[str, tuple[Problem, ...]]:
    """Return what a preparation file says, as `start` reads it, and what does not fit.

    Raises:
        InputError: It is not a preparation file, or its agenda is not known here.
    """
    source = read_prep(path)
    script = _agenda_of(runner.library, source.name, written_for(source))
    given = prep_from(source, script.agenda, runner.clock.now().date())
    with using_language(script.agenda.language):
        prep, store = given.prep, PrepStore(runner, script, given.prep.role)
        stand_in = stand_in_of(script.agenda, prep.role)
        form = store.fresh(People.typed_by(prep.role, prep.name, stand_in))
        seen = Preparation(script.agenda, form).seen(prep)
        rest = _("What {name} did not share is not in this file.").format(name=prep.name)
        return f"{seen}\n\n{rest}", given.left_out


def _agenda_of(library: Library, file: str, name: str) -> LoadedAgenda:
    if not name:
        none = _("{file}: `agenda` must have the id of the agenda that this was written for.")
        raise InputError(none.format(file=file))
    if library.kept_agenda(name):
        return load_agenda(library, name, None)
    unknown = _(
        "{file}: This was written for `{agenda}`, which is not one of your agendas. "
        "`{command}` keeps it."
    )
    wanted = shown(name, 40)
    command = library.command("agenda", "add", "FILE", "--name", wanted)
    raise InputError(unknown.format(file=file, agenda=wanted, command=command))
