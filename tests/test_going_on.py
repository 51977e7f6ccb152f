"""One pair from their first session to their last: each picks up what the one before left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.sample_sessions import USUAL, StoppedClock

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.domain.card import Recalled
from mentorwalk.domain.changes import Change
from mentorwalk.domain.following import facts_of
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Action, Command, Rewording, keep_no_draft
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.library import library
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import (
        AcceptSheet,
        ClockView,
        EditLine,
        KeepDraft,
        Proposal,
        Said,
        Talked,
    )
    from mentorwalk.workflows.runner import RunResult

pytestmark = pytest.mark.slow

APPROVED = Path(__file__).parent / "approved"
GOALS = (
    "I hand over the weekly plan by the end of January",
    "I go home at six on three days a week",
)
MENTEE_STEP = "give Sam the plan for one week, and not look at it"
MENTOR_STEP = "write down how my own first handover went wrong"
SECOND: Mapping[str, Value] = {
    "mentee_learned": "both of them wanted to decide more than I thought",
    "goals": GOALS,
    "tool": "Values",
    "mentee_step": MENTEE_STEP,
    "mentee_when": "when the Monday meeting ends",
    "mentor_step": MENTOR_STEP,
    "next_time": "15:00",
    "from_now_on": "longer pauses, and fewer stories at once",
    "takes.mentee": "a plan that is not mine",
    "takes.mentor": "to ask what is wanted before I tell",
    "come_back.mentor": 9,
}
MEETING: Mapping[str, Value] = {
    "mentee_learned": "Sam likes to be asked first",
    "topic": "the handover in my team",
    "wish": "Hearing how it was for Ada",
    "clearer": "that I am afraid of being needed less",
    "mentee_step": "ask Sam for one hour a week",
    "mentor_step": "send the three questions by Friday",
    "next_time": "15:00",
    "takes.mentee": "relief",
    "takes.mentor": "how much a pause can do",
}
EASIER: Mapping[str, Value] = {
    "from_now_on": "we begin with a story each, and meet on a walk",
    "go_on": "We meet twice more, then we look again",
    "takes.mentee": "that silence is allowed",
}
CHECK_IN: Mapping[str, Value] = {
    "more_of": "questions before advice",
    "less_of": "talking about the company",
    "next_time": "15:00",
    "takes.mentee": "that it moves",
    "pulse.mentor": 4,
}
CLOSING: Mapping[str, Value] = {
    "came": "My team plans its own week. I still stay late on Thursdays, and now I know why.",
    "learned": "that a question can be more help than an answer",
    "learned_too": "how little I ask at home",
    "thanks.mentee": "you waited until I had found the word myself",
    "thanks.mentor": "you told me when my story did not help",
    "onward": "I talk to Sam once a month about how we decide",
    "takes.mentee": "courage for Thursdays",
    "takes.mentor": "silence",
}
WEEKLY = (
    "We meet every week, for 60 minutes, by video, for six months in all. "
    "In between, Grace may send short e-mails, and Ada answers within three working days."
)
EVERY_WEEK = WEEKLY.partition(". ")[0] + "."
BEFORE = EVERY_WEEK.replace("every week", "every three to four weeks")
NOTHING_NEW: Mapping[str, Value] = {}
EARLY: Mapping[str, Value] = {
    "takes.mentee": "that I may ask before I carry",
    "thanks.mentor": "you came prepared each time",
    "comes_next": "a break until the summer",
}


@dataclass
class TwoPeople(ScriptedFrontend):
    """Say what was given, leave some cards out, and remember what was on the screen."""

    leave: dict[str, Command] = field(default_factory=dict)
    """What is done instead of talking, by what a card asks."""
    cards: dict[str, Card] = field(default_factory=dict)
    """Every card that was shown, by what it asks."""
    offered: dict[str, Value | None] = field(default_factory=dict)
    """What stood there already when it was first asked, by answer."""
    asked: list[str] = field(default_factory=list)
    """What was asked one after another."""
    put: list[Proposal] = field(default_factory=list)
    """How the agreement was put to them."""

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command:
        """Move on, or leave a card out."""
        self.cards[card.ask] = card
        if card.ask in self.leave:
            return self.leave[card.ask]
        return super().talk(card, watch)

    def ask(  # type: ignore[override]  # a file of answers leaves no card out, these two do
        self,
        card: Card,
        question: Question,
        watch: ClockView | None,
        _keep_draft: KeepDraft = keep_no_draft,
    ) -> Said | Command:
        """Give the answer, or leave a card out that is talked about while they write."""
        if card.in_talk and card.ask in self.leave:
            return self.leave[card.ask]
        self.asked.append(question.id)
        self.offered.setdefault(question.id, question.value)
        return super().ask(card, question, watch)

    def decide(self, card: Card, proposal: Proposal, watch: ClockView | None) -> Said:
        """Say yes if they do, and remember what was put to them."""
        self.put.append(proposal)
        return super().decide(card, proposal, watch)

    def settle(  # type: ignore[override]  # a file of answers leaves no card out, these two do
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command:
        """Go through a sheet, and remember how it came; or leave a card out."""
        if card.in_talk and card.ask in self.leave:
            return self.leave[card.ask]
        for question in sheet:
            self.offered.setdefault(question.id, question.value)
        return super().settle(card, sheet, watch)


@dataclass
class Held:
    """A session that was held."""

    sat: RunResult
    frontend: TwoPeople

    def page(self, name: str = "summary.md") -> str:
        """A document of it."""
        assert self.sat.written
        (path,) = [path for path in self.sat.written.files if path.name == name]
        return path.read_text(encoding="utf-8")

    def lines(self, name: str = "summary.md") -> list[str]:
        """The lines of a document."""
        return self.page(name).split("\n")

    def card(self, prompt: str) -> Card:
        """A card as it was shown."""
        session = self.sat.session
        return self.frontend.cards[fill_in(session.agenda.prompts[prompt].ask, session.names)]


@dataclass
class Pair:
    """Ada and Grace, and the runner of their sessions."""

    runner: SessionRunner

    def meets(
        self,
        agenda: str = "first-session",
        answers: Mapping[str, Value] = USUAL,
        *,
        skip: Collection[str] = (),
        park: Collection[str] = (),
        accept: bool = False,
    ) -> Held:
        """Hold a first session."""
        frontend = TwoPeople(answers, accept)
        return self._hold(load_agenda(self.runner.library, agenda, None), frontend, skip, park)

    def meets_again(
        self,
        last: Held,
        agenda: str,
        answers: Mapping[str, Value] = NOTHING_NEW,
        *,
        skip: Collection[str] = (),
        park: Collection[str] = (),
        accept: bool = False,
    ) -> Held:
        """Hold the session that follows another one."""
        found = self.runner.store.finished(last.sat.folder)
        script = next_agenda(self.runner, found, agenda, None)
        return self._hold(script, TwoPeople(answers, accept), skip, park)

    def _hold(
        self,
        script: LoadedAgenda,
        frontend: TwoPeople,
        skip: Collection[str],
        park: Collection[str],
    ) -> Held:
        names = {"mentor": "Ada", "mentee": "Grace"}
        asks = {key: fill_in(p.ask, names) for key, p in script.agenda.prompts.items()}
        frontend.leave = {asks[card]: Command(Action.SKIP) for card in skip}
        frontend.leave |= {asks[card]: Command(Action.PARK) for card in park}
        chosen = plan(script.agenda, script.agenda.minutes)
        return Held(self.runner.begin(script, ADA_AND_GRACE, chosen, frontend), frontend)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Ada and Grace, who can hold as many sessions as a test wants."""
    return Pair(SessionRunner(library(tmp_path_factory.mktemp("pair")), StoppedClock()))


