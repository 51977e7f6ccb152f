"""One person at a frontend made for two: no talk, no clock, and “I don't know yet” is an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import Choice, Field
from mentorwalk.domain.answers import NOT_YET, UNKNOWN
from mentorwalk.domain.card import Card, Question, Recalled
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.prep_form import CHECK
from mentorwalk.domain.prep_wishes import SHARE, as_given
from mentorwalk.engine.frontend import Interrupted, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentorwalk.domain.session import Session
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        ClockView,
        Command,
        EditLine,
        Frontend,
        Proposal,
        Talked,
    )

LEAVING = N_("What would you like to do?")
GO_ON, STOP = N_("Go on"), N_("Stop and save; come back any time")
ROUGHLY = 5
"""Minutes to which the time that is left is rounded."""


@dataclass(frozen=True)
class SoloFrontend:
    """Asks one person, through a frontend."""

    frontend: Frontend
    form: Callable[[], Session]
    """Gives the form as it stands now."""

    def talk(self, card: Card, _watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show what there is to read."""
        return self.frontend.talk(self._card(card), None)

    def ask(
        self, card: Card, question: Question, _watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Ask for one answer; a card that is nothing but its question is not read twice."""
        ask = "" if card.ask == question.label else card.ask
        shown = replace(self._card(card), ask=ask, recalled=self._shared(question))
        return self.frontend.ask(shown, self._question(question), None)

    def settle(
        self, card: Card, sheet: list[Question], _watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show several answers together."""
        return self.frontend.settle(
            self._card(card), [self._question(each) for each in sheet], None
        )

    def decide(
        self, card: Card, proposal: Proposal, _watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Never asked for: one person agrees on nothing."""
        return self.frontend.decide(self._card(card), proposal, None)

    def pause(self, card: Card) -> Interrupted | None:
        """Wait until the person goes on."""
        return self.frontend.pause(self._card(card))

    def interrupted(self) -> Literal["go on", "stop"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        choices = (Choice(GO_ON, _(GO_ON)), Choice(STOP, _(STOP)))
        field = Field("leave", _(LEAVING), "select", choices=choices)
        today = self.form().today
        shown = tuple((choice.pick, choice.words) for choice in choices)
        question = Question(
            "leave", field, field.label, today, value=GO_ON, shown_as=shown, beside=True
        )
        reply = self.frontend.ask(Card(ask="", alone=True), question, None)
        stops = isinstance(reply, Interrupted) or reply == Said(STOP)
        return "stop" if stops else "go on"

    def _card(self, card: Card) -> Card:
        people, roles = self.form().people, self.form().agenda.roles
        own = f"{people.name(people.types)} ({getattr(roles, people.types).lower()})"
        return replace(
            card,
            alone=True,
            people=own if card.people else "",
            speaks="",
            place=time_left(self.form()) if card.place else "",
        )

    def _question(self, question: Question) -> Question:
        written = question.id in self.form().agenda.answerable
        return replace(question, unsure=written and not question.id.startswith((SHARE, CHECK)))

    def _shared(self, question: Question) -> tuple[Recalled, ...]:
        """What it is that may be shared, word for word."""
        form, key = self.form(), question.id.removeprefix(SHARE)
        value = form.answers.get(key)
        if key == question.id or value is None:
            return ()
        field = form.agenda.answerable[key]
        words = _(NOT_YET) if value == UNKNOWN else as_given(field, value, form.names)
        return (Recalled(_("You wrote"), words, beforehand=True),)


def time_left(form: Session) -> str:
    """How long the rest takes, in rough words: nobody is in a hurry here."""
    seconds = form.opened.plan.seconds
    cards = (form.current or "", *form.remaining())
    left = sum(seconds.get(card, 0) for card in cards)
    minutes = round(left / 60 / ROUGHLY) * ROUGHLY
    if not minutes:
        return _("a few minutes left")
    told = ngettext("about {number} minute left", "about {number} minutes left", minutes)
    return told.format(number=minutes)
