"""The agreement on the live screen: it is read, and then the two say what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings

from mentorwalk.domain.i18n import N_, _
from mentorwalk.engine.frontend import Action, Command, Interrupted, PutBack, Reword, Said
from mentorwalk.frontends.agreement_words import ways_to_accept
from mentorwalk.frontends.command_words import letters_for
from mentorwalk.frontends.live.choosing import unmarked
from mentorwalk.frontends.live.pager import leave
from mentorwalk.frontends.live.pages import Bookmark, reading_page, yes_page
from mentorwalk.frontends.live.prompt import Chose, Prompt, ending_with
from mentorwalk.frontends.live.screen import Tab
from mentorwalk.frontends.messages import NOTHING_CHOSEN

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.engine.frontend import ClockView, Proposal
    from mentorwalk.frontends.live.pager import Pager

CHANGE_IT = N_("change a sentence")
DRAFT_UNREAD = N_("keep it as a draft")
STAYS_UNREAD = N_("it stays as it is")
UNREAD = N_("There is more to read first: PgDn shows it.")


@dataclass(frozen=True)
class AgreementPages:
    """The pages of an agreement, or of what changed in it since a yes."""

    pager: Pager
    card: Card
    proposal: Proposal
    watch: ClockView | None

    def decided(self) -> Said | Reword | PutBack | Command | Interrupted:
        """Show them, and return what becomes of the agreement.

        What was read, or reworded since, is not shown whole again, unless they go back to it.
        """
        if self.proposal.yes_again:
            return self._chosen()
        bookmark = Bookmark()
        known = self.proposal.known or self.proposal.rewording is not None
        while True:
            if known and (reply := self._chosen()) != Command(Action.BACK):
                return reply
            known = False
            read = self._read(bookmark)
            if not isinstance(read, Bookmark):
                return read
            reply = self._chosen()
            if reply != Command(Action.BACK):
                return reply

    def _read(self, bookmark: Bookmark) -> Bookmark | Said | Reword | Command | Interrupted:
        """Show the agreement alone, page by page; who sees what is wrong may change it there.

        Who changes nothing may leave it unread.
        """
        unchanged = self.proposal.unchanged
        is_draft = unchanged == Said("draft")
        words = [_(CHANGE_IT), _(DRAFT_UNREAD if is_draft else STAYS_UNREAD)]
        letters = letters_for(zip(("c", "d" if is_draft else "s"), words, strict=True))
        keys = KeyBindings()
        keys.add("enter")(ending_with(bookmark))
        for letter, result in zip(letters, (Reword(read=False), unchanged), strict=True):
            keys.add(letter)(ending_with(result))
        told = [f"{letter}: {each}" for letter, each in zip(letters, words, strict=True)]
        page = reading_page(self.card, self.proposal, told, bookmark)
        while True:
            # An application is laid out for one page only, so each showing needs its own.
            prompt = Prompt[Bookmark | Said | Reword](keys=keys)
            if not isinstance(reply := self.pager.shown(self.card, page, self.watch, prompt), Tab):
                return reply

    def _chosen(self) -> Said | Reword | PutBack | Command | Interrupted:
        """Let the two choose what becomes of the agreement; an Enter alone is no answer."""
        complaint, bookmark, ways = "", Bookmark(), ways_to_accept(self.proposal)
        while True:
            prompt = unmarked(ways, self.pager.pointer)
            prompt.keys.add("escape")(leave)
            page = yes_page(self.card, self.proposal, complaint, bookmark)
            result = self.pager.shown(self.card, page, self.watch, prompt)
            if isinstance(result, Command | Interrupted):
                return result
            if isinstance(result, Said | Reword | PutBack) and bookmark.to_end:
                return result
            undecided = result in (Chose.NOTHING, Chose.UNDECIDED)
            complaint = _(NOTHING_CHOSEN) if undecided else ""
            complaint = complaint if bookmark.to_end else _(UNREAD)
