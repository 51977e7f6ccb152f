"""An exercise within a session: its cards, its answers, and what is left of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from support.building import agenda_written, at, our_agreement, session_of
from support.chains import Chain, then
from support.exercises import MEETING, SAID, TEXT, TOPIC_FIELD, WHEEL, Known, with_wheel
from support.sample_sessions import BUNDLED, with_template
from support.small_walks import KEPT, STRIKE, SURE, TALKED, Player, agenda_of, walked

from mentorwalk.documents.writing import write_documents
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.agreement_text import Agreement
from mentorwalk.domain.alone import as_run
from mentorwalk.domain.asking import asked_of, review_of
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.events import Answered, Done, Entered, ExerciseJoined, Skipped, Struck
from mentorwalk.domain.exercises import Exercise, joined_by, phase_with, renamed_in, run_of
from mentorwalk.domain.fields import Field
from mentorwalk.domain.mentorship import PAGE
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.people import Prep
from mentorwalk.domain.runs import runs_in
from mentorwalk.domain.session import Session
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.values import ByItem
from mentorwalk.engine.frontend import Action, Command, EditLine, Reply, Said
from mentorwalk.engine.walk import Walk
from mentorwalk.storage.codec import decoded, encoded
from mentorwalk.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from pathlib import Path

EXERCISE = Command(Action.EXERCISE)
SKILLS = ByItem((("Skills", 7),))
CARDS = ("wheel.areas", "wheel.numbers", "wheel.ready", "wheel.choose", "wheel.feels")


def meeting() -> Session:
    """Return a session on its first card."""
    return then(session_of(MEETING), Entered, prompt="topic")


def done(session: Session) -> Session:
    """Return a session after everything of its exercise was said, and each card is done."""
    (joined,) = session.exercises
    for key, value in SAID.items():
        here = joined.renamed.get(key, key)
        session = then(session, Answered, field=here, value=value)
    for card in session.cards:
        session = then(session, Done, prompt=card)
    return session


def walk_of(player: Player, minutes: int = 55, known: Known | None = None) -> Walk:
    """Return the walk of a session with so many minutes to go, where exercises are known."""
    known = known or Known()
    opened = replace(session_of(MEETING).opened, at=player.clock.now())
    session = Session.open(MEETING, opened, opened.at + timedelta(minutes=minutes))
    return Walk(
        session, MemoryJournal(), player, player.clock, our_agreement, known=known or Known()
    )


def known_as(id_: str, title: str, text: str = TEXT) -> Exercise:
    """Return an exercise of this id and title."""
    agenda = replace(agenda_written(text), id=id_, title=title, when_to_use="")
    return Exercise(agenda, text, "0" * 64)


# --- Its place


def test_its_cards_come_after_the_current_one_in_a_phase_of_their_own() -> None:
    session = with_wheel(meeting())
    assert session.cards == ("topic", *CARDS, "more", "step")
    assert [phase.id for phase in session.agenda.phases] == ["talk", "wheel.spokes", "end"]
    card = card_of(session, session.agenda.prompts["wheel.areas"])
    assert ([step.short for step in card.steps], card.place) == (["Talk", "Wheel", "End"], "1 of 4")


def test_it_takes_its_time_from_the_rest_and_what_does_not_fit_is_left() -> None:
    session = with_wheel(meeting(), dropped=("more",))
    assert session.marks == {"more": "dropped"}
    assert sum(session.planned[card] for card in CARDS) == 20 * 60
    assert session.not_reached() == ("topic", *CARDS[:3], "wheel.feels", "more", "step")


def test_what_helps_when_it_stalls_comes_along() -> None:
    assert with_wheel(meeting()).agenda.prompts["wheel.areas"].stuck == (
        "Which one came to mind first?",
    )


# --- Its fields


def test_a_field_that_means_the_same_is_the_same_and_another_one_gets_a_name_of_its_own() -> None:
    session = done(with_wheel(meeting()))
    assert session.exercises[0].renamed == {"topic": "wheel.topic"}
    assert session.answer("mentee_step").value == "leave at six"
    assert (session.answer("topic").value, session.answer("wheel.topic").value) == (
        None,
        "The evenings",
    )
    step = [question for question in review_of(session) if question.id == "mentee_step"]
    assert [question.value for question in step] == ["leave at six"]


def test_a_field_that_meant_something_else_in_an_earlier_session_gets_a_name_of_its_own() -> None:
    other = replace(MEETING.prompts["topic"], record=(Field("area", "Area code", "number"),))
    phase = replace(MEETING.phases[0], prompts=(other,))
    chain = Chain().walked(replace(MEETING, phases=(phase,)), {"area": 48})
    session = with_wheel(then(chain.opened(MEETING), Entered, prompt="topic"), chain.mentorship)
    assert session.exercises[0].renamed == {"topic": "wheel.topic", "area": "wheel.area"}
    assert session.agenda.fields["wheel.area"].choices_from == "own"


def test_it_can_be_seen_by_itself_under_its_own_ids() -> None:
    session = done(with_wheel(meeting()))
    run = run_of(session, session.exercises[0])
    assert {key: each.value for key, each in run.own_answers().items()} == SAID


# --- Choosing it


def test_it_is_chosen_on_a_card_which_is_over_then() -> None:
    player = Player([EXERCISE, Said("wheel"), Said("Yes, begin after this card"), Said(("Work",))])
    walk = walk_of(player)
    walk.run()
    assert player.shown == [
        "talk What is it today?",
        "ask choice",
        "ask exercise",
        "ask topic",
        "talk Which areas belong on your wheel?",
    ]
    assert walk.session.marks == {"more": "dropped", "topic": "done"}


def test_a_list_says_how_long_it_takes_and_when_it_helps() -> None:
    player = Player([EXERCISE, Said("wheel")])
    walk_of(player).run()
    assert player.stops[1].questions[0].shown_as == {
        "wheel": "Wheel of areas, 10 to 30 minutes: When everything is too much at once."
    }


def test_what_is_left_for_another_day_is_told_before_it_joins() -> None:
    player = Player([EXERCISE, Said("wheel"), Said("No exercise"), TALKED])
    walk = walk_of(player)
    walk.run()
    assert player.stops[2].questions[0].label == (
        "When everything is too much at once. “Wheel of areas” takes 20 minutes. "
        "These are left for another day:\n- What else?"
    )
    assert walk.session.cards == ("topic", "more", "step")


def test_where_too_little_is_left_it_is_kept_for_another_day() -> None:
    player = Player([EXERCISE, Said("wheel"), Said("Another day"), TALKED])
    walk = walk_of(player, minutes=15)
    walk.run()
    assert walk.session.parked() == ("wheel.another-day",)
    assert walk.session.ask_of("wheel.another-day") == "Wheel of areas"
    steps = card_of(walk.session, walk.session.agenda.prompts["topic"]).steps
    assert [step.short for step in steps] == ["Talk", "End"]


def test_exercises_with_time_are_offered_first_and_none_for_the_mentor_alone() -> None:
    long = TEXT.replace("shortest: 10", "shortest: 60").replace("longest: 30", "longest: 90")
    long = long.replace("minutes: 20\n", "minutes: 60\n", 1)
    exercises = (
        known_as("a", "Zebra"),
        known_as("b", "Apple", long),
        known_as("c", "mango"),
        known_as("d", "Rehearsal", TEXT.replace(": mentee", ": mentor")),
    )
    player = Player([EXERCISE])
    walk_of(player, known=Known(exercises)).run()
    (question,) = player.stops[-1].questions
    assert [option.word.partition(",")[0] for option in question.options] == [
        "mango",
        "Zebra",
        "Apple",
    ]


def test_put_off_twice_it_is_kept_once_and_done_after_all_it_is_kept_no_more() -> None:
    later, yes = Said("Another day"), Said("Yes, begin after this card")
    player = Player([EXERCISE, Said("wheel"), later, EXERCISE, Said("wheel"), later, TALKED])
    walk = walk_of(player)
    walk.run()
    assert walk.session.parked() == ("wheel.another-day",)
    player = Player([EXERCISE, Said("wheel"), later, EXERCISE, Said("wheel"), yes])
    walk = walk_of(player)
    walk.run()
    assert (walk.session.parked(), walk.session.cards) == ((), ("topic", *CARDS, "more", "step"))
    assert "wheel.another-day" not in walk.session.agenda.prompts


def test_chosen_twice_it_is_told_and_they_go_there() -> None:
    yes = Said("Yes, begin after this card")
    player = Player([EXERCISE, Said("wheel"), yes, EXERCISE, Said("wheel"), TALKED, TALKED])
    walk_of(player).run()
    assert player.shown[-3:] == [
        "talk It is in this session already.",
        "talk Which areas belong on your wheel?",
        "ask own",
    ]


def test_two_that_are_called_nearly_the_same_keep_their_answers_apart() -> None:
    one = renamed_in(replace(WHEEL, id="x-1"), MEETING.fields, {})
    beside = {**MEETING.fields, one["topic"]: TOPIC_FIELD}
    other = renamed_in(replace(WHEEL, id="x_1"), beside, {})
    assert (one, other) == ({"topic": "x_1.topic"}, {"topic": "x_1_.topic"})


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Wheel", "Wheel"),
        ("A mirror of words", "A mirror"),
        ("In the end it is", "In the"),
        ("Feedback, both ways", "Feedback"),
        ("Incomprehensibilities", "Incomprehens"),
    ],
)
def test_its_phase_is_called_by_the_first_word_that_says_something(title: str, short: str) -> None:
    joined = replace(with_wheel(meeting()).exercises[0], exercise=replace(WHEEL, title=title))
    assert phase_with(joined).short == short


# --- What is left of it


@pytest.mark.parametrize(
    ("document", "files"),
    [
        (MEETING.documents[0], ["summary.md"]),
        (Document("own.md.j2", "summary.md"), ["summary.md", "wheel-summary.md"]),
        (Document("own.md.j2", "wheel.md"), ["summary.md", "wheel.md"]),
    ],
    ids=["the same page", "another page in the same file", "a page of its own"],
)
def test_its_documents_take_no_place_of_the_sessions_own(
    document: Document, files: list[str]
) -> None:
    session = with_wheel(meeting(), exercise=replace(WHEEL, documents=(document,)))
    assert [each.file for each in session.agenda.documents] == files
    owners = [joined_by(session, each) for each in session.agenda.documents]
    assert [owner is not None for owner in owners] == [False, True][: len(files)]


def test_what_was_only_said_outside_it_is_no_answer_of_it() -> None:
    session = with_wheel(then(meeting(), Answered, field="mentee_step", value="asks for help"))
    for card in session.exercises[0].plan:
        session = then(session, Skipped, prompt=card.prompt)
    session = then(session, Done, prompt="step")
    assert run_of(session, session.exercises[0]).answer("mentee_step").empty


def test_what_the_session_asks_too_is_no_answer_of_cards_that_nobody_came_to() -> None:
    session = with_wheel(then(meeting(), Answered, field="mentee_step", value="asks for help"))
    first, *_rest = session.exercises[0].plan
    session = then(session, Done, prompt=first.prompt)
    assert run_of(session, session.exercises[0]).answer("mentee_step").empty


def test_the_summary_has_a_section_for_it_and_says_the_same_thing_once() -> None:
    text = BUNDLED.text(done(with_wheel(meeting())), MEETING.documents[0], Agreement(""))
    section = text.partition("## Wheel of areas\n\n")[2].partition("\n\n---")[0].split("\n\n")
    assert section == [
        "Now:",
        """```bars
Skills              ███████···   7
Rest                ██········   2  ← chosen
```""",
        "Ready: Yes.",
        "The area: Rest.",
        "What it is about: The evenings.",
    ]
    assert text.count("leave at six") == 1


def test_of_an_exercise_that_is_passed_over_nothing_is_left() -> None:
    session = with_wheel(meeting())
    for card in session.exercises[0].plan:
        session = then(session, Skipped, prompt=card.prompt)
    assert [each.file for each in BUNDLED.documents(session)] == ["summary.md"]
    assert "Wheel of areas" not in BUNDLED.text(session, MEETING.documents[0], Agreement(""))
    assert [run.title for run in runs_in([session])] == ["A talk"]


def test_its_page_goes_with_its_last_word(tmp_path: Path) -> None:
    session = done(with_wheel(meeting()))
    write_documents(session, BUNDLED, tmp_path, tmp_path)
    assert (tmp_path / "wheel.md").exists()
    write_documents(replace(session, answers={}), BUNDLED, tmp_path, tmp_path)
    assert sorted(each.name for each in tmp_path.glob("*.*")) == [
        "rendered.json",
        "summary.html",
        "summary.md",
    ]


def test_an_exercise_without_a_word_is_told_and_has_no_page() -> None:
    session = then(with_wheel(meeting()), Done, prompt="wheel.choose")
    assert [each.file for each in BUNDLED.documents(session)] == ["summary.md"]
    assert [run.title for run in runs_in([session])] == ["A talk", "Wheel of areas"]


def test_its_own_document_is_written_as_if_it_had_been_walked_alone() -> None:
    session = done(with_wheel(meeting()))
    document = session.agenda.documents[1]
    assert document.file == "wheel.md"
    text = BUNDLED.text(session, document, Agreement(""))
    assert text.startswith("# Grace and Ada: Wheel of areas\n")
    assert "“The evenings”" in text


def test_the_event_is_in_the_journal_whole_but_for_its_text() -> None:
    event = with_wheel(meeting()).last
    assert isinstance(event, ExerciseJoined)
    assert decoded(encoded(event)) == replace(event, exercise=None)


# --- Over several sessions


def test_the_fold_has_each_time_with_its_answers_and_how_it_was_done() -> None:
    chain = Chain().walked(WHEEL, {**SAID, "own": ("Skills",)})
    session = with_wheel(then(chain.opened(MEETING), Entered, prompt="topic"), chain.mentorship)
    chain = chain.with_session(done(session))
    told = [(run.agenda, run.way, run.answers["own"].value) for run in chain.mentorship.exercises]
    assert told == [("wheel", "together", ("Skills",)), ("wheel", "joined", ("Skills", "Rest"))]


def test_it_is_no_meeting_and_decides_nothing() -> None:
    chain = Chain().walked(MEETING).walked(WHEEL, SAID)
    assert [held.agenda for held in chain.mentorship.meetings] == ["talk"]


def test_what_came_of_it_comes_back_by_its_id() -> None:
    asks = replace(MEETING.prompts["more"], recall=("area", "mentee_step"))
    phase = replace(MEETING.phases[0], prompts=(asks,))
    chain = Chain().walked(MEETING).walked(WHEEL, SAID)
    session = chain.opened(replace(MEETING, phases=(phase, MEETING.phases[1])))
    recalled = card_of(session, session.agenda.prompts["more"]).recalled
    assert [(each.label, each.text) for each in recalled] == [
        ("The area", "Rest"),
        ("Grace's small step", "leave at six"),
    ]


def test_the_numbers_of_the_last_time_stand_beside_those_of_today() -> None:
    session = Chain().walked(WHEEL, SAID).opened(WHEEL)
    session = then(session, Answered, field="own", value=("rest", "People"))
    card = session.agenda.prompts["numbers"]
    (question,) = asked_of(session, card)
    assert (question.value, question.earlier) == (None, ByItem((("rest", 2),)))
    assert question.earlier_day == date(2026, 11, 24)
    assert card_of(session, card).recalled == ()
    (recalled,) = card_of(session, replace(card, picture=None)).recalled
    assert (recalled.label, recalled.text) == (
        "Now, on 24 November",
        "Skills 7 of 10, Rest 2 of 10",
    )


# --- What is struck


def struck(
    *replies: Reply, line: str = "own", carried: CarryOver | None = None
) -> tuple[Walk, Player, MemoryJournal]:
    """Return the walk of an exercise of one's own, in which a line of the review was struck."""
    said = [Said(value) for value in SAID.values()]
    cards: tuple[Reply, ...] = (
        TALKED,
        said[0],
        TALKED,
        said[1],
        TALKED,
        said[2],
        TALKED,
        *said[3:],
        TALKED,
    )
    player = Player([*cards, EditLine([*SAID].index(line)), STRIKE, *replies, KEPT])
    along = carried or CarryOver()
    opened = replace(session_of(WHEEL).opened, at=player.clock.now(), carried=along)
    session = Session.open(WHEEL, opened, opened.at + timedelta(minutes=20))
    journal = MemoryJournal()
    walk = Walk(session, journal, player, player.clock, our_agreement)
    walk.run()
    return walk, player, journal


