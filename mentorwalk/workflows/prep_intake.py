"""The intake of preparation files: named on the command line, or dropped in a window."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.alone import as_run, with_sources
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.errors import InputError, Problem, ProblemsFound, shown
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import may_be_same_person, other_role
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.people import People, Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.dialog import Dialog

    FindExercise = Callable[[str], Agenda | None]
    """Finds an exercise that is known here, by its id."""

PROBLEMS_SHOWN = 3
"""Problems of a file that a screen shows, where people want to begin, not to fix a file."""
MESSAGE_LENGTH = 400
"""Characters that a screen shows of a message about one file."""
WITHOUT = N_("Press Enter to go on without it.")


def no_exercises(_id: str) -> None:
    """Return None: no exercise is known."""


@dataclass
class ReceivedPreps:
    """The preparations that came in so far, at most one from each person for each agenda.

    They are for the session's own agenda, or exercises that somebody did alone.
    """

    agenda: Agenda
    today: date
    exercises: FindExercise = no_exercises
    people: Mapping[Role, str] = field(default_factory=dict)
    """The names that were given beside the files."""
    preps: dict[tuple[Role, str], Prep] = field(default_factory=dict)
    """By the role of who wrote, and by the id of the agenda it is read by."""
    refused: list[str] = field(default_factory=list)
    """What is wrong with each file that cannot be used."""
    _misfits: dict[tuple[Role, str], tuple[Problem, ...]] = field(default_factory=dict, init=False)
    _files: dict[tuple[Role, str], str] = field(default_factory=dict, init=False)

    def take(self, path: Path, *, short: bool = False) -> Prep:
        """Read a file, keep what it says, and return that.

        Problems name the file by its path, or without its folder (`short`).

        Of two from one role, the one from who was named is kept.

        Raises:
            InputError: It cannot be used, or there is one from that role already.
        """
        from mentorwalk.authoring.prep_file import prep_from, read_prep, written_for

        source = read_prep(path)
        source = replace(source, name=path.name) if short else source
        named = written_for(source)
        exercise = self.exercises(named) if named != self.agenda.id else None
        given = prep_from(source, exercise or self.agenda, self.today)
        key = given.prep.role, (exercise or self.agenda).id
        if before := self.preps.get(key):
            if self._is_meant(before) or not self._is_meant(given.prep):
                second = _("{file}: There is one from the {role} already, by {name}.")
                names = {"role": before.role, "name": before.name}
                raise InputError(second.format(file=path.name, **names))
            other = _("The preparation by {theirs} is left out: the {role} is {name}.")
            meant = {"role": before.role, "name": self.people[before.role]}
            self.refused.append(other.format(theirs=before.name, **meant))
        self.preps[key] = self._as_used(given.prep, exercise)
        self._misfits[key], self._files[key] = given.left_out, source.name
        return self.preps[key]

    def _as_used(self, prep: Prep, exercise: Agenda | None) -> Prep:
        """Return a preparation as this session takes it: for its own cards, or as what was done."""
        if exercise:
            return as_run(prep, exercise)
        return with_sources(prep, self.agenda) if self.agenda.kind == "exercise" else prep

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
        return next((prep.name for prep in self.in_order if prep.role == role), None)

    def for_session(self, role: Role) -> bool:
        """Return whether there is one from that role for the session's own agenda."""
        return (role, self.agenda.id) in self.preps

    def older(self, last_met: date | None) -> list[Problem]:
        """Return what to say of each preparation from before the two met last."""
        told = _("{name} wrote this on {day}, before you last met.")
        return [
            Problem(self._files[key], 1, 1, told.format(name=prep.name, day=day_in_words(prep.day)))
            for key, prep in self.preps.items()
            if prep.day and is_older(prep, last_met)
        ]

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """What of the preparations that are used does not fit the agenda."""
        return tuple(each for key in self.keys for each in self._misfits.get(key, ()))

    @property
    def keys(self) -> list[tuple[Role, str]]:
        """What each preparation is found by: the mentor's first, each for the session first."""
        return sorted(
            self.preps, key=lambda key: (ROLES.index(key[0]), key[1] != self.agenda.id, key[1])
        )

    @property
    def in_order(self) -> tuple[Prep, ...]:
        """All preparations, the mentor's first."""
        return tuple(self.preps[key] for key in self.keys)


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
    last_met: date | None = None
    """The day on which the two met last; None if they never did."""

    def settle(self, people: People) -> tuple[Prep, ...]:
        """Ask for what is missing, say what cannot be used, and return what is used.

        Raises:
            Stopped: They left; nothing was begun.
        """
        for key in self.received.keys:
            self._confirm(key, people)
        if not self.received.for_session(other_role(people.types)):
            self._ask_for(people)
        elif self.received.refused:
            self.dialog.page(_("This file is left out."), "\n".join(self.received.refused))
        if not self.received.for_session(people.types):
            self._offer_own(people)
        if self.received.left_out:
            problems = on_screen(ProblemsFound(self.received.left_out))
            self.dialog.page(_("Not everything fits here:"), problems, _("All the rest is used."))
        return self.received.in_order

    def _ask_for(self, people: People) -> None:
        role = other_role(people.types)
        if not prep_fields(self.received.agenda, role):
            return
        name = people.name(role)
        asked = Field(
            "prep",
            _("Did {name} send you a preparation file?").format(name=name),
            help=_("Drag it into this window, or type its path. No file? Press Enter."),
        )
        refused = self.received.refused
        complaint = "\n".join((*refused, _(WITHOUT))) if refused else ""
        while not self.received.for_session(role):
            typed = self.dialog.ask(asked, lambda said: str(said or ""), complaint=complaint)
            if not typed:
                return
            complaint = self._take(typed, people)

    def _take(self, typed: str, people: People) -> str:
        """Take the file that was dropped, and return what to say about it beside the question."""
        try:
            prep = self.received.take(path_of(typed), short=True)
        except InputError as error:
            return f"{on_screen(error)}\n{_(WITHOUT)}"
        key = next(key for key, each in self.received.preps.items() if each is prep)
        self._confirm(key, people)
        if key not in self.received.preps:
            return ""
        if prep.role == people.types:
            return _("That is your own, and it is used too.")
        return _("That is an exercise, and it is used too.") if prep.alone else ""

    def _confirm(self, key: tuple[Role, str], people: People) -> None:
        """Leave out what is of somebody else, or too old, unless they say so.

        A shared screen must not show it.
        """
        prep = self.received.preps[key]
        theirs, name = prep.name, people.name(prep.role)
        if not may_be_same_person(theirs, name):
            label = _("This preparation is from {theirs}. Is that {name}?")
            if not self._uses(label.format(theirs=theirs, name=name)):
                del self.received.preps[key]
                return
        if is_older(prep, self.last_met) and not self._uses(self._of_then(prep, name)):
            del self.received.preps[key]

    def _of_then(self, prep: Prep, name: str) -> str:
        day = day_in_words(prep.day) if prep.day else ""
        label = _("{name} wrote this on {day}, before you last met. Use it?")
        return label.format(name=name, day=day)

    def _uses(self, label: str) -> bool:
        choices = {_("No, leave it out"): False, _("Yes, use it"): True}
        return self.dialog.choose("meant", label, choices)

    def _offer_own(self, people: People) -> None:
        if self.own is None:
            return
        if is_older(self.own, self.last_met):
            uses = self._uses(self._of_then(self.own, people.name(people.types)))
        else:
            label = _("You have prepared here yourself. Use what you chose to share?")
            choices = {_("Yes, use it"): True, _("No, leave it out"): False}
            uses = self.dialog.choose("own", label, choices)
        if uses:
            self.received.preps[people.types, self.received.agenda.id] = self.own


def is_older(prep: Prep, last_met: date | None) -> bool:
    """Return whether a preparation is from before the two met last."""
    return prep.day is not None and last_met is not None and prep.day < last_met


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
