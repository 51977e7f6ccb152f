"""Check agendas together with their templates before people meet, and install them."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, examine, read_source
from mentorwalk.authoring.checks import DEVICES
from mentorwalk.authoring.fine import without_accepted
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.loading import LoadedAgenda, read_agenda_file
from mentorwalk.domain.agenda import NO_NEXT
from mentorwalk.domain.errors import (
    InputError,
    Problem,
    ProblemsFound,
    TemplateProblem,
    did_you_mean,
    shown,
    shown_path,
)
from mentorwalk.storage.library import BUNDLED_AGENDAS, BUNDLED_TEMPLATES, file_exists, is_hidden
from mentorwalk.workflows.recalled import recalled_from_nowhere
from mentorwalk.workflows.trial import check_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.authoring import Examined, Source
    from mentorwalk.documents import Named, Usage
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.outcomes import Document
    from mentorwalk.workflows.runner import SessionRunner

ENDINGS = (".yaml", ".yml")
HEAD = 65536
"""Bytes at the beginning of a file that are searched for an agenda's keys."""
_SAYS_AGENDA = re.compile(rb"^(?:\xef\xbb\xbf)?(?:mentorwalk|phases)[ \t]*:", re.MULTILINE)


def agenda_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and the agendas in the named folders; each once.

    In a folder, only a file with `mentorwalk:` or `phases:` at the beginning of a line is an
    agenda. Hidden folders and files are skipped: some systems keep one beside each file.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _agendas_in(path) if path.is_dir() else (path,):
            if file.absolute() not in seen:
                seen.add(file.absolute())
                yield file


def _agendas_in(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(Path(name)))
        for name in sorted(files):
            path = Path(root, name)
            if (
                not is_hidden(path)
                and path.suffix in ENDINGS
                and path.is_file()
                and _says_agenda(path)
            ):
                yield path


def _says_agenda(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            # Without its zero bytes, a file saved as UTF-16 has the keys too.
            return bool(_SAYS_AGENDA.search(file.read(HEAD).replace(b"\0", b"")))
    except OSError:
        # The check reports that it cannot be read.
        return True


@dataclass(frozen=True)
class AgendaChecker:
    """Checks agendas with the templates that a session would use."""

    runner: SessionRunner
    templates: Path | None = None
    """The folder where templates are looked up first."""

    def check(self, path: Path) -> list[Problem]:
        """Return everything wrong with an agenda and its templates, and the warnings."""
        try:
            source = read_agenda_file(self.runner.library, path)
            examined = examine(source)
        except ProblemsFound as found:
            return list(found.problems)
        except InputError as error:
            name = shown_path(path)
            return [Problem(name, 1, 1, str(error).removeprefix(f"{name}: "))]
        beside = tuple(folder for folder in (self.templates, path.parent) if folder)
        problems = list(examined.problems)
        if examined.index is None:
            return problems
        agenda = examined.index.agenda
        folders = self.runner.library.template_folders(tuple(map(str, beside)))
        usages = _usages(agenda, folders)
        problems += warnings_of(examined, _documents(usages))
        problems += self._following(examined, agenda, beside)
        problems += recalled_from_nowhere(examined, self.runner.library, beside)
        problems = without_accepted(problems, examined.places)
        if not examined.problems:
            problems += self._in_templates(agenda, source, usages, beside)
        return problems

    def add(self, path: Path, name: str) -> list[Path]:
        """Install an agenda with its own templates under a name; return the files written.

        Raises:
            ProblemsFound: Something is wrong with it.
            InputError: The name cannot be used, or a template is missing.
        """
        taken = {file.stem for file in BUNDLED_AGENDAS.glob("*.yaml")} | DEVICES
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) or name in taken:
            raise InputError(
                f"`{shown(name, 60)}` cannot be its name: choose another with --name, of small "
                "letters, digits, `-` and `_`, that neither a bundled agenda nor a device of "
                "Windows has."
            )
        wrong = [problem for problem in self.check(path) if not problem.warning]
        if wrong:
            raise ProblemsFound(wrong)
        source = read_source(path)
        beside = tuple(folder.absolute() for folder in (self.templates, path.parent) if folder)
        folders = self.runner.library.template_folders(tuple(map(str, beside)))
        usages = _usages(agenda_from(source), folders).values()
        missing = sorted({template for usage in usages for template in usage.missing})
        if missing:
            raise InputError(
                f"There is no template {', '.join(f'`{name}`' for name in missing)}: put it beside "
                "the agenda, or name its folder with --templates."
            )
        own = {file for usage in usages for file in usage.files if file.parent in beside}
        files = {f"{name}.yaml": source.text} | {file.name: _text(file) for file in sorted(own)}
        return self.runner.library.install(name, files, self._templates_kept(name))

    def _templates_kept(self, name: str) -> set[Path]:
        """Return the templates that were kept with an agenda of this name."""
        kept = self.runner.library.agendas / name / f"{name}.yaml"
        try:
            agenda = agenda_from(read_source(kept))
        except InputError:
            return set()
        folders = self.runner.library.template_folders((str(kept.parent),))
        return {file for usage in _usages(agenda, folders).values() for file in usage.files}

    def _following(
        self, examined: Examined, agenda: Agenda, beside: tuple[Path, ...]
    ) -> Iterator[Problem]:
        """Warn of each name in `next` that no agenda has, and of ids that mean two things."""
        known = {NO_NEXT: Path(), **dict(self.runner.library.agenda_names())}
        for number, entry in enumerate(agenda.listed):
            name = entry.agenda
            paths = (folder / f"{name}.yaml" for folder in beside)
            path = next(filter(file_exists, paths), known.get(name))
            if name and path is None:
                sentence = (
                    f"There is no agenda `{shown(name, 60)}` beside this one, or by that name."
                    f"{did_you_mean(name, known)}"
                )
                place = ("next", number, "agenda")
                problem = examined.places.problem(place, sentence, name="next")
                yield replace(problem, warning=True)
            elif path and name not in (NO_NEXT, agenda.id):
                yield from _meant_otherwise(examined, path)

    def _in_templates(
        self, agenda: Agenda, source: Source, usages: dict[str, Usage], beside: tuple[Path, ...]
    ) -> list[Problem]:
        """Return the problems in templates; those of an own template by rendering it, too."""
        problems = [
            problem
            for document in agenda.documents
            for problem in _misnamed(agenda, document, usages[document.template])
        ]
        complete = not any(usage.missing for usage in usages.values())
        own = any(
            path.parent != BUNDLED_TEMPLATES for usage in usages.values() for path in usage.files
        )
        if own and complete and not problems:
            script = LoadedAgenda(
                agenda, source, tuple(str(folder.absolute()) for folder in beside)
            )
            try:
                check_documents(self.runner, script)
            except TemplateProblem as problem:
                problems.append(_placed(str(problem), usages))
        return problems