def test_a_struck_area_takes_its_number_and_its_place_along_in_the_journal_as_well() -> None:
    walk, player, journal = struck(Said("Rest"), SURE)
    assert walk.session.answers == {**SAID, "own": ("Skills",), "now": SKILLS, "area": None}
    asked = [q.label for stop in player.stops for q in stop.questions if q.id == "strike"]
    assert asked == ["Strike it? It is erased: “Rest”, with its number"]
    assert "Rest" not in repr([encoded(event) for event in journal.events])


def test_what_was_struck_is_replayed_as_it_was() -> None:
    walk, _player, journal = struck(Said("Rest"), SURE)
    told = [decoded(json.loads(json.dumps(encoded(event)))) for event in journal.events]
    assert walk.opened.apply_all(told).answers == walk.session.answers


def test_all_of_a_source_takes_all_that_hangs_on_it_along() -> None:
    walk, _player, _journal = struck(Said("All of it"), SURE)
    left = {key: value for key, value in walk.session.answers.items() if value is not None}
    assert left.keys() == {"ready", "topic", "mentee_step"}


def test_a_number_can_be_struck_alone() -> None:
    walk, _player, journal = struck(Said("Rest"), SURE, line="now")
    assert walk.session.answers == {**SAID, "now": SKILLS}
    said = [event for event in journal.events if isinstance(event, Answered)]
    assert [each.value for each in said if each.field == "now"] == [SKILLS]


