"""A preparation file: what one person chose to share. It comes from a stranger: all is checked.

What is wrong with the file itself refuses it. What only does not fit this agenda, because the
file was written for another one or for an older one, is left out, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.authoring.answers_file import value_of
from mentorwalk.authoring.parser import compose
from mentorwalk.authoring.source import SIZE_LIMIT, Items, Pairs, Scalar
from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.answers import as_typed
from mentorwalk.domain.errors import InputError, ProblemsFound, Unreadable, did_you_mean, shown
from mentorwalk.domain.i18n import _
from mentorwalk.domain.people import Prep, read_name
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.text import clean, labelled, unshowable
from mentorwalk.storage.files import first_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from mentorwalk.authoring.source import Node, Source
    from mentorwalk.domain.agenda import Agenda, Field, Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.errors import Problem

FORMAT = 1
VERSION = "mentorwalk-prep"
KEYS = (VERSION, "agenda", "role", "name", "answers", "unknown")
LENGTH_LIMIT = 16_000
"""Characters of one answer: six pages, more than anybody types into a terminal."""
LINE = 60
"""Characters of an answer that stands on the line of its key."""
_LETTERS = "0-9A-Za-z\u00c0-\u02af\u0370-\u03ff\u0400-\u052f\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
PLAIN = rf"[{_LETTERS}](?:[{_LETTERS}_ ,.()'’-]*[{_LETTERS}_.)])?"
"""A pattern of words that mean themselves in YAML, whatever stands around them.

