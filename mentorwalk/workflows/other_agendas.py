"""What an agenda needs of others: those that may follow it, and those that ask what it tells."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.conditions import conditions_on_what_follows
from mentorwalk.authoring.checks.sources import WITH_ITEMS, named_sources
from mentorwalk.authoring.checks.unknown_names import of_each_person
from mentorwalk.authoring.extending import no_agenda
from mentorwalk.authoring.reading import agenda_from, read_agenda
from mentorwalk.authoring.syntax.nodes import each_node, text_of, value_of
from mentorwalk.authoring.syntax.source import Pairs
from mentorwalk.domain.agenda import NO_NEXT, TOPICS
from mentorwalk.domain.errors import (
    InputError,
    ProblemsFound,
    did_you_mean,
    looks_misspelt,
    nearest,
    shown,
    what_is_there,
)
from mentorwalk.domain.fields import BEFORE, OPEN_STEPS, field_of
from mentorwalk.domain.following import AGENDAS_WALKED, NUMBERS
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes
from mentorwalk.storage.library import file_exists, line_saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.authoring.validation import Examined
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.fields import Condition
    from mentorwalk.storage.library import Library


@dataclass(frozen=True)
class OtherAgendas:
    """The agendas that are known, and those in the folders of the one that is looked at."""

    library: Library
    folders: tuple[Path, ...]

    def warnings(self, examined: Examined, index: AgendaIndex) -> Iterator[Problem]:
        """Yield a warning of each name that no other agenda has, or that means two things."""
        yield from self._what_follows(examined, index.agenda)
        yield from self._awaited_from_nowhere(examined, index)
        yield from self._recalled_from_nowhere(examined, index)

    def _what_follows(self, examined: Examined, agenda: Agenda) -> Iterator[Problem]:
        """Warn of each name in `next` that no agenda has, and of ids that mean two things."""
        known = {NO_NEXT: Path(), **dict(self.library.agenda_names())}
        for number, entry in enumerate(agenda.listed):
            name = entry.agenda
            if name and self._file_of(name, known) is None:
                stem = Path(examined.places.source.name).stem
                sentence, instead = self._not_found(name, known, stem if name == agenda.id else "")
                told = (("next", number, "agenda"), sentence, name, instead)
                yield replace(examined.places.problem(*told, name="next"), warning=True)
        yield from _meant_otherwise(examined, self._that_follow(agenda, known))

    def _not_found(self, name: str, known: Mapping[str, Path], own: str) -> tuple[str, str]:
        """Return that no agenda is called like this, and what to write instead, if that is known.

        Args:
            name: The name in `next`.
            known: The agendas that have a name.
            own: The name of the agenda itself, if it is meant; else empty.
        """
        bare = re.sub(r"\.ya?ml$", "", name)
        if bare != name and self._file_of(bare, known):
            return f"An agenda is named without the ending of its file: `{bare}`.", bare
        beside = (file.stem for folder in self.folders for file in sorted(folder.glob("*.yaml")))
        meant = self.library.agenda_titled(name) or own or nearest(name, beside)
        called = " An agenda is called as its file is." if own else ""
        return f"{_no_agenda(name, known, meant)}{called}", own

    def _awaited_from_nowhere(self, examined: Examined, index: AgendaIndex) -> Iterator[Problem]:
        """Yield a warning for each condition on an agenda or a field that is nowhere."""
        fields = {*index.field_ids, *index.agenda.answerable, *NUMBERS}
        for place, condition in _awaited(index.agenda) if not index.lost else ():
            walked = condition.field == AGENDAS_WALKED
            own = {index.agenda.id} if walked else fields
            for name in condition.any_of if walked else (condition.field,):
                problem = examined.places.problem(place, "", name, name="never")
                if name in own or _is_told(problem, examined):
                    continue
                if why := self._no_walk(name) if walked else self._no_answer(name, index):
                    yield replace(problem, sentence=why, warning=True)

    def _no_walk(self, name: str) -> str:
        """Return that no agenda is walked under an id; empty if one is."""
        known = dict(self.library.agenda_names())
        own_id = line_saying("id", name)
        # A folder can have a thousand files: they are read last.
        beside = (re.search(own_id, text, re.MULTILINE) for text in self._beside())
        if name in known or self.library.agendas_with(own_id) or any(beside):
            return ""
        return _no_agenda(name, known, self.library.agenda_titled(name))

    def _no_answer(self, name: str, index: AgendaIndex) -> str:
        """Return that no agenda asks for a field, so that no condition on it holds; or nothing."""
        if self._ask_for(field_of(name), index.agenda.id):
            return ""
        others = self._ids_like(name, index.agenda.id)
        hint = index.field_labelled(name) or did_you_mean(name, [*index.answer_ids, *NUMBERS])
        if not hint and looks_misspelt(name, others):
            hint = did_you_mean(name, others)
        return _asks_nowhere(name) + hint

    def _recalled_from_nowhere(self, examined: Examined, index: AgendaIndex) -> Iterator[Problem]:
        """Yield a warning for each field in `recall` that no agenda asks for."""
        own = {*index.field_ids, OPEN_STEPS, TOPICS}
        for place, prompt in index.prompts if not index.lost else ():
            for number, name in enumerate(prompt.recall):
                sentence = _writes_down_nowhere(name)
                problem = examined.places.problem((*place, "recall", number), sentence, name)
                foreign = name not in own and not name.endswith(BEFORE)
                unseen = foreign and not _is_told(problem, examined)
                if unseen and not self._ask_for(name, index.agenda.id):
                    near = index.field_labelled(name) or of_each_person(name, index.field_ids)
                    known = [*index.field_ids, *self._ids_like(name, index.agenda.id)]
                    near = near or did_you_mean(name, known)
                    told = f"{problem.sentence}{near}"
                    yield replace(problem, sentence=told, warning=True, name="recall")

    def about_nowhere(self, examined: Examined, index: AgendaIndex) -> Iterator[Problem]:
        """Yield each earlier answer that a field is about, and that no agenda asks for."""
        own = {*index.answer_ids, *(each.value.id for each in index.fields), OPEN_STEPS}
        earlier: list[str] = []
        for located in index.fields if not index.lost else ():
            for place, name in named_sources(located):
                problem = examined.places.problem(place, _asked_nowhere(name, earlier, index))
                known = name in own or _is_told(problem, examined)
                if not known and not self._ask_for(field_of(name), index.agenda.id):
                    yield problem
            earlier += [located.value.id] if located.value.type in WITH_ITEMS else []

    def _ask_for(self, name: str, own: str) -> bool:
        """Return whether an agenda of another id has a field of this id."""
        # It begins with letters, which are found much faster than a class of signs.
        line = rb"id:[ \t]*['\"]?%s['\"]?(?:[ \t,}]|\r?$)"
        return any(self._others_with(line % re.escape(name).encode(), own))

    def _others_with(self, line: bytes, own: str) -> Iterator[bytes]:
        """Yield what stands in agendas in which a line matches; files are searched, not decoded.

        One of the same id is the same agenda, such as an earlier copy of its file.
        """
        says, same = (re.compile(each, re.MULTILINE) for each in (line, line_saying("id", own)))
        known = (first_bytes(file, DOCUMENT_LIMIT) for file in self.library.agendas_with(line))
        for text in chain(known, self._beside()):
            if says.search(text) and not same.search(text):
                yield text

    def _beside(self) -> Iterator[bytes]:
        """Yield what stands in the agendas of the folders."""
        files = (file for folder in self.folders for file in sorted(folder.glob("*.y*ml")))
        yield from (first_bytes(file, DOCUMENT_LIMIT) for file in files if file.is_file())

    def _ids_like(self, name: str, own: str) -> list[str]:
        """Return the ids in all other agendas that begin as a name does."""
        line = rb"\bid:[ \t]*(%s[a-z0-9_]*)" % re.escape(name[:1]).encode()
        found = (re.findall(line, text) for text in self._others_with(line, own))
        return sorted({each.decode() for ids in found for each in ids})

    def _file_of(self, name: str, known: Mapping[str, Path]) -> Path | None:
        """Return the file of an agenda: beside the one that names it, or known; None if neither."""
        paths = (folder / f"{name}.yaml" for folder in self.folders)
        return next(filter(file_exists, paths), known.get(name))

    def _that_follow(self, agenda: Agenda, known: Mapping[str, Path]) -> Mapping[str, Agenda]:
        """Return all agendas of a mentorship that may follow one, next or later, by their names."""
        found: dict[str, Agenda] = {}
        waiting, passed = [agenda], {"", NO_NEXT, agenda.id}
        while waiting:
            named = dict.fromkeys(entry.agenda for entry in waiting.pop(0).listed)
            for name in (each for each in named if each not in passed):
                passed.add(name)
                path = self._file_of(name, known)
                # Whatever is wrong with that one is told when it is checked itself.
                with suppress(InputError, ProblemsFound):
                    if path:
                        found[name] = agenda_from(read_agenda(self.library, path))
                        waiting.append(found[name])
        return found


def _awaited(agenda: Agenda) -> Iterator[tuple[Place, Condition]]:
    """Yield the conditions that answers of any session may meet, with their places."""
    yield from ((("suggested_by", each.field), each) for each in agenda.suggested_by)
    yield from conditions_on_what_follows(agenda)


def _no_agenda(name: str, known: Mapping[str, Path], meant: str = "") -> str:
    nothing = name.casefold() in ("no", "nothing", "end", "finished", "-")
    meant = meant or (NO_NEXT if nothing and NO_NEXT in known else "")
    return no_agenda(name, meant or nearest(name, known))


def _is_told(problem: Problem, examined: Examined) -> bool:
    """Return whether something is wrong in the line of a problem already."""
    return problem.line in {other.line for other in examined.problems}


def _is_wrong(place: Place, examined: Examined) -> bool:
    """Return whether something is wrong in a line of a field already, or with its whole list."""
    part, source = examined.places.at(place), examined.places.source
    around = examined.places.at(place[:-2])
    keys = [key for key, _ in part.pairs] if isinstance(part, Pairs) else []
    listed = around.pairs if isinstance(around, Pairs) else ()
    keys += [key for key, _ in listed if text_of(key) == place[-2]]
    keys += [inner for _, inner in each_node(part)] if part else []
    name = f"`{text_of(value_of(part, 'id'))}` is of type"
    if any(name in problem.sentence for problem in examined.problems):
        return True
    return any(_is_told(source.problem(*key[:2], ""), examined) for key in keys)


def _writes_down_nowhere(name: str) -> str:
    return (
        f"No agenda that is known here writes down `{name}`, so this shows nothing. If another one "
        "does, keep it beside this one while you check."
    )


def _asks_nowhere(name: str) -> str:
    return (
        f"No agenda that is known here asks for `{shown(name, 40)}`, so this never holds. If "
        "another one does, keep it beside this one while you check."
    )


def _asked_nowhere(name: str, earlier: list[str], index: AgendaIndex) -> str:
    """Return the sentence about a field that is nowhere, with the one meant, or those that do."""
    nowhere = f"There is no field `{shown(name, 40)}` here, nor in any agenda that is known."
    return nowhere + (index.field_labelled(name) or what_is_there(earlier))


def _meant_otherwise(examined: Examined, later: Mapping[str, Agenda]) -> Iterator[Problem]:
    """Warn of each field whose id means something else in an agenda that may follow."""
    for place, field in examined.index.fields if examined.index else ():
        # What came of a step belongs to that step, whoever is asked.
        if place[0] == "prepare" or field.asks_steps:
            continue
        others = ((name, agenda.fields.get(field.id)) for name, agenda in later.items())
        differs = (
            (name, o) for name, o in others if o and (o.type, o.by) != (field.type, field.by)
        )
        for name, other in islice(differs, 1):
            # A field that is wrong in one of its lines is not yet what it is meant to be.
            if _is_wrong(place, examined):
                continue
            sentence = (
                f"`{field.id}` is a `{field.type}` by `{field.by}` here, and a `{other.type}` by "
                f"`{other.by}` in `{name}`, which may follow. Within a mentorship an id means "
                "one thing: rename one of them."
            )
            problem = examined.places.problem((*place, "id"), sentence, name="two-meanings")
            yield replace(problem, warning=True)
