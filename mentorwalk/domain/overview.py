"""The overview of an agenda: its cards with their times for one length, and who speaks how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.domain.conditions import in_words
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import plan
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda, Phase, Prompt
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.planning import Plan


@dataclass(frozen=True)
class CardLine:
    """One card in a list."""

    id: str
    ask: str
    who: str
    """Who speaks, and who of both begins."""
    seconds: int = 0
    written: tuple[str, ...] = ()
    """The labels of what is written down."""
    marks: tuple[str, ...] = ()
    """Remarks, in a few words each."""


@dataclass(frozen=True)
class PhaseLine:
    """One phase and its cards."""

    title: str
    short: str
    aim: str
    begins: int
    """The second of the session at which it begins."""
    seconds: int
    cards: tuple[CardLine, ...]


@dataclass(frozen=True)
class Overview:
    """What a facilitator wants to see of an agenda before anybody walks through it."""

    title: str
    when_to_use: str
    about: str
    minutes: int
    lengths: tuple[int, int]
    phases: tuple[PhaseLine, ...]
    left_out: tuple[CardLine, ...]
    """Cards that are only in longer sessions."""
    extra: tuple[CardLine, ...]
    """Cards that the pair can pull in."""
    shares: tuple[tuple[str, int], ...]
    """The share of each speaker, in percent; time in which both speak is halved."""
    asides: tuple[tuple[str, str], ...]
    """Who reads something alone, and what."""
    how_to_hold: str
    """What the mentor reads alone."""
    stuck: tuple[str, ...]
    """What to try when the talk stalls, on any card."""
    prepared: tuple[tuple[str, int], ...]
    """Who fills in a form beforehand, and its number of questions."""
    files: tuple[str, ...]
    """The files of the documents."""
    written: tuple[str, ...]
    """The labels of what is written down in any case, and is not private."""
    alone: bool
    """Whether one of the two can do it alone."""

    @property
    def cards(self) -> int:
        """The number of planned cards."""
        return sum(len(phase.cards) for phase in self.phases)


def overview_of(agenda: Agenda, minutes: int) -> Overview:
    """Return the overview of an agenda for a session of so many minutes.

    Raises:
        InputError: It cannot be planned for that length.
    """
    planned, names = plan(agenda, minutes), agenda.names
    beyond = [card for card in agenda.prompts.values() if card.id not in planned.seconds]
    asides = ((agenda.roles.of(role), agenda.aside.of(role)) for role in ROLES)
    return Overview(
        title=fill_in(agenda.title, names),
        when_to_use=fill_in(agenda.when_to_use, names),
        about=fill_in(agenda.about, names),
        minutes=minutes,
        lengths=agenda.lengths,
        phases=_phases(agenda, planned, names),
        left_out=tuple(_card(agenda, card, names) for card in beyond if not card.extra),
        extra=tuple(_card(agenda, card, names) for card in beyond if card.extra),
        shares=_shares(agenda, planned),
        asides=tuple((whose, fill_in(text, names)) for whose, text in asides if text),
        how_to_hold=fill_in(agenda.aside.mentor, names),
        stuck=tuple(fill_in(hint, names) for hint in agenda.stuck),
        prepared=_prepared(agenda),
        files=tuple(document.file for document in agenda.documents),
        written=tuple(dict.fromkeys(_written(agenda, planned, names))),
        alone=agenda.kind == "exercise",
    )


def _phases(agenda: Agenda, planned: Plan, names: Mapping[str, str]) -> tuple[PhaseLine, ...]:
    lines: list[PhaseLine] = []
    begins = 0
    for phase in agenda.phases:
        cards = [
            _card(agenda, card, names, planned.seconds[card.id])
            for card in phase.prompts
            if card.id in planned.seconds
        ]
        if cards:
            lines.append(_phase(phase, tuple(cards), begins, names))
            begins += lines[-1].seconds
    return tuple(lines)


def _phase(
    phase: Phase, cards: tuple[CardLine, ...], begins: int, names: Mapping[str, str]
) -> PhaseLine:
    return PhaseLine(
        fill_in(phase.title, names),
        phase.short,
        fill_in(phase.aim, names),
        begins,
        sum(card.seconds for card in cards),
        cards,
    )


def _card(agenda: Agenda, card: Prompt, names: Mapping[str, str], seconds: int = 0) -> CardLine:
    return CardLine(
        card.id,
        fill_in(card.ask, names),
        _who(agenda, card),
        seconds,
        tuple(_label(agenda, field, names) for field in card.fields),
        (*_conditions(agenda, card, names), *_marks(agenda, card)),
    )


def _written(agenda: Agenda, planned: Plan, names: Mapping[str, str]) -> Iterator[str]:
    for card in agenda.prompts.values():
        asked = () if card.id not in planned.seconds or card.when else card.fields
        for field in asked:
            if not field.when and not field.private and not field.asks_steps:
                yield fill_in(field.label, {**names, "item": "…"})


def _who(agenda: Agenda, card: Prompt) -> str:
    if card.to != "both":
        return _("{who} alone").format(who=agenda.roles.of(card.to))
    first = agenda.roles.of(card.first) if card.first else ""
    return (_("both, {who} first") if first else _("both")).format(who=first)


def _label(agenda: Agenda, field: Field, names: Mapping[str, str]) -> str:
    remarks = [_("each")] * (field.by == "each") + [_("in private")] * field.private
    if field.asks_items:
        # Translators: {label} is a question, for each answer to which another one is asked.
        each = _("for each of “{label}”").format(label=_asked(agenda, field.each_of, names))
        remarks.append(each)
    words = {**names, "item": _("each open step") if field.asks_steps else "…"}
    return fill_in(field.label, words) + (" (" + _(", ").join(remarks) + ")" if remarks else "")


def _asked(agenda: Agenda, key: str, names: Mapping[str, str]) -> str:
    """Return the label of the question to an answer; of another agenda's, its id."""
    field = agenda.answerable.get(key) or agenda.fields.get(key)
    return fill_in(field.label, {"item": "…", **names}) if field else key