@pytest.fixture(scope="module")
def usual(pair: Pair) -> Held:
    """A first session in which nothing is out of the ordinary."""
    return pair.meets()


@pytest.fixture(scope="module")
def half_open(pair: Pair) -> tuple[Held, Held]:
    """A first session that leaves two parts of the agreement open, and one that settles them."""
    first = pair.meets(skip=["count-on", "confidence"])
    return first, pair.meets_again(first, "second-session", USUAL)


@pytest.fixture(scope="module")
def arranged(pair: Pair) -> Held:
    """A first session in which they agree on when, for how long and where they meet."""
    how: dict[str, Value] = {"frequency": "Every 2 weeks", "length": 45, "format": "On a walk"}
    return pair.meets(answers={**USUAL, **how})


@pytest.fixture(scope="module")
def weekly(pair: Pair) -> Held:
    """A second session with a new rhythm, after a first one whose agreement was accepted."""
    return pair.meets_again(pair.meets(accept=True), "second-session", {"frequency": "Every week"})


@pytest.fixture(scope="module")
def corrected(pair: Pair, usual: Held) -> Held:
    """A second session that puts the purpose in other words."""
    return pair.meets_again(usual, "second-session", {"purpose": "To say no."})


@pytest.fixture(scope="module")
def early(pair: Pair, usual: Held) -> Held:
    """An early end, after a first session."""
    return pair.meets_again(usual, "early-ending", EARLY)


