"""Loading an agenda: decode it, then check what no annotation can say."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.authoring.conditions import never_asked, unmet_conditions
from mentorwalk.authoring.decoder import Decoder, Misfit, Place
from mentorwalk.authoring.index import AgendaIndex, Finding, Hints, Located, everything_of
from mentorwalk.authoring.recovery import recover
from mentorwalk.authoring.source import read_source
from mentorwalk.domain.agenda import PLACEHOLDER, ROLES, TOPICS, Agenda, Field
from mentorwalk.domain.answer_parsing import default_of, scale_of
from mentorwalk.domain.errors import (
    KNOWN_LIMIT,
    MentorwalkError,
    ProblemsFound,
    looks_misspelt,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mentorwalk.authoring.source import Source
    from mentorwalk.domain.errors import Problem

FORMAT = 1
SHORT_LIMIT = 12
"""Characters of a phase's short title: six of them fit on a line of 80."""
NAMES = ("mentor", "mentee", "contact")
RESERVED = (*NAMES, "accept", TOPICS)
"""Ids no field may have: names in texts, the word that accepts, what was kept for another day."""
_CARD_ID, _FIELD_ID = r"[a-z][a-z0-9_-]*", r"[a-z][a-z0-9_]*"
BARE_NAME_WANTED = (
    "A bare file name is needed: letters from a to z, digits, `.`, `-` and `_`, and no folder."
)
_BARE_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"


def load_agenda(path: Path) -> tuple[Agenda, Source]:
    """Read an agenda's file, and give its source with it.

    Raises:
        InputError: The file cannot be read; as ProblemsFound, with everything wrong in it.
    """
    source = read_source(path)
    return agenda_from(source), source


def agenda_from(source: Source) -> Agenda:
    """Decode and check an agenda.

    Raises:
        ProblemsFound: With every problem of the file, in its order.
    """
    examined = examine(source)
    if examined.everything is None or examined.problems:
        raise ProblemsFound(examined.problems)
    return examined.everything.agenda


@dataclass(frozen=True)
class Examined:
    """What came of looking an agenda's file through."""

    everything: AgendaIndex | None
    """What could be decoded; None where too little could."""
    decoder: Decoder
    problems: tuple[Problem, ...]
    """Everything wrong, in the order of the file."""
    fixed: frozenset[int] = frozenset()
    """Lines, counted from 1, that were told already: nothing more is told of them."""


def examine(source: Source) -> Examined:
    """Decode and check an agenda, past what is wrong in it.

    Raises:
        InputError: The file holds nothing.
    """
    reading = recover(source)
    decoder = Decoder(reading.source)
    if reading.node is None:
        return Examined(None, decoder, reading.problems)
    everything = None
    with suppress(Misfit):
        agenda: Agenda = decoder.value(reading.node, Agenda, ())
        everything = everything_of(agenda, decoder)
    for place, sentence, *words in _checked(everything) if everything else ():
        decoder.note_word(decoder.at(place), words[0] if words else "", sentence)
    fixed = frozenset(line + 1 for line in reading.repaired)
    found = [problem for problem in decoder.problems if problem.line not in fixed]
    problems = sorted([*reading.problems, *found])
    return Examined(everything, decoder, tuple(problems), fixed)


def _checked(everything: AgendaIndex) -> Iterator[Finding]:
    for check in _CHECKS:
        yield from check(everything)
    for placed in everything.fields:
        if everything.sound(*placed.place):
            yield from _field_findings(placed)


def _version(every: AgendaIndex) -> Iterator[Finding]:
    version = every.agenda.mentorwalk
    if version != FORMAT and every.sound("mentorwalk"):
        yield ("mentorwalk",), f"This is format {version}; this program reads format {FORMAT}."


def _lengths(every: AgendaIndex) -> Iterator[Finding]:
    agenda = every.agenda
    shortest, longest = agenda.lengths
    if every.sound("minutes") and not 0 < shortest <= agenda.minutes <= longest:
        yield ("minutes",), "`shortest`, `minutes` and `longest` must come in that order, above 0."
    planned = [p.value for p in every.prompts if not p.value.extra and p.value.at_least <= shortest]
    if every.prompts and not planned:
        yield ("phases",), "No card is left in the shortest session: keep at least one."
    for prompt in every.prompts:
        if prompt.value.minutes <= 0:
            yield (*prompt.place, "minutes"), "`minutes` must be more than 0."


