"""What an agenda is: frozen values, as version 1 of the YAML format has them.

The docstrings of their attributes explain the keys in agendas/agenda.schema.json.
"""

# Annotations are values here, not texts: the decoder of agendas reads them.
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from mentorwalk.domain.contact import Contact
from mentorwalk.domain.fields import Condition, Field, PictureKind, by_answer_id, each_text
from mentorwalk.domain.i18n import _
from mentorwalk.domain.outcomes import Document, Meeting
from mentorwalk.domain.placeholders import PLACEHOLDER, StandIn, fill_in
from mentorwalk.domain.programme import ASKS, Programme
from mentorwalk.domain.roles import PerRole, Role
from mentorwalk.domain.text import sentences

TOPICS = "parked"
"""The name in `recall` of the topics that the last session kept; no field may have this id."""
NAMES = frozenset(("mentor", "mentee", "contact", ASKS))
"""What texts of an agenda name besides answers."""
NO_NEXT = "none"
"""The name in `next` where nothing follows."""


@dataclass(frozen=True)
class Clause:
    """How a prompt's answers read in the agreement."""

    heading: str
    """Clauses with the same heading are put together."""
    says: str
    """The words of the agreement; `{id}` becomes the answer."""
    meanwhile: str = ""
    """What applies until it is settled."""

    @property
    def plain(self) -> tuple[str, ...]:
        """Its sentences that name no answer: the agenda's own words."""
        each = (words for line in self.says.split("\n") for words in sentences(line) if words)
        return tuple(words for words in each if not {*PLACEHOLDER.findall(words)} - NAMES)


@dataclass(frozen=True)
class Drawn:
    """A picture of answers: on the card, and where a template puts it."""

    kind: PictureKind
    """How they are drawn."""
    of: str | tuple[str, ...]
    """The ids of the fields whose answers are drawn."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The ids of the fields, of which there is one at least."""
        return each_text(self.of)


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
    """Who speaks; `both`, if left out."""
    first: Role | None = None
    """Who begins, if both speak."""
    minutes: float = 2
    """Its time, such as `3` or `1.5`, in a session of the length the agenda was written for."""
    when: tuple[Condition, ...] = ()
    """Walked only after a certain answer: `{ready: not now}`."""
    picture: Drawn | None = None
    """What is drawn on the card."""
    tip: str = ""
    """A line of advice that both may read."""
    stuck: tuple[str, ...] = ()
    """What to try when the talk stalls here, offered one at a time."""
    recall: tuple[str, ...] = ()
    """The ids of the fields whose earlier answers this card shows."""
    again: tuple[str, ...] = ()
    """The ids of the fields whose earlier answers this card opens again, to be corrected."""
    at_least: int = 0
    """The shortest session that has this card, in minutes."""
    extra: bool = False
    """Whether it is left out of the plan, for the pair to pull in."""
    keep: bool = False
    """Whether it is never shortened or dropped when time runs out."""
    record: tuple[Field, ...] = ()
    """What is written down when they have talked, one after another."""
    settle: tuple[Field, ...] = ()
    """What is settled on one sheet, each line with its default."""
    clause: Clause | None = None
    """How the answers read in the agreement."""
    review: bool = False
    """Whether this card is the last look: it shows every line that documents have by then."""
    accept: bool = False
    """Whether this card shows the document to accept."""
    glance: bool = False
    """Whether this card shows the hour at a glance: the phases, their minutes, and the end."""
    agreed: str = ""
    """What stands alone on the screen once both have accepted it; a paragraph or more."""
    still_draft: str = ""
    """What stands alone on the screen if it is still a draft then."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of the card, in the order it is asked."""
        return self.record + self.settle

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """The ids of all answers that the card writes down."""
        return tuple(key for field in self.fields for key in field.answer_ids)

    @property
    def plain(self) -> tuple[Field, ...]:
        """A field for each plain sentence of its clause, whose id is that sentence."""
        heading, said = (self.clause.heading, self.clause.plain) if self.clause else ("", ())
        return tuple(Field(words, heading, as_="sentences") for words in dict.fromkeys(said))

    @property
    def is_topic(self) -> bool:
        """Whether it is something to talk about, on another day as well."""
        return not (self.read or self.glance or self.review or self.accept)

    @cached_property
    def asks_only_steps(self) -> bool:
        """Whether it asks what came of open steps, and nothing else."""
        return bool(self.fields) and all(field.asks_steps for field in self.fields)

    def with_fields(self, changed: Callable[[Field], Field]) -> "Prompt":
        """Return the card with each of its fields changed."""
        record, settle = (tuple(map(changed, fields)) for fields in (self.record, self.settle))
        return replace(self, record=record, settle=settle)


