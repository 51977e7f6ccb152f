"""Check agendas together with their templates before people meet, and install them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from
from mentorwalk.authoring.checks.document_files import DEVICES
from mentorwalk.authoring.extending import whole_node
from mentorwalk.authoring.fixes import put_together
from mentorwalk.authoring.format.other_words import language_called
from mentorwalk.authoring.inheritance.causing import told_at_causes
from mentorwalk.authoring.inheritance.clauses import LOST_ANSWER
from mentorwalk.authoring.inheritance.extended import ExtendedSource
from mentorwalk.authoring.inheritance.inheriting import told_of_template, told_to_author
from mentorwalk.authoring.inheritance.marks import with_marks
from mentorwalk.authoring.inheritance.replacing import REPLACED
from mentorwalk.authoring.lint import warnings_of
from mentorwalk.authoring.loading import LoadedAgenda, folders_of, read_agenda_file, readable_agenda
from mentorwalk.authoring.reading import read_agenda
from mentorwalk.authoring.syntax.recovery import compose
from mentorwalk.authoring.syntax.source import SIZE_LIMIT
from mentorwalk.authoring.validation import examine
from mentorwalk.authoring.warnings.fine import without_accepted
from mentorwalk.authoring.words_file import problems_in_words, words_text
from mentorwalk.domain.catalogues import WORDS, misnamed_translations, own_translations
from mentorwalk.domain.errors import InputError, Problem, ProblemsFound, shown, shown_path
from mentorwalk.domain.i18n import language_of_words
from mentorwalk.storage.files import ordinary_bytes, visible_files
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.workflows.agenda_new import rewrite
from mentorwalk.workflows.other_agendas import OtherAgendas
from mentorwalk.workflows.template_check import UsedTemplates, each_once, is_bundled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mentorwalk.authoring import Source
    from mentorwalk.authoring.syntax.places import Places
    from mentorwalk.authoring.validation import Examined
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.workflows.runner import SessionRunner

ENDINGS = (".yaml", ".yml")
HEAD = 65536
"""Bytes at the beginning of a file that are searched for an agenda's keys."""
PLAIN_NAME = (
    "of small letters, digits, `-` and `_`, that neither a bundled agenda nor a device of Windows "
    "has."
)
"""The end of a sentence that says what an agenda can be called."""
NO_TEMPLATE = (
    "This is a template: it is checked with its agenda. Name the agenda that has it in `documents`."
)
_SAYS_AGENDA = re.compile(rb"^(?:\xef\xbb\xbf)?(?:mentorwalk|phases)[ \t]*:", re.MULTILINE)
_FOREIGN = re.compile(rb"^language[ \t]*:(?![ \t]*[\"']?en\b)", re.MULTILINE)