def _conditions(agenda: Agenda, card: Prompt, names: Mapping[str, str]) -> Iterator[str]:
    """Yield after which answers a card is walked."""
    for condition in card.when:
        question = _asked(agenda, condition.field, names)
        answers = [f"“{in_words(fill_in(each, names))}”" for each in condition.any_of]
        if len(answers) > 1:
            only = _("only if “{question}” has one of these answers: {answers}")
        else:
            only = _("only if “{question}” has the answer {answers}")
        only = only if answers else _("only if “{question}” has an answer")
        yield only.format(question=question, answers=_(", ").join(answers))


_DRAWN = {
    "bars": N_("shows bars"),
    "wheel": N_("shows a wheel"),
    "ranking": N_("shows an order"),
    "columns": N_("shows columns"),
    "tree": N_("shows a tree"),
    "line": N_("shows a line"),
}
"""What a card shows, by the kind of its picture."""


def _marks(agenda: Agenda, card: Prompt) -> Iterable[str]:
    if card.picture:
        yield _(_DRAWN[card.picture.kind])
    if card.read:
        yield _("words to be read aloud")
    if card.glance:
        yield _("shows the hour at a glance")
    if card.review:
        yield _("shows every line once more")
    if card.accept and agenda.accept_document:
        yield _("shows the agreement")
    if card.keep:
        yield _("kept when time runs out")
    if card.at_least > agenda.lengths[0]:
        begins = ngettext("from {number} minute on", "from {number} minutes on", card.at_least)
        yield begins.format(number=card.at_least)


def _shares(agenda: Agenda, planned: Plan) -> tuple[tuple[str, int], ...]:
    """Return the shares of the two speakers, in percent that sum to 100."""
    mentor = sum(
        slot.seconds * {"mentor": 2, "both": 1, "mentee": 0}[agenda.prompts[slot.prompt].to]
        for slot in planned.slots
    )
    share = round(100 * mentor / (2 * planned.minutes * 60))
    return ((agenda.roles.mentor, share), (agenda.roles.mentee, 100 - share))


def _prepared(agenda: Agenda) -> tuple[tuple[str, int], ...]:
    """Return who fills in a form, and its questions, with those of the session asked beforehand."""
    counted = []
    for role in ROLES:
        own = len(agenda.prepare.of(role))
        early = sum(field.prepare in (role, "both") for field in agenda.fields.values())
        counted.append((agenda.roles.of(role), own + early))
    return tuple((who, questions) for who, questions in counted if questions)
