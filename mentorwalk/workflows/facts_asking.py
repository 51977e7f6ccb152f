"""Asking two people about the facts of a session: either leaves out lines before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.answers import typed_texts
from mentorwalk.domain.errors import Stopped, shown
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.engine.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mentorwalk.domain.answers import Value
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.facts_contents import FactsContents
    from mentorwalk.workflows.runner import SessionRunner

_TITLE = N_("Facts for your programme")
_TITLE_OF_NONE = N_("Facts that can be counted")
"""What stands above the lines where the two are in no programme."""
_STOPPED = N_("Stopped: no file was written.")
_WRITE, _AGAIN, _STOP = N_("Write the file"), N_("Look at the lines again"), N_("Write nothing")
_CLAUSES: Mapping[str, str] = {
    "kept": N_("Your agreement says: “{text}”"),
    "reworded": N_(
        "You changed this part of your agreement. It says now: “{text}” So all lines are marked: "
        "take the mark away from those that it allows."
    ),
    "outgrown": N_("Your programme asks for more by now than your agreement says: “{text}”"),
    "missing": N_("Nothing in your agreement speaks of this file: the two of you decide."),
}
"""What the two read of their agreement, by how it stands to the file."""
DRAFT = N_("Your agreement is still a draft.")


def asked_about(
    sheet: FactsContents, runner: SessionRunner, frontend: Frontend, out: Path | None = None
) -> FactsContents:
    """Show the two every line, and return the file without those that either of them leaves out.

    Args:
        sheet: The facts.
        runner: Has the clock.
        frontend: Asks.
        out: Where the file goes; None for the session's documents.

    Raises:
        Stopped: They left.
    """
    title = _(_TITLE if sheet.session.mentorship.programme else _TITLE_OF_NONE)
    dialog = Dialog.outside(frontend, runner.clock, title, _(_STOPPED))
    if not sheet.session.contact_us and any(
        each.name == "contact_us" for each in sheet.session.facts
    ):
        field = Field("contact_us", _contact_question(sheet), "confirm")
        wants = dialog.ask(field, bool, value=False)
        sheet = sheet.wanting_contact() if wants else sheet
    if sheet.session.clause.state == "reworded":
        sheet = sheet.leaving_out(frozenset(fact.name for fact in sheet.session.facts))
    while True:
        sheet = _without_some(dialog, sheet)
        # What is left out takes its part of the name along, so the name is told only now.
        ways = {_(words): words for words in (_WRITE, _AGAIN, _STOP)}
        asks, inside = _whole(sheet, out), _inside(sheet)
        chosen = dialog.choose("write", asks, ways, help_=inside, offered=None)
        if chosen == _STOP:
            raise Stopped(_(_STOPPED))
        if chosen == _WRITE:
            return sheet


def _without_some(dialog: Dialog, sheet: FactsContents) -> FactsContents:
    lines = {fact.words: fact.name for fact in sheet.session.facts}
    field = Field(
        "facts",
        _("Which of these lines would one of you rather leave out?"),
        "checkbox",
        help=in_agreement(sheet),
        choices=tuple(map(Choice, lines)),
    )

    def kept(said: Value | None) -> FactsContents:
        """Return the file without the lines that were chosen."""
        return sheet.leaving_out(frozenset(lines[words] for words in typed_texts(said)))

    marked = tuple(words for words, name in lines.items() if name in sheet.left_out)
    return dialog.ask(field, kept, value=marked or None)


def in_agreement(sheet: FactsContents) -> str:
    """Say what stands in the agreement of what is passed on, and whether it is a draft."""
    clause, mentorship = sheet.session.clause, sheet.session.mentorship
    state = clause.state if mentorship.programme else "missing"
    text = " ".join(clause.text.split())
    return " ".join([_(DRAFT)] * sheet.is_draft + [_(_CLAUSES[state]).format(text=text)])


def _contact_question(sheet: FactsContents) -> str:
    if sheet.session.mentorship.programme:
        return _("Would you like whoever runs the programme to contact you?")
    return _("Would you like whoever gets this file to contact you?")


def _inside(sheet: FactsContents) -> str:
    """Say what else the file has, and what it never has."""
    programme = sheet.data.get("programme", "")
    words = _("The file has your code, {code}. It has no name, and nothing that you wrote.")
    if programme:
        words = _(
            "The file is for {programme} and has your code, {code}. "
            "It has no name, and nothing that you wrote."
        )
    said = [words.format(programme=programme, code=sheet.pair)]
    if sheet.edition > 1:
        again = _("It says that it is file number {edition} about this session.")
        said.append(again.format(edition=sheet.edition))
    if left := [f"“{fact.words}”" for fact in sheet.session.facts if fact.name in sheet.left_out]:
        said.append(_("Left out: {lines}.").format(lines=_(", ").join(left)))
    return " ".join(said)


def _whole(sheet: FactsContents, out: Path | None) -> str:
    """Ask whether the file may be written, by its name and the number of its lines."""
    number = len(sheet.facts)
    words = ngettext(
        "The file {file} would have {number} line. Write it?",
        "The file {file} would have {number} lines. Write it?",
        number,
    )
    return words.format(file=shown(out.name) if out else sheet.file, number=number)
