"""What an agenda is: frozen values from the YAML format, version 1, and the plan made from them."""

# Annotations are values here, not texts: the decoder of agendas reads them.
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = ("mentor", "mentee")
FieldType = Literal[
    "text", "list", "select", "checkbox", "confirm", "number", "scale", "date", "time"
]
TOPICS = "parked"
"""In `recall`: what the last session kept for another day. No field may have this id."""
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def fill_in(text: str, words: Mapping[str, str]) -> str:
    """Replace each `{name}` that `words` knows, once: what is put in is not read again."""
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)


def personal_ids(field_id: str) -> Mapping[str, Role]:
    """Return the ids of the two answers to a field that is asked of each, with their people."""
    return {f"{field_id}.{role}": role for role in ROLES}


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
    """The field that was asked before."""
    any_of: tuple[str, ...]
    """The answers after which this one is asked; where none is named, any will do."""


@dataclass(frozen=True)
class Field:
    """One thing written down: a typed answer with an id."""

    id: str
    """A name for the answer: small letters, digits and `_`. `{id}` stands for it in clauses."""
    label: str
    """What is asked, in a few words."""
    type: FieldType = "text"
    """What kind of answer it is: `text`, where nothing is said."""
    help: str = ""
    """A line that says what would do."""
    choices: tuple[Choice, ...] = ()
    """What can be chosen, for `select` and `checkbox`; one a line."""
    other: bool = False
    """Own wording is allowed beside the choices."""
    min: int | None = None
    """The least number, or the fewest items."""
    max: int | None = None
    """The greatest number, or the most items."""
    unit: str = ""
    """What a number counts, such as `minutes`."""
    default: str | tuple[str, ...] = ""
    """The usual answer, as somebody would type it."""
    required: bool = False
    """Binds only where answers come from a file."""
    private: bool = False
    """Asked after the call, of the person at the keyboard; in no document."""
    when: tuple[Condition, ...] = ()
    """Asked only after a certain answer: `{frequency: As needed}`."""
    prepare: Literal["mentor", "mentee", "both"] | None = None
    """Who may answer it beforehand."""
    share: Literal["ask", "yes", "never"] | None = None
    """Whether the other one sees what was prepared; with `ask`, its owner says so."""
    by: Literal["mentor", "mentee", "both", "each"] = "both"
    """Whose words it holds; `each` asks both, one after the other."""

    @property
    def answer_ids(self) -> Mapping[str, Role | None]:
        """The ids its answers are kept under, each with the person who gives that answer.

        There is one id for both people, without a person; or one for each, if each is asked.
        """
        return personal_ids(self.id) if self.by == "each" else {self.id: None}

    def choice(self, pick: str) -> Choice | None:
        """Return the choice that a value names; None for somebody's own words."""
        return next((choice for choice in self.choices if choice.pick == pick), None)

    def answer_id(self, role: Role) -> str:
        """Return the id under which one person's answer is kept."""
        return next(key for key, person in self.answer_ids.items() if person in (role, None))


@dataclass(frozen=True)
class Clause:
    """How a prompt's answers read in the agreement."""

    heading: str
    """Clauses of the same heading stand together."""
    says: str
    """The words of the agreement; `{id}` stands for an answer."""
    meanwhile: str = ""
    """What holds until it is settled."""


@dataclass(frozen=True)
class Prompt:
    """One card: something to talk about, and what is written down afterwards."""

    id: str
    """A short name: small letters, digits, `-` and `_`."""
    ask: str
    """The question, large and alone: one question mark, 25 words at most."""
    read: str = ""
    """Fixed words to be read aloud, shown whole."""
    to: Literal["mentor", "mentee", "both"] = "both"
    """Who speaks; `both`, where nothing is said."""
    first: Role | None = None
    """Who begins, where both speak."""
    minutes: float = 2
    """Its time, such as `3` or `1.5`, in a session of the length that was written for."""
    tip: str = ""
    """A line that is fit for both to read."""
    stuck: tuple[str, ...] = ()
    """What to try when the talk stalls here; offered one at a time."""
    recall: tuple[str, ...] = ()
    """Earlier answers that are shown on this card, by the ids of their fields."""
    again: tuple[str, ...] = ()
    """Earlier answers that are opened once more, filled in, to be corrected."""
    at_least: int = 0
    """Only in sessions of at least so many minutes."""
    extra: bool = False
    """Not in the plan; the pair can pull it in."""
    keep: bool = False
    """Never shortened or dropped when time runs out."""
    record: tuple[Field, ...] = ()
    """What is written down when they have talked, one after another."""
    settle: tuple[Field, ...] = ()
    """What is settled on one sheet, each line with its usual answer."""
    clause: Clause | None = None
    """How the answers read in the agreement."""
    accept: bool = False
    """This card shows the document that wants acceptance."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything the card writes down, in the order it is asked."""
        return self.record + self.settle


