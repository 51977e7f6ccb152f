"""Reading the keys and answers of a preparation file, of which no word is told.

The screen may be shared, and a file may hold what is never shared, in any place. So what is said of
a file has words of ours and of its agenda, and no word of the file but the id of an agenda.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.answers_file import Misplaced, prepared_value
from mentorwalk.authoring.format.id_forms import CARD_ID, NAME_LIMIT
from mentorwalk.authoring.syntax.source import PREP_VERSION, Items, Pairs, Scalar
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.errors import InputError, ProblemsFound, Unreadable, did_you_mean
from mentorwalk.domain.fields import MOST_ITEMS
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import Prep, read_name
from mentorwalk.domain.prep_wishes import never_shared, prep_fields, sharing
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import unshowable
from mentorwalk.domain.values import ByItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
RUNS_ON = N_("It runs on over a line whose answer is never shared.")


@dataclass(frozen=True)
class ParsedPrep:
    """What a preparation file says."""

    prep: Prep
    left_out: tuple[Problem, ...] = ()
    """What this agenda cannot use, each with its place."""


def is_agenda_id(text: str) -> bool:
    """Return whether a text can be the id of an agenda, and so names no answer of anybody."""
    return re.fullmatch(CARD_ID, text) is not None and len(text) <= NAME_LIMIT


@dataclass(frozen=True)
class _Unseen:
    """Finds what is never shared within a value that belongs to another key.

    A quotation mark without its partner, or a line that is too far in, makes one text of two
    answers.
    """

    source: Source
    keys: frozenset[str]

    def is_in(self, node: Node) -> bool:
        """Return whether such a key begins a line of a value, or is a key in it."""
        if isinstance(node, Pairs):
            keys = (key.text for key, _inner in node.pairs if isinstance(key, Scalar))
            return any(map(self._is_named, keys)) or any(
                self.is_in(each) for pair in node.pairs for each in pair
            )
        if isinstance(node, Items):
            return any(map(self.is_in, node.nodes))
        below = self.source.lines[node.line + 1 : node.last + 1]
        return any(self._is_named(line.partition(":")[0]) for line in below if ":" in line)

    def _is_named(self, key: str) -> bool:
        """Return whether this is such a key, as `mood` or `mood.mentee`."""
        name, dot, role = key.strip(" \t\"'-").partition(".")
        return name in self.keys and (not dot or role in ROLES)


class PrepReader:
    """Reads one file, and collects what is wrong in it and what does not fit."""

    def __init__(self, source: Source, agenda: Agenda, today: date) -> None:
        self.source, self.agenda, self.today = source, agenda, today
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []
        self.unseen = _Unseen(source, never_shared(agenda))

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
        self._agenda(parts, texts["agenda"])
        name, role = self._name(parts, texts["name"]), self._role(parts, texts["role"])
        day = self._day(parts)
        given = list(self._named(parts.get("answers")))
        unknown = list(self._unknown(parts.get("unknown")))
        if self.problems or role is None:
            raise ProblemsFound(sorted(self.problems))
        if texts["agenda"] != self.agenda.id:
            other = f"`{texts['agenda']}`"
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
        if text in map(str, (FIRST_FORMAT, FORMAT)):
            return
        this = f"format {text}" if re.fullmatch(r"\d{1,9}", text) else "another format"
        known = f"{FIRST_FORMAT} and {FORMAT}"
        self._refuse(node, f"This is {this}; this program reads formats {known}.")

    def _agenda(self, parts: Mapping[str, Node], text: str) -> None:
        if text and not is_agenda_id(text):
            self._refuse(parts["agenda"], "`agenda` needs an id such as `first-session`.")

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
            self._refuse(parts["role"], f"`role` can be mentor or mentee.{hint}")
        return role

    def _text(self, parts: Mapping[str, Node], key: str, whole: Node) -> str:
        node = parts.get(key)
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if node is None:
            self._refuse(whole, f"`{key}` is missing here.")
        elif not text:
            self._refuse(node, f"`{key}` needs a word here.")
        elif self.unseen.is_in(node):
            self._refuse(node, RUNS_ON)
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
                self._refuse(key, f"{self._called(name)} appears here twice: keep one.")
            elif known and name in self._ids:
                self._refuse(key, f"`{name}` belongs below `answers:`, further in than that.")
            elif known and name not in known:
                self._refuse(key, f"There is no such key here.{did_you_mean(name, known)}")
            else:
                yield key, inner
            seen.add(name)

    @cached_property
    def _ids(self) -> frozenset[str]:
        """The ids of all answers of the agenda, which are no words of the file."""
        asked = (prep_fields(self.agenda, role) for role in ROLES)
        return frozenset(self.agenda.answerable).union(*asked) - self.agenda.plain.keys()

    def _called(self, key: str) -> str:
        """Return how a sentence names a key: by itself only if it is ours or the agenda's."""
        return f"`{key}`" if key in self._ids.union(KEYS) else "This key"

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
                at = error.node if isinstance(error, Misplaced) else node
                self._leave_out(at, sentence.format(key=key, reason=error.unquoted))
            else:
                if value is not None:
                    yield key, value

    def _value(self, field: Field, node: Node, names: Mapping[str, str]) -> Value | None:
        if sum(len(scalar.text) for scalar in _scalars(node)) > LENGTH_LIMIT:
            long = _("It is longer than {number} characters.")
            raise Unreadable(long.format(number=LENGTH_LIMIT))
        if self.unseen.is_in(node):
            raise Unreadable(_(RUNS_ON))
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
                self._leave_out(at, self._not_asked(role, key) + did_you_mean(key, asked))
            elif sharing(asked[key]) == "never":
                sentence = _("`{key}` is never shared: it is not shown.").format(key=key)
                self._leave_out(at, sentence)
            else:
                yield key, node

    def _not_asked(self, role: Role, key: str) -> str:
        if key in self._ids:
            sentence = _("{agenda} asks the {role} no `{key}` beforehand.")
            return sentence.format(agenda=self.agenda.id, role=role, key=key)
        sentence = _("{agenda} asks the {role} nothing of this name beforehand.")
        return sentence.format(agenda=self.agenda.id, role=role)

    def _refuse(self, node: Node, sentence: str) -> None:
        self.problems.append(self.source.problem(node.line, node.column, sentence).unseen)

    def _leave_out(self, node: Node, sentence: str) -> None:
        self.left_out.append(self.source.problem(node.line, node.column, sentence).unseen)


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
