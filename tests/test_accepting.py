"""Accepting the agreement in a walk: by both, by one, not yet, and taking it back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.both_frontends import BACK, NAMES, ON, READ, SKIP, Step, at_once, corrected, row
from support.building import ADA_AND_GRACE, answered, at, session_of
from support.small_house import Guide
from support.small_walks import AGREE, CHANGE, agenda_of
from support.terminals import DOWN, TAB, UP, FakeClock, fed

from mentorwalk.domain.agenda import Clause, Prompt
from mentorwalk.domain.agreement_text import Agreement, fingerprint_of
from mentorwalk.domain.card import Card
from mentorwalk.domain.card import PhaseState as Phase
from mentorwalk.domain.changes import Change
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.events import Accepted, Drafted, Opened, Struck
from mentorwalk.domain.fields import Field
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.session import Session
from mentorwalk.engine.frontend import (
    Action,
    Command,
    EditLine,
    Proposal,
    PutBack,
    Reword,
    Rewording,
    Said,
)
from mentorwalk.engine.style import Ending
from mentorwalk.engine.walk import Walk
from mentorwalk.frontends.agreement_words import changed_lines, rewording_words, ways_to_accept
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.scripted import ScriptedFrontend
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.frontend import Frontend, Reply

HOW = "said yes in the answers file"

FREQUENCY = Field("frequency", "How often", default="monthly")
RHYTHM = Prompt(
    "rhythm",
    "How often?",
    settle=(FREQUENCY,),
    clause=Clause("How we meet", "We meet {frequency}."),
)
SMALL = agenda_of(RHYTHM, AGREE)
TYPED = "said yes aloud on the call, and wrote it down"
TO_AGREE = (ON, ON, ON)
"""The sheet is kept, and the agreement stands there."""


def once_read(step: Step) -> Step:
    """What they choose when the agreement was shown."""
    return Step(READ.keys + step.keys, READ.lines + step.lines)


FIRST = DRAFT = once_read(at_once(1))
BOTH, ONLY_GRACE, ONLY_ADA = (once_read(at_once(number)) for number in (2, 3, 4))
AGAIN = (BACK, ON)
"""From the review back to the agreement."""
ENDED = (ON,)
"""The review is kept."""


def agreed(session: Session) -> Agreement:
    """The agreement of a session."""
    names = f"{session.people.mentor} and {session.people.mentee}"
    return Agreement.of(session, f"{names} meet {session.answers.get('frequency')}.\n")


def walked(
    frontend: Frontend,
    people: People = ADA_AND_GRACE,
    before: Mapping[Role, str] | None = None,
    agreement: Callable[[Session], Agreement] = agreed,
) -> Session:
    """Walk to the end, with what was accepted in the session before."""
    clock = FakeClock()
    accepted = (
        Accepted(**at(0), role=role, how="earlier", fingerprint=text)
        for role, text in (before or {}).items()
    )
    opened = Opened(
        **at(0) | {"at": clock.now()},
        agenda="small",
        digest="",
        people=people,
        plan=plan(SMALL, 12),
        carried=CarryOver(accepted=tuple(accepted)),
    )
    session = Session.open(SMALL, opened, clock.now() + timedelta(minutes=12))
    walk = Walk(session, MemoryJournal(), frontend, clock, agreement)
    assert walk.run() is Ending.CLOSED
    return walk.session


def live(*steps: Step, people: People = ADA_AND_GRACE) -> Session:
    with fed(*(step.keys for step in steps)):
        return walked(LiveFrontend(), people)


def plain(*steps: Step, people: People = ADA_AND_GRACE) -> Session:
    source = io.StringIO("".join(step.lines for step in steps))
    return walked(PlainFrontend(source, io.StringIO()), people)


FRONTENDS = {"live": live, "plain": plain}
ON_EACH = pytest.mark.parametrize("name", FRONTENDS)


def current(session: Session) -> dict[Role, str]:
    """How each of those who accepted the present wording did."""
    return {role: event.how for role, event in agreed(session).accepted.items()}


ALOUD = "said yes aloud on the call; Ada wrote it down"
WAYS: Mapping[str, tuple[Step, dict[Role, str]]] = {
    "draft": (DRAFT, {}),
    "Enter alone, and then both": (
        Step(f"{READ.keys}\r2", "\n2\n"),
        {"mentor": TYPED, "mentee": ALOUD},
    ),
    "both": (BOTH, {"mentor": TYPED, "mentee": ALOUD}),
    "the one who types": (ONLY_ADA, {"mentor": TYPED}),
    "the other one": (ONLY_GRACE, {"mentee": ALOUD}),
}


@ON_EACH
@pytest.mark.parametrize("way", WAYS)
def test_an_agreement_is_accepted_as_it_was_chosen(way: str, name: str) -> None:
    step, accepted = WAYS[way]
    assert current(FRONTENDS[name](*TO_AGREE, step, *ENDED)) == accepted


@ON_EACH
def test_how_each_accepted_is_right_where_the_mentee_types(name: str) -> None:
    people = People("Ada", "Grace", "mentee")
    session = FRONTENDS[name](*TO_AGREE, BOTH, *ENDED, people=people)
    assert current(session) == {
        "mentor": "said yes aloud on the call; Grace wrote it down",
        "mentee": TYPED,
    }


KEPT: Mapping[str, tuple[Step, tuple[Role, ...]]] = {
    "both": (BOTH, ("mentor", "mentee")),
    "only the mentor": (ONLY_ADA, ("mentor",)),
    "only the mentee": (ONLY_GRACE, ("mentee",)),
    "nobody": (DRAFT, ()),
}


@ON_EACH
@pytest.mark.parametrize("before", KEPT)
def test_what_was_accepted_before_can_stay(before: str, name: str) -> None:
    step, roles = KEPT[before]
    session = FRONTENDS[name](*TO_AGREE, step, *AGAIN, FIRST, *ENDED)
    assert tuple(current(session)) == roles


@ON_EACH
def test_what_was_accepted_is_not_accepted_a_second_time(name: str) -> None:
    once = FRONTENDS[name](*TO_AGREE, BOTH, *ENDED)
    again = FRONTENDS[name](*TO_AGREE, BOTH, *AGAIN, FIRST, *ENDED)
    assert {role: event.seq for role, event in again.accepted.items()} == {
        role: event.seq for role, event in once.accepted.items()
    }


@ON_EACH
@pytest.mark.parametrize(("before", "back"), [(BOTH, 3), (ONLY_ADA, 4), (ONLY_GRACE, 4)])
def test_an_acceptance_can_be_taken_back(before: Step, back: int, name: str) -> None:
    session = FRONTENDS[name](*TO_AGREE, before, *AGAIN, once_read(at_once(back)), *ENDED)
    assert session.accepted == {}


@ON_EACH
@pytest.mark.parametrize(
    ("first", "hows"),
    [(ONLY_ADA, [TYPED, ALOUD]), (ONLY_GRACE, [TYPED, ALOUD])],
    ids=["the mentor first", "the mentee first"],
)
def test_the_other_one_can_still_accept(first: Step, hows: list[str], name: str) -> None:
    session = FRONTENDS[name](*TO_AGREE, first, *AGAIN, BOTH, *ENDED)
    assert sorted(current(session).values()) == sorted(hows)
    assert agreed(session).state == "accepted"


WEEKLY = (row(1), ON, corrected("weekly"))
"""On the review at the end: the only line is changed, and the review shown again."""
REWORDED: Mapping[str, tuple[tuple[Step, ...], str, tuple[Role, ...]]] = {
    "both say yes to the new wording": ((BOTH, at_once(1)), "weekly", ("mentor", "mentee")),
    "both put the old one back": ((BOTH, at_once(2)), "monthly", ("mentor", "mentee")),
    "both leave it as a draft": ((BOTH, at_once(3)), "weekly", ()),
    "Grace says yes to the new wording": ((ONLY_GRACE, at_once(1)), "weekly", ("mentee",)),
    "Grace puts the old one back": ((ONLY_GRACE, at_once(2)), "monthly", ("mentee",)),
    "Enter alone first": ((BOTH, Step("\r1", "\n1\n")), "weekly", ("mentor", "mentee")),
}
"""Who said yes, what becomes of a line that changes then, the line, and who says yes to it."""


@ON_EACH
@pytest.mark.parametrize("way", REWORDED)
def test_a_change_after_a_yes_asks_about_what_changed_and_then_ends(way: str, name: str) -> None:
    (accepted, answer), frequency, roles = REWORDED[way]
    session = FRONTENDS[name](*TO_AGREE, accepted, *WEEKLY, ON, answer)
    assert session.answers["frequency"] == frequency
    assert tuple(current(session)) == tuple(session.accepted) == roles


@ON_EACH
def test_a_change_that_is_left_open_ends_all_the_same(name: str) -> None:
    session = FRONTENDS[name](*TO_AGREE, BOTH, *WEEKLY, ON, SKIP)
    assert (session.answers["frequency"], current(session)) == ("weekly", {})


@ON_EACH
def test_back_at_the_agreement_after_a_change_only_what_changed_is_asked_about(name: str) -> None:
    session = FRONTENDS[name](*TO_AGREE, BOTH, *WEEKLY, BACK, at_once(1), *ENDED)
    assert (session.answers["frequency"], len(current(session))) == ("weekly", 2)


@ON_EACH
def test_a_corrected_name_reopens_acceptance(name: str) -> None:
    corrected_names = (NAMES, corrected("Adah"), ON)
    session = FRONTENDS[name](*TO_AGREE, BOTH, *AGAIN[:1], *corrected_names, ON, FIRST, *ENDED)
    assert (session.people.mentor, current(session)) == ("Adah", {})


def test_live_and_plain_keep_the_same_of_it() -> None:
    steps = (
        *TO_AGREE,
        ONLY_GRACE,
        *AGAIN,
        BOTH,
        *AGAIN,
        once_read(at_once(3)),
        *AGAIN,
        ONLY_ADA,
        *ENDED,
    )
    assert live(*steps) == plain(*steps)


def test_in_one_state_of_a_session_the_agreement_is_made_once() -> None:
    made: list[int] = []

    def counted(session: Session) -> Agreement:
        """The agreement, and a note of after which event it was made."""
        made.append(session.last.seq)
        return agreed(session)

    walked(ScriptedFrontend({}, accept=True), agreement=counted)
    assert made == sorted(set(made))


# --- From a file of answers


BEFORE: dict[Role, str] = dict.fromkeys(
    ("mentor", "mentee"), fingerprint_of("Ada and Grace meet monthly.\n")
)


def test_yes_in_the_answers_accepts_for_both() -> None:
    assert current(walked(ScriptedFrontend({}, accept=True))) == {"mentor": HOW, "mentee": HOW}


def test_without_a_yes_in_the_answers_it_is_a_draft() -> None:
    assert walked(ScriptedFrontend({})).accepted == {}


@pytest.mark.parametrize("accept", [False, True])
def test_what_was_accepted_stands_whatever_the_answers_say(accept: bool) -> None:
    session = walked(ScriptedFrontend({}, accept=accept), before=BEFORE)
    assert current(session) == {"mentor": "earlier", "mentee": "earlier"}


def test_what_one_had_accepted_stands_and_the_answers_add_the_other() -> None:
    alone: dict[Role, str] = {"mentee": BEFORE["mentee"]}
    assert current(walked(ScriptedFrontend({}), before=alone)) == {"mentee": "earlier"}
    assert current(walked(ScriptedFrontend({}, accept=True), before=alone)) == {
        "mentee": "earlier",
        "mentor": HOW,
    }


def test_what_was_accepted_in_another_wording_is_not_accepted_by_the_answers() -> None:
    session = walked(ScriptedFrontend({"frequency": "weekly"}), before=BEFORE)
    assert session.accepted == {}


# --- From an earlier session


def test_who_says_yes_again_is_asked_anew_if_a_line_changes_after_it() -> None:
    said: dict[str, list[Reply]] = {"choice": [CHANGE], "frequency": [Said("weekly")]}
    guide = Guide(said, [EditLine(0)])
    session = walked(guide, before=BEFORE)
    assert [each.accepted_by for each in guide.proposals] == [("mentor", "mentee"), ()]
    assert current(session) == {"mentor": TYPED, "mentee": ALOUD}


# --- What is offered


BOTH_SAY = (Said("both"), "We both say yes, aloud, now")
REWORD = (Reword(), "There is a sentence that we want to change")
TAKE_BACK = (Said("draft"), "Make it a draft again")
OFFERED: Mapping[tuple[Role, ...], list[tuple[Said | Reword, str]]] = {
    (): [
        (Said("draft"), "We sleep on it: a draft until we meet again"),
        BOTH_SAY,
        (Said("mentee"), "Only Grace says yes today"),
        (Said("mentor"), "Only Ada says yes today"),
        REWORD,
    ],
    ("mentor",): [
        (Said("mentor"), "It stays: Ada has said yes, Grace not yet"),
        BOTH_SAY,
        REWORD,
        TAKE_BACK,
    ],
    ("mentee",): [
        (Said("mentee"), "It stays: Grace has said yes, Ada not yet"),
        BOTH_SAY,
        REWORD,
        TAKE_BACK,
    ],
    ("mentor", "mentee"): [(Said("both"), "It stays: you both said yes"), REWORD, TAKE_BACK],
}
LAST_CARD = Card(ask="Is it a yes?", steps=(Phase("Close", "now"),))
PUT = Proposal("We meet.", ADA_AND_GRACE)
BY = pytest.mark.parametrize("by", OFFERED, ids=lambda by: " and ".join(by) or "nobody")


@BY
def test_what_can_become_of_it_is_offered_by_who_has_accepted(by: tuple[Role, ...]) -> None:
    assert ways_to_accept(Proposal("We meet.", ADA_AND_GRACE, by)) == OFFERED[by]


@BY
def test_it_is_offered_in_the_same_order_on_every_frontend(by: tuple[Role, ...]) -> None:
    proposal = Proposal("We meet.", ADA_AND_GRACE, by)
    answers = [answer for answer, _ in OFFERED[by]]
    told = []
    for number in range(1, len(answers) + 1):
        source, card = io.StringIO(f"{number}\n"), Card(ask="Accept it?")
        with fed(f"\r{number}"):
            shown = LiveFrontend().decide(card, proposal, None)
        told.append((PlainFrontend(source, io.StringIO()).decide(card, proposal, None), shown))
    assert told == [(answer, answer) for answer in answers]


def test_a_draft_says_until_when() -> None:
    offered = ways_to_accept(Proposal("We meet.", ADA_AND_GRACE, until="15 December"))
    assert offered[0][1] == "We sleep on it: a draft until 15 December"


MARKED: Mapping[str, tuple[str, Said | Reword | Command]] = {
    "Enter alone, then a digit": ("\r\r2", Said("both")),
    "Down marks the first": (f"{DOWN}\r", Said("draft")),
    "Down twice marks the second": (f"{DOWN}{DOWN}\r", Said("both")),
    "Up marks the last": (f"{UP}\r", Reword()),
    "back to the text, and on": (f"{TAB}b\r3", Said("mentee")),
    "back from the text": (f"{TAB}b{TAB}b", Command(Action.BACK)),
}
"""Keys at the question of the yes, and what is chosen with them."""


@pytest.mark.parametrize("keys", MARKED)
def test_no_choice_is_marked_until_somebody_marks_one(keys: str) -> None:
    pressed, answer = MARKED[keys]
    with fed("\r", pressed):
        assert LiveFrontend().decide(LAST_CARD, PUT, None) == answer


def test_an_enter_alone_says_that_nothing_is_chosen() -> None:
    with fed("\r", ("Is it a yes?", "\r"), ("Nothing is chosen yet", "1")) as terminal:
        LiveFrontend().decide(LAST_CARD, PUT, None)
    assert terminal.seen("Nothing is chosen yet: press a digit.")


@ON_EACH
def test_a_sentence_is_changed_from_the_question_and_the_agreement_put_again(name: str) -> None:
    reworded = (once_read(at_once(5)), row(1), ON, corrected("weekly"), ON, BOTH)
    session = FRONTENDS[name](*TO_AGREE, *reworded)
    assert (session.answers["frequency"], len(current(session))) == ("weekly", 2)


def test_a_name_means_nothing_but_itself_in_what_is_offered() -> None:
    people = replace(ADA_AND_GRACE, mentor="{0} %s [red]", mentee="{}")
    proposal, card = Proposal("We meet.", people, ("mentor",)), Card(ask="Accept it?")
    target = io.StringIO()
    PlainFrontend(io.StringIO("1\n"), target).decide(card, proposal, None)
    stays = "It stays: {0} %s [red] has said yes, {} not yet"
    with fed("\r", (stays, "1")) as terminal:
        LiveFrontend().decide(card, proposal, None)
    assert (f"1. {stays}\n" in target.getvalue(), terminal.seen(stays)) == (True, True)


# --- What changed since a yes


WHERE = Change(("We meet by video.",), ("We meet in person.",))
ADDED = Change((), ("We meet on Fridays.", "We bring coffee."))
GONE = Change(("We meet on Mondays.",), ())
BOTH_YES: tuple[Role, ...] = ("mentor", "mentee")
GRACE_YES: tuple[Role, ...] = ("mentee",)
TOLD: Mapping[str, tuple[Rewording, str]] = {
    "one sentence": (
        Rewording(BOTH_YES, (WHERE,)),
        "You have changed one sentence since you said yes.",
    ),
    "several": (
        Rewording(BOTH_YES, (WHERE, ADDED, GONE)),
        "You have changed four sentences since you said yes.",
    ),
    "since an earlier meeting": (
        Rewording((), (WHERE,), since="24 November"),
        "One sentence reads differently since 24 November. The others stay as they were.",
    ),
    "several since then": (
        Rewording((), (WHERE, ADDED, GONE), since="24 November"),
        "Four sentences read differently since 24 November. The others stay as they were.",
    ),
    "only one had said yes": (
        Rewording(GRACE_YES, (WHERE,)),
        "You have changed one sentence since Grace said yes.",
    ),
}


@pytest.mark.parametrize("what", TOLD)
def test_how_much_changed_since_a_yes_is_told(what: str) -> None:
    rewording, sentence = TOLD[what]
    assert rewording_words(rewording, ADA_AND_GRACE) == sentence


def test_what_changed_is_told_before_and_now() -> None:
    rewording = Rewording(BOTH_YES, (WHERE, ADDED, GONE))
    assert list(changed_lines(rewording)) == [
        ("before", "We meet by video."),
        ("now", "We meet in person."),
        ("new", "We meet on Fridays. We bring coffee."),
        ("gone", "We meet on Mondays."),
    ]


def test_after_a_change_the_choices_are_about_the_new_wording() -> None:
    both, grace = (Rewording(by, (WHERE,), returns=True) for by in (BOTH_YES, GRACE_YES))
    told = [ways_to_accept(replace(PUT, rewording=each, until="1 May")) for each in (both, grace)]
    draft = (Said("draft"), "Leave it as a draft until 1 May")
    assert told == [
        [
            (Said("both"), "We both say yes to the new wording"),
            (PutBack(), "Put the old wording back: your yes holds"),
            draft,
        ],
        [
            (Said("mentee"), "Grace says yes to the new wording"),
            (PutBack(), "Put the old wording back: the yes of Grace holds"),
            draft,
        ],
    ]
    assert len(ways_to_accept(replace(PUT, rewording=replace(both, returns=False)))) == 2


def test_the_screen_shows_what_changed_and_nothing_else_of_the_agreement() -> None:
    asked = replace(PUT, rewording=Rewording(BOTH_YES, (WHERE,), returns=True))
    with fed(("in person", "\r"), ("Nothing is chosen yet", "2"), columns=60, rows=20) as terminal:
        assert LiveFrontend().decide(LAST_CARD, asked, None) == PutBack()
    rows = [row.strip() for row in terminal.pictures[0] if row.strip()]
    assert rows[2:] == [
        "You have changed one sentence since you said yes.",
        "before  We meet by video.",
        "now     We meet in person.",
        "1) We both say yes to the new wording",
        "2) Put the old wording back: your yes holds",
        "3) Leave it as a draft until we meet again",
        "a digit chooses · or Up, Down and Enter · Esc: back",
        "Tab: options · Shift+Tab: back",
    ]


def test_nobody_says_yes_to_a_change_that_was_never_in_sight() -> None:
    many = tuple(Change((f"Before {n}.",), (f"Now {n}.",)) for n in range(20))
    asked = replace(PUT, rewording=Rewording(BOTH_YES, many))
    script = ("1", ("more to read first", "\x1b[6~" * 6), ("Now 19.", "1"))
    with fed(*script, columns=60, rows=20) as terminal:
        assert LiveFrontend().decide(LAST_CARD, asked, None) == Said("both")
    assert terminal.awaited == []


def test_what_was_struck_is_not_remembered_as_accepted() -> None:
    accepted = Accepted(**at(0), role="mentor", how="yes", fingerprint="f")
    session = session_of(SMALL).apply_all([answered("frequency", "SECRET"), accepted])
    assert "SECRET" in repr(session.agreed_in)
    assert "SECRET" not in repr(session.apply(Struck(**at(0), field="frequency")))


def test_what_was_half_typed_is_not_remembered_as_accepted() -> None:
    accepted = Accepted(**at(0), role="mentor", how="yes", fingerprint="f")
    typed = Drafted(**at(0), field="frequency", text="every ot")
    session = session_of(SMALL).apply_all([typed, accepted])
    assert session.agreed_in is not None
    assert (list(session.drafts), session.agreed_in.drafts) == (["frequency"], {})


@ON_EACH
def test_what_was_accepted_is_known_after_a_crash(name: str) -> None:
    session = FRONTENDS[name](*TO_AGREE, BOTH, *WEEKLY, ON, SKIP)
    assert session.agreed_in is not None
    assert session.agreed_in.answers["frequency"] == "monthly"
