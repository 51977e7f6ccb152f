"""The stops of a card: the talk first, then what is recorded, each until they move on from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from mentorwalk.domain.asking import asked_of, sheet_of
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.conditions import is_usual
from mentorwalk.domain.exercises import asks_in_the_talk
from mentorwalk.domain.fields import by_answer_id
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.last_look import passed_by
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.sheet import only_sentences
from mentorwalk.domain.showing import card_of
from mentorwalk.engine.commands import JumpedTo
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    Interrupted,
    PutBack,
    Reply,
    Reword,
    Said,
    Talked,
)
from mentorwalk.engine.sheets import CardChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.between_cards import BetweenCards
    from mentorwalk.engine.commands import Commands
    from mentorwalk.engine.decision import Decision
    from mentorwalk.engine.presenter import Presenter
    from mentorwalk.engine.review import Review
    from mentorwalk.engine.sheets import Outcome, Sheets


HALF_YES = N_("{name} has said yes.")


@dataclass
class Stops:
    """Lays out the stops of a card with its present answers, and shows each of them."""

    presenter: Presenter
    review: Review
    sheets: Sheets
    decision: Decision
    between: BetweenCards
    commands: Commands
    _moment: str = field(default="", init=False)
    """The words that were shown after the last decision."""

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.presenter.session

    def of(self, prompt: Prompt) -> dict[str, Callable[[], Outcome]]:
        """Return the stops of a card with its present answers: the talk, then what is recorded.

        A question's name is what it is found by: an id, and its item where it is about one.
        """
        if self.session.off_before:
            return {"the record": partial(self._write_again, prompt)}
        if prompt.review:
            return {"the last look": partial(self._look, prompt)}
        talk: dict[str, Callable[[], Outcome]] = {"the talk": partial(self._talk, prompt)}
        if self.session.off_record:
            return talk
        asked = asked_of(self.session, prompt)
        in_talk, most = self._in_talk(prompt, asked), len(asked) + self._to_come(prompt)
        stops: dict[str, Callable[[], Outcome]] = {
            each.key: partial(
                self._ask, prompt, replace(each, place=(number, most)), in_talk=in_talk
            )
            for number, each in enumerate(asked, 1)
        }
        sheet = sheet_of(self.session, prompt)
        if in_talk or (not stops and only_sentences(sheet)):
            # They talk about the things or the sentences, or about what each would write.
            talk = {}
        if sheet:
            stops["the sheet"] = partial(self.sheets.settle, prompt, partial(self._reply, prompt))
        # Who writes alone is asked at once, unless there is something to read or look at first.
        looks = bool(prompt.read or prompt.picture)
        asked_at_once = stops and not self.presenter.style.talks and not looks
        stops = stops if asked_at_once else talk | stops
        if prompt.accept and self.session.agenda.accept_document:
            stops["the decision"] = partial(self._decide, prompt)
            if self.decision.reading.rewording:
                # What changed since the yes is all there is to talk about.
                stops.pop("the talk", None)
        return stops

    def _to_come(self, prompt: Prompt) -> int:
        """Return how many questions wait for another of the card, and come if that is answered."""
        answered = self.session.answers.keys()
        waiting = (each for each in prompt.record if each.when and not each.private)
        return sum(
            len(each.answer_ids)
            for each in waiting
            if all(on.field in prompt.answer_ids and on.field not in answered for on in each.when)
            and is_usual(self.session.agenda, each)
        )

    def place_of(self, stop: str, prompt: Prompt, before: int) -> int:
        """Return the place of a stop among those of its card now; if it is gone, of the next."""
        stops = list(self.of(prompt))
        return stops.index(stop) if stop in stops else min(before, len(stops) - 1)

    def _write_again(self, prompt: Prompt) -> Outcome:
        reply = self._reply(prompt, lambda _card: self.between.write_again(prompt))
        return reply if isinstance(reply, Command) else CardChanged()

    def _talk(self, prompt: Prompt) -> Outcome:
        """Show the talk until it is over; whoever chose an exercise for what is next is done."""
        before = len(self.session.exercises)
        reply = self._reply(prompt, self.presenter.talk)
        joins = any(each.plan for each in self.session.exercises[before:])
        return Talked() if joins and isinstance(reply, CardChanged) else reply

    def _look(self, prompt: Prompt) -> Outcome:
        """Show the last look.

        Raises:
            JumpedTo: They kept it, and there is a card before it that is to be walked by now.
        """
        reply = self._reply(prompt, self.review.on)
        passed = passed_by(self.session)
        if passed and isinstance(reply, AcceptSheet | Talked):
            raise JumpedTo(passed[0])
        return reply

    def _in_talk(self, prompt: Prompt, asked: Sequence[Question]) -> bool:
        fields = [question.field for question in asked]
        return asks_in_the_talk(self.session.agenda, prompt, fields)

    def _ask(self, prompt: Prompt, question: Question, *, in_talk: bool) -> Outcome:
        def ask(card: Card) -> Said | Command | Interrupted:
            """Ask it below the card's own question."""
            recalled = (*card.recalled, *self._depends_on(prompt, question))
            return self.presenter.ask(replace(card, in_talk=in_talk, recalled=recalled), question)

        return self._reply(prompt, ask)

    def _depends_on(self, prompt: Prompt, question: Question) -> Iterator[Recalled]:
        """Yield the answers of the same card on which a question depends, to stay in sight."""
        own = by_answer_id(prompt.record)
        named = dict.fromkeys(on.field for on in question.field.when if on.field in own)
        for answer in map(self.session.answer, named):
            if answer.field.type == "text" and not answer.hidden:
                yield Recalled(answer.inline_label, answer.sentence, at_hand=True)

    def _decide(self, prompt: Prompt) -> Outcome:
        reading = self.decision.reading
        proposal = self.decision.proposal(reading)
        reply = self._reply(prompt, partial(self.presenter.decide, proposal=proposal))
        match reply:
            case Said(value):
                self.decision.record(reading.agreement, str(value))
                stays = proposal.accepted_by and reply == proposal.unchanged
                if not (stays or proposal.yes_again):
                    self._show_moment(prompt)
            case Reword(read):
                if read:
                    self.decision.keep_read(reading.agreement)
                review = Command(Action.REVIEW)
                return self.commands.carry_out(review, prompt) or CardChanged()
            case PutBack():
                self._put_back()
        return reply

    def _show_moment(self, prompt: Prompt) -> None:
        """Show the agenda's words for what was decided, unless they were shown just before."""
        agreement, people = self.decision.reading.agreement, self.session.people
        accepted = agreement.state == "accepted"
        words = fill_in(prompt.agreed if accepted else prompt.still_draft, self.session.names)
        if words and len(agreement.accepted) == 1:
            (role,) = agreement.accepted
            words = f"{_(HALF_YES).format(name=people.name(role))}\n\n{words}"
        if words in ("", self._moment):
            return
        self._moment = words
        while True:
            match reply := self.presenter.moment(words):
                case Talked() | Command(Action.BACK | Action.SKIP | Action.PARK):
                    return
                case _:
                    self.commands.carry_out(reply, prompt)

    def _put_back(self) -> None:
        """Put the accepted wording back; lines that were all kept need no other look for that."""
        kept = self.review.is_current
        self.decision.put_back()
        if kept:
            self.review.keep()

    def _reply(self, prompt: Prompt, show: Callable[[Card], Reply]) -> Outcome:
        """Show a stop of a card until there is a reply that moves on from it."""
        while True:
            before = self._state
            reply = show(card_of(self.session, prompt, self.commands.hints.get(prompt.id, 0)))
            match reply:
                case Command(Action.BACK | Action.SKIP | Action.PARK):
                    return reply
                case Command() | Interrupted():
                    if leaving := self.commands.carry_out(reply, prompt):
                        return leaving
                case _:
                    return reply
            # Options can change an answer, a name, or what is walked: the stops are laid out anew.
            if before != self._state:
                return CardChanged()

    @property
    def _state(self) -> tuple[object, ...]:
        """What changes the stops of a card when it changes."""
        session = self.session
        return session.off_record, session.people, session.answers, len(session.exercises)
