"""Fields: what an agenda writes down, of which type, of whom, and on what that depends."""

# Annotations are values here, not texts: the decoder of agendas reads them.
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mentorwalk.domain.roles import ROLES, Role

FieldType = Literal[
    "text", "list", "select", "checkbox", "confirm", "number", "scale", "date", "time"
]


def personal_ids(field_id: str) -> Mapping[str, Role]:
    """Return the ids of the two answers to a field that is asked of each, with their roles."""
    return {f"{field_id}.{role}": role for role in ROLES}


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    pick: str
    """How it reads in the list."""
    says: str = ""
    """How it reads in a sentence; as in the list, if left out."""
    days: int | None = None
    """How many days it stands for, where `meeting` says `lasts`: `183` for half a year."""

    @property
    def words(self) -> str:
        """How it reads in a sentence."""
        return self.says or self.pick


@dataclass(frozen=True)
class Condition:
    """An answer on which something depends: that a field is asked, or that an agenda follows."""

    field: str
    """The id of that answer."""
    any_of: tuple[str, ...]
    """The answers that will do, numbers also as a range: `40..`; any will, if none is named."""


@dataclass(frozen=True)
class Field:
    """One thing written down: a typed answer with an id."""

    id: str
    """A name for the answer: small letters, digits and `_`. Clauses refer to it as `{id}`."""
    label: str
    """What is asked, in a few words."""
    type: FieldType = "text"
    """What kind of answer it is; `text`, if left out."""
    help: str = ""
    """A line that helps to answer."""
    lead: str = ""
    """The words that an own answer finishes; those before it in its clause, if left out."""
    open: str = ""
    """The sentence for it while it is open, such as “We have not decided yet where we meet”."""
    choices: tuple[Choice, ...] = ()
    """The choices of a `select` or `checkbox`, one a line."""
    choices_from: Literal["what-follows"] | None = None
    """`what-follows`: the choices of a `select` are the titles of what `next` lists."""
    other: bool = False
    """Whether other words than the choices are allowed."""
    as_: Literal["sentences"] | None = None
    """`sentences`: each choice of a `checkbox` is a whole sentence, to be kept or struck."""
    min: int | None = None
    """The least number, or the fewest items."""
    max: int | None = None
    """The greatest number, or the most items."""
    unit: str = ""
    """What a number counts, such as `minutes`."""
    default: str | tuple[str, ...] = ""
    """The answer that is offered, as somebody would type it."""
    required: bool = False
    """Whether a file of answers must answer it."""
    step: bool = False
    """Whether it is a step, or each item a step, which stays open until an answer closes it."""
    each_of: Literal["open-steps"] | None = None
    """`open-steps`: this line of a sheet is asked for each open step, `{item}` in its `label`."""
    closes: tuple[str, ...] = ()
    """The choices that close a step, where `each_of` asks for each open one."""
    private: bool = False
    """Whether it is asked only after the call, of the person at the keyboard, for no document."""
    when: tuple[Condition, ...] = ()
    """Asked only after a certain answer: `{frequency: As needed}`."""
    prepare: Literal["mentor", "mentee", "both"] | None = None
    """Who may answer it beforehand."""
    share: Literal["ask", "yes", "never"] | None = None
    """Whether the other person sees what was prepared; `ask` lets its writer decide."""
    by: Literal["mentor", "mentee", "both", "each"] = "both"
    """Whose answer it is; `each` asks both people, one after the other."""

    @property
    def answer_ids(self) -> Mapping[str, Role | None]:
        """The ids of its answers, with the role of the person who gives each.

        That is one id without a role; or one for each role, if each person is asked.
        """
        return personal_ids(self.id) if self.by == "each" else {self.id: None}

    @property
    def item(self) -> int:
        """The number of the item that it is about, counted from 1; 0 if it is about none."""
        number = self.id.rpartition(".")[2]
        return int(number) if self.each_of and number.isdecimal() else 0

    @property
    def has_sentences(self) -> bool:
        """Whether each of its choices is a whole sentence."""
        return self.as_ == "sentences"

    def choice(self, pick: str) -> Choice | None:
        """Return the choice that a value names; None for somebody's own words."""
        return next((choice for choice in self.choices if choice.pick == pick), None)

    @property
    def can_name(self) -> bool:
        """Whether its answer can be the name of somebody: one text that both may see."""
        return self.type == "text" and self.by != "each" and not self.private

    def answer_id(self, role: Role) -> str:
        """Return the id of one person's answer."""
        return next(key for key, person in self.answer_ids.items() if person in (role, None))
