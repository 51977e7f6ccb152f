"""The preparation file: what one person chose to share. A stranger may have sent it.

A fault in the file itself refuses it. An answer that only does not fit the agenda, because the
file was written for another agenda or an older one, is left out and reported.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from mentorwalk.authoring.answers_file import prepared_value
from mentorwalk.authoring.decoding.items import has_keys
from mentorwalk.authoring.reading import nodes_of
from mentorwalk.authoring.syntax.source import PREP_VERSION, SIZE_LIMIT, Items, Pairs, Scalar
from mentorwalk.domain.answers import UNKNOWN, typed_texts
from mentorwalk.domain.errors import InputError, ProblemsFound, Unreadable, did_you_mean, shown
from mentorwalk.domain.fields import MOST_ITEMS
from mentorwalk.domain.i18n import _
from mentorwalk.domain.people import Prep, read_name
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import clean, labelled, unshowable
from mentorwalk.domain.values import ByItem, Outline
from mentorwalk.storage.files import first_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role

FORMAT, FIRST_FORMAT = 2, 1
"""The newest format, and the one of a file that needs nothing new: everybody can read that."""
REQUIRED = (PREP_VERSION, "agenda", "role", "name")
KEYS = (*REQUIRED, "day", "answers", "unknown")
LENGTH_LIMIT = 16_000
"""Characters of one answer: six pages, more than anybody types."""
LINE = 60
"""Characters of an answer that is written on the line of its key."""
KEY_LIMIT = 1_000
"""Characters of a key that needs no mark in YAML."""
PLAIN = re.compile(r"-?\d+(?:\.\d+)?|[^\W_](?:[\w ,.()'’-]*[\w.)])?")
"""Words that need no quotation marks in YAML."""


@dataclass(frozen=True)
class ParsedPrep:
    """What a preparation file says."""

    prep: Prep
    left_out: tuple[Problem, ...] = ()
    """What this agenda cannot use, each with its place."""


def prep_from(source: Source, agenda: Agenda, today: date) -> ParsedPrep:
    """Read a preparation file for an agenda.

    Raises:
        InputError: It is not a preparation file; as ProblemsFound, with everything wrong in it.
    """
    return _PrepReader(source, agenda, today).read(_prep_node(source))


def written_for(source: Source) -> str:
    """Return the id of the agenda that a preparation file names; empty if it names none.

    Raises:
        InputError: It is not a preparation file.
    """
    pairs = _prep_node(source).pairs
    named = (node for key, node in pairs if isinstance(key, Scalar) and key.text == "agenda")
    return next((node.text.strip() for node in named if isinstance(node, Scalar)), "")


def _prep_node(source: Source) -> Pairs:
    # Of a document or a journal, nobody needs to hear what is wrong with it as YAML.
    node = nodes_of(source) if PREP_VERSION in source.text else None
    if isinstance(node, Pairs) and has_keys(node, (PREP_VERSION,)):
        return node
    other = _("{file}: This is not a preparation file. `mentorwalk prep` writes one.")
    raise InputError(other.format(file=source.name))


def is_prep(path: Path) -> bool:
    """Return whether a file looks like a preparation file, which may be replaced or read."""
    # Some editors, and some mail programs, put a byte order mark first.
    begins = first_bytes(path).removeprefix(codecs.BOM_UTF8)
    return f"\n{PREP_VERSION}:".encode() in b"\n" + begins


class _PrepReader:
    """Reads one file, and collects what is wrong in it and what does not fit."""

    def __init__(self, source: Source, agenda: Agenda, today: date) -> None:
        self.source, self.agenda, self.today = source, agenda, today
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []

    def read(self, node: Pairs) -> ParsedPrep:
        """Return what the file says, without the answers that do not fit.

        Raises:
            ProblemsFound: It is no preparation of this agenda that can be read.
        """
        for scalar in _scalars(node):
            if unshowable(scalar.text):
                sentence = "This text contains characters that cannot be shown: take them out."
                self._refuse(scalar, sentence)
        parts = {key.text: inner for key, inner in self._named(node, KEYS)}
        texts = {key: self._text(parts, key, node) for key in REQUIRED}
        self._version(parts.get(PREP_VERSION, node), texts[PREP_VERSION])
        name, role = self._name(parts, texts["name"]), self._role(parts, texts["role"])
        day = self._day(parts)
        given = list(self._named(parts.get("answers")))
        unknown = list(self._unknown(parts.get("unknown")))
        if self.problems or role is None:
            raise ProblemsFound(sorted(self.problems))
        if texts["agenda"] != self.agenda.id:
            other = f"`{shown(texts['agenda'], 40)}`"
            sentence = _("This was written for {other}: what fits {this} is used.")
            self._leave_out(parts["agenda"], sentence.format(other=other, this=self.agenda.id))
        answers = dict(self._answers(role, name, given))
        not_yet = [key for key, value in answers.items() if value == UNKNOWN]
        not_yet += [key for key, _at in self._known(role, unknown) if key not in answers]
        known = {key: value for key, value in answers.items() if value != UNKNOWN}
        prep = Prep(texts["agenda"], role, name, known, tuple(dict.fromkeys(not_yet)), day)
        return ParsedPrep(prep, tuple(self.left_out))

    # --- The frame: a fault here refuses the file

    def _version(self, node: Node, text: str) -> None:
        if text not in map(str, (FIRST_FORMAT, FORMAT)):
            known = f"{FIRST_FORMAT} and {FORMAT}"
            sentence = f"This is format {shown(text, 40)}; this program reads formats {known}."
            self._refuse(node, sentence)

    def _day(self, parts: Mapping[str, Node]) -> date | None:
        if "day" not in parts:
            return None
        try:
            return date.fromisoformat(self._text(parts, "day", parts["day"]))
        except ValueError:
            self._refuse(parts["day"], "`day` needs a day such as 2026-10-03.")
            return None

    def _name(self, parts: Mapping[str, Node], text: str) -> str:
        try:
            return read_name(text, _("The name")) if text else ""
        except InputError as error:
            self._refuse(parts["name"], str(error))
            return ""

    def _role(self, parts: Mapping[str, Node], text: str) -> Role | None:
        role = next((role for role in ROLES if role == text), None)
        if text and role is None:
            hint = did_you_mean(text, ROLES)
            sentence = f"`role` can be mentor or mentee; not `{shown(text, 40)}`.{hint}"
            self._refuse(parts["role"], sentence)
        return role

    def _text(self, parts: Mapping[str, Node], key: str, whole: Node) -> str:
        node = parts.get(key)
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if node is None:
            self._refuse(whole, f"`{key}` is missing here.")
        elif not text:
            self._refuse(node, f"`{key}` needs a word here.")
        return text

    def _named(
        self, node: Node | None, known: tuple[str, ...] = ()
    ) -> Iterator[tuple[Scalar, Node]]:
        """Yield each key, which appears once, with its value."""
        if node is None or (isinstance(node, Scalar) and not node.text):
            return
        if not isinstance(node, Pairs):
            self._refuse(node, "Fields with their answers are needed here: `id: answer`.")
            return
        seen: set[str] = set()
        for key, inner in node.pairs:
            name = key.text if isinstance(key, Scalar) else ""
            if not isinstance(key, Scalar) or not name:
                self._refuse(key, "A key is needed here: one word.")
            elif name in seen:
                self._refuse(key, f"`{shown(name, 40)}` appears here twice: keep one.")
            elif known and name not in known:
                hint = did_you_mean(name, known)
                self._refuse(key, f"There is no key `{shown(name, 40)}` here.{hint}")
            else:
                yield key, inner
            seen.add(name)

    def _unknown(self, node: Node | None) -> Iterator[tuple[Scalar, Node]]:
        if node is None or (isinstance(node, Scalar) and not node.text):
            return
        if not isinstance(node, Items):
            self._refuse(node, "A list of fields is needed here, one per line.")
            return
        for item in node.nodes:
            if isinstance(item, Scalar) and item.text:
                yield item, item
            else:
                self._refuse(item, "The id of a field is needed here.")

    # --- The answers: one that does not fit is left out

    def _answers(
        self, role: Role, name: str, given: list[tuple[Scalar, Node]]
    ) -> Iterator[tuple[str, Value]]:
        fields = prep_fields(self.agenda, role)
        for key, node in self._known(role, given):
            try:
                value = self._value(fields[key], node, {role: name})
            except Unreadable as error:
                sentence = _("`{key}` cannot be used. {reason}")
                self._leave_out(node, sentence.format(key=key, reason=error))
            else:
                if value is not None:
                    yield key, value

    def _value(self, field: Field, node: Node, names: Mapping[str, str]) -> Value | None:
        if sum(len(scalar.text) for scalar in _scalars(node)) > LENGTH_LIMIT:
            long = _("It is longer than {number} characters.")
            raise Unreadable(long.format(number=LENGTH_LIMIT))
        value = prepared_value(field, node, self.today, names)
        if isinstance(value, ByItem) and len(value) > MOST_ITEMS:
            many = _("{most} items at most; here are {number}.")
            raise Unreadable(many.format(most=MOST_ITEMS, number=len(value)))
        return value

    def _known(self, role: Role, given: list[tuple[Scalar, Node]]) -> Iterator[tuple[str, Node]]:
        """Yield what this agenda asks the person in that role beforehand and lets them share."""
        asked = prep_fields(self.agenda, role)
        for at, node in given:
            key = at.text.strip()
            if key not in asked:
                hint = did_you_mean(key, asked)
                sentence = _("{agenda} asks the {role} no `{key}` beforehand.")
                sentence = sentence.format(agenda=self.agenda.id, role=role, key=shown(key, 40))
                self._leave_out_unseen(at, sentence + hint)
            elif sharing(asked[key]) == "never":
                sentence = _("`{key}` is never shared: it is not shown.").format(key=key)
                self._leave_out_unseen(at, sentence)
            else:
                yield key, node

    def _refuse(self, node: Node, sentence: str) -> None:
        self.problems.append(self.source.problem(node.line, node.column, sentence))

    def _leave_out(self, node: Node, sentence: str) -> None:
        self.left_out.append(self.source.problem(node.line, node.column, sentence))

    def _leave_out_unseen(self, node: Node, sentence: str) -> None:
        """Leave an answer out without its line: it may be one that nobody else should see."""
        problem = self.source.problem(node.line, node.column, sentence)
        self.left_out.append(replace(problem, excerpt=""))


def _scalars(node: Node) -> Iterator[Scalar]:
    """Yield every text below a node."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for item in node.nodes:
            yield from _scalars(item)
    elif isinstance(node, Pairs):
        for key, inner in node.pairs:
            yield from _scalars(key)
            yield from _scalars(inner)