def _meant_otherwise(examined: Examined, path: Path) -> Iterator[Problem]:
    """Warn of each field whose id means something else in an agenda that may follow."""
    fields: Mapping[str, Field] = {}
    # Whatever is wrong with that one is told when it is checked itself.
    with suppress(InputError, ProblemsFound):
        fields = agenda_from(read_source(path)).fields
    for place, field in examined.index.fields if examined.index else ():
        other = fields.get(field.id)
        # What came of a step belongs to that step, whoever is asked.
        if other is None or place[0] == "prepare" or field.asks_steps:
            continue
        if (other.type, other.by) != (field.type, field.by):
            sentence = (
                f"`{field.id}` is a `{field.type}` by `{field.by}` here, and a `{other.type}` by "
                f"`{other.by}` in `{path.stem}`, which may follow. Within a mentorship an id means "
                "one thing: rename one of them."
            )
            problem = examined.places.problem((*place, "id"), sentence, name="two-meanings")
            yield replace(problem, warning=True)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _usages(agenda: Agenda, folders: tuple[Path, ...]) -> dict[str, Usage]:
    if not agenda.documents:
        return {}
    # Loaded here: it brings Jinja, which an agenda without documents does not need.
    from mentorwalk.documents import usage_of

    return {
        document.template: usage_of(document.template, folders) for document in agenda.documents
    }


def _documents(usages: dict[str, Usage]) -> Documents:
    named = frozenset().union(*(usage.fields for usage in usages.values()))
    everything = any(usage.everything for usage in usages.values())
    missing = frozenset().union(*(usage.missing for usage in usages.values()))
    return Documents(missing, lambda field: everything or field in named)


def _misnamed(agenda: Agenda, document: Document, usage: Usage) -> Iterator[Problem]:
    """Yield what Jinja cannot parse, names that have no value, and fields that do not exist."""
    from mentorwalk.documents import NAMES

    changing = {"session", "agreement", "mentorship"}
    known = set(NAMES) - (changing if document.accept else set())
    for named in (*usage.faults, *(named for named in usage.names if named.name not in known)):
        yield _problem(named, named.sentence, warning=False)
    yield from _passing(document, usage)
    for named in usage.names if document.accept else ():
        if named.name in ("picture", "pictures"):
            sentence = (
                "Both accept this text, and a picture in it stays text in its page. Put it into "
                "another document."
            )
            yield _problem(named, sentence, warning=True)
    for named in usage.demanded:
        if named.name not in agenda.fields:
            hint = did_you_mean(named.name, agenda.fields)
            sentence = (
                f"`{agenda.id}` has no field `{named.name}`.{hint} Where it may be missing, "
                f'write `answers.get("{named.name}")`.'
            )
            yield _problem(named, sentence, warning=True)


def _passing(document: Document, usage: Usage) -> Iterator[Problem]:
    """Warn of each name in an agreement whose words are soon not so any more."""
    for named in usage.names if document.accept else ():
        if named.name in ("parked", "not_reached", "prepared"):
            sentence = (
                f"`{named.name}` is of one session, and an accepted agreement stands for many: "
                "soon it would say what is not so any more."
            )
            yield _problem(named, sentence, warning=True)


def _problem(named: Named, sentence: str, *, warning: bool) -> Problem:
    name = shown_path(named.file)
    return Problem(name, named.line, named.column, sentence, named.excerpt, warning=warning)


def _placed(message: str, usages: dict[str, Usage]) -> Problem:
    """Turn the message of a template that could not be rendered into a problem of its file."""
    match = re.fullmatch(r"([\w.-]+):(\d+):(\d+): (.*)", message, re.DOTALL)
    files = {path.name: path for usage in usages.values() for path in usage.files}
    if not match:
        return Problem(next(iter(usages)), 1, 1, message)
    path = files.get(match[1], Path(match[1]))
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    line = int(match[2])
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem(shown_path(path), line, int(match[3]), match[4], excerpt)
