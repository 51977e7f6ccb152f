"""The invitation: a calendar that reads it has the meeting right, and learns nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
import vobject
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from support.building import ADA_AND_GRACE
from support.sample_sessions import (
    BUNDLED,
    FIRST_SESSION,
    START,
    USUAL,
    WARSAW,
    accept,
    own_agenda,
    walked,
)

from mentorwalk.documents.calendar import invitation
from mentorwalk.domain.agenda import Prepare
from mentorwalk.domain.earlier import Facts
from mentorwalk.domain.events import Answered, Renamed, Resumed, Struck, Ticked
from mentorwalk.domain.fields import Field
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import plan
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event
    from mentorwalk.domain.session import Session

pytestmark = pytest.mark.portable

FOLDER = "2026-11-24-first-session"
CHECK_IN = own_agenda()


def invited(
    answers: Mapping[str, Value] = USUAL,
    *,
    people: People = ADA_AND_GRACE,
    zone: str = WARSAW,
    following: Agenda | None = None,
) -> str:
    """The invitation of a session in which this was answered."""
    return invitation(walked(answers, people=people, zone=zone).session, FOLDER, following)


def meeting_at(day: str, hour: str, zone: str = WARSAW, minutes: float = 60) -> str:
    return invited({"next_day": day, "next_time": hour, "length": minutes}, zone=zone)


def read_by_icalendar(text: str) -> Any:
    event, *_ = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event


def read_by_vobject(text: str) -> Any:
    """Read by a parser that goes by the file's own time zone, whatever it has read before."""
    zones = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")
    for zone in zones:
        vobject.icalendar.registerTzid(str(zone["tzid"]), None)
    return vobject.readOne(text).vevent


def times(text: str) -> list[tuple[datetime, datetime]]:
    """When it begins and ends, as both parsers read it."""
    one, other = read_by_icalendar(text), read_by_vobject(text)
    return [(one.start, one.end), (other.dtstart.value, other.dtend.value)]


def told(text: str, name: str) -> list[str]:
    """What a property says, as both parsers read it."""
    one, other = read_by_icalendar(text), read_by_vobject(text)
    return [str(one[name]), other.contents[name][0].value]


# --- The whole file


def test_a_meeting_at_an_hour() -> None:
    assert invited(following=CHECK_IN).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mentorwalk//next meeting//EN",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Warsaw",
        "BEGIN:STANDARD",
        "DTSTART:20251201T010000",
        "TZNAME:CET",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:Mentoring: Grace and Ada",
        "DTSTART;TZID=Europe/Warsaw:20261215T150000",
        "DTEND;TZID=Europe/Warsaw:20261215T160000",
        "DTSTAMP:20261124T145230Z",
        "UID:019e4f0e15d473f35d754a30ca5f88f7@mentorwalk",
        "SEQUENCE:63",
        "CLASS:PRIVATE",
        "DESCRIPTION:Check-in\\, 30 minutes\\n\\nLook back\\, 30 minutes",
        "LOCATION:Video call",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Mentoring: Grace and Ada",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_meeting_on_a_day_without_an_hour_takes_no_time_of_it() -> None:
    text = invited({})

    event = read_by_icalendar(text)
    assert (event.start, event.end) == (date(2026, 12, 15), date(2026, 12, 16))
    assert read_by_vobject(text).dtstart.value == date(2026, 12, 15)
    assert (event["transp"], "VTIMEZONE" in text) == ("TRANSPARENT", False)


def test_without_a_day_there_is_no_invitation() -> None:
    session = walked(USUAL, skipped=["next-meeting"]).session

    assert invitation(session, FOLDER, CHECK_IN) == ""


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_to_a_day_that_no_calendar_reaches_there_is_no_invitation(day: str) -> None:
    assert meeting_at(day, "23:30") == ""


@pytest.mark.parametrize(
    "people", [ADA_AND_GRACE, People("Żółć " * 12, "我想更好 🎉" * 7, "mentor")]
)
def test_no_line_is_longer_than_a_calendar_takes(people: People) -> None:
    text = invited({**USUAL, "format": "🎉 in the café, " * 40}, people=people)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_reminder_comes_a_day_before() -> None:
    (alarm,) = read_by_icalendar(invited()).walk("VALARM")

    assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta(days=-1))