def prep_text(prep: Prep, asked: Mapping[str, str]) -> str:
    """Return the text of a preparation's file, with the question above each answer.

    `asked` has the questions by answer id.
    """
    values = prep.answers.values()
    new = prep.day is not None or any(isinstance(each, ByItem | Outline) for each in values)
    lines = [*header_lines(prep.agenda, prep.role, FORMAT if new else FIRST_FORMAT)]
    lines.append(f"name: {_scalar(prep.name, '  ')}")
    if prep.day:
        lines.append(f"day: {prep.day.isoformat()}")
    if prep.answers:
        lines.append("answers:")
    for key, value in prep.answers.items():
        lines += [f"  # {one_line(asked[key])}", f"  {key}:{_answer(value)}"]
    if prep.unknown:
        lines.append("unknown:")
    for key in prep.unknown:
        lines += [f"  # {one_line(asked[key])}", f"  - {key}"]
    return "\n".join(lines) + "\n"


def too_long(prep: Prep, asked: Mapping[str, str]) -> tuple[str, ...]:
    """Return, in sentences, what is too long to be read back: an answer, or the whole file."""
    long = _("It is longer than {number} characters.").format(number=LENGTH_LIMIT)
    sentences = tuple(
        labelled(asked[key], long)
        for key, value in prep.answers.items()
        if sum(map(len, _texts_of(value))) > LENGTH_LIMIT
    )
    if sentences or len(prep_text(prep, asked).encode()) <= SIZE_LIMIT:
        return sentences
    return (
        _("All of it together is too long for one file: please make it shorter, or share less."),
    )