def _phases(every: AgendaIndex) -> Iterator[Finding]:
    if not every.agenda.phases and every.sound("phases"):
        yield ("phases",), "At least one phase is needed."
    for index, phase in enumerate(every.agenda.phases):
        if len(phase.short) > SHORT_LIMIT:
            sentence = f"`short` has {len(phase.short)} characters; {SHORT_LIMIT} at most."
            yield ("phases", index, "short"), sentence
        if not phase.prompts and every.sound("phases", index, "prompts"):
            yield ("phases", index, "prompts"), "At least one card is needed in a phase."


def _ids(every: AgendaIndex) -> Iterator[Finding]:
    cards = [Located(("phases", i), phase.id) for i, phase in enumerate(every.agenda.phases)]
    cards += [Located(prompt.place, prompt.value.id) for prompt in every.prompts]
    fields = [Located(field.place, field.value.id) for field in every.fields]
    yield from _id_findings(cards, _CARD_ID)
    yield from _id_findings(fields, _FIELD_ID)
    yield from _id_findings([Located((), every.agenda.id)], _CARD_ID)
    for field in fields:
        if field.value in RESERVED:
            yield (*field.place, "id"), f"`{field.value}` has a special meaning: choose another id."


def _id_findings(ids: list[Located[str]], form: str) -> Iterator[Finding]:
    times = Counter(placed.value for placed in ids)
    seen: set[str] = set()
    for placed in ids:
        place = (*placed.place, "id")
        if placed.value and not re.fullmatch(form, placed.value):
            allowed = "small letters, digits and `_`" + (" or `-`" if "-]" in form else "")
            yield place, f"An id has {allowed}, and begins with a letter."
        elif placed.value and times[placed.value] > 1 and placed.value in seen:
            yield place, f"The id `{placed.value}` is taken already: ids are unique."
        seen.add(placed.value)


def _references(every: AgendaIndex) -> Iterator[Finding]:
    if every.lost:
        return
    meeting = every.agenda.meeting
    again: list[Located[str]] = []
    recalled: list[Located[str]] = []
    answers: list[Located[str]] = []
    for prompt in every.prompts:
        for key, named in (("recall", recalled), ("again", again)):
            values = enumerate(getattr(prompt.value, key))
            named += [Located((*prompt.place, key, i), value) for i, value in values]
    if meeting:
        keys = ("date", "time", "minutes", "where")
        answers += [Located(("meeting", key), getattr(meeting, key)) for key in keys]
    for field in every.fields:
        answers += [Located((*field.place, "when", c.field), c.field) for c in field.value.when]
    yield from _unknown(again, every.field_ids)
    yield from _unknown(answers, every.answer_ids)
    # A session that follows another may recall what only the other one wrote down.
    foreign = [name for name in recalled if name.value not in every.field_ids]
    looked_at = foreign[:KNOWN_LIMIT]
    misspelt = [name for name in looked_at if looks_misspelt(name.value, every.field_ids)]
    yield from _unknown(misspelt, [*every.field_ids, TOPICS])


def _meeting(every: AgendaIndex) -> Iterator[Finding]:
    fields = {key: placed for placed in every.fields for key in placed.value.answer_ids}
    for key, wanted in (("date", "date"), ("time", "time"), ("minutes", "number")):
        placed = fields.get(getattr(every.agenda.meeting, key, ""))
        if placed and placed.value.type != wanted and every.sound(*placed.place, "type"):
            field = placed.value
            told = f"`{field.id}` is of type `{field.type}`; a `{wanted}` is needed here."
            yield ("meeting", key), told


def _unknown(named: list[Located[str]], known: list[str]) -> Iterator[Finding]:
    among, meant = set(known), Hints()
    for name in named:
        if name.value and name.value not in among:
            told = f"There is no field `{shown(name.value, 40)}`."
            if f"{name.value}.mentor" in among:
                yield name.place, _of_each(name.value)
            elif _can_be_used(hint := meant(name.value, known)):
                yield name.place, f"{told}{hint}"


def _of_each(name: str) -> str:
    """What is told where a field that is asked of each is taken for one answer."""
    return f"`{name}` is asked of each: write `{name}.mentor` or `{name}.mentee`."


def _can_be_used(hint: str) -> bool:
    """Whether a hint names no field whose own id is told to be wrong: that is told once."""
    return not hint or re.fullmatch(r"[a-z][a-z0-9_.]*", hint.split("`")[1]) is not None


