"""Keep agendas under names: one, or all of a folder and then all of them or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mentorwalk.authoring.comparing import differences, named
from mentorwalk.authoring.loading import readable_agenda
from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.authoring.ready import keep_ready
from mentorwalk.domain.errors import InputError, Problem, ProblemsFound, shown, shown_path
from mentorwalk.domain.text import join_words
from mentorwalk.storage.added_files import copy_of_edited, is_edited, remember_added
from mentorwalk.storage.files import text_of, visible_files
from mentorwalk.workflows.agenda_check import PLAIN_NAME, agenda_files, usable_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.storage.library import Library
    from mentorwalk.workflows.agenda_check import AgendaChecker

NAMED = 9
"""The most files that are named as passed over."""


@dataclass(frozen=True)
class ToKeep:
    """An agenda that is about to be kept."""

    name: str
    files: Mapping[str, str]
    """The text of each file, by its name; the agenda first."""
    change: str
    """A sentence that says what of it is new, or differs from what is kept."""
    id: str = ""
    """What the agenda calls itself."""


class Kept(NamedTuple):
    """What became of an agenda that was kept."""

    paths: list[Path]
    """Its files; the agenda first."""
    edited: list[Path]
    """Copies of earlier files that somebody had changed by hand since they were added."""


@dataclass(frozen=True)
class AgendaKeeper:
    """Keeps agendas in a library, once all of them have been checked."""

    checker: AgendaChecker

    @property
    def library(self) -> Library:
        """The library that they are kept in."""
        return self.checker.runner.library

    def one(self, path: Path, name: str, rename: str = "choose another name with --name") -> ToKeep:
        """Return what keeps an agenda under a name.

        Args:
            path: Its file.
            name: The name.
            rename: How it gets another name, for the message.

        Raises:
            ProblemsFound: Something is wrong with it.
            InputError: The name cannot be used, or a template is missing.
        """
        self.library.place_of_agenda(name)
        files = self.checker.files_of(path, name)
        agenda = agenda_from(read_agenda(self.library, path))
        self._refuse_other(name, agenda, rename)
        return ToKeep(name, files, f"{name}: {self._change(name, files, agenda)}.", agenda.id)

    def all_of(self, folder: Path) -> tuple[ToKeep, ...]:
        """Return what keeps each agenda of a folder, under the name of its file.

        Raises:
            ProblemsFound: Something is wrong with any of them; with all that is.
            InputError: No agenda is in there, or two have one name.
        """
        paths = list(agenda_files([folder]))
        if not paths:
            raise InputError(
                f"{shown_path(folder)}: There is no agenda in this folder. An agenda is a file "
                "that ends in .yaml or .yml and says `mentorwalk:` at the beginning of a line."
            )
        _refuse_twins(paths)
        tried = [self._tried(path) for path in paths]
        problems = [each for each in chain(*tried) if isinstance(each, Problem)]
        if problems:
            raise ProblemsFound(dict.fromkeys(problems), "Nothing was added.")
        return tuple(each for each in chain(*tried) if isinstance(each, ToKeep))

    def _tried(self, path: Path) -> Sequence[ToKeep | Problem]:
        """Return what keeps the agenda of a file, or all that is wrong with it."""
        if not usable_name(path.stem):
            told = (
                f"`{shown(path.stem, 60)}` cannot be its name: rename the file to one {PLAIN_NAME}"
            )
            return [Problem(shown_path(path), 1, 1, told)]
        try:
            return [self.one(path, path.stem, "rename the file")]
        except ProblemsFound as found:
            return found.problems
        except InputError as error:
            return [Problem(shown_path(path), 1, 1, str(error))]

    def keep(self, agenda: ToKeep) -> Kept:
        """Write the files of an agenda; what was changed by hand in earlier ones is kept beside."""
        folder = self.library.place_of_agenda(agenda.name)
        used = {file for file in self.checker.files_beside(agenda.name) if folder in file.parents}
        earlier = sorted(used | {folder / file for file in agenda.files})
        edited = [
            copy_of_edited(path)
            for path in earlier
            if text_of(path) not in (None, agenda.files.get(path.relative_to(folder).as_posix()))
            and is_edited(folder, path)
        ]
        paths = self.checker.install(agenda.name, agenda.files)
        remember_added(folder, paths)
        keep_ready(self.library, paths[0])
        return Kept(paths, edited)

    def _refuse_other(self, name: str, agenda: Agenda, rename: str) -> None:
        """Make sure that no other agenda is kept under a name.

        Raises:
            InputError: One is: it has another id.
        """
        path = dict(self.library.agenda_names()).get(name)
        if path and self.library.agendas in path.parents:
            kept = _id_kept(self.library, path)
            if kept not in ("", agenda.id):
                removes = self.library.command("agenda", "remove", name)
                raise InputError(
                    f"`{name}` is kept already, and is another agenda (`id: {shown(kept, 60)}`, "
                    f"not `{shown(agenda.id, 60)}`): it stays. `{removes}` takes it away, or "
                    f"{rename}."
                )

    def _change(self, name: str, files: Mapping[str, str], now: Agenda) -> str:
        """Return what keeping these files would change, in a few words."""
        folder = self.library.place_of_agenda(name)
        kept = folder / f"{name}.yaml"
        if not kept.is_file():
            return "new"
        others = {file: text for file, text in files.items() if file != kept.name}
        changed = {file for file, text in others.items() if text_of(folder / file) != text}
        used = (file for file in self.checker.files_beside(name) if folder in file.parents)
        gone = {file.relative_to(folder).as_posix() for file in used} - files.keys()
        text, before = files[kept.name], readable_agenda(self.library, kept)
        if before is None:
            return "takes the place of one with problems"
        parts = differences(before, now, map(_quoted, sorted(changed | gone)))
        if not parts and text_of(kept) != text:
            return "changes only comments and spaces"
        return "; ".join(parts) or "kept already, nothing changes"


def _id_kept(library: Library, path: Path) -> str:
    """Return the id of an agenda that is kept, also if it cannot be used; empty if it has none."""
    if agenda := readable_agenda(library, path):
        return agenda.id
    said = _ID.search(text_of(path) or "")
    return said[1] if said else ""


_ID = re.compile(r"^id:[ \t]*[\"']?([\w-]+)", re.MULTILINE)


def passed_over(folder: Path, kept: tuple[ToKeep, ...]) -> str:
    """Return the sentence that names what of a folder is not kept; empty if all of it is."""
    taken = {path.absolute() for path in agenda_files([folder])}
    names = {Path(name).name for each in kept for name in each.files}
    others = [
        str(path.relative_to(folder))
        for path in visible_files(folder)
        if path.absolute() not in taken and path.name not in names
    ]
    told = shown(named(others, NAMED), 1000)
    return f"Passed over, as no part of an agenda: {told}." if others else ""


def of_one_id(kept: Iterable[ToKeep]) -> str:
    """Return the sentence that names agendas with the same id; empty if each has its own."""
    by_id: dict[str, list[str]] = {}
    for each in kept:
        by_id.setdefault(each.id, []).append(each.name)
    same = [(id_, names) for id_, names in by_id.items() if len(names) > 1]
    if not same:
        return ""
    id_, names = same[0]
    called = join_words([_quoted(name) for name in names])
    return (
        f"{called} have the same `id: {shown(id_, 60)}`, and are taken for one agenda where it is "
        "looked for: give each its own."
    )


def _refuse_twins(paths: list[Path]) -> None:
    """Make sure that no two agendas would be kept under one name.

    Raises:
        InputError: Two would.
    """
    by_name: dict[str, Path] = {}
    for path in paths:
        other = by_name.setdefault(path.stem, path)
        if other != path:
            raise InputError(
                f"{shown_path(other)} and {shown_path(path)} would both be called "
                f"`{shown(path.stem, 60)}`: rename one of them. Nothing was added."
            )


def _quoted(name: str) -> str:
    return f"`{name}`"
