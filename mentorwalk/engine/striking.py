"""Striking a line of what was written down: all of it or one item, with all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import named_in, without_items
from mentorwalk.domain.asking import brought_of
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.events import Struck
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.prep_wishes import parts_along, struck_beforehand
from mentorwalk.domain.sources import hanging_on, items_of
from mentorwalk.domain.text import folded, join_words, with_full_stop
from mentorwalk.domain.values import ByItem, Outline
from mentorwalk.engine.dialog import RecordedDialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.open_steps import OpenStep
    from mentorwalk.domain.question import Question

NO, YES = N_("No, leave it"), N_("Yes, strike it")
HANGS: Mapping[str, str] = {
    "ratings": N_("its number"),
    "ranking": N_("its place"),
    "each": N_("its meaning"),
}
"""What goes with an item that is struck, by the type of the field that is about it."""


@dataclass(frozen=True)
class Striking(RecordedDialog):
    """Asks what of an answer is struck, and records that it is.

    Every method may raise `DialogLeft`.
    """

    def strike(self, question: Question, current: str) -> bool:
        """Ask whether an answer, or a line of it, is struck; return whether it was.

        Args:
            question: The answer.
            current: How it reads.
        """
        lines = _strikable_lines(question)
        place = self._chosen(lines)
        line = "" if place is None else lines[place]
        value: Value | None = (line,) if line else question.value
        also = struck_beforehand(self.session, question.id, value)
        along = hanging_on(self.session.agenda, question.id)
        words = frozenset(map(folded, (line,) if line else items_of(question.answer)))
        label = _strike_label(line or current, also.values(), self._hanging(along, words))
        if step := self.session.item_of(question.field):
            label = _strike_step(question, step)
        elif day := self._papers_of((question.id, *along), words):
            papers = _("It also stands in the papers of {day}.").format(day=day)
            label = f"{with_full_stop(label)} {papers}"
        elif question.id in self.session.opened.carried.answers:
            papers = _("It also stands in the papers of your earlier meetings.")
            label = f"{with_full_stop(label)} {papers}"
        # No comes first, for an Enter too many: what is struck cannot be brought back.
        sure = self.dialog.choose("strike", label, {_(NO): False, _(YES): True})
        if sure:
            by_item = line if isinstance(question.value, ByItem) else question.item
            self.recorder.record(
                Struck,
                field=question.id,
                item=by_item,
                place=f"{place}/{len(lines)}" if line and not by_item else "",
                along=along,
                # A whole answer goes by its id; words are only for what is one among others.
                words=words if along or line else frozenset(),
                beforehand=tuple(also),
            )
        return sure

    def strike_brought(self, question: Question, current: str) -> None:
        """Ask whether what somebody did alone is struck, or a line of it, and strike it.

        A line goes with all that the exercise says of it.

        Args:
            question: What was done alone.
            current: How it reads.
        """
        lines = () if isinstance(question.value, Outline) else _strikable_lines(question)
        number = self._chosen(lines)
        line = "" if number is None else lines[number]
        # All the numbers of an answer are struck without what else is said of those items.
        repeated = (line,) if line else question.value
        others = (
            {} if isinstance(repeated, ByItem) else struck_beforehand(self.session, "", repeated)
        )
        taken = {**parts_along(self.session, question.id, number), **others}
        about = (
            each.field
            for each in brought_of(self.session)
            if line and any(place.startswith(f"{each.id} ") for place in taken)
        )
        label = _strike_label(line or current, others.values(), _going_with(about))
        if self.dialog.choose("strike", label, {_(NO): False, _(YES): True}):
            self.recorder.record(Struck, field="", beforehand=tuple(taken))

    def _chosen(self, lines: tuple[str, ...]) -> int | None:
        """Ask which line is struck, if there are several; return its place, None for all of it."""
        if len(lines) < 2:
            return None
        places = {line: place for place, line in enumerate(lines)}
        choices: dict[str, int | None] = {_("All of it"): None, **places}
        return self.dialog.choose("line", _("Strike all of it, or one line?"), choices)

    def _hanging(self, along: Iterable[str], words: frozenset[str]) -> tuple[str, ...]:
        """Return what goes with what is struck, in words, as far as something was said about it."""
        said = {key: self.session.answers.get(key) for key in along}
        taken = [key for key, value in said.items() if without_items(value, words) != value]
        return _going_with(self.session.agenda.answerable[key] for key in taken)

    def _papers_of(self, keys: Iterable[str], words: frozenset[str]) -> str:
        """Return the day of an earlier run in which the same was named; empty if there is none."""
        before = self.session.opened.carried.earlier
        earlier = (before[key] for key in keys if key in before)
        named = (e for e in earlier if not words.isdisjoint(map(folded, named_in(e.value))))
        return next((day_of_month(each.day) for each in named), "")


def _going_with(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return what some fields say of an item, in words."""
    kinds = ("each" if field.asks_items else field.type for field in fields)
    return tuple(dict.fromkeys(_(HANGS[kind]) for kind in kinds if kind in HANGS))


def _strikable_lines(question: Question) -> tuple[str, ...]:
    """Return the lines of an answer that can be struck one by one; sentences are on their sheet."""
    if question.item or question.field.has_sentences:
        return ()
    match question.value:
        case Outline() as outline:
            return outline.items
        case tuple() | ByItem() as items:
            return tuple(items)
        case _:
            return ()


def _strike_step(question: Question, step: OpenStep) -> str:
    """Return the question whether an open step is struck, and where else it stands."""
    label = _("Strike it? It is erased here: “{words}”. It also stands in the papers of {day}.")
    return label.format(words=question.label, day=day_of_month(step.since))


def _strike_label(current: str, also: Iterable[str], hanging: tuple[str, ...]) -> str:
    """Return the question whether a line is struck, with all that is erased."""
    others = {
        folded(text): f"“{text}”" for text in also if folded(text) not in ("", folded(current))
    }
    label = _("Strike it? It is erased: “{words}”")
    if hanging:
        label = _("Strike it? It is erased: “{words}”, with {what}")
    if others:
        label = _("Strike it? It is erased: “{words}”, and what was written beforehand: {others}")
    if others and hanging:
        label = _(
            "Strike it? It is erased: “{words}”, with {what}, and what was written beforehand: "
            "{others}"
        )
    what = join_words([*hanging]) if hanging else ""
    return label.format(words=current, what=what, others=_(", ").join(others.values()))
