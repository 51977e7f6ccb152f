"""Check the templates of an agenda: which there are, what they name, how they are rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.document_files import BARE_NAME
from mentorwalk.authoring.checks.unknown_names import asked_on
from mentorwalk.authoring.lint import NOWHERE, Documents, template_like
from mentorwalk.domain.agenda import NAMES
from mentorwalk.domain.errors import Problem, did_you_mean, looks_misspelt, shown_path, suggestion
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import join_words
from mentorwalk.storage.library import BUNDLED_TEMPLATES
from mentorwalk.workflows.left_beside import left_beside
from mentorwalk.workflows.misread_answers import misread_answers
from mentorwalk.workflows.trial import documents_tried

SUMMARY = "summary.md.j2"
"""The bundled template that has only the first sentence of a clause."""
CONTRACT = "contract.md.j2"
"""The bundled template that has all of each clause."""
FOR_ANY = frozenset({SUMMARY, "closing.md.j2", CONTRACT})
"""The bundled templates that go with fields of any shape, so that nobody has to try them."""

_NO_SUCH = (
    f"A template's name is written with its ending, and there is no `{{name}}.md.j2` {NOWHERE}."
    "{near}"
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.authoring.syntax.places import Places
    from mentorwalk.documents import Named, Usage
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.outcomes import Document
    from mentorwalk.workflows.runner import SessionRunner


@dataclass(frozen=True)
class UsedTemplates:
    """The templates that the documents of an agenda use."""

    agenda: Agenda
    folders: tuple[Path, ...]
    """Where templates are looked up; the first that has one is taken."""

    @cached_property
    def usages(self) -> Mapping[str, Usage]:
        """What each document's template uses, by its name."""
        if not self.agenda.documents:
            return {}
        # Loaded here: it brings Jinja, which an agenda without documents does not need.
        from mentorwalk.documents import usage_of

        templates = (document.template for document in self.agenda.documents)
        return {template: usage_of(template, self.folders) for template in templates}

    @property
    def files(self) -> frozenset[Path]:
        """The templates that were found."""
        return frozenset(file for usage in self.usages.values() for file in usage.files)

    @property
    def missing(self) -> frozenset[str]:
        """The names of templates that no folder has."""
        return frozenset().union(*(usage.missing for usage in self.usages.values()))

    @property
    def documents(self) -> Documents:
        """What is known of the documents whose templates these are."""
        usages, missing = self.usages.values(), self.missing
        named = frozenset().union(*(usage.fields for usage in usages))
        # Who names a card means what it asks for.
        demanded = {each.name for usage in usages for each in usage.demanded}
        cards = [each for key, each in self.agenda.prompts.items() if key in demanded]
        named |= {field.id for card in cards for field in card.fields}
        everything = any(usage.everything for usage in usages)
        known = {file.name for folder in self.folders for file in folder.glob("*.j2") if missing}
        return Documents(
            missing,
            lambda field: everything or field in named,
            tuple(sorted(known)),
            self._only_summaries,
        )

    def with_endings(self, problems: Iterable[Problem], places: Places) -> list[Problem]:
        """Return problems, where a template's name without its ending is one by what is there."""
        known = {(each.line, each.column): each for each in self._without_endings(places)}
        return [
            each if each.warning else known.get((each.line, each.column), each) for each in problems
        ]

    def _without_endings(self, places: Places) -> Iterator[Problem]:
        """Yield the error of each name without its ending that is none of `NAME.md.j2`."""
        known = self.documents.known
        for number, document in enumerate(self.agenda.documents):
            name = document.template
            if "." in name or f"{name}.md.j2" in known or not re.fullmatch(BARE_NAME, name):
                continue
            near = template_like(name, known)
            sentence = _NO_SUCH.format(name=name, near=suggestion(near))
            yield places.problem(("documents", number, "template"), sentence, name, near)

    @property
    def _only_summaries(self) -> bool:
        """Whether each document is a bundled one without the whole of a clause."""
        whole = (
            not _is_ours(path)
            or (path.name != SUMMARY and any(each.name == "clauses" for each in usage.names))
            for usage in self.usages.values()
            for path in usage.files
        )
        return SUMMARY in self.usages and not self.missing and not any(whole)

    def worth_a_look(
        self, runner: SessionRunner, script: LoadedAgenda, folder: Path, places: Places
    ) -> list[Problem]:
        """Return the warnings about documents that may be others than those that are meant."""
        used = {file.name for file in self.files}
        documents = self.agenda.documents
        left = left_beside(folder, used, documents, places) if documents else ()
        return [*self.unprinted(runner, script, places), *left]

    def unprinted(
        self, runner: SessionRunner, script: LoadedAgenda, places: Places
    ) -> list[Problem]:
        """Return the warning that no document has all that is agreed, if own ones should."""
        agenda = self.agenda
        clauses = any(prompt.clause for prompt in agenda.prompts.values())
        ours = all(map(_is_ours, self.files)) or BUNDLED_TEMPLATES / CONTRACT in self.files
        if ours or self.missing or not clauses or agenda.kind == "exercise":
            return []
        # Loaded here: it makes documents, which an agenda of bundled ones does not need.
        from mentorwalk.workflows.unprinted import unprinted

        usages = self.usages.items()
        own = {name: each for name, each in usages if not all(map(_is_ours, each.files))}
        used = frozenset(agenda.fields if any(each.everything for each in own.values()) else ())
        sentence = unprinted(runner, script, used.union(*(usage.fields for usage in own.values())))
        # Where both read it, or else in the first document by a template of one's own.
        mine = [n for n, each in enumerate(agenda.documents) if each.template in own]
        at = next((n for n in mine if agenda.documents[n].accept), mine[0])
        problem = places.problem(("documents", at, "template"), sentence, name="cut-short")
        return [replace(problem, warning=True)] if sentence else []

    def problems(self, runner: SessionRunner, script: LoadedAgenda) -> list[Problem]:
        """Return the problems in them, also those that only rendering them shows."""
        found = [
            problem
            for document in self.agenda.documents
            for problem in _misnamed(self.agenda, document, self.usages[document.template])
        ]
        fitting = all(_is_ours(path) and path.name in FOR_ANY for path in self.files)
        if not (fitting or self.missing) and all(problem.warning for problem in found):
            tried = [self._placed(str(each)) for each in documents_tried(runner, script)]
            found = _together(found, tried)
        return found

    def _placed(self, message: str) -> Problem:
        """Turn the message of a template that could not be rendered into a problem of its file."""
        match = re.fullmatch(r"([\w.-]+):(\d+):(\d+): (.*)", message, re.DOTALL)
        files = {path.name: path for path in self.files}
        if not match:
            return Problem(next(iter(self.usages)), 1, 1, message)
        path = files.get(match[1], Path(match[1]))
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        lines = text.split("\n")
        line = int(match[2])
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        return Problem(shown_path(path), line, int(match[3]), match[4], excerpt)

    def misfits(self, wrong: Iterable[Problem], places: Places) -> list[Problem]:
        """Return one problem for each bundled template with problems, where the agenda names it."""
        found: dict[str, list[Problem]] = {}
        for problem in wrong:
            found.setdefault(Path(problem.file).name, []).append(problem)
        named = [document.template for document in self.agenda.documents]
        return [
            replace(
                places.problem(
                    ("documents", named.index(name), "template")
                    if name in named
                    else ("documents",),
                    self._misfit(name, problems),
                ),
                warning=all(problem.warning for problem in problems),
            )
            for name, problems in found.items()
        ]

    def _misfit(self, template: str, problems: list[Problem]) -> str:
        """Return the sentence that a bundled template is made for other fields than these."""
        demanded = (named for usage in self.usages.values() for named in usage.demanded)
        asked = {named.name: "" for named in demanded if named.file.name == template}
        missing = [f"`{name}`" for name in asked if name not in self.agenda.fields]
        first = min(problems, key=lambda problem: (problem.warning, problem))
        instead = "`summary.md.j2` goes with fields of any kind."
        if missing:
            fields = join_words(missing)
            return f"`{template}` needs fields that this agenda has not got: {fields}. {instead}"
        return f"`{template}` does not go with these fields: {first.sentence} {instead}"