@pytest.fixture(scope="module")
def reverse(pair: Pair) -> tuple[Held, Held]:
    """The first two sessions of a reverse mentoring."""
    first = pair.meets("reverse-mentoring")
    return first, pair.meets_again(first, "second-session")


@dataclass(frozen=True)
class Story:
    """Everything they held, in order."""

    first: Held
    second: Held
    check_in: Held
    closing: Held


@pytest.fixture(scope="module")
def story(pair: Pair) -> Story:
    """A mentoring from its first session to its last; the agreement is accepted in the second."""
    first = pair.meets(park=["helped"])
    second = pair.meets_again(first, "second-session", SECOND, accept=True)
    check_in = pair.meets_again(second, "check-in", CHECK_IN, accept=True)
    return Story(first, second, check_in, pair.meets_again(check_in, "closing-session", CLOSING))


def approved(name: str) -> str:
    return (APPROVED / name).read_text(encoding="utf-8")


def section(document: str, heading: str) -> str:
    """What stands below a heading."""
    below = document.partition(f"## {heading}\n\n")[2]
    return re.split(r"\n\n(?:## |---|<!--)", below)[0]


def cards(held: Held) -> tuple[str, ...]:
    return held.sat.session.cards


# --- Whole pages


def test_the_summary_of_a_second_session(story: Story) -> None:
    assert story.second.page() == approved("summary-second.md")


def test_the_agreement_after_a_second_session(story: Story) -> None:
    assert story.second.page("contract.md") == approved("contract-second.md")


def test_the_summary_of_a_check_in(story: Story) -> None:
    assert story.check_in.page() == approved("summary-check-in.md")


def test_the_summary_of_an_ordinary_meeting(pair: Pair, story: Story) -> None:
    assert pair.meets_again(story.second, "meeting", MEETING).page() == approved(
        "summary-meeting.md"
    )


def test_the_summary_of_a_talk_about_talking(pair: Pair, story: Story) -> None:
    assert pair.meets_again(story.second, "still-strange", EASIER).page() == approved(
        "summary-easier.md"
    )


def test_the_page_that_the_two_keep(story: Story) -> None:
    assert story.closing.page() == approved("summary-closing.md")


# --- Steps and topics


def test_the_second_session_asks_how_it_went_with_the_steps_of_the_first(story: Story) -> None:
    assert (
        story.second.card("mentee-tried").recalled,
        story.second.card("mentor-tried").recalled,
    ) == (
        (
            Recalled(
                "Grace's small step",
                "ask two people in her team what they would like her to decide.",
            ),
            Recalled("When Grace does it", "when the Thursday stand-up ends"),
        ),
        (Recalled("Ada's small step", "send the name of the book on delegating"),),
    )


def test_the_check_in_asks_after_the_steps_of_the_second_session(story: Story) -> None:
    assert story.check_in.card("since-then").recalled == (
        Recalled("Grace's small step", MENTEE_STEP),
        Recalled("Ada's small step", MENTOR_STEP),
    )


def test_a_new_step_begins_empty(story: Story) -> None:
    steps = ("mentee_step", "mentee_when", "mentor_step")

    assert [story.second.frontend.offered[step] for step in steps] == [None, None, None]


