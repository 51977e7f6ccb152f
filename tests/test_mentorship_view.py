"""What templates get of a mentorship, and the pages that show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.building import agenda_in_phases, agenda_of
from support.chains import Chain, accepted_by_both, then
from support.sample_sessions import BUNDLED, USUAL, with_template

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.documents import write_documents
from mentorwalk.documents.sandbox import rendered
from mentorwalk.domain.agenda import Clause, Phase, Prompt
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.errors import TemplateProblem
from mentorwalk.domain.events import Accepted, Answered, Closed, Done, Renamed, Struck
from mentorwalk.domain.fields import Field
from mentorwalk.domain.outcomes import Document, Meeting
from mentorwalk.domain.people import People
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.documents import Renderer
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.course import Mark

pytestmark = pytest.mark.portable

APPROVED = Path(__file__).parent / "approved"
ROLES = People("Mentor", "Mentee", "mentor")
SECRET = "xyzzy"
ONE, TWO, THREE = (
    *("Tuesday 24 November 2026", "Tuesday 1 December 2026", "Tuesday 8 December 2026"),
)
HELLO = Prompt("hello", "What happened, {mentee}?", record=(Field("news", "News"),))
PURPOSE = Prompt(
    "purpose",
    "Why are you here?",
    record=(
        Field("purpose", "What {mentee} is here for"),
        Field("goals", "Goals", "list"),
        Field("takes", "What you take along", by="each"),
        Field("secret", "For you alone", private=True),
    ),
)
RHYTHM = Prompt(
    "rhythm",
    "How often?",
    settle=(Field("rhythm", "How often"),),
    clause=Clause("How we meet", "{mentor} and {mentee} meet {rhythm}."),
)
MEETS = Prompt("next", "When again?", record=(Field("day", "Day", "date"),))
ACCEPTING = Prompt("agree", "Accept it?", accept=True)


def talk(*prompts: Prompt) -> Agenda:
    """An agenda that names the day of the next meeting, and accepts nothing."""
    return replace(agenda_of(*prompts, MEETS), meeting=Meeting(date="day"))


def with_agreement(*prompts: Prompt) -> Agenda:
    """An agenda whose agreement can be accepted."""
    agenda = agenda_in_phases(Phase("only", "All of it", "All", (*prompts, ACCEPTING)))
    return replace(agenda, documents=(Document("contract.md.j2", "contract.md", accept=True),))


BEGUN = Chain().walked(
    with_agreement(RHYTHM, PURPOSE),
    {"rhythm": "every week", "purpose": "to lead", "goals": ("one", "two"), "secret": SECRET},
    both=True,
)


def renderer_of(chain: Chain, renderer: Renderer = BUNDLED) -> Renderer:
    """A renderer that knows the sessions before the last one."""
    earlier = {f"talk-{number}": each for number, each in enumerate(chain.sessions[:-1])}
    return replace(renderer, earlier=earlier)


def view_of(chain: Chain, people: People | None = None) -> Any:
    """What a template gets as `mentorship` after the last session."""
    renderer, last = renderer_of(chain), chain.last
    context = renderer.context(last, renderer.agreement(last), people or last.people)
    return context["mentorship"]


# --- What was said


def test_the_newest_word_stands_and_earlier_ones_are_history() -> None:
    chain = BEGUN.walked(talk(HELLO)).walked(talk(PURPOSE), {"purpose": "to decide"})
    view = view_of(chain)
    assert (view.answers["purpose"], view.since("purpose"), view.history("purpose")) == (
        "to decide",
        THREE,
        ({"day": ONE, "words": "to lead"},),
    )


def test_a_list_can_be_gone_through_and_each_persons_answer_stands_under_their_role() -> None:
    view = view_of(BEGUN.walked(talk(PURPOSE), {"goals": ("three",), "takes.mentor": "silence"}))
    assert view.answers["goals"] == ("three",)
    assert view.history("goals") == ({"day": ONE, "words": ("one", "two")},)
    assert view.answers["takes"] == {"mentor": "silence", "mentee": ""}


def test_what_was_taken_back_is_history_alone() -> None:
    view = view_of(BEGUN.walked(talk(PURPOSE), {"purpose": None}))
    assert (view.answers["purpose"], view.since("purpose")) == ("", "")
    assert view.history("purpose") == ({"day": ONE, "words": "to lead"},)


def test_what_nobody_was_asked_is_a_mistake_in_a_template(tmp_path: Path) -> None:
    text = "{{ mentorship.answers.porpoise }}"
    renderer = renderer_of(BEGUN, with_template(tmp_path, "status.md.j2", text))
    with pytest.raises(
        TemplateProblem, match=r"There is no `mentorship\.answers\.porpoise`.*`purpose`"
    ):
        renderer.status(BEGUN.last, ROLES)


def test_what_only_a_forgotten_session_said_stands_with_the_day_by_which_it_was_said() -> None:
    chain = Chain(BEGUN.walked(talk(replace(HELLO, recall=("purpose",)))).sessions[1:])
    view = view_of(chain)
    assert (view.answers["purpose"], view.since("purpose")) == ("to lead", f"{TWO} or before")


# --- Meetings and topics


def test_each_meeting_stands_with_its_day_its_length_and_the_day_that_was_agreed() -> None:
    view = view_of(BEGUN.walked(talk(HELLO), {"day": "2026-12-15"}))
    assert [list(each.values()) for each in view.meetings] == [
        [ONE, 11, "talk", "A talk", ""],
        [TWO, 4, "talk", "A talk", "Tuesday 15 December 2026"],
    ]
    assert view.meeting["day"] == "Tuesday 15 December 2026"


def test_a_meeting_that_was_noted_has_the_minutes_that_it_took() -> None:
    told = BEGUN.noted(agenda_of(HELLO), date(2026, 11, 30)).mentorship.meetings[-1]
    assert (told.day, told.minutes) == (date(2026, 11, 30), 45)


def test_a_day_that_was_agreed_on_before_holds_until_they_met() -> None:
    agreed = BEGUN.walked(talk(HELLO), {"day": "2026-12-15"}).walked(talk(HELLO))
    assert view_of(agreed).meeting["day"] == "Tuesday 15 December 2026"
    assert view_of(agreed.walked(talk(HELLO))).meeting == {}


def test_a_topic_stands_in_their_names_with_the_day_since_when_it_is_kept() -> None:
    chain = BEGUN.walked(talk(HELLO), marks={"hello": "parked"}).walked(talk(MEETS))
    assert view_of(chain).topics == ({"ask": "What happened, Grace?", "day": TWO},)


@pytest.mark.parametrize(
    ("roles", "called"), [(None, "Rosa"), (ROLES, "our contact")], ids=["names", "roles"]
)
def test_a_status_in_roles_names_no_contact(
    roles: People | None, called: str, tmp_path: Path
) -> None:
    asks = Prompt("whom", "Whom can you turn to?", record=(Field("whom", "Whom"),))
    helps = Prompt("help", "What would you ask {contact}?")
    agenda = replace(talk(asks, helps), contact=Contact(named_by="whom"))
    chain = Chain().walked(agenda, {"whom": "Rosa"}, marks={"help": "parked"})
    template = "{{ mentorship.topics[0].ask }} {{ parked[0] }} {{ contact }}"
    renderer = with_template(tmp_path, "status.md.j2", template)
    asked = f"What would you ask {called}?"
    assert renderer.status(chain.last, roles) == f"{asked} {asked} {called}\n"


# --- The agreement


def test_an_agreement_stands_since_both_accepted_it_through_meetings_without_one() -> None:
    view = view_of(BEGUN.walked(talk(HELLO)).walked(talk(HELLO)))
    assert view.agreement == {
        "state": "accepted",
        "since": ONE,
        "taken_back": False,
        "is_newer": False,
        "earlier": (),
    }
    assert [(c["heading"], c["text"], c["since"]) for c in view.clauses] == [
        ("How we meet", "Ada and Grace meet every week.", ONE)
    ]


def test_a_changed_clause_keeps_how_it_read_before_and_the_agreement_its_earlier_text() -> None:
    changed = {"rhythm": "every month"}
    draft = BEGUN.walked(with_agreement(RHYTHM), changed)
    anew = BEGUN.walked(with_agreement(RHYTHM), changed, both=True)
    states = [view_of(each).agreement for each in (draft, anew)]
    assert [(each["state"], each["since"]) for each in states] == [("draft", ""), ("accepted", TWO)]
    assert [[e["day"] for e in each["earlier"]] for each in states] == [[ONE], [ONE]]
    assert "Ada and Grace meet every week." in states[1]["earlier"][0]["text"]
    (clause,) = view_of(anew).clauses
    assert (clause["text"], clause["since"], clause["earlier"]) == (
        "Ada and Grace meet every month.",
        TWO,
        ({"day": ONE, "text": "Ada and Grace meet every week."},),
    )


def test_a_yes_that_was_taken_back_is_no_change_and_counts_again_from_when_it_is_said() -> None:
    session = BEGUN.opened(with_agreement(RHYTHM))
    back = then(session, Accepted, role="mentee", how="took it back", fingerprint="")
    draft = BEGUN.with_session(back)
    again = draft.with_session(accepted_by_both(draft.opened(with_agreement(RHYTHM))))
    told = [view_of(each).agreement for each in (draft, again)]
    keys = ("state", "since", "taken_back")
    assert [[each[key] for key in keys] for each in told] == [
        ["draft", "", True],
        ["accepted", THREE, False],
    ]


@pytest.mark.parametrize("agenda", [talk(HELLO), with_agreement(RHYTHM)], ids=["talk", "accepts"])
def test_a_name_that_was_corrected_since_takes_no_yes_back(agenda: Agenda) -> None:
    renamed = then(BEGUN.opened(agenda), Renamed, people=People("Ada", "Gracia", "mentor"))
    told = view_of(BEGUN.with_session(renamed)).agreement
    assert (told["state"], told["taken_back"], told["earlier"][-1]["day"]) == ("draft", False, ONE)


def test_what_was_said_differently_since_is_named_and_leaves_the_agreement_alone() -> None:
    view = view_of(BEGUN.walked(talk(RHYTHM), {"rhythm": "every month"}))
    assert (view.agreement["state"], view.clauses[0]["said_since"]) == ("accepted", ("How often",))


def test_an_acceptance_that_came_later_to_an_earlier_session_counts() -> None:
    chain = Chain().walked(with_agreement(RHYTHM), {"rhythm": "every week"})
    chain = chain.walked(with_agreement(RHYTHM))
    assert view_of(chain).agreement["state"] == "draft"
    first = accepted_by_both(chain.sessions[0])
    assert view_of(replace(chain, sessions=(first, chain.last))).agreement["state"] == "accepted"


def test_an_agreement_that_was_only_kept_meanwhile_takes_no_yes_from_a_newer_one() -> None:
    """Of two sessions at once, one changes it and accepts it; the other one keeps how it was."""
    changed = then(BEGUN.opened(with_agreement(RHYTHM)), Answered, field="rhythm", value="daily")
    changed = then(accepted_by_both(then(changed, Done, prompt="rhythm")), Closed)
    kept = BEGUN.walked(with_agreement(RHYTHM), {"rhythm": "every week"}).last
    view = view_of(Chain((BEGUN.last, changed, kept)))
    assert (view.agreement["state"], view.agreement["since"]) == ("accepted", TWO)
    assert [each["text"] for each in view.clauses] == ["Ada and Grace meet daily."]


def test_a_wording_that_is_newer_than_a_late_yes_did_not_change_after_it() -> None:
    first = Chain().walked(with_agreement(RHYTHM), {"rhythm": "every week"})
    changed = first.walked(with_agreement(RHYTHM), {"rhythm": "every month"})
    slow = replace(first.last, last=replace(first.last.last, at=changed.last.last.at))
    late = Chain((accepted_by_both(slow), changed.last))
    again = late.walked(with_agreement(RHYTHM), {"rhythm": "every year"})
    chains = (late, late.walked(talk(HELLO)), again, BEGUN.walked(with_agreement(RHYTHM)))
    told = [view_of(each).agreement for each in chains]
    assert [(each["state"], each["is_newer"]) for each in told] == [
        ("draft", True),
        ("draft", True),
        ("draft", True),
        ("accepted", False),
    ]
    since = BEGUN.walked(with_agreement(RHYTHM), {"rhythm": "every month"})
    assert not view_of(since).agreement["is_newer"]


def test_where_nothing_can_be_accepted_there_is_no_agreement() -> None:
    view = view_of(Chain().walked(talk(HELLO)))
    assert (view.agreement, view.clauses) == ({}, ())


# --- Whose names, and what is in none of it


def test_a_corrected_name_stands_also_where_earlier_words_are_told() -> None:
    session = BEGUN.opened(with_agreement(RHYTHM))
    session = then(session, Renamed, people=People("Ada", "Gracia", "mentor"))
    session = then(session, Answered, field="rhythm", value="every month")
    (clause,) = view_of(BEGUN.with_session(then(session, Done, prompt="rhythm"))).clauses
    assert clause["earlier"] == ({"day": ONE, "text": "Ada and Gracia meet every week."},)


def struck_later() -> Chain:
    """Three sessions: what they agreed on changed in the second, and was struck in the third."""
    changed = {"rhythm": SECRET, "purpose": SECRET}
    chain = BEGUN.walked(with_agreement(RHYTHM, PURPOSE), changed, both=True)
    chain = chain.walked(with_agreement(RHYTHM), {"rhythm": "every month"}, both=True)
    session = chain.opened(talk(RHYTHM, PURPOSE))
    for key in ("rhythm", "purpose"):
        session = then(session, Struck, field=key)
    return chain.with_session(session)


@pytest.mark.parametrize("chain", [BEGUN, struck_later()], ids=["private", "struck"])
def test_what_is_private_or_struck_is_in_nothing_that_a_template_can_print(
    chain: Chain, tmp_path: Path
) -> None:
    everything = (
        "{{ mentorship | pprint }} {{ mentorship.history | pprint }}"
        "{% for part in ['meetings', 'meeting', 'follows', 'answers', 'topics', 'steps',"
        " 'exercises', 'agreement', 'clauses'] %}{{ mentorship[part] | pprint }}{% endfor %}"
        "{% for id in mentorship.answers.fields %}{{ mentorship.history(id) | pprint }}"
        "{{ mentorship.answers.get(id) | pprint }}{{ mentorship.since(id) }}{% endfor %}"
    )
    renderer = renderer_of(chain, with_template(tmp_path, "status.md.j2", everything))
    text = renderer.status(chain.last, chain.last.people)
    assert ("How we meet" in text, SECRET in text) == (True, False)


@pytest.mark.parametrize("name", ["_mentorship", "_named", "_people", "__dict__"])
def test_a_template_cannot_reach_the_sessions_behind_it(name: str, tmp_path: Path) -> None:
    with_template(tmp_path, "reach.md.j2", f"{{{{ mentorship.{name} }}}}")
    with pytest.raises(TemplateProblem):
        rendered("reach.md.j2", (tmp_path,), {"mentorship": view_of(BEGUN)})


# --- Whole pages


def bundled(name: str) -> Agenda:
    return agenda_from(read_source(BUNDLED_AGENDAS / f"{name}.yaml"))


def three_sessions() -> Chain:
    """Ada and Grace, from their first session to their check-in."""
    settled: dict[str, Value] = {
        "frequency": "Every 3 to 4 weeks",
        "length": 60,
        "format": "Video call",
        "contact_between": "Short e-mails",
        "next_day": "2026-12-01",
    }
    second: dict[str, Value] = {
        "purpose": "To lead a team that decides for itself.",
        "aim": "One to three goals",
        "goals": ("I hand over the weekly plan by the end of January", "I go home at six"),
    }
    changed: dict[str, Value] = {
        "goals": ("I go home at six",),
        "frequency": "Once a month",
        "next_day": "2026-12-15",
        "next_time": "15:00",
    }
    helped: Mapping[str, Mark | None] = {"helped": "parked"}
    chain = Chain().walked(bundled("first-session"), {**USUAL, **settled}, helped, both=True)
    chain = chain.walked(bundled("second-session"), second, both=True)
    return chain.walked(bundled("check-in"), changed, both=True)


CHAIN = three_sessions()


def pages(chain: Chain) -> dict[str, str]:
    """The page of a mentorship, and its status without names."""
    renderer, last = renderer_of(chain), chain.last
    renderer = replace(renderer, following=bundled("closing-session"))
    *_, page = renderer.documents(last)
    return {
        "mentorship": renderer.text(last, page, renderer.agreement(last)),
        "status": renderer.status(last, ROLES),
    }


@pytest.mark.parametrize("name", ["mentorship", "status"])
def test_a_page_of_three_sessions_reads_as_it_was_approved(name: str) -> None:
    assert pages(CHAIN)[name] == (APPROVED / f"{name}-three.md").read_text(encoding="utf-8")


def test_the_status_names_nobody() -> None:
    status = pages(CHAIN)["status"]
    assert ("Ada" in status, "Grace" in status) == (False, False)


def test_the_status_of_one_session_reads_as_it_was_approved() -> None:
    chain = Chain(CHAIN.sessions[:1])
    status = renderer_of(chain).status(chain.last, chain.last.people)
    assert status == (APPROVED / "status-one.md").read_text(encoding="utf-8")


def test_where_nothing_was_said_the_pages_say_when_they_met() -> None:
    chain = Chain().walked(talk(HELLO)).walked(talk(HELLO))
    headings = {
        name: [line for line in text.splitlines() if line.startswith("## ")]
        for name, text in pages(chain).items()
    }
    assert headings == {"mentorship": ["## Our meetings"], "status": ["## Meetings"]}


@pytest.mark.parametrize(
    ("purpose", "goals", "shown"),
    [
        (Field("purpose", "P", by="each"), Field("goals", "G", by="each"), ([], [])),
        (Field("purpose", "P", "list"), Field("goals", "G"), (["> a and b"], ["- to lead"])),
        (Field("purpose", "P", "number"), Field("goals", "G", "number"), (["> 7"], ["- 7"])),
    ],
    ids=["each", "list and text", "numbers"],
)
def test_an_agenda_may_ask_for_a_purpose_in_any_type_of_field(
    purpose: Field, goals: Field, shown: tuple[list[str], list[str]]
) -> None:
    values: dict[str, Value] = {"list": ("a", "b"), "number": 7, "text": "to lead"}
    given = {key: values[each.type] for each in (purpose, goals) for key in each.answer_ids}
    chain = BEGUN.walked(talk(Prompt("why", "Why?", record=(purpose, goals))), given)
    for text in pages(chain).values():
        lines = text.splitlines()
        quoted = [line for line in lines if line.startswith(">")]
        listed = [line for line in lines if line in ("- 7", "- to lead")]
        assert (quoted, listed) == shown


# --- The file


def written(chain: Chain, folder: Path) -> list[str]:
    """The names of the documents of the last session, as they are written."""
    files = write_documents(chain.last, renderer_of(chain), folder, None).files
    return sorted(path.name for path in files)


def test_from_the_second_session_on_the_page_is_written_beside_the_documents(
    tmp_path: Path,
) -> None:
    own = ["contract.html", "contract.md"]
    assert written(BEGUN, tmp_path) == own
    twice = BEGUN.walked(with_agreement(RHYTHM))
    assert written(twice, tmp_path) == [*own, "mentorship.html", "mentorship.md"]
    assert written(BEGUN.walked(talk(HELLO)), tmp_path) == ["mentorship.html", "mentorship.md"]


def test_an_agenda_with_a_document_of_that_name_keeps_its_own() -> None:
    own = (Document("summary.md.j2", "mentorship.md"),)
    chain = BEGUN.walked(replace(talk(HELLO), documents=own))
    assert renderer_of(chain).documents(chain.last) == own


def test_a_mistake_in_its_template_is_told_before_the_second_session_opens(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "mentorship.md.j2", "{{ nothing }}")
    told = "mentorship.md.j2:1:4: Nothing is called `nothing` here."
    tried = [renderer.tried(chain.opened(talk(HELLO))) for chain in (Chain(), BEGUN)]
    assert [[str(problem) for problem in problems] for problems in tried] == [[], [told]]


def test_a_document_that_wants_acceptance_cannot_use_it(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "contract.md.j2", "{{ mentorship.meetings }}")
    with pytest.raises(TemplateProblem, match="cannot use `mentorship`: its words must stay"):
        renderer.agreement(Chain().opened(with_agreement(RHYTHM)))