@dataclass(frozen=True)
class Phase:
    """A stretch of the talk with an aim."""

    id: str
    """A short name: small letters, digits, `-` and `_`."""
    title: str
    """Its title."""
    short: str
    """Its title in the line of phases: 12 characters at most."""
    prompts: tuple[Prompt, ...]
    """Its cards, in order."""
    aim: str = ""
    """What is true once it has gone well."""
    stuck: tuple[str, ...] = ()
    """What to try when the talk stalls, on any card of the phase."""


WITH_CAPITALS = ("de", "lb")
"""The languages whose nouns have a capital in mid-sentence, too."""


@dataclass(frozen=True)
class Roles(PerRole[str]):
    """What the two people are called."""

    mentor: str = "Mentor"
    """What the person who passes on experience is called."""
    mentee: str = "Mentee"
    """What the person who comes with questions is called."""


@dataclass(frozen=True)
class Aside(PerRole[str]):
    """What only one person reads, before the screen is shared."""

    mentor: str = ""
    """For the mentor alone."""
    mentee: str = ""
    """For the mentee alone."""


@dataclass(frozen=True)
class CheckGroup:
    """Things to tick off beforehand."""

    group: str
    """What the items have in common."""
    items: tuple[str, ...]
    """The things to tick off, one a line."""


@dataclass(frozen=True)
class Prepare(PerRole[tuple[Field, ...]]):
    """The forms that people fill in beforehand."""

    minutes: float = 10
    """How long it takes to fill one in, in minutes."""
    intro: str = ""
    """A paragraph above the form."""
    mentee: tuple[Field, ...] = ()
    """What the mentee is asked beforehand."""
    mentor: tuple[Field, ...] = ()
    """What the mentor is asked beforehand."""
    checklist: tuple[CheckGroup, ...] = ()
    """What to have ready before the call."""


@dataclass(frozen=True)
class Following:
    """An agenda that may come next."""

    agenda: str
    """A file beside this one, without its `.yaml`, or an agenda with a name; or `none`."""
    when: tuple[Condition, ...] = ()
    """It comes next only then: `{time-gone: 85..}`."""
    unless: tuple[Condition, ...] = ()
    """It does not come next then: `{agendas-walked: check-in}`."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition on which it depends."""
        return self.when + self.unless