def test_what_was_kept_for_another_day_is_shown_when_the_topics_are_chosen(story: Story) -> None:
    assert story.second.card("today").recalled == (
        Recalled(
            "Kept for another day",
            "Think of someone who helped you when it counted. What exactly did they do?",
        ),
    )


def test_what_was_kept_for_another_day_can_be_pulled_in(story: Story) -> None:
    assert "helped" in story.second.sat.session.extras()


def test_what_they_took_along_is_there_when_they_meet_again(story: Story) -> None:
    assert story.second.card("stayed").recalled == (
        Recalled("Ada, a line to take away", "to listen for longer"),
        Recalled("Grace, a line to take away", "that I may ask before I carry."),
    )


# --- The agreement


def test_what_was_settled_is_not_walked_again(story: Story) -> None:
    walked_again = {"learning-too", "count-on", "usual", "confidence", "ending"} & {
        *cards(story.second)
    }

    assert walked_again == set()


def test_what_was_settled_can_be_pulled_in_to_be_changed(story: Story) -> None:
    extras = story.second.sat.session.extras()

    assert {"learning-too", "count-on", "usual", "confidence", "ending"} <= {*extras}


def test_the_agreement_keeps_its_words_from_session_to_session(story: Story) -> None:
    first, *later = (
        held.page("contract.md").partition("<!--")[0]
        for held in (story.first, story.second, story.check_in)
    )

    assert later == [first, first]


def test_an_agreement_that_nobody_touches_stays_accepted(story: Story) -> None:
    assert section(story.check_in.page("contract.md"), "Who agrees") == (
        "- Ada said yes in the answers file, 24 November 2026, 15:00.\n"
        "- Grace said yes in the answers file, 24 November 2026, 15:00.\n\n"
        "On paper, if you like:\n\nAda ______________________\n\n"
        "Grace ______________________\n\nDate ______________"
    )


def test_what_was_left_open_is_walked_with_the_rest_of_the_agreement(
    half_open: tuple[Held, Held],
) -> None:
    second = cards(half_open[1])

    after = second.index("rhythm") + 1
    assert second[after : after + 2] == ("count-on", "confidence")


def test_what_was_left_open_is_settled_in_the_second_session(half_open: tuple[Held, Held]) -> None:
    parts = [held.page("contract.md").split("\n## ")[1:] for held in half_open]
    still_open = [[p.partition("\n")[0] for p in page if "Until we have, " in p] for page in parts]
    assert still_open == [["What we can count on", "What stays between us"], []]


def test_a_rhythm_is_offered_as_it_was_agreed(pair: Pair) -> None:
    first = pair.meets(answers={**USUAL, "frequency": "every other Tuesday", "length": 45})
    offered = pair.meets_again(first, "second-session").frontend.offered

    assert (offered["frequency"], offered["length"]) == ("every other Tuesday", 45)


def test_how_they_meet_stands_through_meetings_that_do_not_ask_for_it(
    pair: Pair, arranged: Held
) -> None:
    goal = pair.meets_again(arranged, "goal-session")
    meeting = pair.meets_again(goal, "meeting", {"next_time": "15:00"})

    assert (goal.frontend.offered["next_day"], goal.lines()[4]) == (
        "2026-12-08",
        "**We meet again on Tuesday 8 December 2026, on a walk.**",
    )
    assert meeting.lines()[4] == (
        "**We meet again on Tuesday 8 December 2026, "
        "from 15:00 to 15:45 (Warsaw time), on a walk.**"
    )


def test_a_place_that_is_struck_later_does_not_come_along(arranged: Held) -> None:
    first = arranged.sat.session
    facts = facts_of({"first": first}, agenda=first.agenda)

    assert facts.arranged["where"].value == "On a walk"
    assert "where" not in facts.without("format").arranged


def test_a_new_rhythm_is_in_the_agreement_and_opens_it_again(weekly: Held) -> None:
    assert (
        section(weekly.page("contract.md"), "How we meet").split("\n")[0],
        section(weekly.page("contract.md"), "Who agrees").split("\n\n")[1],
    ) == (
        WEEKLY,
        "- Ada: not yet\n- Grace: not yet",
    )


def test_the_sentence_that_changed_since_a_yes_is_put_to_them_alone(weekly: Held) -> None:
    assert [proposal.rewording for proposal in weekly.frontend.put] == [
        Rewording((), (Change((BEFORE,), (EVERY_WEEK,)),), since="24 November")
    ]


