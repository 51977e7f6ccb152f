"""One page at a time: what ends it, and the options that Tab opens over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorwalk.engine.frontend import Action, Command
from mentorwalk.frontends.clock_words import next_style
from mentorwalk.frontends.live.options import Options
from mentorwalk.frontends.live.prompt import ending_with
from mentorwalk.frontends.live.screen import Tab

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.engine.frontend import ClockView, Interrupted
    from mentorwalk.frontends.live.pages import Page
    from mentorwalk.frontends.live.prompt import Prompt, Result
    from mentorwalk.frontends.live.screen import Screen, Typing

leave = ending_with(Command(Action.BACK))
"""What Escape does on a page that was opened over another one."""


@dataclass(frozen=True)
class Pager:
    """Shows pages on the screen, one at a time."""

    screen: Screen

    @property
    def pointer(self) -> str:
        """The sign before what is chosen, or before what is typed."""
        return self.screen.symbols.pointer

    def shown(
        self,
        card: Card,
        page: Page,
        watch: ClockView | None,
        prompt: Prompt[Result],
        typing: Typing | None = None,
    ) -> Result | Tab | Command | Interrupted:
        """Return how a page ended; after a Tab the caller shows it again."""
        if card.goes_back:
            prompt.keys.add("escape")(leave)
        result = self.screen.run(page, watch, prompt, typing)
        if isinstance(result, Tab):
            if result.back and (card.steps or card.goes_back):
                return Command(Action.BACK)
            if card.steps:
                return self.on_the_spot(Options(self.screen).chosen(card, watch))
        return result

    def typed(
        self, card: Card, page: Page, watch: ClockView | None
    ) -> str | Command | Interrupted | Tab:
        """Return the `/word` that is typed below a page, or text that begins an answer."""
        return self.on_the_spot(Options(self.screen).typed(card, page, watch))

    def on_the_spot(self, reply: Result) -> Result | Tab:
        """Change the look of the clock, which needs no walk; hand on any other reply."""
        if isinstance(reply, Command) and reply.action is Action.CLOCK:
            self.screen.clock = next_style(self.screen.clock)
            return Tab()
        return reply
