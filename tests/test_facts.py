"""The facts of a session for a programme: what stands in the file, and what never does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from support.agendas import yaml_text
from support.building import ADA_AND_GRACE, agenda_written, answered, at, closed, done, session_of
from support.commands import Ran, ran_in
from support.homes import as_format_1
from support.hostile_texts import HOSTILE
from support.sample_sessions import FIRST_SESSION
from support.small_house import SECRET, Pair, text_of
from support.terminals import FakeClock

from mentorwalk.authoring.loading import load_agenda
from mentorwalk.domain.answers import LEFT_OUT
from mentorwalk.domain.errors import SessionBusy
from mentorwalk.domain.events import NOTE, Answered, OffTheRecord, PairCoded, Struck
from mentorwalk.domain.facts import SessionFacts
from mentorwalk.domain.mentorship import Mentorship
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.text import clean
from mentorwalk.domain.values import ByItem, Node, Outline
from mentorwalk.engine.frontend import Action, Command, Said
from mentorwalk.engine.recorder import SessionRecorder
from mentorwalk.storage.library import Library
from mentorwalk.workflows.facts_contents import facts_contents
from mentorwalk.workflows.facts_file import write_facts
from mentorwalk.workflows.next_agenda import next_agenda
from mentorwalk.workflows.runner import SessionRunner

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.events import Event
    from mentorwalk.engine.frontend import Reply

TEXT = yaml_text("river")
EVERY_LINE = {
    "mentorwalk-facts": 1,
    "programme": "river-2026",
    "meeting": 1,
    "agenda": "river-first",
    "agenda_version": "2",
    "held_on": "2026-11-22",
    "minutes": 5,
    "format": "video",
    "agreement": "accepted",
    "agreement_on": "2026-11-22",
    "next_meeting": "set",
    "steps": 1,
    "goals": 2,
    "exercises": [],
    "contact_us": False,
}
UNASKED = {key: value for key, value in EVERY_LINE.items() if key != "contact_us"}
"""What is written where nobody is asked, and so nobody said anything of contact."""
DAY = 24 * 60 * 60


@dataclass
class House:
    """A home in which Ada and Grace meet, as members of a programme."""

    home: Path
    text: str = TEXT
    clock: FakeClock = field(default_factory=FakeClock)
    decides: str = "both"
    """Who accepts the agreement; `draft` for nobody."""
    talks: dict[str, list[Reply]] = field(default_factory=dict)
    """What they reply on a card, by its question."""

    @property
    def runner(self) -> SessionRunner:
        """The runner of this home."""
        return SessionRunner(Library(self.home, self.home / "documents"), self.clock)

    def meet(self, **said: Any) -> Path:
        """Hold the next session, after three weeks, and return its folder."""
        agenda = self.home / "agendas" / "river-first.yaml"
        if agenda.exists():
            script = next_agenda(self.runner, self.runner.store.newest_finished(), None, None)
        else:
            agenda.parent.mkdir(parents=True)
            agenda.write_text(self.text, encoding="utf-8")
            script = load_agenda(self.runner.library, "river-first", None)
        answers = {
            "goals": ("lead", "sleep"),
            "step": "ask two people",
            "day": "2126-12-15",
            **said,
        }
        replies: dict[str, list[Reply]] = {key: [Said(value)] for key, value in answers.items()}
        guide = Pair(replies, decides=self.decides, talks=dict(self.talks))
        folder = self.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 12), guide).folder
        self.clock.advance(21 * DAY)
        return folder

    def facts(self, *args: object, typed: str = "") -> Ran:
        """Run the command."""
        return ran_in(self.home, "facts", *args, typed=typed)

    @property
    def file(self) -> dict[str, Any]:
        """The facts that lie beside the documents."""
        (path,) = (self.home / "documents").rglob("facts-*.json")
        data: dict[str, Any] = json.loads(text_of(path))
        return data

    def written(self, *args: object) -> dict[str, Any]:
        """Write the facts without asking, and read them."""
        out = self.home / "facts.json"
        out.unlink(missing_ok=True)
        ended = self.facts("--yes", "--out", out, *args)
        assert (ended.code, ended.err) == (0, "")
        data: dict[str, Any] = json.loads(text_of(out))
        return data


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    house.meet()
    return house


def said_in(ended: Ran) -> str:
    """What a command said, whatever the width of its lines."""
    return " ".join((ended.out + ended.err).split())


def without_pair(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "pair"}


# --- What stands in it


def test_the_file_has_every_fact_in_its_order(house: House) -> None:
    data = house.written()

    assert without_pair(data) == UNASKED
    assert list(data) == ["mentorwalk-facts", "programme", "pair", *list(UNASKED)[2:]]


def test_what_the_programme_does_not_ask_for_is_not_in_it(tmp_path: Path) -> None:
    asks = "id: river-2026\n  asks: [next_meeting, meeting]"
    house = House(tmp_path, TEXT.replace("id: river-2026", asks))
    house.meet()

    assert without_pair(house.written()) == {
        "mentorwalk-facts": 1,
        "programme": "river-2026",
        "meeting": 1,
        "next_meeting": "set",
    }


def in_no_programme(folder: Path) -> House:
    """A home in which the two met with an agenda that names no programme."""
    text = TEXT.replace("programme:\n  id: river-2026\n", "")
    house = House(folder, text.replace("Our programme may hear {programme.asks}. ", ""))
    house.meet()
    return house


def test_two_who_are_in_no_programme_can_count_as_well(tmp_path: Path) -> None:
    house = in_no_programme(tmp_path)

    ended = house.facts(typed="\n\n1\n")

    assert house.file.keys() == {"pair", *EVERY_LINE} - {"programme"}
    assert "Nothing in your agreement speaks of this file: the two of you decide." in said_in(ended)


def test_no_programme_is_spoken_of_where_the_agenda_names_none(tmp_path: Path) -> None:
    shown = in_no_programme(tmp_path).facts(typed="yes\n\n").lines

    assert "Facts that can be counted" in shown
    assert "Would you like whoever gets this file to contact you?" in " ".join(shown)
    assert "13. You would like whoever gets this file to contact you" in shown
    assert " programme" not in " ".join(shown)


def test_the_code_is_that_of_the_two_and_another_for_others(house: House, tmp_path: Path) -> None:
    first = house.written()["pair"]
    house.meet()
    other = House(tmp_path / "other")
    other.meet()

    assert house.written()["pair"] == house.written("1")["pair"] == first
    assert other.written()["pair"] != first


def test_an_earlier_session_is_told_as_it_stood_then(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.meet(day="2026-12-13")
    house.meet(goals=("lead",), step="sleep", day=None)

    facts = ("meeting", "held_on", "goals", "steps", "next_meeting", "agreement_on")
    first, second = house.written("1"), house.written("2")

    assert [first[key] for key in facts] == [1, "2026-11-22", 2, 1, "set", "2026-11-22"]
    assert [second[key] for key in facts] == [2, "2026-12-13", 1, 2, "open", "2026-11-22"]


def test_an_agenda_without_a_programme_goes_on_with_that_of_the_two(tmp_path: Path) -> None:
    asks = "id: river-2026\n  asks: [meeting, agenda]"
    text = TEXT.replace("id: river-2026", asks).replace("next: river-first", "next: talk")
    other = "mentorwalk: 1\nid: talk\ntitle: A talk\nminutes: 12\n" + text[text.index("phases:") :]
    house = House(tmp_path, text)
    house.meet()
    agenda = tmp_path / "agendas" / "talk.yaml"
    agenda.write_text(other.replace("{programme.asks}", "it"), encoding="utf-8")
    house.meet()

    assert without_pair(house.written()) == {
        "mentorwalk-facts": 1,
        "programme": "river-2026",
        "meeting": 2,
        "agenda": "talk",
    }


def test_the_code_goes_with_the_sessions_that_keep_it(house: House) -> None:
    house.meet()
    first = house.written("2")["pair"]
    ran_in(house.home, "forget", "2", typed="y\n")

    assert house.written()["pair"] != first


def test_a_session_of_the_first_format_has_facts_too(house: House) -> None:
    as_format_1(next((house.home / "sessions").iterdir()))

    assert without_pair(house.written("1")) == UNASKED


def test_own_words_in_a_choice_are_other() -> None:
    assert told(agenda_written(TEXT), answered("format", SECRET))["format"] == "other"


def test_choices_that_are_not_in_our_letters_are_told_by_their_number() -> None:
    agenda = agenda_written(TEXT.replace("In person", "面对面"))

    assert told(agenda, answered("format", "面对面"))["format"] == "choice-2"


def test_choices_that_earlier_answers_make_are_no_fact() -> None:
    chosen = "type: select\n            choices_from: topics"
    own = "- id: topics\n            label: Topics\n            type: list\n          - id: format"
    begin, end = TEXT.index("            type: select"), TEXT.index("        clause:")
    text = TEXT[:begin] + f"            {chosen}\n" + TEXT[end:]
    agenda = agenda_written(text.replace("- id: format", own))
    topics = answered("topics", (SECRET, "sleep"))

    assert "format" not in told(agenda, topics, answered("format", SECRET))


def test_what_is_private_is_not_even_counted() -> None:
    text = TEXT.replace("items_from: goals", "items: [Craft]")
    agenda = agenda_written(text.replace("label: Goals", "label: Goals\n            private: yes"))
    goals = Answered(**at(0), field="goals", value=(SECRET,), private=True)

    assert "goals" not in told(agenda, goals)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 5), (7 * 60, 5), (8 * 60, 10), (58 * 60, 60), (62 * 60, 60)]
)
def test_minutes_come_in_steps_of_five(seconds: float, minutes: int) -> None:
    assert told(agenda_written(TEXT), closed(seconds))["minutes"] == minutes


# --- What never stands in it


def told(agenda: Agenda, *events: Event, people: People = ADA_AND_GRACE) -> dict[str, Any]:
    """What can be counted of a session after these events."""
    session = session_of(agenda, people=people)
    session = session.apply_all([*map(done, session.cards), closed(3600), *events])
    facts = SessionFacts(Mentorship({"": session}), date(2026, 11, 24)).facts
    return {fact.name: fact.value for fact in facts}


def everywhere(text: str) -> list[Event]:
    """The events of a session in which a text stands wherever people can write one."""
    item, own = clean(text) or "x", ("Reading", clean(text) or "x")
    return [
        answered("format", f"{item} own"),
        answered("goals", (item, f"{item} more")),
        answered("step", item),
        answered("ways", own),
        answered("story", item),
        answered("tree", Outline((Node(item, (Node(item),)),))),
        answered("now", ByItem(((item, 7),))),
        Answered(**at(0), field="worry", value=text, private=True),
        Answered(**at(0), field=NOTE, value=text, private=True),
        OffTheRecord(**at(0), off=True),
        OffTheRecord(**at(0), off=False),
        answered("story", f"{item} struck"),
        Struck(**at(0), field="story"),
    ]


@pytest.mark.slow
def test_of_500_hostile_texts_in_every_field_not_one_byte_is_a_fact() -> None:
    agenda = agenda_written(TEXT)
    usual = told(agenda, *everywhere("words"))

    for text in HOSTILE:
        people = People(f"{text} one", f"{text} two", "mentor")
        assert told(agenda, *everywhere(text), people=people) == usual

    assert len(HOSTILE) > 500
    assert usual == {
        "meeting": 1,
        "agenda": "river-first",
        "agenda_version": "2",
        "held_on": "2026-11-24",
        "minutes": 60,
        "format": "other",
        "agreement": "accepted",
        "agreement_on": "2026-11-24",
        "next_meeting": "open",
        "steps": 1,
        "goals": 2,
        "exercises": (),
        "contact_us": False,
    }


# --- What stands in the agreement about it

SHOWS_EVERY_LINE = "shows every line first."
TOLD = "Is this fine with you both?"
"""The card on which the river agenda says what is passed on."""


def reword(house: House, begins: str, words: str | None) -> None:
    """Put other words in the place of a sentence of the newest session, or take them back."""
    found = house.runner.store.newest_finished()
    (key,) = (each for each in found.session.agenda.plain if each.startswith(begins))
    with house.runner.store.journal(found.folder) as journal:
        recorder = SessionRecorder(found.session, journal, house.clock)
        recorder.record(Answered, field=key, value=words)


def test_who_struck_the_sentence_about_it_sends_nothing(house: House) -> None:
    reword(house, "Our programme may hear", LEFT_OUT)

    ended = house.facts("--yes")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("In your agreement you struck the sentence that says what your")
    assert not [*house.home.rglob("facts-*.json")]


def test_who_takes_a_struck_sentence_back_sends_facts_again(house: House) -> None:
    reword(house, "Our programme may hear", LEFT_OUT)
    house.meet()
    reword(house, "Our programme may hear", None)

    assert house.facts("--yes").code == 0


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        ("Our programme may hear", "Our programme hears how often we have met, and nothing else."),
        ("It hears nothing", "It never hears on which days we met."),
        ("It hears nothing", LEFT_OUT),
    ],
)
def test_what_they_changed_about_it_is_shown_and_never_passed_over(
    begins: str, words: str, house: House
) -> None:
    reword(house, begins, words)

    unasked, shown = house.facts("--yes"), said_in(house.facts(typed="\n\n1\n"))

    assert (unasked.code, unasked.out) == (1, "")
    assert unasked.err.startswith("In your agreement you changed what is said about your programme")
    assert unasked.err.endswith(f"`mentorwalk facts --home {house.home}` {SHOWS_EVERY_LINE}\n")
    assert "You changed this part of your agreement. It says now: “" in shown
    assert words in shown
    # All lines are marked there, so that Enter alone passes nothing on.
    assert "meeting" not in house.file


@pytest.mark.parametrize("action", [Action.SKIP, Action.PARK])
def test_an_agreement_that_says_nothing_of_it_is_no_yes(action: Action, tmp_path: Path) -> None:
    house = House(tmp_path, talks={TOLD: [Command(action)]})
    house.meet()

    unasked, shown = house.facts("--yes"), said_in(house.facts(typed="\n\n1\n"))

    assert (unasked.code, unasked.out) == (1, "")
    assert unasked.err.startswith("Nothing in your agreement says what your programme may hear, so")
    assert "Nothing in your agreement speaks of this file: the two of you decide." in shown


def test_two_in_no_programme_are_always_asked(tmp_path: Path) -> None:
    unasked = in_no_programme(tmp_path).facts("--yes")

    assert (unasked.code, unasked.out) == (1, "")
    assert unasked.err.startswith("Your agenda names no programme, so your agreement says nothing")
    assert unasked.err.endswith(f"{SHOWS_EVERY_LINE}\n")


def test_a_programme_that_asks_for_more_than_was_agreed_waits_for_a_yes(tmp_path: Path) -> None:
    asks = "id: river-2026\n  asks: [meeting]"
    text = TEXT.replace("next: river-first", "next: talk")
    house = House(tmp_path, text.replace("id: river-2026", asks))
    house.meet()
    more = "mentorwalk: 1\nid: talk\ntitle: A talk\nminutes: 12\nprogramme:\n  id: river-2026\n"
    cards = TEXT[TEXT.index("phases:") : TEXT.index("      - id: agree")]
    talk = tmp_path / "agendas" / "talk.yaml"
    talk.write_text(more + cards + "meeting:\n  date: day\n", encoding="utf-8")
    house.meet()

    unasked, shown = house.facts("--yes"), said_in(house.facts(typed="\n\n1\n"))

    assert (unasked.code, unasked.out) == (1, "")
    assert unasked.err.startswith("Your programme asks for more by now than your agreement says")
    assert (
        "by now than your agreement says: “Our programme may hear how often we have met." in shown
    )


def test_a_draft_is_told_to_be_one(tmp_path: Path) -> None:
    house = House(tmp_path, decides="draft")
    house.meet()

    unasked, shown = house.facts("--yes"), said_in(house.facts(typed="\n\n1\n"))

    assert (unasked.code, unasked.err) == (0, "Your agreement is still a draft.\n")
    assert "Your agreement is still a draft. Your agreement says: “Our programme may" in shown


# --- What the two leave out


def test_every_line_is_shown_and_either_can_leave_it_out(house: House) -> None:
    ended = house.facts(typed="\n1,3,4\n1\n")
    (path,) = (house.home / "documents").rglob("facts-*.json")
    left = {"meeting", "agenda_version", "held_on"}

    assert [line for line in ended.lines if line[:1].isdigit()][:13] == [
        "1. You have met once",
        "2. Your agenda was “First meeting at River”",
        "3. The version of that agenda is 2",
        "4. You met on Sunday 22 November 2026",
        "5. You met for about 5 minutes",
        "6. How you meet: video",
        "7. You have both accepted your agreement",
        "8. You have accepted it since Sunday 22 November 2026",
        "9. The day of your next meeting is set",
        "10. 1 step is open",
        "11. You have 2 goals",
        "12. You did no exercise",
        "13. Nobody needs to contact you",
    ]
    assert json.loads(text_of(path)).keys() == {"pair", *EVERY_LINE} - left
    assert ended.out.endswith(f"{path}\n")


def test_whoever_stops_writes_nothing(house: House) -> None:
    ended = house.facts(typed="")

    assert (ended.code, ended.err) == (130, "Stopped: no file was written.\n")
    assert not [*house.home.rglob("facts*")]
    assert "coded" not in text_of(next(house.home.rglob("session.jsonl")))


def test_the_two_can_ask_to_be_contacted(house: House) -> None:
    house.facts(typed="yes\n\n1\n")

    assert house.file["contact_us"] is True
    assert house.written("--contact-us")["contact_us"] is True


def test_the_agreement_says_what_the_programme_may_hear(tmp_path: Path) -> None:
    asks = "id: river-2026\n  asks: [minutes, next_meeting, meeting]"
    house = House(tmp_path, TEXT.replace("id: river-2026", asks))
    house.meet()

    assert (
        "Our programme may hear how often we have met, about how long it took and whether the "
        "next meeting is set. It hears nothing of what we say."
    ) in text_of(next(house.home.rglob("contract.md")))


def test_what_they_left_out_stays_out_until_they_put_it_back(house: House) -> None:
    house.facts(typed="\n1,4\n1\n")
    again = house.written()
    house.meet()

    later = house.written()
    house.facts("1", typed="\n-\n1\n")
    back = house.written()

    left_out = {"meeting", "held_on", "contact_us"}
    assert {*EVERY_LINE} - again.keys() == {*EVERY_LINE} - later.keys() == left_out
    assert {*EVERY_LINE} - back.keys() == {"contact_us"}


def test_what_nobody_is_asked_about_takes_back_no_wish_for_contact(house: House) -> None:
    house.facts(typed="yes\n\n1\n")

    assert (house.file["contact_us"], "contact_us" in house.written()) == (True, False)


def test_who_left_out_contact_can_ask_for_it_the_next_time(house: House) -> None:
    house.facts(typed="\n13\n1\n")

    assert "contact_us" not in house.written()
    assert house.written("--contact-us")["contact_us"] is True
    house.facts(typed="\n13\n1\n")
    house.facts(typed="yes\n\n1\n")
    assert house.file["contact_us"] is True


def test_nothing_is_written_before_the_two_have_seen_its_name_and_said_so(house: House) -> None:
    again = house.facts(typed="\n4\n2\n3,4\n\n3\n")

    assert (again.code, again.err) == (130, "Stopped: no file was written.\n")
    assert "json would have 12 lines. Write it?" in again.out
    assert "json would have 11 lines. Write it?" in again.out
    assert "Left out: “The version of that agenda is 2”, “You met on Sunday 22" in again.out
    assert "One of these, please." in again.out
    assert not [*house.home.rglob("facts-*")]


def test_a_day_that_is_left_out_is_not_in_the_name_either(house: House) -> None:
    house.facts("--yes")

    ended = house.facts(typed="\n4\n1\n")

    (path,) = house.home.rglob("facts-*.json")
    assert path.name == f"facts-{house.file['pair']}-meeting-1.json"
    assert f"The file {path.name} would have 12 lines. Write it?" in ended.out


def test_a_file_without_day_and_meeting_is_named_by_its_code_alone(house: House) -> None:
    house.facts(typed="\n1,4\n1\n")

    (path,) = house.home.rglob("facts-*.json")
    assert path.name == f"facts-{house.file['pair']}.json"
    ran_in(house.home, "forget", "1", typed="y\n")
    assert not path.exists()


def test_a_programme_that_asks_for_no_day_has_none_in_the_name(tmp_path: Path) -> None:
    house = House(tmp_path, TEXT.replace("id: river-2026", "id: river-2026\n  asks: [meeting]"))
    house.meet()
    house.facts("--yes")

    (path,) = house.home.rglob("facts-*.json")
    assert path.name == f"facts-{house.file['pair']}-meeting-1.json"


# --- One code


def code_in(path: Path) -> str:
    return str(json.loads(text_of(path))["pair"])


def test_two_commands_at_once_give_a_pair_one_code(house: House) -> None:
    second = house.meet()
    first = house.runner.library.session("1")
    sheets = [facts_contents(house.runner, folder) for folder in (second, first, second)]

    written = [write_facts(house.runner, sheet, None) for sheet in sheets]

    assert {code_in(path) for path in written} == {code_in(written[0])}
    assert len([*house.home.rglob("facts-*.json")]) == 2


def test_whoever_gives_a_code_waits_for_whoever_does_so_too(house: House) -> None:
    second = house.meet()
    sheet = facts_contents(house.runner, second)

    with (
        house.runner.store.journal(house.runner.library.session("1")),
        pytest.raises(SessionBusy),
    ):
        write_facts(house.runner, sheet, None, patience=0.1)

    assert not [*house.home.rglob("facts-*.json")]


def test_a_pair_that_has_two_codes_goes_on_with_the_first(house: House) -> None:
    second = house.meet()
    for folder, code in ((second, "aaaa2222"), (house.runner.library.session("1"), "bbbb3333")):
        session = house.runner.store.load(folder).session
        with house.runner.store.journal(folder) as journal:
            SessionRecorder(session, journal, house.clock).record(PairCoded, pair=code)
        house.clock.advance(60)

    assert [house.written(number)["pair"] for number in ("1", "2")] == ["aaaa2222"] * 2
    house.meet()
    assert house.written()["pair"] == "aaaa2222"


def test_a_file_under_another_code_is_replaced_as_well(house: House) -> None:
    house.facts("--yes")
    (first,) = house.home.rglob("facts-*.json")
    other = first.with_name("facts-zzzz9999-2026-11-22.json")
    other.write_text(text_of(first).replace(code_in(first), "zzzz9999"), encoding="utf-8")
    session = house.runner.store.newest_finished()
    with house.runner.store.journal(session.folder) as journal:
        SessionRecorder(session.session, journal, house.clock).record(PairCoded, pair="zzzz9999")

    house.facts("--yes")

    assert [*house.home.rglob("facts-*.json")] == [first]


def test_a_file_says_which_one_about_its_session_it_is(house: House) -> None:
    house.meet()

    each = [house.written(number) for number in ("2", "2", "1", "2")]

    assert [data.get("edition") for data in each] == [None, 2, None, 3]
    assert "It says that it is file number 4 about this session." in said_in(
        house.facts("2", typed="\n\n3\n")
    )


# --- Where it lies


def test_facts_replace_only_facts_of_the_same_session(house: House) -> None:
    kept = house.home / "mine.json"
    kept.write_text("{}", encoding="utf-8")
    house.written()
    again = house.facts("--yes", "--out", house.home / "facts.json")
    house.meet()
    other = house.facts("--yes", "--out", house.home / "facts.json")

    refused = house.facts("--yes", "--out", kept)

    assert (again.code, other.code) == (0, 1)
    assert (refused.code, text_of(kept)) == (1, "{}")
    assert "it is not the facts of this session: it is left alone." in refused.err


def test_a_name_that_no_report_counts_is_told(house: House) -> None:
    out = house.home / "facts.txt"

    ended = house.facts("--yes", "--out", out)

    assert (ended.code, ended.err) == (
        0,
        "`programme report` counts only files whose names end in `.json`, unlike facts.txt.\n",
    )
    assert out.exists()


def test_what_is_forgotten_takes_its_facts_along(house: House) -> None:
    house.facts("--yes")
    assert [*house.home.rglob("facts-*.json")]

    told = said_in(ran_in(house.home, "forget", "1", typed="y\n"))

    assert not [*house.home.rglob("facts-*.json")]
    assert "A file that you sent, or put into another folder, stays, and whoever has it" in told


def test_who_wrote_no_facts_hears_nothing_of_them_when_forgetting(house: House) -> None:
    assert "Facts for" not in ran_in(house.home, "forget", "1", typed="n\n").out


def test_a_file_of_your_own_beside_the_documents_is_not_forgotten(house: House) -> None:
    (documents,) = (house.home / "documents").iterdir()
    own = documents / "facts-mine.json"
    own.write_text("{}", encoding="utf-8")

    ran_in(house.home, "forget", "1", typed="y\n")

    assert own.exists()


def test_a_session_that_cannot_be_read_is_told_once(house: House) -> None:
    journal = house.runner.library.session("1") / "session.jsonl"
    house.meet()
    damaged = text_of(journal).replace('"event":"done"', '"event":"dne"', 1)
    journal.write_text(damaged, encoding="utf-8")

    ended = house.facts("2", "--yes")

    assert (ended.code, ended.err) == (
        0,
        "Sunday 22 November 2026 cannot be read; what was said only there is missing.\n",
    )


def test_a_session_that_is_not_finished_has_no_facts(tmp_path: Path) -> None:
    ended = ran_in(tmp_path, "facts", "--yes")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("There is no finished session yet")


def test_each_way_to_meet_in_a_first_session_has_a_short_name() -> None:
    names = [choice.counts_as for choice in FIRST_SESSION.fields["format"].choices]
    assert names == ["video", "in-person", "phone", "walk", "varies"]
