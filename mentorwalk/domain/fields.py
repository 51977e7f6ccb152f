"""Fields: what an agenda writes down, of which type, of whom, and on what that depends."""

# Annotations are values here, not texts: the decoder of agendas reads them.
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from mentorwalk.domain.roles import ROLES, Role

FieldType = Literal[
    "text",
    "list",
    "select",
    "checkbox",
    "confirm",
    "number",
    "scale",
    "date",
    "time",
    "ratings",
    "ranking",
    "outline",
]
PictureKind = Literal["bars", "wheel", "ranking", "columns", "tree", "line"]
"""How answers are drawn."""
DRAWS: Mapping[PictureKind, tuple[FieldType, ...]] = {
    "bars": ("ratings",),
    "wheel": ("ratings",),
    "ranking": ("ranking",),
    "line": ("ratings",),
    "columns": ("list", "checkbox", "ranking"),
    "tree": ("outline",),
}
"""The types of fields that a picture of each kind can show."""
SEVERAL: Final = ("ratings", "ranking", "outline")
"""The types whose answers say several things: who does not know one yet leaves it out."""
# What the program itself offers has a `-` in its name, which no field can have in its id.
OPEN_STEPS: Final = "open-steps"
"""What `recall` and `each_of` call the steps that are open."""
WHAT_FOLLOWS: Final = "what-follows"
"""What `choices_from` calls the agendas that `next` lists."""
TYPED: Final = ("text", "number", "scale", "date", "time")
"""The types of an answer that is typed in a line, or in a box."""
BEFORE: Final = "@before"
"""What follows an id in `recall` where the answer of the last time is meant."""
MOST_ITEMS = 12
"""The most items that are rated, or asked about one by one: more is no talk."""
MOST_CHOICES = 60
"""The most choices that earlier answers make: more fill no screen."""
MOST_RANKED = 9
"""The most choices in a ranking: each has a digit for its place."""


def personal_ids(field_id: str) -> Mapping[str, Role]:
    """Return the ids of the two answers to a field that is asked of each, with their roles."""
    return {f"{field_id}.{role}": role for role in ROLES}


def field_of(key: str) -> str:
    """Return the id of the field of an answer, by the answer's id."""
    return next((key.removesuffix(f".{r}") for r in ROLES if key.endswith(f".{r}")), key)


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    pick: str
    """How it reads in the list."""
    says: str = ""
    """How it reads in a sentence; as in the list, if left out."""
    days: int | None = None
    """How many days it stands for, for `lasts` and `days_from`: `183` for half a year."""
    means: str = ""
    """What it means, in a few words that are shown beside it where it is chosen."""
    counts_as: str = ""
    """What facts for a programme call it: `video`; its `pick` in small letters, if left out."""

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
    ideas: tuple[str, ...] = ()
    """What a `text` could say, one a line: shown below it, and taken over with Up and Down."""
    open: str = ""
    """The sentence for it while it is open, such as “We have not decided yet where we meet”."""
    choices: tuple[Choice, ...] = ()
    """The choices of a `select`, a `checkbox` or a `ranking`, one a line."""
    choices_from: str | tuple[str, ...] = ""
    """Ids of earlier fields, whose answers are chosen from; or `what-follows`, for the `next`."""
    items: tuple[str, ...] = ()
    """What is rated, one a line."""
    items_from: str | tuple[str, ...] = ""
    """Ids of earlier fields, whose answers are rated, after `items`."""
    other: bool = False
    """Whether other words than the choices are allowed."""
    as_: Literal["sentences"] | None = None
    """`sentences`: each choice of a `checkbox` is a whole sentence, to be kept or struck."""
    min: int | None = None
    """The least number, or the fewest items."""
    max: int | None = None
    """The greatest number, or the most items or choices."""
    low: str = ""
    """What the least number of a `scale` or of `ratings` means."""
    high: str = ""
    """What the greatest number of a `scale` or of `ratings` means."""
    unit: str = ""
    """What a number counts, such as `minutes`."""
    default: str | tuple[str, ...] = ""
    """The answer that is offered, as somebody would type it."""
    days_from: str = ""
    """The id of an earlier field: this `date` is offered as many days ahead as its choice says."""
    required: bool = False
    """Whether a file of answers must answer it."""
    step: bool = False
    """Whether it is a step, or each item a step, which stays open until an answer closes it."""
    each_of: str = ""
    """The id of an earlier field, for each item of which it is asked; or `open-steps`."""
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
        return int(number) if self.asks_steps and number.isdecimal() else 0

    @property
    def asks_steps(self) -> bool:
        """Whether it is asked for each open step."""
        return self.each_of == OPEN_STEPS

    @property
    def asks_items(self) -> bool:
        """Whether it is asked for each item of an earlier answer."""
        return bool(self.each_of) and not self.asks_steps

    @property
    def chooses_next(self) -> bool:
        """Whether its choices are what may come next."""
        return self.choices_from == WHAT_FOLLOWS

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the fields whose answers are its items or its choices."""
        named = () if self.chooses_next else each_text(self.choices_from)
        items = () if self.asks_steps else each_text(self.each_of)
        return (*named, *each_text(self.items_from), *items)

    @property
    def by_item(self) -> bool:
        """Whether its answer says something about each of several items."""
        return self.type == "ratings" or self.asks_items

    @property
    def for_one_item(self) -> "Field":
        """The field as it takes an answer about one of its items."""
        return replace(self, type="scale") if self.type == "ratings" else replace(self, each_of="")

    @property
    def ends(self) -> tuple[int, int]:
        """The two ends of a scale: 0 and 10, unless the field has its own."""
        return 0 if self.min is None else self.min, 10 if self.max is None else self.max

    @property
    def has_sentences(self) -> bool:
        """Whether each of its choices is a whole sentence."""
        return self.as_ == "sentences"

    @property
    def lays_out(self) -> bool:
        """Whether it is asked with all that it is about in sight: things to mark, rate or order."""
        return self.type in SEVERAL or (self.type == "checkbox" and not self.has_sentences)

    def choice(self, pick: str) -> Choice | None:
        """Return the choice that a value names; None for somebody's own words."""
        return next((choice for choice in self.choices if choice.pick == pick), None)

    @property
    def can_name(self) -> bool:
        """Whether its answer can be the name of somebody: one text that both may see."""
        return self.type == "text" and self.by != "each" and not (self.private or self.each_of)

    def answer_id(self, role: Role) -> str:
        """Return the id of one person's answer."""
        return next(key for key, person in self.answer_ids.items() if person in (role, None))


def each_text(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one text or several as several; an empty one is none."""
    return texts if isinstance(texts, tuple) else tuple(filter(None, [texts]))


def by_answer_id(fields: Iterable[Field]) -> dict[str, Field]:
    """Return fields by the ids of their answers; one that is asked of each person has two."""
    return {key: field for field in fields for key in field.answer_ids}


def can_draw(kind: PictureKind, field: Field, place: int) -> bool:
    """Return whether a picture can show a field: beside numbers, or a ranking, go numbers."""
    beside = ("ratings",) if place and kind == "ranking" else DRAWS[kind]
    return field.type in beside
