"""The intake of preparation files: named on the command line, or dropped in a window."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import read_source
from mentorwalk.domain.errors import InputError, ProblemsFound, shown
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import may_be_same_person, other_role
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.people import People, Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.dialog import Dialog

PROBLEMS_SHOWN = 3
"""Problems of a file that a screen shows, where people want to begin, not to fix a file."""
MESSAGE_LENGTH = 400
"""Characters that a screen shows of a message about one file."""
WITHOUT = N_("Press Enter to go on without it.")


@dataclass
class ReceivedPreps:
    """The preparations that came in so far, at most one from each person."""

    agenda: Agenda
    today: date
    people: Mapping[Role, str] = field(default_factory=dict)
    """The names that were given beside the files."""
    preps: dict[Role, Prep] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """What is wrong with each file that cannot be used."""
    _misfits: dict[Role, tuple[Problem, ...]] = field(default_factory=dict, init=False)

    def take(self, path: Path, *, short: bool = False) -> Prep:
        """Read a file, keep what it says, and return that.

        Problems name the file by its path, or without its folder (`short`).

        Of two from one role, the one from who was named is kept.

        Raises:
            InputError: It cannot be used, or there is one from that role already.
        """
        from mentorwalk.authoring.prep_file import prep_from

        source = read_source(path)
        source = replace(source, name=path.name) if short else source
        given = prep_from(source, self.agenda, self.today)
        if before := self.preps.get(given.prep.role):
            if self._is_meant(before) or not self._is_meant(given.prep):
                second = _("{file}: There is one from the {role} already, by {name}.")
                names = {"role": before.role, "name": before.name}
                raise InputError(second.format(file=path.name, **names))
            other = _("The preparation by {theirs} is left out: the {role} is {name}.")
            meant = {"role": before.role, "name": self.people[before.role]}
            self.refused.append(other.format(theirs=before.name, **meant))
        self.preps[given.prep.role] = given.prep
        self._misfits[given.prep.role] = given.left_out
        return given.prep

    def _is_meant(self, prep: Prep) -> bool:
        """Return whether a preparation may be from who was named for its role, if anybody was."""
        name = self.people.get(prep.role)
        return name is None or may_be_same_person(prep.name, name)

    def take_all(self, paths: Iterable[Path]) -> None:
        """Read files; one that cannot be used is remembered as refused."""
        for path in paths:
            try:
                self.take(path, short=True)
            except InputError as error:
                self.refused.append(on_screen(error))

    def name(self, role: Role) -> str | None:
        """Return the name in the preparation from that role; None without one."""
        return self.preps[role].name if role in self.preps else None

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """What of the preparations that are used does not fit the agenda."""
        return tuple(p for prep in self.in_order for p in self._misfits.get(prep.role, ()))

    @property
    def in_order(self) -> tuple[Prep, ...]:
        """All preparations, the mentor's first."""
        return tuple(self.preps[role] for role in ROLES if role in self.preps)


def on_screen(error: InputError) -> str:
    """Return what is wrong with a file, short enough for a screen that asks for another one."""
    if not isinstance(error, ProblemsFound):
        return shown(str(error), MESSAGE_LENGTH)
    first, more = error.problems[:PROBLEMS_SHOWN], len(error.problems) - PROBLEMS_SHOWN
    lines = [f"{p.file}:{p.line}:{p.column}: {p.sentence}" for p in first]
    return "\n".join(lines + ([_("... and {number} more.").format(number=more)] * (more > 0)))


@dataclass(frozen=True)
class PrepIntake:
    """Asks the person at the keyboard for preparations, before the screen is shared."""

    dialog: Dialog
    received: ReceivedPreps
    own: Prep | None
    """What the person at the keyboard prepared here and chose to share."""

    def settle(self, people: People) -> tuple[Prep, ...]:
        """Ask for what is missing, say what cannot be used, and return what is used.

        Raises:
            Stopped: They left; nothing was begun.
        """
        for role in ROLES:
            self._confirm_person(role, people)
        if self.received.name(other_role(people.types)) is None:
            self._ask_for(people)
        elif self.received.refused:
            self.dialog.page(_("This file is left out."), "\n".join(self.received.refused))
        if self.received.name(people.types) is None:
            self._offer_own(people)
        if self.received.left_out:
            problems = on_screen(ProblemsFound(self.received.left_out))
            self.dialog.page(_("Not everything fits here:"), problems, _("All the rest is used."))
        return self.received.in_order

    def _ask_for(self, people: People) -> None:
        role = other_role(people.types)
        if not self.received.agenda.prepare.of(role):
            return
        name = people.name(role)
        asked = Field(
            "prep",
            _("Did {name} send you a preparation file?").format(name=name),
            help=_("Drag it into this window, or type its path. No file? Press Enter."),
        )
        refused = self.received.refused
        complaint = "\n".join((*refused, _(WITHOUT))) if refused else ""
        while self.received.name(role) is None:
            typed = self.dialog.ask(asked, lambda said: str(said or ""), complaint=complaint)
            if not typed:
                return
            complaint = self._take(typed, people)

    def _take(self, typed: str, people: People) -> str:
        """Take the file that was dropped, and return what to say about it beside the question."""
        try:
            role = self.received.take(path_of(typed), short=True).role
        except InputError as error:
            return f"{on_screen(error)}\n{_(WITHOUT)}"
        self._confirm_person(role, people)
        return _("That is your own, and it is used too.") if role == people.types else ""

    def _confirm_person(self, role: Role, people: People) -> None:
        """Leave out a preparation of somebody else, which a shared screen must not show."""
        theirs, name = self.received.name(role), people.name(role)
        if theirs is None or may_be_same_person(theirs, name):
            return
        label = _("This preparation is from {theirs}. Is that {name}?")
        label = label.format(theirs=theirs, name=name)
        choices = {_("No, leave it out"): False, _("Yes, use it"): True}
        if not self.dialog.choose("meant", label, choices):
            del self.received.preps[role]

    def _offer_own(self, people: People) -> None:
        if self.own is None:
            return
        label = _("You have prepared here yourself. Use what you chose to share?")
        if self.dialog.choose("own", label, {_("Yes, use it"): True, _("No, leave it out"): False}):
            self.received.preps[people.types] = self.own


def path_of(typed: str) -> Path:
    """Return the path that was typed, or that a terminal wrote for a file dropped on it."""
    text = typed.strip().split("\n")[0].strip()
    # PowerShell writes `& '...'` for a file that is dropped on it.
    quoted = re.fullmatch(r"""(?:& )?(['"])(.*)\1""", text)
    address = re.fullmatch(r"(?i)file://[^/]*(?:/(?=[a-z]:))?(.*)", text)
    if quoted:
        text = quoted[2].replace("'\\''", "'")
    elif address:
        from urllib.parse import unquote

        text = unquote(address[1])
    # Other terminals put backslashes before blanks; but a name may have backslashes of its own.
    elif os.sep == "/" and not _exists(text):
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _exists(path: str) -> bool:
    """Return whether a path exists; False if it is not a valid path."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