def agenda_files(paths: Iterable[Path], *, agendas_only: bool = False) -> Iterator[Path]:
    """Yield the files that are named, and the agendas in the named folders; each once.

    In a folder, or with `agendas_only`, only a file with `mentorwalk:` or `phases:` at the
    beginning of a line is an agenda. Hidden folders and files are skipped: some systems keep one
    beside each file.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _agendas_in(path) if path.is_dir() else (path,):
            if file.absolute() not in seen and (not agendas_only or _says_agenda(file)):
                seen.add(file.absolute())
                yield file


def _agendas_in(folder: Path) -> Iterator[Path]:
    named = (file for file in visible_files(folder) if file.suffix in ENDINGS)
    return (file for file in named if file.is_file() and _says_agenda(file))


def _says_agenda(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            # Without its zero bytes, a file saved as UTF-16 has the keys too.
            return bool(_SAYS_AGENDA.search(file.read(HEAD).replace(b"\0", b"")))
    except OSError:
        # The check reports that it cannot be read.
        return True


def usable_name(name: str) -> bool:
    """Return whether an agenda can be kept under a name."""
    taken = {file.stem for file in BUNDLED_AGENDAS.glob("*.yaml")} | DEVICES
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) is not None and name not in taken


@dataclass(frozen=True)
class AgendaChecker:
    """Checks agendas with the templates that a session would use."""

    runner: SessionRunner
    templates: Path | None = None
    """The folder where templates are looked up first."""

    def check(self, path: Path, draft: Source | None = None) -> list[Problem]:
        """Return everything wrong with an agenda, or a draft of it, and the warnings.

        A translation of our words is checked as one.
        """
        try:
            if path.suffix == ".po":
                return problems_in_words(path)
            if path.suffix == ".j2":
                return [Problem(shown_path(path), 1, 1, NO_TEMPLATE)]
            source = read_agenda_file(self.runner.library, path, draft)
            examined = examine(source)
        except ProblemsFound as found:
            return list(found.problems)
        except InputError as error:
            name = shown_path(path)
            return [Problem(name, 1, 1, str(error).removeprefix(f"{name}: "))]
        beside = folders_of(source, path, self.templates)
        problems = list(examined.problems)
        if examined.index is None:
            return put_together(problems)
        agenda = examined.index.agenda
        templates, others = self._used_by(agenda, beside), OtherAgendas(self.runner.library, beside)
        problems = templates.with_endings(problems, examined.places)
        warnings = warnings_of(examined, templates.documents)
        warnings += others.warnings(examined, examined.index)
        problems += self._of_its_own(source, warnings, examined)
        problems += told_to_author(source, others.about_nowhere(examined, examined.index))
        script = LoadedAgenda(agenda, source, tuple(str(each.absolute()) for each in beside))
        if not examined.problems:
            look = templates.worth_a_look(self.runner, script, path.parent, examined.places)
            problems += told_to_author(source, look)
        problems = without_accepted(problems, examined.places)
        if not examined.problems:
            problems += self._of_templates(script, path.parent, templates, examined.places)
            problems += _too_large(agenda, source)
        return put_together([*problems, *_in_words(path.parent, agenda.language)])

    def _of_templates(
        self, script: LoadedAgenda, folder: Path, templates: UsedTemplates, places: Places
    ) -> Iterator[Problem]:
        """Yield what is wrong with the templates of an agenda, or does not fit it."""
        wrong = each_once(
            told_of_template(script.source, folder, problem)
            for problem in templates.problems(self.runner, script)
        )
        yield from (problem for problem in wrong if not is_bundled(problem))
        misfits = templates.misfits(filter(is_bundled, wrong), places)
        yield from told_to_author(script.source, misfits)

    def without_words(self, path: Path) -> frozenset[str]:
        """Return the language of an agenda if neither we nor words beside it speak it."""
        try:
            foreign = _FOREIGN.search(ordinary_bytes(path, SIZE_LIMIT))
        except (OSError, ValueError):
            return frozenset()
        # Most agendas are in English: these are not read twice.
        agenda = readable_agenda(self.runner.library, path) if foreign else None
        if agenda is None or own_translations(path.parent, agenda.language):
            return frozenset()
        meant = language_called(agenda.language) or agenda.language
        return frozenset(() if language_of_words(meant) == meant else {agenda.language})

    def add(self, path: Path, name: str) -> list[Path]:
        """Install an agenda with its own templates under a name; return the files written.

        Raises:
            ProblemsFound: Something is wrong with it.
            InputError: The name cannot be used, or a template is missing.
        """
        return self.install(name, self.files_of(path, name))

    def install(self, name: str, files: Mapping[str, str]) -> list[Path]:
        """Write the files of an agenda under a name, and return their paths."""
        return self.runner.library.install(name, files, self.files_beside(name))

    def files_of(self, path: Path, name: str) -> dict[str, str]:
        """Return the files that keep an agenda under a name, the agenda first, by their names.

        Raises:
            ProblemsFound: Something is wrong with it.
            InputError: The name cannot be used, or a template is missing.
        """
        if not usable_name(name):
            raise InputError(
                f"`{shown(name, 60)}` cannot be its name: choose another with --name, {PLAIN_NAME}"
            )
        wrong = [problem for problem in self.check(path) if not problem.warning]
        if wrong:
            raise ProblemsFound(wrong)
        source = read_agenda(self.runner.library, path)
        beside = tuple(each.absolute() for each in folders_of(source, path, self.templates))
        agenda = agenda_from(source)
        used = self._used_by(agenda, beside)
        if used.missing:
            missing = ", ".join(f"`{name}`" for name in sorted(used.missing))
            raise InputError(
                f"There is no template {missing}: put it beside the agenda, or name its folder "
                "with --templates."
            )
        given = {folder.absolute() for folder in (self.templates, path.parent) if folder}
        own = {file for file in used.files if file.parent in given}
        texts = {f"{name}.yaml": source.text} | {
            file.name: file.read_text(encoding="utf-8") for file in sorted(own)
        }
        words = own_translations(path.parent, agenda.language)
        texts |= {f"{WORDS}/{file.name}": words_text(file) for file in words}
        return texts | _parents(source, name)

    def note_as_seen(self, path: Path) -> None:
        """Write down in an agenda what the parts are now that it leaves out or changes.

        Raises:
            InputError: The file cannot be read or written.
        """
        source = read_agenda(self.runner.library, path)
        if isinstance(source, ExtendedSource):
            rewrite(path, with_marks(source.text, whole_node(source.parent), compose(source.own)))

    def files_beside(self, name: str) -> set[Path]:
        """Return what an agenda of this name uses, kept or bundled.

        That are templates, words, and the agendas that it extends.
        """
        kept = self.runner.library.agendas / name / f"{name}.yaml"
        try:
            source = read_agenda(self.runner.library, kept)
            agenda = agenda_from(source)
        except InputError:
            return set()
        parents = (kept.parent / file for file in _parents(source, name))
        templates = self._used_by(agenda, (kept.parent,)).files
        return {*templates, *parents, *own_translations(kept.parent, agenda.language)}

    def _used_by(self, agenda: Agenda, beside: tuple[Path, ...]) -> UsedTemplates:
        """Return the templates of an agenda, which are looked up in these folders first."""
        folders = self.runner.library.template_folders(tuple(map(str, beside)))
        return UsedTemplates(agenda, folders)

    def _of_its_own(
        self, source: Source, found: Iterable[Problem], examined: Examined
    ) -> list[Problem]:
        """Return those warnings that what a source extends has not got by itself."""
        if not isinstance(source, ExtendedSource):
            return [*found]
        found = [*found]
        # Most agendas bring up no warning in what they extend, which is then not examined again.
        theirs = self._inherited(source) if any(p.file in source.files for p in found) else []
        own = told_to_author(source, (problem for problem in found if problem not in theirs))
        if examined.index:
            found_at = partial(_agenda_of, source.parent)
            own = [*told_at_causes(source, examined.index.agenda, found_at, own)]
        return [*dict.fromkeys((*own, *_of_merging(source, examined)))]

    def _inherited(self, source: ExtendedSource) -> list[Problem]:
        """Return the warnings about what a source extends, also those that it accepts itself."""
        parent, file = source.parent, source.parent_file
        examined = examine(parent)
        if examined.index is None:
            return []
        agenda, beside = examined.index.agenda, folders_of(parent, file, self.templates)
        found = warnings_of(examined, self._used_by(agenda, beside).documents)
        others = OtherAgendas(self.runner.library, beside)
        return [*found, *others.warnings(examined, examined.index)]


def _of_merging(source: ExtendedSource, examined: Examined) -> Iterator[Problem]:
    """Yield what is worth a look about two agendas that became one, unless an error tells it."""
    wrong = {problem.line for problem in examined.problems}
    for problem in source.warnings:
        # What is replaced is told as an error where something else needs it.
        needed = problem.name == REPLACED and problem.line in wrong
        if not (needed or (wrong and problem.name == LOST_ANSWER)):
            yield problem


def _agenda_of(source: Source) -> Agenda | None:
    """Return the agenda that a text describes; None if it is too little."""
    index = examine(source).index
    return index.agenda if index else None


def _in_words(folder: Path, language: str) -> Iterator[Problem]:
    """Yield what is wrong with the translations of our words beside an agenda."""
    for words in own_translations(folder, language):
        yield from problems_in_words(words)
    for words, name in misnamed_translations(folder, language):
        sentence = f"This is not read: its name must be `{name}`, with these letters."
        yield Problem(shown_path(words), 1, 1, sentence, warning=True)


def _too_large(agenda: Agenda, source: Source) -> tuple[Problem, ...]:
    """Return the problem that an agenda is too large with what it extends, or none."""
    try:
        source.whole_text(agenda)
    except ProblemsFound as found:
        return found.problems
    return ()


def _parents(source: Source, name: str) -> dict[str, str]:
    """Return the texts of the files that a source extends; what it extends by name is no file.

    Raises:
        InputError: One of them would have the name of the agenda itself.
    """
    texts = {parent.file.name: parent.text for parent in source.parents if parent.beside}
    if f"{name}.yaml" in texts:
        raise InputError(
            f"`{name}` is what this agenda extends: choose another name for it with --name."
        )
    return texts