def test_a_struck_area_of_last_time_is_erased_from_what_is_compared() -> None:
    session = Chain().walked(WHEEL, SAID).opened(WHEEL)
    redacted = Struck(
        **at(1), field="own", place="1/2", along=("now", "area"), words=frozenset(["rest"])
    )
    earlier = session.apply(redacted).opened.carried.earlier
    assert {key: each.value for key, each in earlier.items() if key in ("own", "now", "area")} == {
        "own": ("Skills",),
        "now": SKILLS,
    }


def test_an_area_that_is_struck_later_is_in_no_earlier_time_any_more() -> None:
    chain = Chain().walked(WHEEL, SAID).walked(WHEEL, SAID)
    rest = frozenset(["rest"])
    redacted = Struck(**at(1), field="own", place="1/2", along=("now", "area"), words=rest)
    later = replace(chain.opened(WHEEL), struck={}).apply(redacted)
    runs = chain.with_session(later).mentorship.exercises
    said = [{key: each.value for key, each in run.answers.items()} for run in runs[:2]]
    left = {**SAID, "own": ("Skills",), "now": SKILLS}
    assert said == [{key: value for key, value in left.items() if key != "area"}] * 2
    # Nor does it read as if somebody had left it out.
    assert [run.answers["now"].sentence for run in runs[:2]] == ["Skills 7 of 10"] * 2