@dataclass(frozen=True)
class Agenda:
    """A session as its author wrote it: phases, prompts, fields, documents."""

    mentorwalk: int
    """The version of this format: `1`."""
    id: str
    """A short name: small letters, digits, `-` and `_`."""
    title: str
    """The line at the top of every card."""
    minutes: int
    """The length it was written for."""
    phases: tuple[Phase, ...]
    """The talk itself."""
    kind: Literal["session", "exercise"] = "session"
    """`exercise`: a technique that can also be done alone, or within a session."""
    when_to_use: str = ""
    """One line: when somebody reaches for it."""
    suggested_by: tuple[Condition, ...] = ()
    """Suggested after any of these answers; of a text, after any of these words in it."""
    version: str = ""
    """A version of its author's own."""
    programme: Programme | None = None
    """The programme that the two are part of, and the facts that it asks for."""
    language: str = "en"
    """The language of the texts, such as `en`; the program's own words follow it."""
    shortest: int = 0
    """The shortest session that can be planned; `minutes`, if left out."""
    longest: int = 0
    """The longest session that can be planned; `minutes`, if left out."""
    about: str = ""
    """A paragraph for the person who picks an agenda."""
    roles: Roles = Roles()
    """What the two people are called."""
    contact: Contact | None = None
    """The person to turn to outside the pair."""
    aside: Aside = Aside()
    """What only one person reads, before the screen is shared."""
    stuck: tuple[str, ...] = ()
    """What to try when the talk stalls, on any card."""
    prepare: Prepare = Prepare()
    """The forms that people fill in beforehand."""
    meeting: Meeting | None = None
    """The fields that make the invitation to the next meeting."""
    next: str | tuple[Following, ...] = ""
    """The agenda of the next session; a list, whose first entry that fits counts; or `none`."""
    documents: tuple[Document, ...] = ()
    """The documents that are written at the end."""

    @property
    def lengths(self) -> tuple[int, int]:
        """The shortest and the longest session that can be planned, in minutes."""
        return self.shortest or self.minutes, self.longest or self.minutes

    @property
    def names(self) -> Mapping[str, str]:
        """The words for `{mentor}` and the like while there are no people yet: the roles."""
        return self.names_of(self.roles)

    def names_of(self, people: PerRole[str]) -> Mapping[str, str]:
        """Return the words for `{mentor}`, `{mentee}` and the like in the agenda's texts.

        The word for a contact that nobody has named yet is empty.
        """
        called: dict[Role, str] = {"mentor": people.mentor, "mentee": people.mentee}
        names: dict[str, str] = {
            role: StandIn(name) if name == self.stand_in(role) else name
            for role, name in called.items()
        }
        if self.programme:
            names[ASKS] = self.programme.in_words(self.language)
        return names | ({"contact": fill_in(self.contact.words, names)} if self.contact else {})

    def stand_in(self, role: Role) -> str:
        """Return what somebody is called until there is a name: `your mentor`."""
        return _("your {role}").format(role=self.role_within(role))

    def role_within(self, role: Role) -> str:
        """Return what a role is called in mid-sentence, where most languages have no capital."""
        called = self.roles.of(role)
        return called if self.language[:2].lower() in WITH_CAPITALS else called.lower()

    @property
    def cards(self) -> Iterator[Prompt]:
        """Every prompt in its order; until an agenda is checked, two may have the same id."""
        return (prompt for phase in self.phases for prompt in phase.prompts)

    @cached_property
    def prompts(self) -> Mapping[str, Prompt]:
        """Every prompt by id, in the order of the agenda."""
        return {prompt.id: prompt for prompt in self.cards}

    @cached_property
    def phase_of(self) -> Mapping[str, Phase]:
        """The phase of each prompt, by the prompt's id."""
        return {prompt.id: phase for phase in self.phases for prompt in phase.prompts}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by its own id, in the order it is asked."""
        return {field.id: field for prompt in self.cards for field in prompt.fields}

    def with_private(self, keys: AbstractSet[str]) -> "Agenda":
        """Return the agenda with the fields of some answers private, whatever it says of them."""
        if not keys & self.answerable.keys():
            return self
        return self.with_fields(
            lambda f: replace(f, private=f.private or bool(keys & f.answer_ids.keys()))
        )

    def with_fields(self, changed: Callable[[Field], Field]) -> "Agenda":
        """Return the agenda with each field of its cards changed."""
        phases = tuple(
            replace(phase, prompts=tuple(prompt.with_fields(changed) for prompt in phase.prompts))
            for phase in self.phases
        )
        return replace(self, phases=phases)

    @property
    def listed(self) -> tuple[Following, ...]:
        """What may come next, in order; a name alone is the only entry, without conditions."""
        if isinstance(self.next, tuple):
            return self.next
        return (Following(self.next),) if self.next else ()

    @cached_property
    def choosing(self) -> Field | None:
        """The field by which the two choose what comes next, if there is one."""
        return next((field for field in self.fields.values() if field.chooses_next), None)

    @cached_property
    def answerable(self) -> Mapping[str, Field]:
        """Every field by the ids of its answers, then the plain sentences of clauses."""
        return {**by_answer_id(self.fields.values()), **self.plain}

    @cached_property
    def plain(self) -> Mapping[str, Field]:
        """The fields of the plain sentences of clauses, by these sentences."""
        return {each.id: each for prompt in self.cards for each in prompt.plain}

    @cached_property
    def prompt_of(self) -> Mapping[str, Prompt]:
        """The prompt that records each answer, by the answer's id."""
        return {
            key: prompt
            for prompt in self.cards
            for key in by_answer_id((*prompt.fields, *prompt.plain))
        }

    @cached_property
    def prompts_of(self) -> Mapping[str, tuple[Prompt, ...]]:
        """The prompts that record each answer, by the answer's id: there may be several."""
        found: dict[str, tuple[Prompt, ...]] = {}
        for prompt in self.cards:
            for key in prompt.answer_ids:
                found[key] = (*found.get(key, ()), prompt)
        return found

    @cached_property
    def agreed(self) -> frozenset[str]:
        """The ids of the answers that clauses name."""
        clauses = (prompt.clause for prompt in self.cards if prompt.clause)
        return frozenset(key for clause in clauses for key in self.named_in(clause))

    def named_in(self, clause: Clause) -> set[str]:
        """Return the ids of the answers that a clause names, also by way of the contact.

        Among them are its plain sentences.
        """
        names = set(PLACEHOLDER.findall(clause.says))
        by_pair = self.contact.named_by if self.contact and "contact" in names else ""
        return names.union(clause.plain, filter(None, [by_pair]))

    @property
    def accept_document(self) -> Document | None:
        """The document to accept, if there is one."""
        return next((document for document in self.documents if document.accept), None)