The commonest alphabets stand in it as they are, because a form in a browser, which may know a
newer Unicode, reads the same pattern and writes the same file.
"""


@dataclass(frozen=True)
class ParsedPrep:
    """What a preparation file says."""

    prep: Prep
    left_out: tuple[Problem, ...] = ()
    """What this agenda has no use for, each with its place."""


def prep_from(source: Source, agenda: Agenda, today: date) -> ParsedPrep:
    """Read a preparation file for an agenda.

    Raises:
        InputError: It is no preparation file; as ProblemsFound, with everything wrong in it.
    """
    node = compose(source)
    keys = node.pairs if isinstance(node, Pairs) else ()
    if not any(isinstance(key, Scalar) and key.text == VERSION for key, _node in keys):
        none = _("{file}: This is no preparation file. `mentorwalk prep` writes one.")
        raise InputError(none.format(file=source.name))
    return _Reader(source, agenda, today).read(node)


def is_prep(path: Path) -> bool:
    """Tell whether a file looks like a preparation file, so that another may take its place."""
    return f"\n{VERSION}:".encode() in b"\n" + first_bytes(path)


class _Reader:
    def __init__(self, source: Source, agenda: Agenda, today: date) -> None:
        self.source, self.agenda, self.today = source, agenda, today
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []

    def read(self, node: Node) -> ParsedPrep:
        """Read the whole file."""
        for scalar in _scalars(node):
            if unshowable(scalar.text):
                sentence = "This text holds characters that cannot be shown: take them out."
                self._refuse(scalar, sentence)
        parts = {key.text: inner for key, inner in self._named(node, KEYS)}
        texts = {key: self._text(parts, key, node) for key in KEYS[:4]}
        self._version(parts[VERSION], texts[VERSION])
        name, role = self._name(parts, texts["name"]), self._role(parts, texts["role"])
        given = list(self._named(parts.get("answers")))
        unknown = list(self._unknown(parts.get("unknown")))
        if self.problems or role is None:
            raise ProblemsFound(sorted(self.problems))
        if texts["agenda"] != self.agenda.id:
            other = f"`{shown(texts['agenda'], 40)}`"
            sentence = _("This was written for {other}: what fits {this} is used.")
            self._leave_out(parts["agenda"], sentence.format(other=other, this=self.agenda.id))
        answers = dict(self._answers(role, given))
        not_yet = tuple(key for key, _at in self._known(role, unknown) if key not in answers)
        prep = Prep(texts["agenda"], role, name, answers, tuple(dict.fromkeys(not_yet)))
        return ParsedPrep(prep, tuple(self.left_out))

    # --- The frame: what is wrong here refuses the file

    def _version(self, node: Node, text: str) -> None:
        if text != str(FORMAT):
            told = f"This is format {shown(text, 40)}; this program reads format {FORMAT}."
            self._refuse(node, told)

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
            told = f"`role` can be mentor or mentee; not `{shown(text, 40)}`.{hint}"
            self._refuse(parts["role"], told)
        return role

    def _text(self, parts: Mapping[str, Node], key: str, whole: Node) -> str:
        node = parts.get(key)
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if node is None:
            self._refuse(whole, f"`{key}` is missing here.")
        elif not text:
            self._refuse(node, f"`{key}` wants a word here.")
        return text

    def _named(
        self, node: Node | None, known: tuple[str, ...] = ()
    ) -> Iterator[tuple[Scalar, Node]]:
        """Keys with what they stand for; none stands here twice."""
        if node is None or (isinstance(node, Scalar) and not node.text):
            return
        if not isinstance(node, Pairs):
            self._refuse(node, "Fields are wanted here with their answers: `id: answer`.")
            return
        seen: set[str] = set()
        for key, inner in node.pairs:
            name = key.text if isinstance(key, Scalar) else ""
            if not isinstance(key, Scalar) or not name:
                self._refuse(key, "A key is wanted here: one word.")
            elif name in seen:
                self._refuse(key, f"`{shown(name, 40)}` stands here twice: keep one.")
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
            self._refuse(node, "A list of fields is wanted here, one a line.")
            return
        for item in node.nodes:
            if isinstance(item, Scalar) and item.text:
                yield item, item
            else:
                self._refuse(item, "The id of a field is wanted here.")

    # --- The answers: what does not fit here is left out

    def _answers(self, role: Role, given: list[tuple[Scalar, Node]]) -> Iterator[tuple[str, Value]]:
        fields = prep_fields(self.agenda, role)
        for key, node in self._known(role, given):
            try:
                value = self._value(fields[key], node)
            except Unreadable as error:
                told = _("`{key}` cannot be used. {reason}")
                self._leave_out(node, told.format(key=key, reason=error))
            else:
                if value is not None:
                    yield key, value

    def _value(self, field: Field, node: Node) -> Value | None:
        if sum(len(scalar.text) for scalar in _scalars(node)) > LENGTH_LIMIT:
            long = _("It is longer than {number} characters.")
            raise Unreadable(long.format(number=LENGTH_LIMIT))
        return value_of(field, node, self.today)

    def _known(self, role: Role, given: list[tuple[Scalar, Node]]) -> Iterator[tuple[str, Node]]:
        """What this agenda asks somebody in that role beforehand, and lets them share."""
        asked = prep_fields(self.agenda, role)
        for at, node in given:
            key = at.text.strip()
            if key not in asked:
                hint = did_you_mean(key, asked)
                told = _("{agenda} asks the {role} no `{key}` beforehand.")
                told = told.format(agenda=self.agenda.id, role=role, key=shown(key, 40))
                self._leave_out(at, told + hint)
            elif sharing(asked[key]) == "never":
                told = _("`{key}` is never shared: it is not shown.").format(key=key)
                self._leave_out(at, told)
            else:
                yield key, node

    def _refuse(self, node: Node, sentence: str) -> None:
        self.problems.append(self.source.problem(node.line, node.column, sentence))

    def _leave_out(self, node: Node, sentence: str) -> None:
        self.left_out.append(self.source.problem(node.line, node.column, sentence))


def _scalars(node: Node) -> Iterator[Scalar]:
    """Every text of a piece of the file."""
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
    """A preparation as the text of its file, each answer below what was asked."""
    lines = [*beginning(prep.agenda, prep.role), f"name: {_scalar(prep.name, '  ')}"]
    if prep.answers:
        lines.append("answers:")
    for key, value in prep.answers.items():
        lines += [_comment(asked[key]), f"  {key}:{_answer(value)}"]
    if prep.unknown:
        lines.append("unknown:")
    for key in prep.unknown:
        lines += [_comment(asked[key]), f"  - {key}"]
    return "\n".join(lines) + "\n"


def too_long(prep: Prep, asked: Mapping[str, str]) -> tuple[str, ...]:
    """What nobody could read back from its file, in sentences: a long answer, or a long file."""
    long = _("It is longer than {number} characters.").format(number=LENGTH_LIMIT)
    told = tuple(
        labelled(asked[key], long)
        for key, value in prep.answers.items()
        if len("".join(value) if isinstance(value, tuple) else as_typed(value)) > LENGTH_LIMIT
    )
    if told or len(prep_text(prep, asked).encode()) <= SIZE_LIMIT:
        return told
    return (
        _("All of it together is too long for one file: please make it shorter, or share less."),
    )


def beginning(agenda: str, role: Role) -> tuple[str, ...]:
    """The lines of a file above the name."""
    made_by = _("Made by `mentorwalk prep`. Drop it into the window of `mentorwalk start`.")
    return (
        f"# {' '.join(made_by.split())}",
        f"{VERSION}: {FORMAT}",
        f"agenda: {agenda}",
        f"role: {role}",
    )


def _comment(label: str) -> str:
    return f"  # {' '.join(clean(label).split())}"


def _answer(value: Value) -> str:
    if isinstance(value, tuple):
        return "".join(f"\n    - {_scalar(item, '      ')}" for item in value)
    return f" {_scalar(as_typed(value), '    ')}"


def _scalar(text: str, indent: str) -> str:
    """A text so that YAML takes it as it is: bare where nothing can be misread, else as a block."""
    text = clean(text)
    if re.fullmatch(PLAIN, text) and len(text) <= LINE:
        return text
    return "\n".join(["|", *(f"{indent}{line}" if line else "" for line in text.split("\n"))])