def test_an_agreement_that_was_never_accepted_is_read_whole(pair: Pair, usual: Held) -> None:
    second = pair.meets_again(usual, "second-session", {"frequency": "Every week"})

    assert [proposal.rewording for proposal in second.frontend.put] == [None]


def test_who_does_what_stands_in_the_agreement_also_after_an_early_check_in(
    pair: Pair, usual: Held
) -> None:
    check_in = pair.meets_again(usual, "check-in")

    assert section(check_in.page("contract.md"), "Who does what").split("\n\n")[0] == (
        "Grace arranges our dates, and sends a topic two days ahead."
    )


# --- Purpose and goals


def test_the_purpose_is_offered_in_the_words_of_last_time(story: Story) -> None:
    held = (story.second, story.check_in, story.closing)

    assert [one.frontend.offered["purpose"] for one in held] == [USUAL["purpose"]] * 3


def test_a_corrected_purpose_stands_from_then_on(pair: Pair, corrected: Held) -> None:
    check_in = pair.meets_again(corrected, "check-in", skip=["still-for"])

    assert section(check_in.page("contract.md"), "What it is for") == (
        "Grace says: “To say no.”\n\nAda hopes to learn how people start out as leaders today."
    )


def test_the_last_page_looks_back_on_the_purpose_as_it_was_at_first(
    pair: Pair, corrected: Held
) -> None:
    closing = pair.meets_again(corrected, "closing-session")

    assert section(closing.page(), "What Grace came for").split("\n\n") == [
        "On Tuesday 24 November 2026:",
        f"> {USUAL['purpose']}",
        "And today:",
        "> To say no.",
    ]


def test_goals_are_offered_half_way_and_stand_on_the_last_page(story: Story) -> None:
    assert (
        story.check_in.frontend.offered["goals"],
        section(story.closing.page(), "The goals").split("\n"),
    ) == (GOALS, [f"- {goal}" for goal in GOALS])


def test_goals_stay_where_the_check_in_passes_over_them(pair: Pair, story: Story) -> None:
    check_in = pair.meets_again(story.second, "check-in", skip=["goals-now"])

    closing = pair.meets_again(check_in, "closing-session")

    assert closing.frontend.offered["goals"] == GOALS


def test_an_earlier_goal_is_asked_for_once(story: Story) -> None:
    asked = [key for key in story.check_in.frontend.asked if key == "goals"]

    assert asked == ["goals"]


def test_a_direction_is_enough(pair: Pair, usual: Held) -> None:
    answers = {"aim": "A direction is enough", "watch_for": "when I say yes too fast"}
    second = pair.meets_again(usual, "second-session", answers)

    assert (
        section(second.page(), "What Grace is here for").split("\n\n")[1],
        section(second.page(), "Also written down"),
    ) == (
        (
            "These are Grace's own words. "
            "A direction is enough for now; we look at it again next time."
        ),
        "What Grace watches out for on the way: when I say yes too fast.",
    )


# --- The end


def test_an_early_end_offers_the_notes_the_month_that_the_agreement_gives_them(
    early: Held,
) -> None:
    assert early.frontend.offered["gone_by"] == "2026-12-24"


def test_the_page_of_an_early_end(early: Held) -> None:
    assert early.page() == approved("summary-early.md")


def test_at_the_end_there_is_no_new_agreement(story: Story, early: Held) -> None:
    written = [end.sat.written for end in (story.closing, early)]

    stems = [{path.stem for path in each.files} for each in written if each]
    assert stems == [{"summary", "mentorship"}] * 2


# --- Reverse mentoring


def test_who_learns_from_whom_stays_as_it_was(reverse: tuple[Held, Held]) -> None:
    assert reverse[1].card("stayed").people == "Ada (mentor) · Grace (learner)"


def test_what_keeps_a_reverse_mentoring_safe_stays_in_the_agreement(
    reverse: tuple[Held, Held],
) -> None:
    headings = [
        [line for line in held.lines("contract.md") if line.startswith("## ")] for held in reverse
    ]
    assert headings[0] == headings[1]
