"""A card's sheet: its empty lines are asked about first, then it is shown until all is kept.

Where each line was asked about, one after another, there is nothing left to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from mentorwalk.domain.asking import sheet_of
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.clauses import said_by
from mentorwalk.domain.i18n import _
from mentorwalk.domain.sheet import lines_of, only_sentences
from mentorwalk.engine.frontend import AcceptSheet, Action, Command, EditLine, Reply, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.sheet import SheetLine
    from mentorwalk.engine.frontend import Interrupted
    from mentorwalk.engine.presenter import Presenter

BACK = Command(Action.BACK)


class CardChanged:
    """Instead of a reply: the stops of the card have to be laid out anew."""


Outcome = Reply | CardChanged
"""What comes of a stop."""
ShowStop = Callable[[Callable[["Card"], Reply]], Outcome]
"""Shows a stop of the current card until there is a reply that moves on from it."""


@dataclass
class Sheets:
    """Settles what stands on sheets, and knows which lines were asked about."""

    presenter: Presenter
    _weighed: set[str] = field(default_factory=set, init=False)
    """The answers about which the two were asked because their wishes differed."""
    _asked: list[str] = field(default_factory=list, init=False)
    """The lines that were asked about since the card was entered, in order."""

    def enter(self) -> None:
        """Forget which lines were asked about: each visit of a card asks once."""
        self._asked.clear()

    def settle(self, prompt: Prompt, show: ShowStop) -> Outcome:
        """Ask about what is still empty, then show the sheet until it is kept or left."""
        while not (leaving := self._fill_in(prompt, show)):
            sheet = self._sheet(prompt)
            if self._is_said(sheet):
                return AcceptSheet()
            match reply := show(partial(self._settle, prompt=prompt, sheet=sheet)):
                case EditLine(line) as edit:
                    changed = self._edit(lines_of(sheet)[line], show, edit)
                case AcceptSheet() if undecided := self._undecided(sheet):
                    changed = self._change(undecided, show)
                case AcceptSheet():
                    self._keep(sheet)
                    return reply
                case _:
                    return reply
            if changed and changed != BACK:
                return changed
        return leaving

    def _is_said(self, sheet: list[Question]) -> bool:
        """Return whether each line was asked about since the card was entered."""
        # Sentences can be struck where they stand together, and nowhere else.
        asked = (each.key in self._asked and not each.by_sentence for each in sheet)
        return bool(self._asked) and all(asked)

    def _settle(
        self, card: Card, prompt: Prompt, sheet: list[Question]
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        says = said_by(sheet, self.presenter.session, prompt)
        return self.presenter.settle(replace(card, says=says, in_talk=only_sentences(sheet)), sheet)

    def _sheet(self, prompt: Prompt) -> list[Question]:
        sheet = sheet_of(self.presenter.session, prompt)
        return [
            # What is not said about an open step leaves it open.
            replace(each, weighed=each.key in self._weighed, wanted=not each.field.asks_steps)
            for each in sheet
        ]

    def _fill_in(self, prompt: Prompt, show: ShowStop) -> Outcome | None:
        """Ask about the lines that cannot wait for the sheet, each once.

        Returns the reply that leaves a line, if any; going back leads to the line before first.
        """
        again = ""
        if not self.presenter.style.talks:
            # Who writes alone only wishes: what stays empty is talked about later.
            return None
        while question := self._next_empty(prompt, again):
            reply = show(partial(self._ask, question, self._before(prompt)))
            if reply == BACK and self._asked:
                again = self._asked.pop()
            elif isinstance(reply, Said):
                again = ""
                self._asked.append(question.key)
            else:
                return reply
        return None

    def _ask(
        self, question: Question, before: tuple[Recalled, ...], card: Card
    ) -> Said | Command | Interrupted:
        return self.presenter.ask(replace(card, recalled=(*card.recalled, *before)), question)

    def _before(self, prompt: Prompt) -> tuple[Recalled, ...]:
        """Return what was said on the lines that were asked already: the next one may answer it."""
        asked = [each for each in self._sheet(prompt) if each.id in self._asked]
        return tuple(Recalled(q.label, q.current, at_hand=True) for q in asked if q.current)

    def _next_empty(self, prompt: Prompt, again: str) -> Question | None:
        """Return the line to be asked about again, else the next that cannot wait."""
        sheet = self._sheet(prompt)
        waiting = [each for each in self._to_ask(sheet) if each.key not in self._asked]
        number = len(self._asked) + 1
        place = (number, len(self._asked) + len(waiting) + bool(again))
        found = next((each for each in sheet if each.key == again), next(iter(waiting), None))
        return found and replace(found, place=place)

    def _to_ask(self, sheet: list[Question]) -> Iterator[Question]:
        """Yield the empty lines, and the day before an empty time: nobody finds that first."""
        answered = self.presenter.session.answers
        for line, after in zip_longest(sheet, sheet[1:]):
            times = after is not None and after.empty and after.field.type == "time"
            if line.empty or (times and line.field.type == "date" and line.id not in answered):
                yield line

    def _edit(self, line: SheetLine, show: ShowStop, edit: EditLine) -> Outcome | None:
        """Strike a sentence or take it back, add one, or ask for the answer of a line."""
        if edit.words:
            self._weighed.add(line.question.key)
            self.presenter.recorder.answer(line.question, line.with_words(edit.words))
            return None
        if line.sentence and not edit.whole:
            self.presenter.recorder.answer(line.question, line.turned)
            return None
        if line.adds:
            label = _("A sentence of your own")
            return self._change([replace(line.question, label=label, adds=True)], show)
        return self._change([line.question], show)

    def _undecided(self, sheet: list[Question]) -> list[Question]:
        """Return the lines on which the two differ, if they were not asked about them yet.

        If there are none, return the line that sets the next meeting before now, if one does.
        """
        if undecided := [each for each in sheet if each.undecided]:
            return undecided
        over = self.presenter.recorder.over_already({each.id: each.value for each in sheet})
        lines = [each for each in sheet if over and each.id == over.field]
        return [replace(each, complaint=over.sentence) for each in lines if over]

    def _change(self, lines: list[Question], show: ShowStop) -> Outcome | None:
        """Ask about lines of a sheet, one by one; return the reply that leaves them, if any."""
        for question in lines:
            reply = show(partial(self.presenter.ask, question=question))
            if not isinstance(reply, Said):
                return reply
            self._weighed.add(question.key)
        return None

    def _keep(self, sheet: list[Question]) -> None:
        """Record the defaults that were left unchanged: the two have seen them."""
        recorder = self.presenter.recorder
        for question in sheet:
            written = recorder.session.is_answered(question.id, question.item)
            if not written and question.value is not None:
                recorder.answer(question, question.value)
