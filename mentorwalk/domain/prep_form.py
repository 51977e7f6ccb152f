"""The form to prepare with: an agenda made from an agenda, which one person walks through alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import TOPICS, CheckGroup, Phase, Prepare, Prompt
from mentorwalk.domain.alone import phases_alone
from mentorwalk.domain.answers import ITEM, UNKNOWN, Answer
from mentorwalk.domain.earlier import CarryOver, EarlierAnswer, ShownAnswer
from mentorwalk.domain.fields import OPEN_STEPS, Choice, Condition, Field
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import Prep, other_role
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import SHARE, prep_fields, sharing
from mentorwalk.domain.text import labelled
from mentorwalk.domain.values import INDENT, ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

CHECK, WISHES = "checklist.", "wishes"
"""The starts of the ids of what is ticked and of the wishes: no agenda can have such ids."""
PROMISE = "before.promise"
ONLY_ME = N_("Only for me")
"""A choice that the journal keeps in English, whatever language it is shown in."""
HOW = N_(
    "Any question may stay empty. “I don't know yet” is an answer: type ? for it. You can stop at "
    "any time and come back. Nothing leaves this computer by itself: at the end you choose what "
    "goes into a file, and see all of it before it is written."
)
FOR_BOTH = N_("For {name} too")
"""The other choice, which the journal keeps in English too, with the name."""
NOT_AGREED = N_(
    "Change what would suit you better. Enter keeps the rest as your wish; nothing is settled "
    "before you talk."
)
IN_WORDS, BY_MARK, A_SHEET = 2.0, 0.5, 1.0
"""The weights, in the form's time, of a question for own words, of another one, and of a sheet."""


def form_of(agenda: Agenda, role: Role) -> Agenda:
    """Return the form of one role: it begins with a promise, and ends with what is shared.

    That of an exercise has the exercise's own cards.
    """
    if agenda.kind == "exercise":
        asking = phases_alone(agenda, role)
        title, minutes = agenda.title, float(agenda.minutes)
    else:
        asking = (_questions(agenda, role), _wishes(agenda, role), _ready(agenda, role))
        title = _("Preparing: {title}").format(title=agenda.title)
        minutes = agenda.prepare.minutes
    phases = (_before(agenda), *asking, _shared(agenda, role))
    return replace(
        agenda,
        title=title,
        minutes=max(1, round(minutes)),
        shortest=0,
        longest=0,
        phases=tuple(phase for phase in phases if phase.prompts),
        stuck=(),
        prepare=Prepare(),
        meeting=None,
        next="",
        documents=(),
    )


def _before(agenda: Agenda) -> Phase:
    read = "\n\n".join(filter(None, (agenda.prepare.intro, _(HOW))))
    title = _("Before you begin")
    promise = Prompt(PROMISE, title, read=read, minutes=1)
    # Translators: in the line of phases, 12 letters at most; so are You, Wishes, Ready, Share.
    return Phase(_own_id(agenda, "before"), title, _("Before"), (promise,))


def _own_id(agenda: Agenda, name: str) -> str:
    """Return an id for something in a form that none of the cards and phases of an exercise has."""
    return f"form.{name}" if agenda.kind == "exercise" else name


def _questions(agenda: Agenda, role: Role) -> Phase:
    """Return a card for each question; one that depends on an answer is on the card before it."""
    cards: list[tuple[Field, ...]] = []
    for field in agenda.prepare.of(role):
        if field.when and cards:
            cards[-1] += (field,)
        else:
            cards.append((field,))
    prompts = (_asking(f"you.{fields[0].id}", fields[0].label, fields) for fields in cards)
    return Phase("you", _("You"), _("You"), tuple(prompts))


