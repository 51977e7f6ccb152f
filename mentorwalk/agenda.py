"""What an agenda is: frozen values from the YAML format, version 1, and the plan made from them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mentorwalk.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = ("mentor", "mentee")
FieldType = Literal[
    "text", "list", "select", "checkbox", "confirm", "number", "scale", "date", "time"
]
TOPICS = "parked"
"""In `recall`: what the last session kept for another day. No field may have this id."""
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def filled(text: str, words: Mapping[str, str]) -> str:
    """Replace each `{name}` that `words` knows, once: what is put in is not read again."""
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    pick: str
    """How it reads in the list."""
    says: str = ""
    """How it reads in a sentence; as in the list, where nothing else is said."""

    @property
    def words(self) -> str:
        """How it reads in a sentence."""
        return self.says or self.pick


@dataclass(frozen=True)
class Condition:
    """A field is asked only where another one was answered so."""

    field: str
    any_of: tuple[str, ...]
    """One of these; where none is named, any answer will do."""


@dataclass(frozen=True)
class Field:
    """One thing written down: a typed answer with an id."""

    id: str
    label: str
    type: FieldType = "text"
    help: str = ""
    choices: tuple[Choice, ...] = ()
    other: bool = False
    """Own wording is allowed beside the choices."""
    min: int | None = None
    max: int | None = None
    unit: str = ""
    default: str | tuple[str, ...] = ""
    """The usual answer, as somebody would type it."""
    required: bool = False
    """Binds only where answers come from a file."""
    private: bool = False
    """Asked after the call, of the person at the keyboard; in no document."""
    when: tuple[Condition, ...] = ()
    prepare: Literal["mentor", "mentee", "both"] | None = None
    share: Literal["ask", "yes", "never"] | None = None
    by: Literal["mentor", "mentee", "both", "each"] = "both"

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """The ids its answers are kept under: one, or one for each person."""
        return tuple(f"{self.id}.{role}" for role in ROLES) if self.by == "each" else (self.id,)


@dataclass(frozen=True)
class Clause:
    """How a prompt's answers read in the agreement."""

    heading: str
    says: str
    meanwhile: str = ""
    """What holds until it is settled."""


