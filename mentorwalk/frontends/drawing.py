"""How a page of the live screen looks: values in, lines with ANSI colours out, by Rich.

The question that is asked now is bold, and no other words of a page are. What stands beside it has
a word or a sign of its own, and its own place: a bar along earlier words, “Tip:”, an arrow before a
hint, “!” before a complaint. Colours are on signs alone, as words in most of them are hard to read
on light or on dark; bold and dim are not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mentorwalk.domain.i18n import _
from mentorwalk.domain.sheet import lines_of, only_sentences
from mentorwalk.domain.text import clean, labelled, minutes_words
from mentorwalk.frontends.messages import (
    ADD_SENTENCE,
    NOTHING_YET,
    STRUCK,
    ClockStyle,
    clock_words,
    in_ascii,
    off_record_line,
    stop_line,
)
from mentorwalk.frontends.signs import ASCII, ROOM, UNICODE, Marked, Symbols, roomy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mentorwalk.domain.card import Card, Question, Recalled
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.sheet import SheetLine
    from mentorwalk.domain.timing import Reading

WIDEST = 92
"""Columns used at most, however wide the window is: longer lines are hard to read."""
NARROW = 56
"""Columns below which margins shrink and the phases lose their names."""
ONE_CLOCK_LINE = 72
"""Columns from which the clock may take one line; below, it takes two, so that nothing jumps."""
BAR = 10
"""Columns of the clock's bar."""
AROUND = 5
"""Rows around the body: an empty one above it, those of the clock and the keys below."""
UNLIMITED = 10_000
"""Rows of a page without limit."""
SHEET = 5
"""Rows that lines of a sheet need at least, below what stays in sight above them."""
SENTENCE_ROWS = 3
"""Rows for the sentence that grows below a line; a longer one is cut."""
CLOCK = 3
"""Rows of the clock among them, which who writes alone has not."""
AROUND_CHOICES = 2
"""Rows around choices: an empty one above them, and a second one for the keys below."""


@dataclass(frozen=True)
class ClockFace:
    """What the clock shows; the screen is drawn again only when it changes."""

    card: str
    rest: str
    full: int
    """The full columns of the bar."""
    over: bool
    brief: str = ""
    """What it says of the card if there is little room."""


def clock_face(reading: Reading, style: ClockStyle) -> ClockFace:
    """Return what the clock shows at a reading."""
    share = min(1.0, reading.card_spent / max(1, reading.card_planned))
    card, rest = clock_words(reading, style)
    brief = clock_words(reading, style, brief=True)[0]
    return ClockFace(card, rest, round(share * BAR), reading.card_left <= 0, brief)