# --- When it is


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2027-03-27", 1), ("2027-03-28", 2), ("2027-04-18", 2), ("2027-10-31", 1)],
)
def test_a_meeting_keeps_its_hour_when_the_clocks_change(day: str, offset: int) -> None:
    begins = datetime.fromisoformat(f"{day}T15:00:00").replace(tzinfo=UTC) - timedelta(hours=offset)

    for start, end in times(meeting_at(day, "15:00")):
        assert f"{start:%Y-%m-%d %H:%M}" == f"{day} 15:00"
        assert (start, end) == (begins, begins + timedelta(hours=1))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(available_timezones())),
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 12, 31)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    st.integers(1, 300),
)
@example("Australia/Lord_Howe", datetime(2027, 4, 4, 3, 0), 60)  # noqa: DTZ001 - as above
@example("Africa/Casablanca", datetime(2026, 2, 20, 9, 0), 60)  # noqa: DTZ001 - as above
@example("Europe/Dublin", datetime(2027, 3, 28, 0, 30), 120)  # noqa: DTZ001 - as above
@example("Pacific/Auckland", datetime(2026, 12, 31, 23, 59), 60)  # noqa: DTZ001 - as above
@example("America/New_York", datetime(2028, 3, 12, 3, 0, fold=1), 60)  # noqa: DTZ001 - as above
def test_wherever_it_is_a_meeting_begins_at_its_moment_and_has_its_length(
    zone: str, local: datetime, minutes: int
) -> None:
    local = local.replace(second=0, microsecond=0)
    start = local.replace(tzinfo=ZoneInfo(zone))
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    for moment in (start, end):
        # An hour that comes twice, or not at all, names no moment.
        assume(moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset())

    text = meeting_at(f"{local:%Y-%m-%d}", f"{local:%H:%M}", zone, minutes)

    moments = [(a.astimezone(UTC), b.astimezone(UTC)) for a, b in times(text)]
    assert moments == [(start.astimezone(UTC), end.astimezone(UTC))] * 2


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "/etc/passwd"])
def test_in_a_zone_without_a_known_name_it_is_at_that_moment_by_its_offset(zone: str) -> None:
    text = meeting_at("2026-12-15", "23:30", zone)

    assert "TZ" not in text
    moments = (
        datetime(2026, 12, 15, 22, 30, tzinfo=UTC),
        datetime(2026, 12, 15, 23, 30, tzinfo=UTC),
    )
    assert times(text) == [moments] * 2


@pytest.mark.parametrize(
    ("zone", "day", "hour", "begins"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("America/Santiago", "2026-04-04", "23:15", datetime(2026, 4, 5, 2, 15, tzinfo=UTC)),
        ("Australia/Lord_Howe", "2027-04-04", "01:40", datetime(2027, 4, 3, 14, 40, tzinfo=UTC)),
    ],
)
def test_in_the_hour_that_comes_twice_it_ends_after_its_beginning(
    zone: str, day: str, hour: str, begins: datetime
) -> None:
    text = meeting_at(day, hour, zone)

    assert times(text) == [(begins, begins + timedelta(hours=1))] * 2


def test_a_time_that_was_written_down_after_a_journey_is_meant_in_the_zone_there() -> None:
    begun = walked({"next_time": None}, zone="Europe/Berlin").session
    there = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("America/New_York"))
    arrived = Resumed(seq=901, at=there, elapsed=0.0, ends=there, zone="America/New_York")
    answered = Answered(seq=902, at=there, elapsed=0.0, field="next_time", value="10:00")

    session = begun.apply_all([arrived, answered])

    begins = datetime(2026, 12, 15, 15, tzinfo=UTC)
    assert times(invitation(session, FOLDER, None)) == [(begins, begins + timedelta(hours=1))] * 2


def test_where_no_length_was_answered_it_takes_an_hour() -> None:
    session = walked({"next_time": "15:00"}, skipped=["rhythm"]).session

    for start, end in times(invitation(session, FOLDER, None)):
        assert end - start == timedelta(hours=1)


def test_it_lasts_for_as_long_as_the_agreement_says() -> None:
    for start, end in times(meeting_at("2026-12-15", "15:00", minutes=45.5)):
        assert end - start == timedelta(minutes=45, seconds=30)


# --- What it says


@pytest.mark.parametrize(
    ("place", "read"),
    [("Video call", "Video call"), ("the café, room 3; second floor", None), ("a\\nb\\,c", None)],
)
def test_the_place_is_told_as_it_was_picked(place: str, read: str | None) -> None:
    assert told(invited({**USUAL, "format": place}), "location") == [read or place] * 2