@dataclass(frozen=True)
class Prompt:
    """One card: something to talk about, and what is written down afterwards."""

    id: str
    ask: str
    read: str = ""
    """Fixed words to be read aloud, shown whole."""
    to: Literal["mentor", "mentee", "both"] = "both"
    first: Role | None = None
    minutes: float = 2
    tip: str = ""
    stuck: tuple[str, ...] = ()
    recall: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    at_least: int = 0
    """Only in sessions of at least so many minutes."""
    extra: bool = False
    keep: bool = False
    record: tuple[Field, ...] = ()
    settle: tuple[Field, ...] = ()
    clause: Clause | None = None
    accept: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything the card writes down, in the order it is asked."""
        return self.record + self.settle


@dataclass(frozen=True)
class Phase:
    """A stretch of the talk with an aim."""

    id: str
    title: str
    short: str
    prompts: tuple[Prompt, ...]
    aim: str = ""
    stuck: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roles:
    """What the two people are called."""

    mentor: str = "Mentor"
    mentee: str = "Mentee"


@dataclass(frozen=True)
class Contact:
    """Whom to turn to outside the pair."""

    who: str
    how: str = ""
    urgent: str = ""

    @property
    def words(self) -> str:
        """Who, and how to reach them, as it reads in a sentence."""
        return f"{self.who} ({self.how})" if self.how else self.who


@dataclass(frozen=True)
class Aside:
    """What is for one pair of eyes, before the screen is shared."""

    mentor: str = ""
    mentee: str = ""


@dataclass(frozen=True)
class CheckGroup:
    """A few things to tick off beforehand."""

    group: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Prepare:
    """The forms that people fill in beforehand."""

    minutes: float = 10
    intro: str = ""
    mentee: tuple[Field, ...] = ()
    mentor: tuple[Field, ...] = ()
    checklist: tuple[CheckGroup, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """The ids of the fields that make the invitation to the next meeting."""

    date: str
    time: str = ""
    minutes: str = ""
    where: str = ""


@dataclass(frozen=True)
class Document:
    """A template and the file it becomes."""

    template: str
    file: str
    accept: bool = False


@dataclass(frozen=True)
class Agenda:
    """A session as it was written: phases, prompts, fields, documents."""

    mentorwalk: int
    id: str
    title: str
    minutes: int
    phases: tuple[Phase, ...]
    language: str = "en"
    shortest: int = 0
    """The shortest session that can be planned; the written length, where nothing is said."""
    longest: int = 0
    about: str = ""
    roles: Roles = Roles()
    contact: Contact | None = None
    aside: Aside = Aside()
    stuck: tuple[str, ...] = ()
    prepare: Prepare = Prepare()
    meeting: Meeting | None = None
    next: str = ""
    documents: tuple[Document, ...] = ()

    @property
    def lengths(self) -> tuple[int, int]:
        """The shortest and the longest session that can be planned, in minutes."""
        return self.shortest or self.minutes, self.longest or self.minutes

    @cached_property
    def prompts(self) -> Mapping[str, Prompt]:
        """Every prompt by id, in the order of the agenda."""
        return {prompt.id: prompt for phase in self.phases for prompt in phase.prompts}

    @cached_property
    def phase_of(self) -> Mapping[str, Phase]:
        """Each prompt's phase, by the prompt's id."""
        return {prompt.id: phase for phase in self.phases for prompt in phase.prompts}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field of the session by its own id, in the order it is asked."""
        return {field.id: field for prompt in self.prompts.values() for field in prompt.fields}

    @cached_property
    def answerable(self) -> Mapping[str, Field]:
        """Every field by the ids its answers have: `takes.mentor`, where each is asked."""
        return {key: field for field in self.fields.values() for key in field.answer_ids}

    @cached_property
    def prompt_of(self) -> Mapping[str, Prompt]:
        """The card that writes down each answer, by the answer's id."""
        return {
            key: prompt
            for prompt in self.prompts.values()
            for field in prompt.fields
            for key in field.answer_ids
        }

    @cached_property
    def agreed(self) -> frozenset[str]:
        """The ids of the answers that some clause names."""
        says = [prompt.clause.says for prompt in self.prompts.values() if prompt.clause]
        return frozenset(name for text in says for name in PLACEHOLDER.findall(text))

    @property
    def accept_document(self) -> Document | None:
        """The document that wants acceptance, if there is one."""
        return next((document for document in self.documents if document.accept), None)


@dataclass(frozen=True)
class Slot:
    """One card of a plan and the time it is given."""

    prompt: str
    seconds: int


@dataclass(frozen=True)
class Plan:
    """The prompts chosen for one length of session, in order."""

    minutes: int
    slots: tuple[Slot, ...]

    @property
    def seconds(self) -> Mapping[str, int]:
        """The planned seconds of each prompt, by id."""
        return {slot.prompt: slot.seconds for slot in self.slots}

    def __iter__(self) -> Iterator[str]:
        """Go through the prompts' ids."""
        return (slot.prompt for slot in self.slots)


def plan(agenda: Agenda, minutes: int) -> Plan:
    """Choose the prompts for a session of `minutes` and share all its seconds among them.

    Raises:
        InputError: The agenda cannot be planned for that length.
    """
    shortest, longest = agenda.lengths
    if not shortest <= minutes <= longest:
        raise InputError(
            f"{agenda.title} can be walked in {shortest} to {longest} minutes; "
            f"{minutes} is outside that."
            if shortest != longest
            else f"{agenda.title} takes {shortest} minutes; {minutes} cannot be planned."
        )
    chosen = [p for p in agenda.prompts.values() if not p.extra and p.at_least <= minutes]
    seconds = largest_remainder([Fraction(prompt.minutes) for prompt in chosen], minutes * 60)
    slots = (Slot(prompt.id, share) for prompt, share in zip(chosen, seconds, strict=True))
    return Plan(minutes, tuple(slots))


def largest_remainder(weights: list[Fraction], total: int) -> list[int]:
    """Share `total` out by weight in whole numbers that sum to it exactly (Hamilton's method)."""
    scale = total / sum(weights, Fraction(0))
    exact = [weight * scale for weight in weights]
    whole = [math.floor(share) for share in exact]
    nearest = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for index in nearest[: total - sum(whole)]:
        whole[index] += 1
    return whole