def _wishes(agenda: Agenda, role: Role) -> Phase:
    asked = prep_fields(agenda, role).items()
    ids = {field.id: key for key, field in asked if field.id in agenda.fields}
    prompts = [_only(prompt, ids) for prompt in agenda.prompts.values()]
    first = next((prompt for prompt in prompts if prompt.settle), None)
    cards = (replace(each, tip=_(NOT_AGREED)) if each is first else each for each in prompts)
    asking = tuple(card for card in cards if card.fields)
    return Phase(WISHES, _("What would suit you"), _("Wishes"), asking)


def _only(prompt: Prompt, ids: Mapping[str, str]) -> Prompt:
    """Return a card of the session with only what is asked beforehand, by answer ids.

    Its question is put to two people; one of them reads which part of the agreement it is about.
    """
    record, settle = (
        tuple(_beforehand(field, ids[field.id]) for field in fields if field.id in ids)
        for fields in (prompt.record, prompt.settle)
    )
    ask = prompt.clause.heading if prompt.clause else prompt.ask
    return _asking(f"{WISHES}.{prompt.id}", ask, record, settle)


def _beforehand(field: Field, key: str) -> Field:
    """Return a field of the session as one person is asked it; nothing in a form is required."""
    return replace(field, id=key, by="both", required=False)


def _ready(agenda: Agenda, role: Role) -> Phase:
    groups = enumerate(agenda.prepare.checklist, start=1)
    ticks = tuple(_ticked(number, group) for number, group in groups)
    checklist = _asking("ready.checklist", _("Tick what is ready. Nobody else sees it."), ticks)
    own = agenda.aside.of(role)
    aside = Prompt("ready.aside", _("For your eyes only"), read=own, minutes=1)
    prompts = [checklist] * bool(ticks) + [aside] * bool(aside.read)
    return Phase("ready", _("Ready"), _("Ready"), tuple(prompts))


def _ticked(number: int, group: CheckGroup) -> Field:
    choices = tuple(Choice(item) for item in group.items)
    return Field(f"{CHECK}{number}", group.group, "checkbox", choices=choices, share="never")


def _shared(agenda: Agenda, role: Role) -> Phase:
    """Return the card about sharing: own words are asked about one by one, the rest on a sheet."""
    asked = prep_fields(agenda, role)
    own = _own_questions(agenda, role)
    rules = {key: sharing(field) for key, field in asked.items()}
    one_by_one = [_share(key, asked[key], role) for key in asked if rules[key] == "ask"]
    sheet = [_share(key, asked[key], role) for key in asked if rules[key] == "yes" and key in own]
    if any(rule == "yes" and key not in own for key, rule in rules.items()):
        wishes = Field(WISHES, _("What would suit you"), share="yes")
        sheet.append(_switch(_all_wishes(asked), wishes, role))
    ask = _("What may {name} see?").format(name=f"{{{other_role(role)}}}")
    card_id = _own_id(agenda, "share")
    card = _asking(card_id, ask, tuple(one_by_one), tuple(sheet))
    return Phase(card_id, _("What is shared"), _("Share"), (card,) if card.fields else ())


def _share(key: str, field: Field, role: Role) -> Field:
    """Return the question whether an answer is shared, which is asked if there is one."""
    return replace(_switch(key, field, role), when=(Condition(key, ()), *field.when))


def _switch(key: str, field: Field, role: Role) -> Field:
    name = f"{{{other_role(role)}}}"
    may = FOR_BOTH.format(name=name)
    default = may if sharing(field) == "yes" else ONLY_ME
    choices = (Choice(ONLY_ME, _(ONLY_ME)), Choice(may, _(FOR_BOTH).format(name=name)))
    label = _("Share “{label}”").format(label=_of_all(field.label))
    return Field(f"{SHARE}{key}", label, "select", choices=choices, default=default)


def _all_wishes(asked: Mapping[str, Field]) -> str:
    """Return the id of the one switch for all wishes, if need be another one than a field's."""
    return f"all.{WISHES}" if WISHES in asked else WISHES


def _asking(
    id_: str, ask: str, record: tuple[Field, ...], settle: tuple[Field, ...] = ()
) -> Prompt:
    minutes = sum(IN_WORDS if field.type in ("text", "list") else BY_MARK for field in record)
    return Prompt(
        id_, ask, minutes=(minutes + A_SHEET * bool(settle)) or 1, record=record, settle=settle
    )