def shared_alone() -> Chain:
    """Return a meeting to which one of them brought the numbers of an exercise done alone."""
    numbers = {"now": ByItem((("Skills", 3), ("Rest", 6)))}
    run = as_run(Prep("wheel", "mentee", "Grace", numbers, day=date(2026, 11, 20)), WHEEL)
    session = Chain().opened(MEETING)
    return Chain().with_session(replace(session, opened=replace(session.opened, prepared=(run,))))


def test_an_area_that_is_struck_later_is_in_nothing_that_was_brought_along_before() -> None:
    opened = shared_alone().opened(WHEEL)
    for key, value in SAID.items():
        opened = then(opened, Answered, field=key, value=value)
    rest = frozenset(["rest"])
    along = ("now", "area")
    later = then(opened, Struck, field="own", place="1/2", along=along, words=rest)
    alone, together = shared_alone().with_session(later).mentorship.exercises
    assert alone.answers["now"].sentence == "Skills 3 of 10"
    assert "Rest" not in repr((alone, together))


def test_what_is_struck_of_one_item_is_in_no_earlier_time_any_more() -> None:
    chain = Chain().walked(WHEEL, SAID)
    said = then(chain.opened(WHEEL), Answered, field="now", value=SAID["now"])
    later = then(said, Struck, field="now", item="Rest", words=frozenset(["rest"]))
    before, _today = chain.with_session(later).mentorship.exercises
    assert (before.answers["own"].value, before.answers["now"].value) == (SAID["own"], SKILLS)


