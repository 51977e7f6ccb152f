"""The facts of a session for a programme: shown whole, each line to be left out, then one file."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.errors import InputError, TemplateProblem
from mentorwalk.domain.events import PairCoded
from mentorwalk.domain.fact_rows import FORMAT, FORMAT_KEY
from mentorwalk.domain.facts import SessionFacts
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.i18n import N_, _, set_language
from mentorwalk.engine.dialog import Dialog
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.files import (
    DOCUMENT_LIMIT,
    first_bytes,
    free_place,
    place_for,
    write_private,
)
from mentorwalk.storage.library import make_private
from mentorwalk.storage.randomness import random_code
from mentorwalk.workflows.mentorships import Members, mentorship_of
from mentorwalk.workflows.sessions import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.facts import Fact
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.programme import FactName
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import SessionRunner

ELSEWHERE = "Choose another place with --out."
REFUSED = (
    "In your agreement you struck the sentence that says what your programme may hear, so nothing "
    "was written. Take it back in your next session if you want to send facts."
)
_TITLE = N_("Facts for your programme")
_TITLE_OF_NONE = N_("Facts that can be counted")
"""What stands above the lines where the two are in no programme."""
_STOPPED = N_("Stopped: no file was written.")
_SAME = ("pair", "held_on", "agenda", "meeting")
"""What two files say alike that are about one session; any but the code may be left out."""


@dataclass(frozen=True)
class FactsSheet:
    """What the facts file of a session says."""

    folder: Path
    pair: str
    """The code under which the two are counted."""
    session: SessionFacts
    left_out: frozenset[FactName] = frozenset()
    """The facts that one of the two leaves out."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The lines of the file."""
        return tuple(fact for fact in self.session.facts if fact.name not in self.left_out)

    @property
    def data(self) -> dict[str, Any]:
        """What stands in the file, by its keys."""
        programme = self.session.mentorship.programme
        head = {"programme": programme.id} if programme else {}
        said: dict[str, Any] = {fact.name: fact.value for fact in self.facts}
        return {FORMAT_KEY: FORMAT, **head, "pair": self.pair, **said}

    @property
    def text(self) -> str:
        """The file as JSON."""
        return json.dumps(self.data, indent=2) + "\n"

    @property
    def file(self) -> str:
        """The name of the file: the code of the two, and the day."""
        return f"facts-{self.pair}-{self.session.mentorship.last.day.isoformat()}.json"

    def wanting_contact(self) -> FactsSheet:
        """Return it with the request to be contacted."""
        return replace(self, session=replace(self.session, contact_us=True))

    def without(self, names: frozenset[FactName]) -> FactsSheet:
        """Return it without these facts."""
        return replace(self, left_out=self.left_out | names)

    def is_about_same(self, earlier: object) -> bool:
        """Return whether other data has facts of the same session."""
        if not isinstance(earlier, dict) or FORMAT_KEY not in earlier:
            return False
        known = [key for key in _SAME if key in earlier and key in self.data]
        return "pair" in known and all(earlier[key] == self.data[key] for key in known)


def facts_sheet(runner: SessionRunner, folder: Path) -> FactsSheet:
    """Return the facts of a session that was walked to its end, as they stood after it.

    Raises:
        InputError: It is not finished, or the two agreed that nothing is passed on.
        StorageError: It cannot be read.
    """
    own = runner.store.finished(folder)
    set_language(own.session.agenda.language)
    members = Members.of(runner.library, folder)
    others = [each for each in members.finished(runner.store) if each.folder.name != folder.name]
    before = {path.name for path in members.before(folder).folders}
    until = mentorship_of(runner, [*(e for e in others if e.folder.name in before), own])
    session = SessionFacts(until, until.agreed_since(_mark(runner, until)))
    if session.are_refused:
        raise InputError(REFUSED)
    codes = (each.session.pair for each in (own, *reversed(others)))
    return FactsSheet(folder, next(filter(None, codes), "") or random_code(), session)


def _mark(runner: SessionRunner, mentorship: Mentorship) -> str:
    """Return the fingerprint of the agreement as it is now; empty if nobody knows it."""
    # The template of an earlier session may be gone by now.
    with suppress(TemplateProblem):
        return runner.agreement(mentorship.accepting).fingerprint if mentorship.accepting else ""
    return ""


# --- Leaving out lines


def asked_about(sheet: FactsSheet, runner: SessionRunner, frontend: Frontend) -> FactsSheet:
    """Show the two every line, and return the file without those that either of them leaves out.

    Raises:
        Stopped: They left.
    """
    title = _(_TITLE if sheet.session.mentorship.programme else _TITLE_OF_NONE)
    dialog = Dialog.outside(frontend, runner.clock, title, _(_STOPPED))
    if not sheet.session.contact_us and any(each.name == "contact_us" for each in sheet.facts):
        field = Field("contact_us", _contact_question(sheet), "confirm")
        wants = dialog.ask(field, bool, value=False)
        sheet = sheet.wanting_contact() if wants else sheet
    lines = {fact.words: fact.name for fact in sheet.facts}
    field = Field(
        "facts",
        _("Which of these lines would one of you rather leave out?"),
        "checkbox",
        help=_inside(sheet),
        choices=tuple(map(Choice, lines)),
    )

    def kept(said: Value | None) -> FactsSheet:
        """Return the file without the lines that were chosen."""
        return sheet.without(frozenset(lines[words] for words in typed_texts(said)))

    return dialog.ask(field, kept)


def _contact_question(sheet: FactsSheet) -> str:
    if sheet.session.mentorship.programme:
        return _("Would you like whoever runs the programme to contact you?")
    return _("Would you like whoever gets this file to contact you?")


def _inside(sheet: FactsSheet) -> str:
    """Say what else the file has, and what it never has."""
    programme = sheet.data.get("programme", "")
    words = _("The file has your code, {code}. It has no name, and nothing that you wrote.")
    if programme:
        words = _(
            "The file is for {programme} and has your code, {code}. "
            "It has no name, and nothing that you wrote."
        )
    return words.format(programme=programme, code=sheet.pair)


# --- The file


def write_facts(runner: SessionRunner, sheet: FactsSheet, out: Path | None) -> Path:
    """Write the facts of a session, and keep the code of the two in its journal.

    Args:
        runner: Writes into the journal of the session.
        sheet: What the file says.
        out: Where it goes; None for the session's documents.

    Raises:
        InputError: Something else is at that place, and stays.
        StorageError: It cannot be written.
        SessionBusy: Another process has the session open.
    """
    place = _place(runner, sheet, out)
    with runner.store.journal(sheet.folder, patience=PATIENCE) as journal:
        session = runner.store.finished(sheet.folder).session
        if session.pair != sheet.pair:
            SessionRecorder(session, journal, runner.clock).record(PairCoded, pair=sheet.pair)
    write_private(place, sheet.text, ELSEWHERE)
    return place


def _place(runner: SessionRunner, sheet: FactsSheet, out: Path | None) -> Path:
    def is_same(path: Path) -> bool:
        """Return whether a file has earlier facts of this session."""
        with suppress(ValueError, RecursionError):
            return sheet.is_about_same(json.loads(first_bytes(path, DOCUMENT_LIMIT)))
        return False

    if out is not None:
        return place_for(out, is_same, "the facts of this session")
    documents = runner.library.documents_of(sheet.folder)
    make_private(documents)
    return free_place(documents / sheet.file, is_same)
