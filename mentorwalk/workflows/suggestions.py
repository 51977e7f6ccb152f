"""The agendas of a home that may help two people next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.i18n import _
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.suggesting import suggested

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.session import Session
    from mentorwalk.storage.library import Library


def suggestions(library: Library, session: Session, today: date) -> tuple[Agenda, ...]:
    """Return the agendas that suit what was said in a session: three at most, or none."""
    return suggested(session, _readable(library), today)


def suggestions_in_words(
    library: Library, session: Session, today: date, words: tuple[str, ...] = ()
) -> str:
    """Say in a sentence what may help after a session; empty if nothing is suggested.

    A command finds that session by some words.
    """
    names = session.names
    titles = [f"“{fill_in(each.title, names)}”" for each in suggestions(library, session, today)]
    if not titles:
        return ""
    told = _("What may help, if you like: {titles}. `{command}` tells more.")
    return told.format(titles=_(", ").join(titles), command=library.command("status", *words))


def _readable(library: Library) -> Iterator[Agenda]:
    """Yield the agendas that are suggested by something; one with a problem is left out."""
    # What extends another agenda is suggested as that one is, without saying so itself.
    for path in library.agendas_with(rb"^(?:suggested_by|extends):"):
        with suppress(InputError):
            yield agenda_from(read_agenda(library, path))
