"""A question: a field as the two people are asked it, with what is offered as its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import NOT_YET, UNKNOWN, Answer, typed_texts
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.drafts import draft_key
from mentorwalk.domain.i18n import _
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import capital, unquoted, without_full_stop

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.clauses import Unfinished
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.prep_wishes import PrepStatus
    from mentorwalk.domain.runs import Before
    from mentorwalk.domain.values import ByItem


@dataclass(frozen=True)
class Option:
    """A choice: its value, and how it is shown."""

    pick: str
    word: str
    """How it is shown by itself."""
    meaning: str = ""
    """What it means, shown beside it."""

    @property
    def shown(self) -> str:
        """The choice with what it means."""
        if not self.meaning:
            return self.word
        # Translators: a word to choose, and what it means.
        return _("{word}: {meaning}").format(word=self.word, meaning=self.meaning)


@dataclass(frozen=True)
class Question:
    """A field, put to two people by name."""

    id: str
    field: Field
    """The field as it is asked: about one item, if the question is."""
    label: str
    today: date
    names: Mapping[str, str] = attribute(default_factory=dict)
    value: Value | None = None
    """The current answer: an earlier one, else the default."""
    draft: str | None = None
    """The answer as it was half typed before; None if it was not."""
    complaint: str = ""
    """What was wrong with the last answer."""
    shown_as: Mapping[str, str] = attribute(default_factory=dict)
    """How choices are shown that are not shown as they are written."""
    unseen: bool = False
    """Whether it is typed without appearing on the screen."""
    beforehand: PrepStatus | None = None
    """What the two said before they met; None once an answer is written down."""
    since: date | None = None
    """The day of the last time, if it begins as it was answered then; None if it does not."""
    weighed: bool = False
    """Whether the two were asked about their different wishes already."""
    wanted: bool = False
    """Whether it is a line of a sheet, which Enter alone does not leave empty."""
    unsure: bool = False
    """Whether “I don't know yet” is an answer."""
    never_empty: bool = False
    """Whether one of its choices has to be chosen, such as who may see another answer."""
    unfinished: Unfinished | None = None
    """The sentence that own words finish, if there is one."""
    by_sentence: bool = False
    """Whether each of its sentences has a line of its own on a sheet."""
    adds: bool = False
    """Whether one sentence is asked for, to be added to its answer."""
    apart: bool = False
    """Whether it is asked apart from the agenda: a name, a card to jump to."""
    item: str = ""
    """The item that it is about, where each has an answer."""
    place: tuple[int, int] = (1, 1)
    """Which it is of the questions that its card asks one after another, and how many there are."""
    prepared: tuple[str, ...] = ()
    """What the person whom it asks wrote beforehand, as its card shows it."""
    topic: str = ""
    """The card that is kept for another day, if it is a line about one."""
    brought: bool = False
    """Whether it is a line about what was done alone, and brought along: its id is a place."""
    earlier: ByItem | None = None
    """The numbers of the last time, which are shown and never offered; None if there are none."""
    earlier_day: date | None = None
    """The day of that last time."""
    last_time: Before | None = None
    """What was said about it the last time; None if nothing was, or it was about something else."""
    beside: ByItem | None = None
    """Other numbers that these items have by now, shown beside them; None if there are none."""

    @property
    def key(self) -> str:
        """What it is found by: the id of its answer, and the item that it is about."""
        return draft_key(self.id, self.item)

    @property
    def answer(self) -> Answer:
        """The current answer."""
        return Answer(self.field, self.value, self.names)

    @property
    def help(self) -> str:
        """A line that helps to answer."""
        own = fill_in(self.field.help, self.names)
        before = _told(self.last_time) if self.last_time else ""
        text = " ".join(filter(None, (own, self._such_as, before)))
        if not self.differs:
            # On a sheet it stands beside the answer; on a page of its own, what is marked or
            # filled in needs it, too.
            needs_note = self.note and (self.field.choices or self.since)
            # Above an outline there is little room, and whoever has written one knows how.
            text = "" if needs_note and self.field.type == "outline" else text
            return f"{text} {capital(self.note)}.".strip() if needs_note else text
        # Translators: {wishes} are two answers, {help} is a sentence of the agenda, or nothing.
        told = _("Your two wishes: {wishes}. Say whose is whose, if you like. {help}")
        if self.field.type == "select":
            told = _("The first two are your wishes: say whose is whose, if you like. {help}")
        return told.format(wishes=self.current, help=text).strip()

    @property
    def _such_as(self) -> str:
        if not self.ideas:
            return ""
        if self.field.type != "text":
            # Translators: {idea} is a usual answer, such as “in 6 weeks”.
            return _("Perhaps {idea}.").format(idea=self.ideas[0])
        quoted = _(", ").join(f"“{idea}”" for idea in self.ideas)
        # Translators: {ideas} are answers that others might give, in quotation marks.
        return _("Such as {ideas}.").format(ideas=quoted)

    @property
    def ideas(self) -> tuple[str, ...]:
        """What it could say, with the names of the two."""
        return tuple(fill_in(idea, self.names) for idea in self.field.ideas)

    @property
    def at_hand(self) -> tuple[str, ...]:
        """What can be taken over as an answer: what was prepared, or said before, then ideas."""
        return (*self.prepared, *self._said_before, *self.ideas)

    @property
    def _said_before(self) -> tuple[str, ...]:
        """The words of the last time, if they are one line."""
        typed = self.last_time.answer.typed if self.last_time else ""
        one_line = typed and "\n" not in typed and typed not in self.prepared
        return (typed,) if one_line and self.field.type == "text" else ()

    @property
    def differs(self) -> bool:
        """Whether the two wish for different answers, and have not decided yet."""
        return self.beforehand is not None and self.beforehand.differ

    @property
    def undecided(self) -> bool:
        """Whether the two are asked about their wishes before a sheet is kept."""
        return self.differs and not self.weighed

    @property
    def offer(self) -> Value | None:
        """The answer to begin with: the current one, or the first of two wishes."""
        return self.beforehand.said[0].value if self.beforehand and self.differs else self.value

    @property
    def empty(self) -> bool:
        """Whether there is no answer, no default and no wish to choose from.

        What is not answered about an open step leaves it open.
        """
        waits = not (self.field.default or self.field.asks_steps or self.differs)
        return waits and self.answer.empty

    @property
    def can_be_missed(self) -> bool:
        """Whether it is an empty line of a sheet, to be written: one Enter must not lose it.

        A promise is said, or let go on purpose.
        """
        return self.wanted and self.empty and self.field.type == "text"

    @property
    def stays_open(self) -> bool:
        """Whether it is about an open step, and nobody has said what came of it."""
        return self.field.asks_steps and self.answer.empty

    @property
    def unasked(self) -> Value | None:
        """The value that counts if nobody is asked."""
        return self.beforehand.unasked if self.beforehand else self.value

    @property
    def note(self) -> str:
        """Where the current answer comes from, in a few words; empty for the default."""
        if self.beforehand:
            return self.beforehand.words
        # Translators: {day} is one of this year, such as 15 December.
        return _("as on {day}").format(day=day_of_month(self.since)) if self.since else ""

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices; two wishes come first, also if they are nobody's usual ones."""
        wishes = self.beforehand.said if self.beforehand and self.differs else ()
        wished = [pick for wish in wishes for pick in typed_texts(wish.value)]
        usual = [choice.pick for choice in self.field.choices]
        picks = [*dict.fromkeys((*wished, *usual))] if usual else []
        options = tuple(map(self._option, picks))
        return (*options, Option(UNKNOWN, _(NOT_YET))) if options and self.unsure else options

    @property
    def current(self) -> str:
        """The current answer, or both wishes, as a sheet shows them; empty if there is none."""
        if self.differs and self.beforehand:
            return " / ".join(each.short(self.today) for each in self.beforehand.said)
        return _("stays open") if self.stays_open else self._shown(self.answer)

    @property
    def offered(self) -> str:
        """The current answer, as it is put into a line to be corrected."""
        return replace(self.answer, value=self.offer).offered(self.today)

    def _option(self, pick: str) -> Option:
        choice, word = self.field.choice(pick), self._shown(replace(self.answer, value=pick))
        return Option(pick, word, choice.means if choice else "")

    def _shown(self, answer: Answer) -> str:
        if self.unsure and answer.value == UNKNOWN:
            return _(NOT_YET)
        shown = self.shown_as.get(answer.value) if isinstance(answer.value, str) else None
        return shown or answer.short(self.today)


def _told(before: Before) -> str:
    """Return what was said the last time: the sentence `On 6 December: “more time to write”`."""
    quotes, words = before.answer.field.type == "text", unquoted(before.answer.given)
    # Translators: {day} is one of this year, such as 15 December; {words} is an answer of then.
    told = _("On {day}: “{words}”.") if quotes else _("On {day}: {words}.")
    return told.format(day=day_of_month(before.day), words=without_full_stop(words))