def _texts_of(value: Value) -> tuple[str, ...]:
    """Return every text that stands in a file for a value."""
    items = tuple(value) if isinstance(value, ByItem) else ()
    return (*items, *typed_texts(value))


def header_lines(agenda: str, role: Role, version: int = FIRST_FORMAT) -> tuple[str, ...]:
    """Return the lines of a file above the name; `agenda` is an id."""
    made_by = _("Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.")
    return (
        f"# {one_line(made_by)}",
        f"{PREP_VERSION}: {version}",
        f"agenda: {agenda}",
        f"role: {role}",
    )


def one_line(text: str) -> str:
    """Return a text as it fits into a comment of the file."""
    return " ".join(clean(text).split())


def _answer(value: Value, indent: str = "    ") -> str:
    """Return what stands after the colon of a key."""
    deeper = f"{indent}  "
    match value:
        case tuple():
            return "".join(f"\n{indent}- {_scalar(item, deeper)}" for item in value)
        case ByItem():
            pairs = value.items()
            return "".join(f"\n{indent}{_key(item)}:{_answer(v, deeper)}" for item, v in pairs)
        case Outline():
            return f" {_scalar(value.text, indent)}"
        case _:
            (text,) = typed_texts(value)
            return f" {_scalar(text, indent)}"


def _key(item: str) -> str:
    """Return an item as a key of YAML: bare if nothing in it can be misread, else quoted."""
    item = clean(item)
    if PLAIN.fullmatch(item) and len(item) <= LINE:
        return item
    quoted = json.dumps(item, ensure_ascii=False)
    # YAML takes a longer key only where it is marked as one.
    return quoted if len(quoted) < KEY_LIMIT else f"? {quoted}\n    "


def _scalar(text: str, indent: str) -> str:
    """Return a text as a YAML scalar: bare if nothing in it can be misread, else as a block."""
    text = clean(text)
    if PLAIN.fullmatch(text) and len(text) <= LINE:
        return text
    return "\n".join(["|", *(f"{indent}{line}" if line else "" for line in text.split("\n"))])