def switches_of(agenda: Agenda, role: Role) -> Mapping[str, str]:
    """Return which switch decides whether an answer is shared, by answer id.

    That is the answer's own switch, or the one for all wishes.
    """
    own = _own_questions(agenda, role)
    asked = prep_fields(agenda, role)
    wishes = _all_wishes(asked)
    return {
        key: key if key in own or sharing(field) == "ask" else wishes
        for key, field in asked.items()
    }


def _own_questions(agenda: Agenda, role: Role) -> AbstractSet[str]:
    """Return the ids of the answers that are about this person, and no wishes for a session."""
    if agenda.kind == "exercise":
        return prep_fields(agenda, role).keys()
    return {field.id for field in agenda.prepare.of(role)}


def labels_of(agenda: Agenda, role: Role) -> Mapping[str, str]:
    """Return what one person is asked, by answer id; a wish with the heading of its clause.

    Names are not filled in.
    """
    prompts, labels = agenda.prompt_of, {}
    for key, field in prep_fields(agenda, role).items():
        clause = prompts[key].clause if key in prompts else None
        label = _of_all(field.label)
        labels[key] = f"{clause.heading}: {label}" if clause else label
    return labels


def _of_all(label: str) -> str:
    """Return a label that names no item, because it is about all of them."""
    return fill_in(label, {ITEM: "…"})


def prep_of(agenda: Agenda, form: Session, *, decided: bool = True) -> Prep:
    """Return what a person chose to share of a form that was made from this agenda.

    If they have not `decided`, nothing is shared that they would have to be asked about.
    """
    role = form.people.types
    shared = list(_shared_answers(agenda, form, role, decided=decided))
    known = {each.field.id: each.value for each in shared if each.value not in (None, UNKNOWN)}
    unknown = tuple(each.field.id for each in shared if each.value == UNKNOWN)
    day = form.today if is_dated(agenda) else None
    return Prep(agenda.id, role, form.people.name(role), known, unknown, day)


def is_dated(agenda: Agenda) -> bool:
    """Return whether what is prepared says its day: the agenda may be walked more than once."""
    prompts = agenda.prompts.values()
    goes_on = any(each.again or {TOPICS, OPEN_STEPS} & {*each.recall} for each in prompts)
    return goes_on or agenda.kind == "exercise"


def _shared_answers(
    agenda: Agenda, form: Session, role: Role, *, decided: bool
) -> Iterator[Answer]:
    switches = switches_of(agenda, role)
    for key, field in prep_fields(agenda, role).items():
        answer, rule = form.answer(key), sharing(field)
        if answer.empty or rule == "never":
            continue
        shared, switch = rule == "yes", f"{SHARE}{switches[key]}"
        if switch in form.answers:
            # None is a decision that was taken back or struck: nothing is shared then.
            shared = form.answers[switch] not in (None, ONLY_ME) and (shared or decided)
        if shared:
            yield answer