def test_the_question_names_the_papers_in_which_only_the_number_of_an_area_stands() -> None:
    carried = shared_alone().opened(WHEEL).opened.carried
    _walk, player, _journal = struck(Said("Rest"), SURE, carried=carried)
    asked = [q.label for stop in player.stops for q in stop.questions if q.id == "strike"]
    question = "Strike it? It is erased: “Rest”, with its number."
    assert asked == [f"{question} It also stands in the papers of 20 November."]


def test_what_was_said_about_each_item_goes_with_it_and_so_does_its_name() -> None:
    own, means = Field("own", "Own", "list"), Field("means", "What {item} means", each_of="own")
    agenda = agenda_of(Prompt("areas", "Which?", record=(own, means)))
    said = (TALKED, Said(("Skills", "Rest")), Said("my craft"), Said("to breathe"))
    told = walked(agenda, *said, EditLine(0), STRIKE, Said("Rest"), SURE, KEPT)
    (asked,) = [q.label for stop in told.player.stops for q in stop.questions if q.id == "strike"]
    assert asked == "Strike it? It is erased: “Rest”, with its meaning"
    assert told.answers == {"own": ("Skills",), "means": ByItem((("Skills", "my craft"),))}
    lines = json.dumps([encoded(event) for event in told.journal.events])
    assert "Rest" not in lines
    assert "breathe" not in lines
    again = [decoded(line) for line in json.loads(lines)]
    assert told.walk.opened.apply_all(again).answers == told.answers