@dataclass(frozen=True)
class Phase:
    """A stretch of the talk with an aim."""

    id: str
    """A short name: small letters, digits, `-` and `_`."""
    title: str
    """What the phase is called."""
    short: str
    """What it is called in the line of phases: 12 characters at most."""
    prompts: tuple[Prompt, ...]
    """Its cards, in order."""
    aim: str = ""
    """What is true when it has gone well."""
    stuck: tuple[str, ...] = ()
    """What to try when the talk stalls, on any card of the phase."""


class PerRole(Generic[T]):
    """Two things of a kind: the mentor's and the mentee's."""

    mentor: T
    mentee: T

    def of(self, role: Role) -> T:
        """Return what belongs to a role."""
        return self.mentor if role == "mentor" else self.mentee


@dataclass(frozen=True)
class Roles(PerRole[str]):
    """What the two people are called."""

    mentor: str = "Mentor"
    """What the one who gives is called."""
    mentee: str = "Mentee"
    """What the one who comes with questions is called."""


@dataclass(frozen=True)
class Contact:
    """Whom to turn to outside the pair."""

    who: str
    """Who it is, as it reads in a sentence. `{contact}` stands for it in any text."""
    how: str = ""
    """How to reach them: an address, a number."""
    urgent: str = ""
    """What to do in an emergency."""

    @property
    def words(self) -> str:
        """Who, and how to reach them, as it reads in a sentence."""
        return f"{self.who} ({self.how})" if self.how else self.who


@dataclass(frozen=True)
class Aside(PerRole[str]):
    """What is for one pair of eyes, before the screen is shared."""

    mentor: str = ""
    """For the mentor alone."""
    mentee: str = ""
    """For the mentee alone."""


@dataclass(frozen=True)
class CheckGroup:
    """A few things to tick off beforehand."""

    group: str
    """What the items have in common."""
    items: tuple[str, ...]
    """One thing to tick off, each on its own line."""


@dataclass(frozen=True)
class Prepare(PerRole[tuple[Field, ...]]):
    """The forms that people fill in beforehand."""

    minutes: float = 10
    """How long it takes to fill in."""
    intro: str = ""
    """What stands above the form."""
    mentee: tuple[Field, ...] = ()
    """What the mentee is asked beforehand."""
    mentor: tuple[Field, ...] = ()
    """What the mentor is asked beforehand."""
    checklist: tuple[CheckGroup, ...] = ()
    """What to have ready before the call."""


@dataclass(frozen=True)
class Meeting:
    """The ids of the fields that make the invitation to the next meeting."""

    date: str
    """The field that holds the day."""
    time: str = ""
    """The field that holds the time of day."""
    minutes: str = ""
    """The field that holds how long it takes."""
    where: str = ""
    """The field that holds the place."""


@dataclass(frozen=True)
class Document:
    """A template and the file it becomes."""

    template: str
    """The template's file, without folders."""
    file: str
    """The file that it becomes, without folders."""
    accept: bool = False
    """Both can accept it; at most one document."""


@dataclass(frozen=True)
class Agenda:
    """A session as it was written: phases, prompts, fields, documents."""

    mentorwalk: int
    """The version of this format: `1`."""
    id: str
    """A short name: small letters, digits, `-` and `_`."""
    title: str
    """What stands on top of every card."""
    minutes: int
    """The length it was written for."""
    phases: tuple[Phase, ...]
    """The talk itself."""
    language: str = "en"
    """The language of the texts, such as `en`; it chooses the words around them."""
    shortest: int = 0
    """The shortest session that can be planned; the written length, where nothing is said."""
    longest: int = 0
    """The longest session that can be planned; the written length, where nothing is said."""
    about: str = ""
    """A paragraph for whoever picks an agenda."""
    roles: Roles = Roles()
    """What the two people are called."""
    contact: Contact | None = None
    """Whom to turn to outside the pair."""
    aside: Aside = Aside()
    """For one pair of eyes, before the screen is shared."""
    stuck: tuple[str, ...] = ()
    """What to try when the talk stalls, on any card."""
    prepare: Prepare = Prepare()
    """The forms that people fill in beforehand."""
    meeting: Meeting | None = None
    """Which fields make the invitation to the next meeting."""
    next: str = ""
    """The agenda of the next session."""
    documents: tuple[Document, ...] = ()
    """What is written at the end."""

    @property
    def lengths(self) -> tuple[int, int]:
        """The shortest and the longest session that can be planned, in minutes."""
        return self.shortest or self.minutes, self.longest or self.minutes

    @property
    def names(self) -> Mapping[str, str]:
        """What `{mentor}` and the like stand for where there are no people yet: the roles."""
        names = {role: self.roles.of(role) for role in ROLES}
        return names | ({"contact": self.contact.words} if self.contact else {})

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

    @cached_property
    def meets_by(self) -> frozenset[str]:
        """The ids of the answers that make the next meeting, or on which one of them depends."""
        meeting = self.meeting
        named = (meeting.date, meeting.time, meeting.minutes, meeting.where) if meeting else ()
        fields = [self.answerable[key] for key in named if key in self.answerable]
        return frozenset((*named, *(when.field for field in fields for when in field.when)))

    @property
    def accept_document(self) -> Document | None:
        """The document that wants acceptance, if there is one."""
        return next((document for document in self.documents if document.accept), None)
