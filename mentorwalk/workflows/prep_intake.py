"""Receiving: the preparation files of the two, named on the command line or dropped in a window."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import read_source
from mentorwalk.domain.agenda import ROLES, Field
from mentorwalk.domain.errors import InputError, ProblemsFound, shown
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import may_be_same_person, other_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from mentorwalk.domain.agenda import Agenda, Role
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.people import People, Prep
    from mentorwalk.engine.dialog import Dialog

MOST = 3
"""Problems of a file that a screen tells: who sits there wants to begin, not to mend a file."""
LONGEST = 400
"""Characters of what is told about one file."""
WITHOUT = N_("Enter alone goes on without it.")


@dataclass
class ReceivedPreps:
    """The preparations that came in so far, one from each at most."""

    agenda: Agenda
    today: date
    preps: dict[Role, Prep] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    _misfits: dict[Role, tuple[Problem, ...]] = field(default_factory=dict, init=False)

    def take(self, path: Path, *, short: bool = False) -> Prep:
        """Read a file, and keep what it says; problems may be told by its `short` name.

        Raises:
            InputError: It cannot be used, or there is one from that person already.
        """
        from mentorwalk.authoring.prep_file import prep_from

        source = read_source(path)
        source = replace(source, name=path.name) if short else source
        given = prep_from(source, self.agenda, self.today)
        if given.prep.role in self.preps:
            there = _("{file}: There is one from the {role} already.")
            raise InputError(there.format(file=path.name, role=given.prep.role))
        self.preps[given.prep.role] = given.prep
        self._misfits[given.prep.role] = given.left_out
        return given.prep

    def take_all(self, paths: Iterable[Path]) -> None:
        """Read files; what cannot be used is remembered, and stops nobody."""
        for path in paths:
            try:
                self.take(path, short=True)
            except InputError as error:
                self.refused.append(on_screen(error))

    def name(self, role: Role) -> str | None:
        """The name of whoever prepared in that role."""
        return self.preps[role].name if role in self.preps else None

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """What did not fit of those that are used."""
        return tuple(p for prep in self.in_order for p in self._misfits.get(prep.role, ()))

    @property
    def in_order(self) -> tuple[Prep, ...]:
        """All of them, in the order of the roles."""
        return tuple(self.preps[role] for role in ROLES if role in self.preps)


def on_screen(error: InputError) -> str:
    """What is wrong with a file, as far as it fits beside the question for another one."""
    if not isinstance(error, ProblemsFound):
        return shown(str(error), LONGEST)
    more = len(error.problems) - MOST
    told = [f"{p.file}:{p.line}:{p.column}: {p.sentence}" for p in error.problems[:MOST]]
    return "\n".join(told + ([_("... and {number} more.").format(number=more)] * (more > 0)))


@dataclass(frozen=True)
class PrepIntake:
    """Where the one at the keyboard hands the preparations over, before the screen is shared."""

    dialog: Dialog
    received: ReceivedPreps
    own: Callable[[People], Prep | None]
    """Gives what the one at the keyboard prepared here and chose to share."""

    def settle(self, people: People) -> tuple[Prep, ...]:
        """Ask for what is missing, and say what cannot be used.

        Raises:
            Stopped: They left; nothing was begun.
        """
        for role in ROLES:
            self._meant(role, people)
        if self.received.name(other_role(people.types)) is None:
            self._ask_for(people)
        elif self.received.refused:
            self.dialog.page(_("This file is left out."), "\n".join(self.received.refused))
        if self.received.name(people.types) is None:
            self._offer_own(people)
        if self.received.left_out:
            told = on_screen(ProblemsFound(self.received.left_out))
            self.dialog.page(_("Not everything fits here:"), told, _("All the rest is used."))
        return self.received.in_order

    def _ask_for(self, people: People) -> None:
        role = other_role(people.types)
        if not getattr(self.received.agenda.prepare, role):
            return
        name = people.name(role)
        asked = Field(
            "prep",
            _("Did {name} send you a preparation file?").format(name=name),
            help=_("Drop it here, or type where it lies. Enter alone: no."),
        )
        refused = self.received.refused
        complaint = "\n".join((*refused, _(WITHOUT))) if refused else ""
        while self.received.name(role) is None:
            typed = self.dialog.ask(asked, lambda said: str(said or ""), complaint=complaint)
            if not typed:
                return
            complaint = self._dropped(typed, people)
        self.dialog.page(
            _("{name}'s preparation is here.").format(name=name),
            tip=_("It shows on the cards it belongs to."),
        )

    def _dropped(self, typed: str, people: People) -> str:
        """Take a file; what is to be said about it beside the question."""
        try:
            role = self.received.take(path_of(typed), short=True).role
        except InputError as error:
            return f"{on_screen(error)}\n{_(WITHOUT)}"
        self._meant(role, people)
        return _("That is your own, and it is used too.") if role == people.types else ""

    def _meant(self, role: Role, people: People) -> None:
        """Make sure that a preparation is not somebody else's: it will be on a shared screen."""
        theirs, name = self.received.name(role), people.name(role)
        if theirs is None or may_be_same_person(theirs, name):
            return
        label = _("This preparation is from {theirs}. Is that {name}?")
        label = label.format(theirs=theirs, name=name)
        choices = {_("No, leave it out"): False, _("Yes, use it"): True}
        if not self.dialog.choose("meant", label, choices):
            del self.received.preps[role]

    def _offer_own(self, people: People) -> None:
        own = self.own(people)
        if own is None:
            return
        label = _("You have prepared here yourself. Use what you chose to share?")
        if self.dialog.choose("own", label, {_("Yes, use it"): True, _("No, leave it out"): False}):
            self.received.preps[people.types] = own


def path_of(typed: str) -> Path:
    """The path that somebody typed, or that a window wrote when a file was dropped on it."""
    text = typed.strip().split("\n")[0].strip()
    quoted = re.fullmatch(r"""(?:& )?(['"])(.*)\1""", text)
    address = re.fullmatch(r"(?i)file://[^/]*(?:/(?=[a-z]:))?(.*)", text)
    if quoted:
        text = quoted[2].replace("'\\''", "'")
    elif address:
        from urllib.parse import unquote

        text = unquote(address[1])
    elif os.sep == "/" and not _is_there(text):
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _is_there(path: str) -> bool:
    """Whether there is something at a path; what is none has nothing there."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
