"""How a card and a single question look on the live screen, and what gives way in little room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import clean, labelled, minutes_words
from mentorwalk.frontends.card_pictures import lines_on_card
from mentorwalk.frontends.frame import Frame, rows_of
from mentorwalk.frontends.messages import stop_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mentorwalk.domain.card import Card, Recalled
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.question import Question
    from mentorwalk.frontends.card_pictures import PictureView

SENTENCE_ROWS = 3
"""Rows for the sentence that grows below a line; a longer one is cut."""
LINES_AT_LEAST = 6
"""Rows for lines below lines: the last of them are in sight while one more is written."""
AROUND_CHOICES = 2
"""Rows around choices: an empty one above them, and a second one for the keys below."""
SEEN_AT_A_GLANCE = 8
"""The most choices that take the place of the card's question; more have to be gone through."""
CHOICES_AT_LEAST = 5
"""Rows for more choices than that, below their question."""


@dataclass(frozen=True)
class CardDrawing(Frame):
    """Draws cards and single questions, for one size of the terminal."""

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
        tip = [self._tip(card)] if card.tip else []
        return [self.text(card.ask, "bold"), *self._shown(card), *tip]

    def _shown(self, card: Card) -> list[Padding]:
        """Return what a card shows to talk about."""
        read = [self.text(card.read, "")] if card.read else []
        picture = [self._picture(card.picture)] if card.picture else []
        glance = [self._glance(card.glance)] if card.glance else []
        return [*read, *picture, *glance, *map(self._recalled, card.recalled)]

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
            style = "" if shorter.in_talk and shorter.ask else "bold"
            return self._question(shorter, question, complaint, self._counted(label, count, style))

        if card.in_talk or not self.tight:
            return self._fitting(card, draw, _rows_for(question), _rows_below_ask(question))
        return draw(replace(card, ask="", hints=card.hints[-1:]))

    def _question(
        self, card: Card, question: Question, complaint: str, label: RenderableType
    ) -> str:
        parts: list[RenderableType] = []
        if card.ask:
            parts.append(self.text(card.ask, "bold" if card.in_talk else "dim"))
        parts += [self._recalled(each) for each in card.recalled if self._recalls(card, each)]
        parts += [self._tip(card)] if card.in_talk and card.tip else []
        parts += [self._hint(hint) for hint in card.hints]
        parts.append(label)
        if question.help:
            parts.append(self.text(question.help, "dim", below=0))
        if was := _what_was(question):
            parts.append(self.text(was, "dim", below=0))
        if complaint:
            parts.append(self._complaint(complaint, below=0))
        return self.ansi(*parts)

    def _recalls(self, card: Card, recalled: Recalled) -> bool:
        """Return whether a card recalls something while it asks: what was not seen before that."""
        return (recalled.at_hand or card.in_talk) and (card.alone or not self.tight)

    def _counted(self, label: str, count: str, style: str) -> RenderableType:
        """Return what is asked, and at the right a count, if there is one."""
        if not count:
            return self.text(label, style, below=0)
        return self.sides(label, count, style, "dim", self.margin)

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

    def _fitting(
        self, card: Card, draw: Callable[[Card], str], below: int, below_ask: int | None = None
    ) -> str:
        """Draw as much of a card as leaves `below` rows free, or else the least of it.

        Before its question gives way, `below_ask` rows are enough, if it is given.
        """
        shorter = ever_shorter(card)
        tried = [(each, below) for each in shorter]
        asking = [each for each in shorter if each.ask]
        if asking and below_ask is not None:
            tried.insert(len(asking), (asking[-1], below_ask))
        drawn = ((draw(each), self.room(card) - free) for each, free in tried)
        return next((body for body, room in drawn if rows_of(body) <= room), draw(shorter[-1]))


def ever_shorter(card: Card) -> list[Card]:
    """Return a card with ever less on it: without earlier hints, tip, question, earlier words.

    A question that is talked about stays, and so do words of which it is asked who may see them.
    """
    shared = tuple(each for each in card.recalled if each.to_share)
    last = replace(card, hints=card.hints[-1:])
    asking = (card, last, replace(last, tip=""))
    if card.in_talk:
        return list(dict.fromkeys((*asking, replace(asking[-1], recalled=shared))))
    nothing_asked = [replace(each, ask="") for each in asking]
    least = replace(nothing_asked[-1], recalled=shared)
    return list(dict.fromkeys((*asking, *nothing_asked, least)))


def _what_was(question: Question) -> str:
    """Return what the number of the last time is, where another one stands beside it."""
    if not (question.earlier and question.beside and question.earlier_day):
        return ""
    # Translators: a number that is shown as “was 6”, what it answers, and the day of that.
    was = _("“was”: “{label}” on {day}.")
    return was.format(label=question.label, day=day_of_month(question.earlier_day))


def _rows_for(question: Question) -> int:
    """Return the rows that answering takes: a line and the sentence it grows into, or choices."""
    if choices := _choices_of(question):
        return AROUND_CHOICES + choices
    if question.field.type == "outline":
        return LINES_AT_LEAST
    return 1 + SENTENCE_ROWS * bool(question.unfinished)


def _rows_below_ask(question: Question) -> int | None:
    """Return the rows for a long list whose question stays in sight; None if it is not long."""
    is_long = _choices_of(question) > SEEN_AT_A_GLANCE
    return AROUND_CHOICES + CHOICES_AT_LEAST if is_long else None


def _choices_of(question: Question) -> int:
    """Return how many rows there are to go through; 0 where words are typed."""
    if question.field.type == "ratings":
        return len(question.field.items)
    # Among them is one to write own words, and in a list one to leave what is empty so.
    empty = question.field.type != "checkbox" and question.value is None
    choices = len(question.options) + question.field.other + empty
    return choices if question.options and not question.adds else 0
