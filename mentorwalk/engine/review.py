"""The review: every line that will be in the documents, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.answers import LEFT_OUT
from mentorwalk.domain.asking import brought_of, last_look_of, review_of, topics_of
from mentorwalk.domain.clauses import open_cards
from mentorwalk.domain.events import Answered, LetGo
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.last_look import passed_by
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.plain_sentences import is_changed, lines_by_heading, with_plain_sentences
from mentorwalk.domain.text import labelled
from mentorwalk.engine.dialog import DialogLeft
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Said,
    Talked,
)
from mentorwalk.engine.sheets import Sheets
from mentorwalk.engine.striking import Striking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.people import People
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.dialog import Dialog
    from mentorwalk.engine.presenter import Presenter
    from mentorwalk.engine.sheets import Outcome

LEAVE, CHANGE, STRIKE = N_("Leave it"), N_("Change it"), N_("Strike it: it is erased")
LET_GO = N_("Strike it: it is not kept for another day")
LEAVE_OUT, TAKE_BACK = N_("Strike it: you can take it back"), N_("Take it back")
WHICH_PART = N_("Which part would you like to change?")
WHICH_LINE = N_("Which line would you like to change?")
ALL_ELSE = N_("What else we wrote down")
STILL_OPEN = N_("still open · {part}")
"""How a list shows a part of the agreement of which something is open."""
SEEN_AT_ONCE = 9
"""How many lines are shown together without asking for a part: each has a digit of its own."""
NOTHING_WRITTEN = N_("Nothing is written down yet.")


@dataclass
class Review:
    """Shows all that was written down, and lets people change or strike any of it."""

    presenter: Presenter
    dialog: Dialog
    _kept: tuple[Mapping[str, Value | None], People] | None = field(default=None, init=False)
    """The answers and the people when every line was last kept."""

    @property
    def is_current(self) -> bool:
        """Whether every line was kept as it is now."""
        session = self.presenter.session
        return self._kept == (session.answers, session.people)

    def has_kept(self, answers: Mapping[str, Value | None]) -> bool:
        """Return whether each of some answers was kept as it is, under these names."""
        kept, people = self._kept or ({}, None)
        named = people is None or people.names == self.presenter.session.people.names
        return named and all(key in kept and kept[key] == answers[key] for key in answers)

    def keep(self) -> None:
        """Remember that every line is kept as it is now."""
        self._kept = (self.presenter.session.answers, self.presenter.session.people)

    def begin_anew(self) -> None:
        """Forget that lines were kept, so that all are shown again."""
        self._kept = None

    def on(self, card: Card) -> Talked | AcceptSheet | Command | Interrupted:
        """Review on a card of the agenda, below its own question."""
        if not self._lines(card):
            return self.presenter.talk(replace(card, ask=_(NOTHING_WRITTEN)))
        try:
            # Nobody speaks in turn here: the card's tip takes the place of who does.
            return self.run(replace(card, speaks=""))
        except DialogLeft as left:
            return left.reply

    def in_between(self) -> AcceptSheet | Command | Interrupted:
        """Review before the end; if there is nothing to review, say so.

        Raises:
            DialogLeft: They left it for something that the walk has to do.
        """
        if not self._lines():
            self.dialog.page(_(NOTHING_WRITTEN))
        return self.run(leads_on=False)

    def of_agreement(self) -> AcceptSheet | Command | Interrupted | str:
        """Review the whole agreement, with the agenda's own sentences among its lines.

        Where these are many, or a part of it is open, one part is chosen first. The card of a part
        that is open is what comes back.

        Raises:
            DialogLeft: They left it for something that the walk has to do.
        """
        session = self.presenter.session
        parts = lines_by_heading(session, self._lines(whole=True))
        open_ = open_cards(session)
        if not open_ and sum(map(len, parts.values())) <= SEEN_AT_ONCE:
            return self.run(parts=tuple(parts), leads_on=False)
        shown = {f"part {heading}": heading or _(ALL_ELSE) for heading in parts}
        shown |= {f"card {card}": _(STILL_OPEN).format(part=part) for part, card in open_.items()}
        first = next(iter(shown))
        kind, _space, name = (self.dialog.pick(_(WHICH_PART), shown, first) or first).partition(" ")
        return name if kind == "card" else self.run(parts=(name,), leads_on=False)

    def run(
        self, card: Card | None = None, *, parts: Sequence[str] = (), leads_on: bool = True
    ) -> AcceptSheet | Command | Interrupted:
        """Show the lines until all are kept, or something else is asked for.

        Without a card they stand below the question that the walk's style has for them; or only
        those of some parts of the agreement, with its own sentences among them. Where it leads on,
        it names the card that was passed by and is to be walked by now.

        Raises:
            DialogLeft: They left a question for something that the walk has to do.
        """
        style = self.presenter.style
        ask = WHICH_LINE if parts else style.final_review
        while sheet := self._shown(card, parts):
            frame = self.presenter.frame()
            own = replace(frame, ask=_(ask), tip=_(style.reminder), reviews=True)
            more = _one_more(self.presenter.session) if leads_on else ""
            told = filter(None, ((card or own).tip, _what_stays_open(sheet), more))
            shown = replace(card or own, tip=" ".join(told), strikes=True)
            reply = self.presenter.settle(shown, sheet)
            if isinstance(reply, EditLine):
                before = self.presenter.session.answers
                self._edit(sheet[reply.line])
                if not parts or self.presenter.session.answers == before:
                    continue
                # The two came for one sentence of the agreement, and are asked about it next.
                reply = AcceptSheet()
            if isinstance(reply, AcceptSheet):
                self.keep()
            return reply
        self.keep()
        return AcceptSheet()

    def _shown(self, card: Card | None, parts: Sequence[str]) -> list[Question]:
        lines = self._lines(card, whole=bool(parts))
        by_heading = lines_by_heading(self.presenter.session, lines)
        chosen = [line for part in parts for line in by_heading.get(part, [])]
        return [line for line in lines if line in chosen] if parts else lines

    def _lines(self, card: Card | None = None, *, whole: bool = False) -> list[Question]:
        session = self.presenter.session
        beside = [*brought_of(session), *topics_of(session)]
        if card:
            return [*last_look_of(session), *beside]
        lines = with_plain_sentences(session, review_of(session), whole=whole)
        # The agreement speaks of no exercise, and of no topic.
        return lines if whole else [*lines, *beside]

    def _edit(self, question: Question) -> None:
        try:
            self._change_or_strike(question)
        except DialogLeft as left:
            # Going back from a line leads to the review again.
            if isinstance(left.reply, Interrupted) or left.reply.action is not Action.BACK:
                raise

    def _change_or_strike(self, question: Question) -> None:
        ways = self._ways(question)
        if self.presenter.session.off_record:
            # Off the record nothing is written down, but anything may be struck.
            ways.pop(CHANGE, None)
        shown = {way: _(way) for way in (LEAVE, *ways)}
        offered = CHANGE if CHANGE in ways else LEAVE
        label = labelled(question.label, self._current(question))
        if does := ways.get(self.dialog.pick(label, shown, offered) or LEAVE):
            does(question)

    def _current(self, question: Question) -> str:
        """Return an answer in words; who writes alone may not know one yet."""
        return replace(question, unsure=not self.presenter.style.talks).current

    def _ways(self, question: Question) -> dict[str, Callable[[Question], None]]:
        """Return what can be done with a line; what the agenda itself says cannot be erased."""
        session, recorder = self.presenter.session, self.presenter.recorder
        if question.topic:
            return {LET_GO: lambda each: recorder.record(LetGo, prompt=each.topic)}
        if question.brought:
            return {STRIKE: self._strike_brought}
        if question.id not in session.agenda.plain:
            return {CHANGE: self._change, STRIKE: self._strike}
        if question.value == LEFT_OUT:
            return {TAKE_BACK: self._take_back}
        if is_changed(session, question.id):
            return {CHANGE: self._reword, STRIKE: self._strike}
        return {CHANGE: self._reword, LEAVE_OUT: self._leave_out}

    def _strike(self, question: Question) -> None:
        recorder, current = self.presenter.recorder, self._current(question)
        struck = Striking(recorder, self.dialog).strike(question, current)
        if struck and question.id in recorder.session.agenda.plain:
            self._leave_out(question)

    def _strike_brought(self, question: Question) -> None:
        recorder, current = self.presenter.recorder, self._current(question)
        Striking(recorder, self.dialog).strike_brought(question, current)

    def _change(self, question: Question) -> None:
        reply = self._on_a_sheet(question) if question.field.has_sentences else self._ask(question)
        if isinstance(reply, Command | Interrupted):
            raise DialogLeft(reply)

    def _on_a_sheet(self, question: Question) -> Outcome:
        """Let them strike sentences, take them back and add some, as on their card."""
        session = self.presenter.session
        prompt = session.agenda.prompt_of[question.id]
        alone = replace(prompt, record=(), settle=(question.field,))
        card = replace(self.presenter.frame(), ask=session.ask_of(prompt.id))
        return Sheets(self.presenter).settle(alone, lambda show: show(card))

    def _ask(self, question: Question) -> Said | Command | Interrupted:
        return self.presenter.ask(self.presenter.frame(), question)

    # --- What the agenda itself says

    def _reword(self, question: Question) -> None:
        """Ask for other words in place of a sentence; without any it is left out."""
        reply = self._ask(question)
        if not isinstance(reply, Said):
            raise DialogLeft(reply)
        if reply.value is None:
            self._leave_out(question)
        elif reply.value == fill_in(question.id, self.presenter.session.names):
            self._take_back(question)

    def _leave_out(self, question: Question) -> None:
        self.presenter.recorder.record(Answered, field=question.id, value=LEFT_OUT)

    def _take_back(self, question: Question) -> None:
        self.presenter.recorder.answer(question, None)


def _what_stays_open(sheet: list[Question]) -> str:
    """Return where a step stands of which nobody spoke, in a sentence; empty if there is none."""
    stays = any(question.stays_open for question in sheet)
    return _("What stays open is on the page of your mentorship.") if stays else ""


def _one_more(session: Session) -> str:
    """Return the sentence that names the card to which Enter leads back; empty if there is none."""
    passed = passed_by(session)
    more = ngettext("One more card: “{card}”", "{number} more cards: “{card}”", len(passed))
    told = _("{more} Enter leads there.").format(more=more)
    return told.format(number=len(passed), card=session.ask_of(passed[0])) if passed else ""