def test_without_a_place_none_is_told() -> None:
    session = walked(USUAL, skipped=["rhythm"]).session

    assert "LOCATION" not in invitation(session, FOLDER, None)


HOSTILE = st.lists(
    st.sampled_from(
        [
            *",;:\\\"'=^ \t\n\r\x0b\x1c\x85\u2028\ufeffaé漢",
            *("\r\n", "\r\nATTENDEE:mailto:x@y.z", "\nEND:VEVENT\n", "\\n", "\\,"),
            *("👩🏽‍💻", " " * 70),
            *("BEGIN:VALARM", "DTSTART:20270101", "}{mentor}"),
        ]
    ),
    min_size=1,
    max_size=30,
).map("".join)


@pytest.mark.slow
@settings(deadline=None)
@given(HOSTILE.filter(clean))
def test_whatever_somebody_typed_is_read_back_and_does_nothing(typed: str) -> None:
    people = People(clean(typed.replace("\n", " ").replace("\r", " ")) or "Ada", "Grace", "mentor")
    text = invited({**USUAL, "format": typed}, people=people)

    assert told(text, "location") == [clean(typed)] * 2
    assert told(text, "summary") == [f"Mentoring: Grace and {people.mentor}"] * 2
    names = [part.name for part in icalendar.Calendar.from_ical(text).walk()]
    assert (names.count("VEVENT"), names.count("VALARM")) == (1, 1)
    assert "ATTENDEE" not in read_by_icalendar(text)


def test_nothing_that_was_said_goes_into_it() -> None:
    said = {key: "SECRET" for key, f in FIRST_SESSION.answerable.items() if f.type == "text"}

    assert "SECRET" not in invited({**USUAL, **said}, following=FIRST_SESSION)


def test_the_next_agenda_is_told_with_its_phases_in_the_minutes_of_the_meeting() -> None:
    seconds = plan(FIRST_SESSION, 75).seconds
    text = invited({**USUAL, "length": 75}, following=FIRST_SESSION)

    title, empty, *phases = read_by_icalendar(text)["description"].split("\n")
    names, minutes = zip(*(line.rsplit(", ", 1) for line in phases), strict=True)
    assert (title, empty) == ("First mentoring session, 75 minutes", "")
    assert list(names) == [phase.title for phase in FIRST_SESSION.phases]
    assert sum(int(each.removesuffix(" minutes")) for each in minutes) == 75
    planned = [sum(seconds.get(p.id, 0) for p in each.prompts) for each in FIRST_SESSION.phases]
    assert all(
        abs(int(each.split()[0]) - exact / 60) < 1
        for each, exact in zip(minutes, planned, strict=True)
    )


def test_phases_of_the_next_agenda_are_told_in_whole_minutes() -> None:
    agenda = replace(CHECK_IN, shortest=30, longest=60)

    text = invited({**USUAL, "length": 45.7}, following=agenda)

    assert told(text, "description") == ["Check-in, 46 minutes\n\nLook back, 46 minutes"] * 2


@pytest.mark.parametrize("length", [60, 15])
def test_an_agenda_that_cannot_be_walked_in_that_time_is_told_in_its_own(length: int) -> None:
    text = invited({**USUAL, "length": length}, following=CHECK_IN)

    assert told(text, "description") == ["Check-in, 30 minutes\n\nLook back, 30 minutes"] * 2


def test_an_agenda_that_cannot_take_so_long_is_told_as_near_to_it_as_it_can() -> None:
    agenda = replace(CHECK_IN, shortest=25, longest=45)

    text = invited({**USUAL, "length": 60}, following=agenda)

    assert told(text, "description") == ["Check-in, 45 minutes\n\nLook back, 45 minutes"] * 2


def test_names_stand_in_the_titles_of_the_next_agenda() -> None:
    (phase,) = CHECK_IN.phases
    agenda = replace(CHECK_IN, phases=(replace(phase, title="{mentee} looks back"),))

    assert "Grace looks back" in invited(following=agenda)


def test_a_single_minute_is_one() -> None:
    agenda = replace(CHECK_IN, minutes=1)

    assert "Look back\\, 1 minute\r\n" in invited(following=agenda)


def test_without_a_next_agenda_nothing_more_is_told() -> None:
    assert "description" not in read_by_icalendar(invited())


# --- The topic, two days before


