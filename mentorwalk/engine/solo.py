"""One person at a frontend made for two: no talk and no clock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.asking import asked_of, sheet_of
from mentorwalk.domain.card import Card, Recalled
from mentorwalk.domain.fields import SEVERAL
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.prep_form import CHECK
from mentorwalk.domain.prep_wishes import SHARE
from mentorwalk.engine.dialog import Dialog, DialogLeft
from mentorwalk.engine.frontend import Interrupted
from mentorwalk.engine.presenter import Presenter

if TYPE_CHECKING:
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import AcceptSheet, Command, EditLine, Said

LEAVING = N_("What would you like to do?")
GO_ON, STOP = N_("Go on"), N_("Stop and save; come back any time")


class SoloPresenter(Presenter):
    """Shows a form to the one person who fills it in."""

    @property
    def clock(self) -> None:
        """None: one person is in no hurry."""

    def present(self, card: Card) -> Card:
        """Return a card with this one person on it, and about how long the rest takes."""
        if card.alone:
            return card
        people = self.session.people
        own = f"{people.name(people.types)} ({self.session.agenda.role_within(people.types)})"
        return replace(
            card,
            alone=True,
            people=own if card.people else "",
            speaks="",
            place=time_left(self.session, 0) if card.place and self.style.unsure else "",
        )

    def ask(
        self, card: Card, question: Question, *, timed: bool = True
    ) -> Said | Command | Interrupted:
        """Ask for one answer; a card that is nothing but its question is not read twice."""
        ask = "" if card.ask == question.label else card.ask
        recalled = self._to_be_shared(question) or _at_hand(card.recalled)
        card = replace(self.present(card), ask=ask, recalled=recalled)
        card = replace(card, place=self._left_from(question) if card.place else "")
        return super().ask(card, self._question(question), timed=timed)

    def settle(
        self, card: Card, sheet: list[Question]
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show several answers together."""
        card = self.present(card)
        card = replace(card, place=self._left_from(sheet[0]) if card.place else "")
        return super().settle(card, [self._question(each) for each in sheet])

    def interrupted(self) -> Literal["go on", "stop"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        dialog = replace(Dialog.within(self), frame=lambda: Card(ask="", alone=True))
        choices: dict[str, Literal["go on", "stop"]] = {_(GO_ON): "go on", _(STOP): "stop"}
        try:
            return dialog.choose("leave", _(LEAVING), choices)
        except DialogLeft as left:
            return "stop" if isinstance(left.reply, Interrupted) else "go on"

    def _question(self, question: Question) -> Question:
        written = self.style.unsure and question.id in self.session.agenda.answerable
        several = question.field.type in SEVERAL
        unsure = written and not several and not question.id.startswith((SHARE, CHECK))
        return replace(question, unsure=unsure, never_empty=question.id.startswith(SHARE))

    def _left_from(self, question: Question) -> str:
        """Return how long the rest takes from a question of the current card on."""
        prompt = self.session.agenda.prompt_of[question.id]
        asked = [each.key for each in asked_of(self.session, prompt)]
        before = asked.index(question.key) if question.key in asked else len(asked)
        return time_left(self.session, before / (len(asked) + bool(sheet_of(self.session, prompt))))

    def _to_be_shared(self, question: Question) -> tuple[Recalled, ...]:
        """The answer whose sharing is asked about, word for word; empty for other questions."""
        form, key = self.session, question.id.removeprefix(SHARE)
        if key == question.id or form.answers.get(key) is None:
            return ()
        return (Recalled(_("You wrote"), form.answer(key).given, at_hand=True, to_share=True),)


def _at_hand(recalled: tuple[Recalled, ...]) -> tuple[Recalled, ...]:
    """Return what a card recalls as it stands beside its questions: no talk has shown it before."""
    return tuple(replace(each, at_hand=True) for each in recalled)


def time_left(form: Session, done: float) -> str:
    """Return about how long the rest takes, once a share of the current card is `done`."""
    seconds = form.opened.plan.seconds
    here = seconds.get(form.current or "", 0) * (1 - done)
    left = here + sum(seconds.get(prompt, 0) for prompt in filter(form.expects, form.ahead()))
    if left < 60:
        return _("less than a minute left")
    minutes = round(left / 60)
    words = ngettext("about {number} minute left", "about {number} minutes left", minutes)
    return words.format(number=minutes)