@dataclass(frozen=True)
class Preparation:
    """What one person prepared: their form, and the agenda it was made from."""

    agenda: Agenda
    form: Session

    @property
    def prep(self) -> Prep:
        """What the person chose to share."""
        return prep_of(self.agenda, self.form)

    @property
    def asked(self) -> Mapping[str, str]:
        """What was asked and can be shared, by answer id; a wish with its clause's heading."""
        labels = labels_of(self.agenda, self.form.people.types).items()
        return {key: fill_in(label, self.form.names) for key, label in labels}

    def seen(self, prep: Prep) -> str:
        """Return a preparation as the other person reads it."""
        answers = {**prep.answers, **dict.fromkeys(prep.unknown, UNKNOWN)}
        parts = [f"{prep.name}, {fill_in(self.agenda.title, self.form.names)}"]
        for phase in self.form.agenda.phases:
            parts += [self._part(prompt, answers) for prompt in phase.prompts]
        return "\n\n".join(filter(None, parts))

    def _part(self, prompt: Prompt, answers: Mapping[str, Value]) -> str:
        """Return the answers of one card; wishes come below the question."""
        fields = [field for field in prompt.fields if field.id in answers]
        lines = [_block(Answer(each, answers[each.id], self.form.names)) for each in fields]
        if lines and prompt.id.startswith(f"{WISHES}."):
            lines.insert(0, fill_in(prompt.ask, self.form.names))
        return "\n".join(lines)

    def kept(self) -> str:
        """Return what was written down and not shared, for nobody but its writer."""
        prep, own = self.prep, _own_questions(self.agenda, self.form.people.types)
        asked = prep_fields(self.agenda, self.form.people.types)
        answers = [self.form.answer(key) for key in asked if key in own and key not in prep.answers]
        known = [each for each in answers if not each.empty and each.value != UNKNOWN]
        return "\n\n".join(map(_block, known))

    @property
    def unasked(self) -> Collection[ShownAnswer]:
        """What is kept though the form does not ask it any more."""
        return self.form.opened.carried.shown.values()

    def as_before(self, day: date) -> CarryOver:
        """Return it as what comes along into a form that is begun anew, with its day."""
        asked = prep_fields(self.agenda, self.form.people.types)
        answers = {key: self.form.answer(key) for key in asked}
        return CarryOver(
            session=self.agenda.id,
            earlier={
                key: EarlierAnswer(day, answer.value)
                for key, answer in answers.items()
                if answer.value not in (None, UNKNOWN) and not answer.empty
            },
        )

    def whole(self) -> str:
        """Return everything that was written and ticked, for nobody but its writer."""
        shared = {*self.prep.answers, *self.prep.unknown}
        lines = [self.form.agenda.title]
        for phase in self.form.agenda.phases:
            fields = [field for prompt in phase.prompts for field in prompt.fields]
            asked = (self.form.answer(f.id) for f in fields if not f.id.startswith(SHARE))
            answers = [answer for answer in asked if not answer.empty]
            lines += ["", phase.title] * bool(answers)
            for answer in answers:
                line = _line(answer)
                marked = _("{answer} (shared)").format(answer=line)
                lines.append(f"- {marked if answer.field.id in shared else line}")
        if kept := self.unasked:
            lines += ["", _("Kept, though it is not asked any more")]
            lines += [f"- {labelled(each.label, each.words)}" for each in kept]
        return "\n".join(lines)


def _line(answer: Answer) -> str:
    return labelled(answer.label, answer.given)


def _block(answer: Answer) -> str:
    """Return an answer after its label, or below it if it is in somebody's own words."""
    if answer.value == UNKNOWN:
        return _line(answer)
    match answer.value:
        case ByItem(pairs) if answer.field.asks_items:
            said = (labelled(item, answer.about(item).given) for item, _value in pairs)
            return "\n".join((answer.label, *(f"- {each}" for each in said)))
        case Outline():
            lines = (f"{INDENT * depth}- {label}" for depth, label in answer.value.lines)
            return "\n".join((answer.label, *lines))
    match answer.field.type:
        case "text":
            return f"{answer.label}\n{answer.given}"
        case "list":
            return "\n".join((answer.label, *(f"- {item.given}" for item in answer.items)))
        case _:
            return _line(answer)


def stand_in_of(agenda: Agenda, role: Role) -> str:
    """Return what the other person is called until there is a name: `your mentor`."""
    return agenda.stand_in(other_role(role))


def asked_part(form: Agenda) -> Agenda:
    """Return the part of a form that asks: without what is ticked, and what is shared."""
    return replace(form, phases=tuple(filter(_asks, form.phases)))


def _asks(phase: Phase) -> bool:
    fields = (field for prompt in phase.prompts for field in prompt.fields)
    return any(not field.id.startswith((CHECK, SHARE)) for field in fields)
