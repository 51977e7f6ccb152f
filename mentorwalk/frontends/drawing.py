"""How a page of the live screen looks: cards, sheets, documents; lines with ANSI colours, by Rich.

The question that is asked now is bold, and no other words of a page are. What stands beside it has
a word or a sign of its own, and its own place: a bar along earlier words, “Tip:”, an arrow before a
hint, “!” before a complaint. Colours are on signs alone, as words in most of them are hard to read
on light or on dark; bold and dim are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from mentorwalk.domain.i18n import _
from mentorwalk.domain.sheet import STRUCK, lines_of, only_sentences
from mentorwalk.domain.text import labelled
from mentorwalk.frontends.card_drawing import CardDrawing, ever_shorter
from mentorwalk.frontends.frame import rows_of
from mentorwalk.frontends.messages import ADD_SENTENCE, NOTHING_YET
from mentorwalk.frontends.signs import drawable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.sheet import SheetLine

SHEET = 5
"""Rows that lines of a sheet need at least, below what stays in sight above them."""
BESIDE_LABELS = 8
"""Columns of a sheet besides its labels and its answers: numbers, and what is between."""
SIDE_BY_SIDE = 72
"""Columns from which labels and answers stand side by side, however many rows that takes."""


@dataclass(frozen=True)
class Drawing(CardDrawing):
    """Draws what stands between the header and the keys, for one size of the terminal."""

    def sheet(self, card: Card, sheet: Sequence[Question], complaint: str) -> str:
        """Draw several answers together, below what stays in sight."""
        above = self.above_sheet(card, sheet, complaint)
        return "\n\n".join(filter(None, (above, self._listed(card, sheet))))

    def above_sheet(self, card: Card, sheet: Sequence[Question], complaint: str) -> str:
        """Draw what stays in sight above a sheet: the card's question, and what became wrong.

        After a talk the question is known, and makes room if all lines fit then. A review keeps it,
        and so does a card on which they still talk.
        """
        lines = rows_of(self._listed(card, sheet))

        def left(shorter: Card) -> int:
            """Return the rows left for the lines, and for the one to type on."""
            above = self._above_sheet(shorter, complaint)
            return self.room(card) - (rows_of(above) + 1 if above else 0) - 1

        keeps = card.strikes or card.in_talk
        shorter = [card, replace(card, tip="")] if keeps else ever_shorter(card)
        enough = min(lines, SHEET) if card.strikes else lines
        fitting = [each for each in shorter if left(each) >= enough]
        fitting = fitting or [each for each in shorter if left(each) >= SHEET and not keeps]
        return self._above_sheet((fitting or shorter[-1:])[0], complaint)

    def _above_sheet(self, card: Card, complaint: str) -> str:
        parts: list[RenderableType] = []
        if card.ask:
            # A review keeps its question and its reminder in sight: they take few rows.
            below = 0 if card.strikes else 1
            parts.append(self.text(card.ask, "bold", below))
        if card.tip and (card.in_talk or not card.speaks):
            parts.append(self._tip(card))
        parts += [self._hint(hint) for hint in card.hints]
        if complaint:
            parts.append(self._complaint(complaint, below=0))
        return self.ansi(*parts)

    def _listed(self, card: Card, sheet: Sequence[Question]) -> str:
        """Draw the lines of a sheet, below what the card shows where they still talk about it."""
        shown = self.ansi(*self._shown(card)) if card.in_talk else ""
        return "\n\n".join(filter(None, (shown, self.lines(sheet))))

    def lines(self, sheet: Sequence[Question]) -> str:
        """Draw the lines of a sheet, numbered, with labels unless it has sentences only.

        In a narrow window an answer goes on right behind its label if that takes fewer rows.
        """
        beside = self._numbered(sheet, after_labels=False)
        if only_sentences(sheet) or self.inner >= SIDE_BY_SIDE:
            return beside
        return min(beside, self._numbered(sheet, after_labels=True), key=rows_of)

    def _numbered(self, sheet: Sequence[Question], *, after_labels: bool) -> str:
        # Loaded here: nothing before the first sheet needs it.
        from rich.table import Table  # noqa: PLC0415

        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(justify="right")
        # Answers go into the documents, so even a long word is shown whole.
        labels = not only_sentences(sheet)
        if labels and not after_labels:
            rows.add_column(max_width=self._room_for_labels(sheet), overflow="fold")
        rows.add_column(overflow="fold")
        before = ""
        for number, line in enumerate(lines_of(sheet), start=1):
            label = drawable(line.question.label) if line.question.label != before else ""
            before = line.question.label
            if after_labels:
                rows.add_row(str(number), Text(labelled(label, "") if label else "") + _said(line))
            else:
                rows.add_row(str(number), *[Text(label)] * labels, _said(line))
        return self.ansi(Padding(rows, (0, 0, 0, self.margin)))

    def answers(self, card: Card, sheet: Sequence[Question], complaint: str) -> str:
        """Draw what the lines of a sheet say together, if there is room for all of it, and these.

        The sentences come first: they are what the two agree on, and a line only changes one.
        """
        lines = self._listed(card, sheet)
        whole = f"{self.ansi(self.text(card.says, '', below=0))}\n\n{lines}"
        above = self.above_sheet(card, sheet, complaint)
        rows = (rows_of(above) + 1 if above else 0) + rows_of(whole) + 1
        return whole if card.says and rows <= self.room(card) else lines

    def _room_for_labels(self, sheet: Sequence[Question]) -> int:
        """Return the columns that labels may take: what answers leave, and a third at least."""
        answers = max((_said(line).cell_len for line in lines_of(sheet)), default=0)
        return max(self.inner // 3, self.inner - self.margin - BESIDE_LABELS - answers)

    def changes(self, words: str, lines: Sequence[tuple[str, str]], complaint: str) -> str:
        """Draw what changed in a document, in Markdown, below how much that is."""
        # Loaded here: only a document has them.
        from rich.markdown import Markdown  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415

        rows = Table.grid(padding=(0, 2, 1, 0))
        rows.add_column()
        rows.add_column(overflow="fold")
        for word, text in lines:
            rows.add_row(Text(word), Markdown(text, hyperlinks=False))
        complaints = [self._complaint(complaint, below=1)] if complaint else []
        shown = [Padding(rows, (0, 0, 0, self.margin))] if lines else []
        return self.ansi(self.text(words, "bold"), *complaints, *shown)

    def document(self, card: Card, markdown: str) -> str:
        """Draw a document as it reads, below the card's question if there is one."""
        # Loaded here: only the agreement needs its parser and highlighter.
        from rich.markdown import Markdown  # noqa: PLC0415

        shown = Markdown(drawable(markdown), hyperlinks=False)
        asked = [self.text(card.ask, "bold")] if card.ask else []
        return self.ansi(*asked, Padding(shown, (0, 0, 0, self.margin)))


def _said(line: SheetLine) -> Text:
    """Return what a line of a sheet says: its answer, its sentence, or what its number adds."""
    if line.adds:
        return Text(_(ADD_SENTENCE), "dim")
    if line.sentence:
        words = drawable(line.words)
        struck = Text(_(STRUCK).format(sentence=words), "dim strike")
        return Text(words) if line.kept else struck
    question = line.question
    current = Text(drawable(question.current) or _(NOTHING_YET), "" if question.current else "dim")
    if question.note:
        current.append(f" ({question.note})", "dim")
    return current
