"""How a page of the live screen looks: values in, lines with ANSI colours out, by Rich.

The question that is asked now is bold, and no other words of a page are. What stands beside it has
a word or a sign of its own, and its own place: a bar along earlier words, “Tip:”, an arrow before a
hint, “!” before a complaint. Colours are on signs alone, as words in most of them are hard to read
on light or on dark; bold and dim are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mentorwalk.domain.i18n import _
from mentorwalk.domain.sheet import STRUCK, lines_of, only_sentences
from mentorwalk.domain.text import clean, labelled, minutes_words
from mentorwalk.frontends.card_pictures import lines_on_card
from mentorwalk.frontends.frame import Frame, rows_of
from mentorwalk.frontends.messages import ADD_SENTENCE, NOTHING_YET, stop_line
from mentorwalk.frontends.signs import roomy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mentorwalk.domain.card import Card, Recalled
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.sheet import SheetLine
    from mentorwalk.frontends.card_pictures import PictureView

SHEET = 5
"""Rows that lines of a sheet need at least, below what stays in sight above them."""
SENTENCE_ROWS = 3
"""Rows for the sentence that grows below a line; a longer one is cut."""
LINES_AT_LEAST = 6
"""Rows for lines below lines: the last of them are in sight while one more is written."""
BESIDE_LABELS = 8
"""Columns of a sheet besides its labels and its answers: numbers, and what is between."""
AROUND_CHOICES = 2
"""Rows around choices: an empty one above them, and a second one for the keys below."""


@dataclass(frozen=True)
class Drawing(Frame):
    """Draws what stands between the header and the keys, for one size of the terminal."""

    view: PictureView | None = None
    """How the two want to look at pictures; None if they did not say."""

    def body(self, card: Card, complaints: Sequence[str] = ()) -> str:
        """Draw the question, alone at the top, and then what helps."""
        ask, *rest = self._parts(card)
        warnings = [self._complaint(complaint, below=1) for complaint in complaints]
        hints = [self._hint(hint) for hint in card.hints]
        whole = self.ansi(ask, *rest, *hints, *warnings)
        if rows_of(whole) <= self.room(card) - len(warnings):
            return whole
        # The hint that somebody has just asked for comes first, as not everything is in sight.
        return self.ansi(ask, *hints[-1:], *warnings, *rest)

    def _parts(self, card: Card) -> list[Padding]:
        """Return what a card says, from its question to its tip."""
        read = [self.text(card.read, "")] if card.read else []
        picture = [self._picture(card.picture)] if card.picture else []
        glance = [self._glance(card.glance)] if card.glance else []
        tip = [self._tip(card)] if card.tip else []
        recalled = map(self._recalled, card.recalled)
        return [self.text(card.ask, "bold"), *read, *picture, *glance, *recalled, *tip]

    def above_choices(self, card: Card, choices: int, complaint: str) -> str:
        """Draw as much of a card as there is room for above so many choices."""
        complaints = (complaint,) if complaint else ()
        below = AROUND_CHOICES + choices
        return self._fitting(card, lambda shorter: self.body(shorter, complaints), below)

    def question(
        self, card: Card, question: Question, complaint: str, would_do: str, count: str = ""
    ) -> str:
        """Draw what is written down now, with the card's question small above it.

        Beside it stands how many there are by now, of how many.
        """
        label = question.label + (f" ({would_do})" if would_do else "")

        def draw(shorter: Card) -> str:
            """Draw it below this much of the card."""
            return self._question(shorter, question, complaint, self._counted(label, count))

        brief = replace(card, ask="", hints=card.hints[-1:])
        return draw(brief) if self.tight else self._fitting(card, draw, _rows_for(question))

    def _question(
        self, card: Card, question: Question, complaint: str, label: RenderableType
    ) -> str:
        parts: list[RenderableType] = []
        if card.ask:
            parts.append(self.text(card.ask, "dim"))
        recalls = card.alone or not self.tight
        parts += [self._recalled(each) for each in card.recalled if recalls and each.at_hand]
        parts += [self._hint(hint) for hint in card.hints]
        parts.append(label)
        if question.help:
            parts.append(self.text(question.help, "dim", below=0))
        if complaint:
            parts.append(self._complaint(complaint, below=0))
        return self.ansi(*parts)

    def _counted(self, label: str, count: str) -> RenderableType:
        """Return what is asked, and at the right a count, if there is one."""
        free = self.inner - self.margin - cell_len(roomy(label)) - cell_len(count)
        if not count or free < 2:
            words = f"{label} ({count})" if count else label
            return self.text(words, "bold", below=0)
        row = Text.assemble((roomy(label), "bold"), " " * free, (count, "dim"))
        return Padding(row, (0, 0, 0, self.margin))

    def told(self, words: str) -> str:
        """Draw why the last key did nothing."""
        return self.ansi(self._complaint(words, below=0))

    def _picture(self, picture: AnyPicture) -> Padding:
        lines = lines_on_card(picture, self.width, self.rows, self.symbols, self.view)
        text = Text("\n".join(lines), no_wrap=True, overflow="ignore")
        text.highlight_regex("[█⠁-⣿]+", "cyan")
        return Padding(text, (0, 0, 1, self.margin))

    def _glance(self, glance: Glance) -> Padding:
        # Loaded here, as in a sheet: most cards show no table.
        from rich.table import Table  # noqa: PLC0415

        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(justify="right", no_wrap=True)
        rows.add_column(overflow="fold")
        for phase in glance.phases:
            rows.add_row(minutes_words(60 * phase.minutes), Text(clean(phase.title)))
        end = Padding(Text(stop_line(glance)), (1, 0, 0, 0))
        return Padding(Group(rows, end), (0, 0, 1, self.margin))

    def sentence(self, words: str) -> str:
        """Draw the sentence that is being typed, as far as there is room for it."""
        above = 0 if self.tight else 1
        rows = self.ansi(self.text(words, "", above=above, below=0)).split("\n")
        cut = ["", f"{' ' * self.margin}..."][len(rows) > above + SENTENCE_ROWS]
        return "\n".join([*rows[: above + SENTENCE_ROWS], *filter(None, [cut])])

    def _recalled(self, recalled: Recalled) -> Padding:
        words = labelled(recalled.label, f"“{recalled.text}”")
        return self.marked(self.symbols.earlier, "green", words, along=True)

    def _tip(self, card: Card) -> Padding:
        """Draw what helps; only what helps to talk is called a tip."""
        return self.text(_("Tip: {tip}").format(tip=card.tip) if card.speaks else card.tip, "dim")

    def _hint(self, hint: str) -> Padding:
        words = _("Try: {hint}").format(hint=hint)
        return self.marked(self.symbols.hint, "magenta", words)

    def _complaint(self, complaint: str, below: int) -> Padding:
        return self.marked(self.symbols.wrong, "bold magenta", complaint, below)

    def sheet(self, card: Card, sheet: Sequence[Question], complaint: str) -> str:
        """Draw several answers together, below what stays in sight."""
        above = self.above_sheet(card, sheet, complaint)
        if only_sentences(sheet):
            # They talk about the sentences: nothing of the card gives way to them.
            complaints = [self._complaint(complaint, below=1)] if complaint else []
            above = self.ansi(*self._parts(card), *complaints)
        return "\n\n".join(filter(None, (above, self.lines(sheet))))

    def above_sheet(self, card: Card, sheet: Sequence[Question], complaint: str) -> str:
        """Draw what stays in sight above a sheet: the card's question, and what became wrong.

        After a talk the question is known, and makes room if all lines fit then. A review keeps it.
        """
        lines = rows_of(self.lines(sheet))

        def left(shorter: Card) -> int:
            """Return the rows left for the lines, and for the one to type on."""
            above = self._above_sheet(shorter, complaint)
            return self.room(card) - (rows_of(above) + 1 if above else 0) - 1

        shorter = [card, replace(card, tip="")] if card.strikes else _shorter(card)
        enough = min(lines, SHEET) if card.strikes else lines
        fitting = [each for each in shorter if left(each) >= enough]
        fitting = fitting or [each for each in shorter if left(each) >= SHEET]
        return self._above_sheet((fitting or shorter[-1:])[0], complaint)

    def _above_sheet(self, card: Card, complaint: str) -> str:
        parts: list[RenderableType] = []
        if card.ask:
            # A review keeps its question and its reminder in sight: they take few rows.
            below = 0 if card.strikes else 1
            parts.append(self.text(card.ask, "bold", below))
        if not card.speaks and card.tip:
            parts.append(self._tip(card))
        parts += [self._hint(hint) for hint in card.hints]
        if complaint:
            parts.append(self._complaint(complaint, below=0))
        return self.ansi(*parts)

    def lines(self, sheet: Sequence[Question]) -> str:
        """Draw the lines of a sheet, numbered, with labels unless it has sentences only."""
        # Loaded here: nothing before the first sheet needs it.
        from rich.table import Table  # noqa: PLC0415

        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(justify="right")
        # Answers go into the documents, so even a long word is shown whole.
        labelled_lines = not only_sentences(sheet)
        if labelled_lines:
            rows.add_column(max_width=self._room_for_labels(sheet), overflow="fold")
        rows.add_column(overflow="fold")
        before = ""
        for number, line in enumerate(lines_of(sheet), start=1):
            label = roomy(line.question.label) if line.question.label != before else ""
            before = line.question.label
            rows.add_row(str(number), *[Text(label)] * labelled_lines, _shown(line))
        return self.ansi(Padding(rows, (0, 0, 0, self.margin)))

    def answers(self, card: Card, sheet: Sequence[Question], complaint: str) -> str:
        """Draw the lines of a sheet, and what they say together if there is room for all of it."""
        lines = self.lines(sheet)
        whole = f"{lines}\n\n{self.ansi(self.text(card.says, '', below=0))}"
        above = self.above_sheet(card, sheet, complaint)
        rows = (rows_of(above) + 1 if above else 0) + rows_of(whole) + 1
        return whole if card.says and rows <= self.room(card) else lines

    def _room_for_labels(self, sheet: Sequence[Question]) -> int:
        """Return the columns that labels may take: what answers leave, and a third at least."""
        answers = max((_shown(line).cell_len for line in lines_of(sheet)), default=0)
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

        shown = Markdown(roomy(markdown), hyperlinks=False)
        asked = [self.text(card.ask, "bold")] if card.ask else []
        return self.ansi(*asked, Padding(shown, (0, 0, 0, self.margin)))

    def _fitting(self, card: Card, draw: Callable[[Card], str], below: int) -> str:
        """Draw as much of a card as leaves `below` rows free, or else the least of it."""
        room, shorter = self.room(card) - below, _shorter(card)
        fitting = (drawn for drawn in map(draw, shorter) if rows_of(drawn) <= room)
        return next(fitting, None) or draw(shorter[-1])


def _shorter(card: Card) -> list[Card]:
    """Return a card with ever less on it: without earlier hints, tip, question, earlier words."""
    last = replace(card, hints=card.hints[-1:])
    asking = (card, last, replace(last, tip=""))
    nothing_asked = [replace(each, ask="") for each in asking]
    return list(dict.fromkeys((*asking, *nothing_asked, replace(nothing_asked[-1], recalled=()))))


def _shown(line: SheetLine) -> Text:
    """Return what a line of a sheet says: its answer, its sentence, or what its number adds."""
    if line.adds:
        return Text(_(ADD_SENTENCE), "dim")
    if line.sentence:
        words = roomy(line.words)
        struck = Text(_(STRUCK).format(sentence=words), "dim strike")
        return Text(words) if line.kept else struck
    question = line.question
    current = Text(roomy(question.current) or _(NOTHING_YET), "" if question.current else "dim")
    if question.note:
        current.append(f" ({question.note})", "dim")
    return current


def _rows_for(question: Question) -> int:
    """Return the rows that answering takes: a line and the sentence it grows into, or choices."""
    if question.field.type == "ratings":
        return AROUND_CHOICES + len(question.field.items)
    if question.field.type == "outline":
        return LINES_AT_LEAST
    # Among them is one to write own words, and one to leave an answer empty that is so now.
    choices = len(question.options) + question.field.other + (question.value is None)
    if question.options and not question.adds:
        return AROUND_CHOICES + choices
    return 1 + SENTENCE_ROWS * bool(question.unfinished)