def each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems, each once; a warning of what is an error elsewhere is one, too."""
    warned: dict[Problem, bool] = {}
    for problem in problems:
        same = replace(problem, warning=True)
        warned[same] = warned.get(same, True) and problem.warning
    return [replace(problem, warning=warning) for problem, warning in warned.items()]


def is_bundled(problem: Problem) -> bool:
    """Return whether a problem is in a bundled template, which nobody can mend."""
    return _is_ours(Path(problem.file))


def _is_ours(template: Path) -> bool:
    return template.parent == BUNDLED_TEMPLATES


def _together(warnings: list[Problem], errors: list[Problem]) -> list[Problem]:
    """Return warnings and errors, each once; a warning of what is one turns into an error."""
    wrong = {(error.file, error.line, error.column): error for error in errors}
    told = [
        replace(each, warning=(each.file, each.line, each.column) not in wrong) for each in warnings
    ]
    known = {(each.file, each.line, each.column) for each in warnings}
    new = [error for place, error in wrong.items() if place not in known]
    return sorted((*told, *new), key=lambda problem: (problem.file, problem))


def _misnamed(agenda: Agenda, document: Document, usage: Usage) -> Iterator[Problem]:
    """Yield what Jinja cannot parse, names that have no value, and fields that do not exist."""
    from mentorwalk.documents import NAMES as NAMED

    changing = {"session", "agreement", "mentorship"}
    known = set(NAMED) - (changing if document.accept else set())
    for named in usage.faults:
        yield _problem(named, named.sentence, warning=False)
    for named in (named for named in usage.names if named.name not in known):
        yield _problem(named, _nothing_called(agenda, document, named), warning=False)
    yield from _passing(document, usage)
    for named in usage.names if document.accept else ():
        if named.name in ("picture", "pictures"):
            sentence = (
                "Both accept this text, and a picture in it stays text in its page. Put it into "
                "another document."
            )
            yield _problem(named, sentence, warning=True)
    yield from _in_braces(agenda, usage)
    yield from misread_answers(agenda, [each for each in usage.printed if not _is_ours(each[0])])
    yield from _read_otherwise(agenda, usage)
    for named in usage.demanded:
        if named.name not in agenda.fields:
            meant = named.name.replace("-", "_")
            dashed = meant != named.name and meant in agenda.fields
            sentence = _NO_DASH.format(meant) if dashed else _of_one(agenda, named)
            sentence = sentence or _no_field(agenda, named.name, usage.fields)
            yield _problem(named, sentence, warning=not dashed)


_OF_ONE = "`{id}` has no field `{name}`: for `answers.{name}.{role}`, write `answers.{own}`."


def _of_one(agenda: Agenda, named: Named) -> str:
    """Return what to write for the part of one person of an answer that has a field of its own."""
    tail = named.excerpt[named.column - 1 :]
    part = re.match(rf"answers\.{re.escape(named.name)}\.(mentor|mentee)\b", tail)
    forms = (f"{named.name}_{part[1]}", f"{part[1]}_{named.name}") if part else ()
    own = next((each for each in forms if each in agenda.fields), "")
    said = {"id": agenda.id, "name": named.name, "role": part[1] if part else "", "own": own}
    return _OF_ONE.format(**said) if own else ""


_NO_DASH = "An id in a template has no dash: write `answers.{}`."


def _no_field(agenda: Agenda, name: str, used: Collection[str]) -> str:
    """Return the sentence that an agenda has no such field, with what to write instead.

    A field that the template does not use yet is meant rather than one that it uses.
    """
    if name in ROLES and name not in agenda.fields:
        return f"What the {name} is called is no answer: write `people.{name}`."
    if any(field.id == name for field in (*agenda.prepare.mentor, *agenda.prepare.mentee)):
        return f"`{name}` is asked beforehand only, so it is no answer: it stands in `prepared`."
    sentence = f"`{agenda.id}` has no field `{name}`."
    if card := asked_on(agenda, name):
        return f"{sentence}{card}"
    unused = (
        []
        if looks_misspelt(name, agenda.fields)
        else [each for each in agenda.fields if each not in used]
    )
    hint = did_you_mean(name, unused) or did_you_mean(name, agenda.fields)
    # No other agenda has a field with a dash either.
    asked = "" if "-" in name else f' Where it may be missing, write `answers.get("{name}")`.'
    return f"{sentence}{hint}{asked}"


_OF_SESSION = ("day", "start", "end")
"""What a template may mean of the session by a name that stands alone."""


def _nothing_called(agenda: Agenda, document: Document, named: Named) -> str:
    """Return the sentence that nothing has a name, with what it may be the name of."""
    name = named.name
    if re.search(rf"\b(?:led|get)\( *{name} *\)", named.excerpt):
        return f'A name in brackets stands in quotation marks: write `"{name}"`.'
    if name in ROLES and f"{name}.name" in named.excerpt:
        return f"Nothing is called `{name}` here: write `people.{name}` for `{name}.name`."
    ways = [f"`answers.{name}`"] if name in agenda.fields else []
    if name in _OF_SESSION and not document.accept:
        ways.append(f"`session.{name}` for that of this session")
    if not ways:
        return f"{named.sentence}{asked_on(agenda, name)}"
    return f"Nothing is called `{name}` here: write {', or '.join(ways)}."


def _passing(document: Document, usage: Usage) -> Iterator[Problem]:
    """Warn of each name in an agreement whose words are soon not so any more."""
    for named in usage.names if document.accept else ():
        if named.name in ("parked", "not_reached", "prepared"):
            sentence = (
                f"`{named.name}` is of one session, and an accepted agreement stands for many: "
                "soon it would say what is not so any more."
            )
            yield _problem(named, sentence, warning=True)


def _read_otherwise(agenda: Agenda, usage: Usage) -> Iterator[Problem]:
    """Warn of what is no mistake, and stands in the document otherwise than it is meant."""
    for named in usage.lines:
        yield _problem(named, named.sentence, warning=True)
    for named in usage.measured:
        field = agenda.fields.get(named.name)
        if field and field.type == "scale" and field.high:
            sentence = (
                f"`answers.{named.name}` reads “7 of 10” by itself: take `{named.sentence}` away."
            )
            yield _problem(named, sentence, warning=True)
    for named in usage.asked:
        field = agenda.answerable.get(named.name)
        if field and field.type == "confirm" and not field.by_item and not _is_ours(named.file):
            sentence = _ALSO_NO.format(answer=named.sentence)
            yield _problem(named, sentence, warning=True)
    # A template that asks for no field of its own is made for many agendas.
    if agenda.meeting is None and usage.demanded:
        meetings = (each for each in usage.names if each.name == "meeting")
        for named in islice((each for each in meetings if not _is_ours(each.file)), 1):
            yield _problem(named, _no_meeting(agenda), warning=True)


_ALSO_NO = '`{answer}` holds after a no, too: write `{answer} == "yes"`.'


def _no_meeting(agenda: Agenda) -> str:
    """Return the sentence that nothing says when the next meeting is, with what would."""
    sentence = "`meeting` is always empty: the agenda does not say which field is its day."
    days = [key for key, field in agenda.fields.items() if field.type == "date"]
    if len(days) != 1:
        return f"{sentence} Write `meeting: {{date: ID}}` there, with the id of the field."
    beside = (
        card.fields for card in agenda.prompts.values() if agenda.fields[days[0]] in card.fields
    )
    times = [field.id for fields in beside for field in fields if field.type == "time"]
    time = f", time: {times[0]}" if len(times) == 1 else ""
    return f"{sentence} If that is `{days[0]}`, write `meeting: {{date: {days[0]}{time}}}` there."


def _in_braces(agenda: Agenda, usage: Usage) -> Iterator[Problem]:
    """Warn of each name that stands as in an agenda, where a template has it printed as it is."""
    from mentorwalk.documents import NAMES as NAMED

    meant = dict.fromkeys(NAMES, "people.{}") | {"contact": "contact"}
    meant = dict.fromkeys(agenda.answerable, "answers.{}") | meant
    for named in usage.braced:
        if named.name.split(".")[0] in {*NAMED} and "." in named.name:
            sentence = f"This is printed as it stands: write `{{{{ {named.name} }}}}`."
            yield _problem(named, sentence, warning=True)
        elif named.name in meant:
            written = meant[named.name].format(named.name)
            sentence = (
                f"`{{{named.name}}}` is the way of agendas, and is printed here as it stands: "
                f"write `{{{{ {written} }}}}`."
            )
            yield _problem(named, sentence, warning=True)


def _problem(named: Named, sentence: str, *, warning: bool) -> Problem:
    name = shown_path(named.file)
    return Problem(name, named.line, named.column, sentence, named.excerpt, warning=warning)