@dataclass(frozen=True)
class Drawing:
    """Draws for one size of the terminal."""

    width: int
    symbols: Symbols = UNICODE
    rows: int = 0
    """Rows of the terminal; 0 if there is no limit."""

    @property
    def tight(self) -> bool:
        """Return whether there is room only for what is needed now."""
        return self.inner < NARROW

    @property
    def inner(self) -> int:
        """Return the columns that are used."""
        return min(self.width - 1, WIDEST)

    @property
    def margin(self) -> int:
        """Return the columns left free on the left of the body."""
        return 3 if self.inner >= NARROW else 1

    def ansi(self, *parts: RenderableType) -> str:
        """Return text with ANSI colours; Rich honours NO_COLOR."""
        buffer = io.StringIO()
        console = Console(
            file=buffer,
            width=self.inner,
            force_terminal=True,
            color_system="standard",
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        console.print(Group(*parts), end="")
        drawn = buffer.getvalue().replace(ROOM, "").rstrip()
        return in_ascii(drawn) if self.symbols == ASCII else drawn

    def header(self, card: Card) -> str:
        """Draw the title, the two people, the line of phases and who speaks."""
        lines: list[RenderableType] = []
        if card.mark:
            lines.append(Padding(Text(roomy(card.mark), "black on yellow"), (0, 0, 0, 1)))
        if card.title and not (self.tight and card.steps):
            lines.append(self._sides(card.title, card.people, "", "dim"))
        if card.steps:
            lines.append(self._steps(card))
        lines += [] if card.quiet else [self._rule()]
        if card.off_record:
            lines.append(self._off_record())
        if card.speaks or card.place:
            lines.append(self._sides(card.speaks, card.place, "", "dim"))
        return self.ansi(*lines)

    def small_header(self, card: Card, place: str) -> str:
        """Draw how far one has read, and the title if there is room for both."""
        lines: list[RenderableType] = []
        if card.mark:
            lines.append(Padding(Text(roomy(card.mark), "black on yellow"), (0, 0, 0, 1)))
        if card.off_record:
            lines.append(self._off_record())
        fits = cell_len(card.title) + cell_len(place) < self.inner - 2
        lines.append(self._sides(card.title if fits else "", place, "", "dim"))
        return self.ansi(*lines)

    def body(self, card: Card, complaints: Sequence[str] = ()) -> str:
        """Draw the question, alone at the top, and then what helps."""
        ask, *rest = self._parts(card)
        warnings = [self._complaint(complaint, below=1) for complaint in complaints]
        hints = [self._hint(hint) for hint in card.hints]
        whole = self.ansi(ask, *rest, *hints, *warnings)
        if _rows(whole) <= self._room(card) - len(warnings):
            return whole
        # The hint that somebody has just asked for comes first, as not everything is in sight.
        return self.ansi(ask, *hints[-1:], *warnings, *rest)

    def _parts(self, card: Card) -> list[Padding]:
        """Return what a card says, from its question to its tip."""
        read = [self._text(card.read, "")] if card.read else []
        glance = [self._glance(card.glance)] if card.glance else []
        tip = [self._tip(card)] if card.tip else []
        recalled = map(self._recalled, card.recalled)
        return [self._text(card.ask, "bold"), *read, *glance, *recalled, *tip]

    def above_choices(self, card: Card, choices: int, complaint: str) -> str:
        """Draw as much of a card as there is room for above so many choices."""
        complaints = (complaint,) if complaint else ()
        below = AROUND_CHOICES + choices
        return self._fitting(card, lambda shorter: self.body(shorter, complaints), below)

    def question(self, card: Card, question: Question, complaint: str, would_do: str) -> str:
        """Draw what is written down now, with the card's question small above it."""

        def draw(shorter: Card) -> str:
            """Draw it below this much of the card."""
            return self._question(shorter, question, complaint, would_do)

        brief = replace(card, ask="", hints=card.hints[-1:])
        return draw(brief) if self.tight else self._fitting(card, draw, _rows_of(question))

    def _question(self, card: Card, question: Question, complaint: str, would_do: str) -> str:
        parts: list[RenderableType] = []
        if card.ask:
            parts.append(self._text(card.ask, "dim"))
        recalls = card.alone or not self.tight
        parts += [self._recalled(each) for each in card.recalled if recalls and each.beforehand]
        parts += [self._hint(hint) for hint in card.hints]
        label = question.label + (f" ({would_do})" if would_do else "")
        parts.append(self._text(label, "bold", below=0))
        if question.help:
            parts.append(self._text(question.help, "dim", below=0))
        if complaint:
            parts.append(self._complaint(complaint, below=0))
        return self.ansi(*parts)

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
        rows = self.ansi(self._text(words, "", above=above, below=0)).split("\n")
        cut = ["", f"{' ' * self.margin}..."][len(rows) > above + SENTENCE_ROWS]
        return "\n".join([*rows[: above + SENTENCE_ROWS], *filter(None, [cut])])

    def _recalled(self, recalled: Recalled) -> Padding:
        words = labelled(recalled.label, f"“{recalled.text}”")
        return self._marked(self.symbols.earlier, "green", words, along=True)

    def _tip(self, card: Card) -> Padding:
        """Draw what helps; only what helps to talk is called a tip."""
        return self._text(_("Tip: {tip}").format(tip=card.tip) if card.speaks else card.tip, "dim")

    def _hint(self, hint: str) -> Padding:
        words = _("Try: {hint}").format(hint=hint)
        return self._marked(self.symbols.hint, "magenta", words)

    def _complaint(self, complaint: str, below: int) -> Padding:
        return self._marked(self.symbols.wrong, "bold magenta", complaint, below)

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
        lines = _rows(self.lines(sheet))

        def left(shorter: Card) -> int:
            """Return the rows left for the lines, and for the one to type on."""
            above = self._above_sheet(shorter, complaint)
            return self._room(card) - (_rows(above) + 1 if above else 0) - 1

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
            parts.append(self._text(card.ask, "bold", below))
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
            rows.add_column(max_width=self.inner // 2, overflow="fold")
        rows.add_column(overflow="fold")
        before: Question | None = None
        for number, line in enumerate(lines_of(sheet), start=1):
            label = "" if line.question is before else roomy(line.question.label)
            before = line.question
            rows.add_row(str(number), *[Text(label)] * labelled_lines, _shown(line))
        return self.ansi(Padding(rows, (0, 0, 0, self.margin)))

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
        return self.ansi(self._text(words, "bold"), *complaints, *shown)

    def document(self, card: Card, markdown: str) -> str:
        """Draw a document as it reads, below the card's question if there is one."""
        # Loaded here: only the agreement needs its parser and highlighter.
        from rich.markdown import Markdown  # noqa: PLC0415

        shown = Markdown(roomy(markdown), hyperlinks=False)
        asked = [self._text(card.ask, "bold")] if card.ask else []
        return self.ansi(*asked, Padding(shown, (0, 0, 0, self.margin)))

    def clock(self, face: ClockFace) -> str:
        """Draw the clock: a bar and words, or minutes and seconds; on two lines if it is narrow."""
        rest = f" {self.symbols.dot} {face.rest}"
        ways = [[self._with_bar(face, card).append(rest)] for card in (face.card, face.brief)]
        card = face.card if self.inner >= NARROW else face.brief
        two = [self._with_bar(face, card), Text(face.rest)]
        wide = ways if self.inner >= ONE_CLOCK_LINE else []
        lines = next((way for way in wide if way[0].cell_len < self.inner), two)
        rule = () if self.tight else (self._rule(),)
        return self.ansi(*rule, *(Padding(each, (0, 0, 0, 1)) for each in lines))

    def _with_bar(self, face: ClockFace, words: str) -> Text:
        bar = self.symbols.full * face.full + self.symbols.empty * (BAR - face.full)
        return Text.assemble((bar, "magenta" if face.over else "cyan"), f" {words}")

    def keys(self, *keys: str, spare: Sequence[str] = ()) -> str:
        """Draw the keys that do something here; none is broken at the end of a line.

        Spare ones are left out where they would take one more line.
        """
        lines = self._lines_of(keys)
        for key in spare:
            longer = self._lines_of([*keys, key])
            if len(longer) == len(lines):
                keys, lines = (*keys, key), longer
        return self.ansi(*(Padding(Text(line, "dim"), (0, 0, 0, 1)) for line in lines))

    def _lines_of(self, keys: Sequence[str]) -> list[str]:
        lines = [""]
        for key in keys:
            longer = f"{lines[-1]} {self.symbols.dot} {key}" if lines[-1] else key
            if lines[-1] and cell_len(longer) >= self.inner:
                lines.append(key)
            else:
                lines[-1] = longer
        return lines

    def _fitting(self, card: Card, draw: Callable[[Card], str], below: int) -> str:
        """Draw as much of a card as leaves `below` rows free, or else the least of it."""
        room, shorter = self._room(card) - below, _shorter(card)
        fitting = (drawn for drawn in map(draw, shorter) if _rows(drawn) <= room)
        return next(fitting, None) or draw(shorter[-1])

    def _room(self, card: Card) -> int:
        """Return the rows between the header of a card and the clock."""
        around = AROUND - CLOCK if card.alone else AROUND
        return self.rows - _rows(self.header(card)) - around if self.rows else UNLIMITED

    def _marked(
        self, sign: str, colour: str, text: str, below: int = 1, *, along: bool = False
    ) -> Padding:
        return Padding(Marked(sign, colour, roomy(text), along), (0, 0, below, self.margin))

    def _text(self, text: str, style: str, below: int = 1, *, above: int = 0) -> Padding:
        return Padding(Text(roomy(text), style=style), (above, 0, below, self.margin))

    def _rule(self) -> Text:
        return Text(" " + self.symbols.line * (self.inner - 1), style="dim")

    def _sides(self, left: str, right: str, left_style: str, right_style: str) -> RenderableType:
        left, right = roomy(left), roomy(right)
        free = self.inner - 1 - cell_len(left) - cell_len(right)
        name, other = Text(left, style=left_style), Text(right, style=right_style)
        sides = [name, other] if free < 2 else [Text.assemble(name, " " * free, other)]
        return Group(*(Padding(side, (0, 0, 0, 1)) for side in sides))

    def _off_record(self) -> Padding:
        # Off the record, the options begin with the way back.
        line = off_record_line(_("Tab, Enter"))
        return Padding(Text(line, "bold magenta"), (0, 0, 0, 1))

    def _steps(self, card: Card) -> Text:
        styles = {"done": ("green", ""), "now": ("cyan", "bold"), "ahead": ("dim", "dim")}
        line = Text(" ")
        for step in card.steps:
            named = self.inner >= NARROW or step.state == "now"
            colour, style = styles[step.state]
            line.append(getattr(self.symbols, step.state), style=colour)
            line.append(f" {step.short}" if named else "", style=style)
            line.append("  " if self.inner >= NARROW else " ")
        line.rstrip()
        return line


def _shorter(card: Card) -> list[Card]:
    """Return a card with ever less on it: without earlier hints, then tip, then question."""
    last = replace(card, hints=card.hints[-1:])
    asking = (card, last, replace(last, tip=""))
    return list(dict.fromkeys((*asking, *(replace(each, ask="") for each in asking))))


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


def _rows(text: str) -> int:
    return text.count("\n") + 1


def _rows_of(question: Question) -> int:
    """Return the rows that answering takes: a line and the sentence it grows into, or choices."""
    # Among them is one to write own words, and one to leave an answer empty that is so now.
    choices = len(question.options) + question.field.other + (question.value is None)
    if question.options and not question.adds:
        return AROUND_CHOICES + choices
    return 1 + SENTENCE_ROWS * bool(question.unfinished)