def entries(text: str) -> list[Any]:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def test_where_the_mentee_can_prepare_the_meeting_the_topic_has_its_day() -> None:
    meeting, topic = entries(invited(following=FIRST_SESSION))
    assert (topic.start, topic.end) == (date(2026, 12, 13), date(2026, 12, 14))
    assert [str(topic[key]) for key in ("summary", "description", "transp")] == [
        "Mentoring in two days: Grace sends Ada the topic",
        "A few words are enough. `mentorwalk prep first-session` asks for them.",
        "TRANSPARENT",
    ]
    assert topic["uid"] != meeting["uid"]
    assert topic["sequence"] == meeting["sequence"]


def test_where_no_topic_is_asked_for_the_mentee_prepares() -> None:
    hours = Field("hours", "Hours worked this week", "number")
    agenda = replace(CHECK_IN, prepare=Prepare(mentee=(hours,)))
    _meeting, prepared = entries(invited(following=agenda))
    assert str(prepared["summary"]) == "Mentoring in two days: Grace prepares"


def test_where_nobody_prepares_or_no_time_is_left_there_is_no_such_day() -> None:
    soon = {**USUAL, "next_day": "2026-11-26"}
    later = {**USUAL, "next_day": "2026-11-27"}
    agendas = [(CHECK_IN, later), (FIRST_SESSION, soon), (FIRST_SESSION, later)]
    texts = [invited(said, following=agenda) for agenda, said in agendas]
    assert [len(entries(text)) for text in texts] == [1, 1, 2]


# --- One meeting, whatever becomes of its invitation


def mark(session: Session, folder: str = FOLDER) -> str:
    return str(read_by_icalendar(invitation(session, folder, None))["uid"])


def test_it_follows_from_the_session_alone() -> None:
    assert invited(following=CHECK_IN) == invited(following=CHECK_IN)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (Answered, {"field": "next_time", "value": "16:00"}),
        (Answered, {"field": "format", "value": None}),
        (Struck, {"field": "next_time"}),
        (Renamed, {"people": People("Ada", "Grace Hopper", "mentor")}),
    ],
)
def test_a_later_version_is_known_as_the_same_meeting_and_as_newer(
    kind: type[Event], payload: dict[str, Any]
) -> None:
    story = walked(USUAL)
    before = read_by_icalendar(invitation(story.session, FOLDER, None))
    story.happens(kind, **payload)
    after = read_by_icalendar(invitation(story.session, FOLDER, None))

    last = story.session.last
    assert after["uid"] == before["uid"]
    assert (after["sequence"], after["dtstamp"].dt) == (last.seq, last.at.astimezone(UTC))
    assert after["sequence"] > before["sequence"]


def told_later(session: Session, meetings: int) -> Any:
    """The invitation of a later session of the same two, who have met so many times before."""
    facts = Facts(root=mark(session).partition("@")[0], events=90, meetings=meetings)
    later = replace(session, opened=replace(session.opened, facts=facts))
    return read_by_icalendar(invitation(later, "2026-12-01-wheel", None))


def test_a_later_session_that_is_no_meeting_moves_the_one_that_was_arranged() -> None:
    session = walked(USUAL).session
    before = read_by_icalendar(invitation(session, FOLDER, None))
    moved, next_one = told_later(session, 0), told_later(session, 1)
    assert (moved["uid"], moved["sequence"]) == (before["uid"], before["sequence"] + 90)
    assert next_one["uid"] != before["uid"]


def test_what_is_no_part_of_the_meeting_leaves_every_byte_as_it_is() -> None:
    story = walked(USUAL)
    before = invitation(story.session, FOLDER, CHECK_IN)
    accept(story, BUNDLED)
    story.happens(Answered, field="private note", value="quiet", private=True)
    story.happens(Answered, field="purpose", value="something else")
    story.happens(Struck, field="purpose")
    story.happens(Ticked)

    assert invitation(story.session, FOLDER, CHECK_IN) == before


def test_sessions_that_began_at_other_moments_or_lie_elsewhere_invite_to_other_meetings() -> None:
    session = walked(USUAL).session
    later = replace(session, opened=replace(session.opened, at=START + timedelta(seconds=1)))

    assert len({mark(session), mark(later), mark(session, f"{FOLDER}-2")}) == 3


def test_no_name_can_be_read_from_what_a_meeting_is_known_by() -> None:
    others = People("Grace", "Ada", "mentor")

    assert mark(walked(USUAL).session) == mark(walked(USUAL, people=others).session)


def test_a_folder_whose_name_is_no_text_has_an_invitation_too() -> None:
    assert mark(walked(USUAL).session, "2026-\udcff\ud800").endswith("@mentorwalk")