# --- In documents


def test_templates_see_each_time_and_the_last_one(tmp_path: Path) -> None:
    chain = Chain().walked(WHEEL, SAID)
    session = then(chain.opened(WHEEL), Answered, field="own", value=("People",))
    template = (
        "{% for each in mentorship.exercises %}{{ each.day }}, {{ each.way }}: "
        "{{ each.answers.own | listed }}\n{% endfor %}"
        "{{ earlier.day }}: {{ earlier.own | listed }}[{{ earlier.nothing }}]"
    )
    renderer = replace(
        with_template(tmp_path, "summary.md.j2", template), earlier=chain.mentorship.sessions
    )
    assert renderer.text(session, WHEEL.documents[0], Agreement("")).splitlines() == [
        "Tuesday 24 November 2026, together: Skills and Rest",
        "Tuesday 1 December 2026, together: People",
        "Tuesday 24 November 2026: Skills and Rest[]",
    ]


def test_the_page_of_the_mentorship_tells_of_it_beside_the_meetings() -> None:
    chain = Chain().walked(MEETING).walked(WHEEL, SAID)
    session = chain.opened(MEETING)
    renderer = replace(BUNDLED, earlier=chain.mentorship.sessions)
    page = renderer.text(session, PAGE, Agreement(""))
    assert "2 meetings since" in page
    own = page.partition("## Our exercises\n\n")[2].partition("\n\n##")[0]
    assert own.startswith("**Wheel of areas**, Tuesday 1 December 2026\n")
    assert all(word in own for word in ("Skills", "Rest", "7"))