def _placeholders(every: AgendaIndex) -> Iterator[Finding]:
    meant = Hints()
    private = {key for f in every.fields if f.value.private for key in f.value.answer_ids}
    in_session = every.agenda.answerable
    for text in every.texts:
        in_clause = text.place[-2:] == ("clause", "says")
        known = [*NAMES, *(in_session if in_clause else ())]
        for name in PLACEHOLDER.findall(text.value):
            if name not in known and not (in_clause and every.lost):
                hint = meant(role_called(every.agenda, name) or name, known)
                told = f"Nothing is called `{{{shown(name, 40)}}}` here.{hint}"
                told = _of_each(name) if f"{name}.mentor" in known else told
                if _can_be_used(hint):
                    yield text.place, told, f"{{{name}}}"
            elif name == "contact" and not every.agenda.contact and every.sound("contact"):
                told = "`{contact}` is used, but the agenda has no `contact`."
                yield text.place, told, "{contact}"
            elif name in private:
                told = f"`{name}` is private: it cannot appear in the agreement."
                yield text.place, told, f"{{{name}}}"


def role_called(agenda: Agenda, name: str) -> str:
    """The role whose word in this agenda somebody took for its name: `Coach` for `mentor`."""
    words = {agenda.roles.of(role).casefold(): role for role in ROLES}
    return words.get(name.casefold(), "")


def _documents(every: AgendaIndex) -> Iterator[Finding]:
    documents = every.agenda.documents
    accepting = [i for i, document in enumerate(documents) if document.accept]
    for index in accepting[1:]:
        yield ("documents", index, "accept"), "At most one document can be accepted."
    cards = [prompt for prompt in every.prompts if prompt.value.accept]
    for card in cards[1:]:
        yield (*card.place, "accept"), "At most one card can have `accept: yes`."
    if cards and not accepting and every.sound("documents"):
        yield (*cards[0].place, "accept"), "No document has `accept: yes`, so none can be accepted."
    for index, document in enumerate(documents):
        for key, name, ending in (
            ("template", document.template, ".j2"),
            ("file", document.file, ".md"),
        ):
            if name and (told := _wrong_name(name, ending)):
                yield ("documents", index, key), told
    files = Counter(document.file for document in documents)
    for index, document in enumerate(documents):
        if document.file and files[document.file] > 1:
            yield ("documents", index, "file"), f"Two documents are called `{document.file}`."


def _wrong_name(name: str, ending: str) -> str:
    """Return why a file cannot have a name; empty if it can.

    An agenda may come from a stranger: it must neither put just any file that lies beside it into
    a document, nor write anything that opens as a page or a program.
    """
    if not re.fullmatch(_BARE_NAME, name):
        return BARE_NAME_WANTED
    if not name.endswith(ending):
        what = "template's" if ending == ".j2" else "document's"
        page = "" if ending == ".j2" else " The page for browsers is written beside it."
        return f"A {what} name ends in `{ending}`.{page}"
    if name.split(".", maxsplit=1)[0].casefold() in _RESERVED_NAMES:
        return f"Windows cannot hold a file called `{name}`: choose another name."
    return ""


_RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
"""Names of devices, with any ending (learn.microsoft.com, "Naming Files, Paths, Namespaces")."""


_CHECKS: tuple[Callable[[AgendaIndex], Iterator[Finding]], ...] = (
    _version,
    _lengths,
    _phases,
    _ids,
    _references,
    _meeting,
    unmet_conditions,
    never_asked,
    _placeholders,
    _documents,
)


def _field_findings(placed: Located[Field]) -> Iterator[Finding]:
    field, place = placed.value, placed.place
    chooses = field.type in ("select", "checkbox")
    if chooses and not field.choices:
        yield place, f"A field of type `{field.type}` needs `choices`."
    if field.choices and not chooses:
        yield (*place, "choices"), f"A field of type `{field.type}` has no choices: take them out."
    seen: set[str] = set()
    for index, choice in enumerate(field.choices):
        # What people type is compared with the choices whatever its case.
        if choice.pick.casefold() in seen:
            told = f"The choice `{shown(choice.pick, 40)}` appears here twice: keep one."
            yield (*place, "choices", index), told
        seen.add(choice.pick.casefold())
    low, high = scale_of(field) if field.type == "scale" else (field.min, field.max)
    if low is not None and high is not None and low > high:
        yield (*place, "min"), "`min` is more than `max`."
    elif not chooses or field.choices:
        yield from _default_findings(field, place)


def _default_findings(field: Field, place: Place) -> Iterator[Finding]:
    try:
        default_of(field, date(2000, 1, 1))
    except MentorwalkError as error:
        yield (*place, "default"), f"The default does not fit the field. {error}"
