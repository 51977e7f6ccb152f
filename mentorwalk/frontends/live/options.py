"""The options that Tab opens over a card, and the line for a `/word` that `/` opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.card import Card
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.text import count
from mentorwalk.engine.frontend import Action, Command, Interrupted
from mentorwalk.frontends.card_pictures import turns
from mentorwalk.frontends.command_words import (
    ALONE,
    FIRST,
    LETTERS,
    MORE_TIME,
    action_words,
    actions_on,
    letters_for,
    typed_command,
)
from mentorwalk.frontends.live import footers
from mentorwalk.frontends.live.choosing import menu
from mentorwalk.frontends.live.pages import Page, command_page, header_of
from mentorwalk.frontends.live.prompt import Chose
from mentorwalk.frontends.live.prompts import line
from mentorwalk.frontends.live.screen import Tab

if TYPE_CHECKING:
    from mentorwalk.engine.frontend import ClockView
    from mentorwalk.frontends.live.screen import Screen

    Entry = Command | Literal[Chose.MORE, Chose.VIEW]
BACK_KEY = N_("{action} (Shift+Tab)")


@dataclass(frozen=True)
class Options:
    """What people can do besides answering."""

    screen: Screen

    def chosen(self, card: Card, watch: ClockView | None) -> Command | Interrupted | Tab:
        """Offer a few things first, then more; return Tab if they go back to the card."""
        actions = actions_on(card)
        first = tuple(each for each in _first_on(card) if each in actions)
        # Off the record is looked for in a hurry, so it stands in both.
        others = (each for each in actions if each not in FIRST or each is Action.OFF)
        more = () if card.alone else tuple(others)
        entries = _entries(card, first, more=bool(more), view=turns(card, self.screen.symbols))
        chosen = self._menu(card, watch, entries, _("Options"))
        if chosen is Chose.MORE:
            entries = _entries(card, more, more=False)
            chosen = self._menu(Card(ask=""), watch, entries, _("More options"))
        if chosen is Chose.VIEW and card.picture:
            self.screen.turn(card.picture)
        return chosen if isinstance(chosen, Command | Interrupted) else Tab()

    def typed(
        self, card: Card, page: Page, watch: ClockView | None
    ) -> str | Command | Interrupted | Tab:
        """Read a `/word` where nothing is being written down; return text that is an answer."""
        typed, complaints = "/", tuple[str, ...]()
        while True:
            prompt = line(typed, self.screen.symbols.pointer)
            result = self.screen.run(command_page(card, page, complaints), watch, prompt)
            if not isinstance(result, str):
                return result
            typed = result
            try:
                if command := typed_command(typed, card):
                    return command
            except Unreadable as error:
                complaints = (str(error),)
                continue
            if not typed.strip("/ "):
                return Tab()
            if card.types_through:
                return typed
            complaints = (_("Nothing is written down here. Tab leads back to the card."),)

    def _menu(
        self,
        card: Card,
        watch: ClockView | None,
        entries: dict[Entry, tuple[str, str]],
        title: str,
    ) -> Entry | Interrupted | Tab | None:
        page = Page(
            header_of(card),
            lambda drawing: drawing.body(Card(ask=title)),
            lambda: footers.beside(footers.CHOOSE, N_("a letter chooses at once"), footers.TO_CARD),
            timed=bool(card.steps),
        )
        prompt = menu(entries, self.screen.symbols.pointer)
        return self.screen.run(page, watch, prompt)


def _first_on(card: Card) -> tuple[Action, ...]:
    """Return what is offered first on a card: off the record, it begins with the way back."""
    if card.alone:
        return ALONE
    return tuple(dict.fromkeys((Action.OFF, *FIRST))) if card.off_record else FIRST


def _entries(
    card: Card, actions: tuple[Action, ...], *, more: bool, view: bool = False
) -> dict[Entry, tuple[str, str]]:
    """Return what a menu offers, with the letter, or digit, and the words of each entry."""
    options: dict[Entry, tuple[str, str]] = {}
    for action in actions:
        words = action_words(action, card)
        if action is Action.MORE_TIME:
            options |= {
                Command(action, minutes=each): (str(each), _more_time(each)) for each in MORE_TIME
            }
        else:
            options[Command(action)] = (
                LETTERS.get(action, action.value[0]),
                _(BACK_KEY).format(action=words) if action is Action.BACK else words,
            )
    if view:
        options[Chose.VIEW] = ("v", _("View: bars or wheel"))
    if more:
        options[Chose.MORE] = ("m", _("More ..."))
    letters = letters_for(options.values())
    shown = (shown for _letter, shown in options.values())
    return dict(zip(options, zip(letters, shown, strict=True), strict=True))


def _more_time(minutes: int) -> str:
    words = ngettext(
        "{number} minute more for this card", "{number} minutes more for this card", minutes
    ).format(number=count(minutes))
    return f"{words[0].upper()}{words[1:]}"
