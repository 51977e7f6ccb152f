"""Make the invitation: the next meeting as an iCalendar file (RFC 5545).

Other people see a calendar, so nothing that the two said goes into it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from mentorwalk.domain.following import digest_of, identity_of, meetings_held
from mentorwalk.domain.i18n import _, ngettext, using_language
from mentorwalk.domain.meeting import next_meeting
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.planning import largest_remainder, length_near, plan
from mentorwalk.domain.prep_wishes import prep_fields
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.meeting import NextMeeting
    from mentorwalk.domain.session import Session

PRODUCT = "-//mentorwalk//next meeting//EN"
"""What wrote the file (RFC 5545, 3.7.3)."""
SENT = timedelta(days=2)
"""How long before the meeting the mentee sends what is asked beforehand."""
REMINDED = timedelta(days=1)
"""How long before the meeting a calendar reminds of it."""
YEARS = range(1970, 2200)
"""Years of a meeting; icalendar and some calendars fail on others."""
_STEP = timedelta(minutes=30)
"""Clocks change on half an hour of UTC, wherever they still do."""
_STEPS_A_DAY = 48


def invitation(session: Session, folder: str, following: Agenda | None) -> str:
    """Return the next meeting of a session as the text of a calendar file; empty without a day.

    Written again, it replaces the earlier one in a calendar. Where the mentee can prepare the
    meeting, it has a second entry, for the day on which that is sent.

    Args:
        session: The session that arranged the meeting.
        folder: The name of the session's folder.
        following: The agenda of the meeting, if it is known.
    """
    meeting = next_meeting(session)
    if not meeting or meeting.day.year not in YEARS:
        return ""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    zone = meeting.zone_info if meeting.start else None
    if zone:
        calendar.add_component(_offsets(zone, meeting.day.year))
    with using_language(session.agenda.language):
        calendar.add_component(_event(session, folder, following, meeting))
        if following and _prepares(session, following, meeting):
            calendar.add_component(_preparation(session, folder, following, meeting))
    return str(calendar.to_ical(), "utf-8")


class _Words(vText):
    r"""Text as people typed it: icalendar itself takes the `\N` of a path for a line break."""

    def to_ical(self) -> bytes:
        """Return the text escaped (RFC 5545, 3.3.11)."""
        return re.sub(r"([\\;,])", r"\\\1", self).replace("\n", "\\n").encode()


def _event(
    session: Session,
    folder: str,
    following: Agenda | None,
    meeting: NextMeeting,
) -> Event:
    people = session.people
    title = _("Mentoring: {mentee} and {mentor}")
    title = clean(title.format(mentee=people.mentee, mentor=people.mentor))
    event = _version(session, _uid(session, folder), title)
    if meeting.where:
        event.add("location", _Words(clean(meeting.where)))
    if following:
        event.add("description", _Words(_description(following, meeting.minutes, session.names)))
    _set_time(event, meeting)
    event.add_component(_reminder(title))
    return event


def _preparation(session: Session, folder: str, following: Agenda, meeting: NextMeeting) -> Event:
    """Return the entry of the day on which the mentee sends what is asked, some days before."""
    title = _("Mentoring in two days: {mentee} prepares")
    if _asks_for_topic(following):
        title = _("Mentoring in two days: {mentee} sends {mentor} the topic")
    title = title.format(**session.names)
    event = _version(session, digest_of(_uid(session, folder), "topic"), clean(title))
    command = f"mentorwalk prep {following.id}"
    words = _("A few words are enough. `{command}` asks for them.").format(command=command)
    event.add("description", _Words(clean(words)))
    _set_day(event, meeting.day - SENT)
    return event


def _asks_for_topic(following: Agenda) -> bool:
    """Return whether something that the mentee is asked beforehand is called a topic."""
    asked = prep_fields(following, "mentee").values()
    return any("topic" in f"{field.id} {field.label}".casefold() for field in asked)


def _prepares(session: Session, following: Agenda, meeting: NextMeeting) -> bool:
    """Return whether the mentee alone is asked something beforehand, and there is time for it."""
    arranged = session.arranged or session.opened
    asked = following.prepare.mentee or any(
        field.prepare == "mentee" for field in following.fields.values()
    )
    return bool(asked) and arranged.at.date() < meeting.day - SENT


def _version(session: Session, uid: str, title: str) -> Event:
    """Return an event that replaces each earlier version of it in a calendar."""
    event = Event()
    event.add("uid", f"{uid}@mentorwalk")
    # An event that does not change the meeting, such as a private answer, makes no newer version.
    arranged = session.arranged or session.opened
    event.add("dtstamp", arranged.at.astimezone(UTC))
    # A later session of the two is newer than every event of those before it.
    event.add("sequence", session.opened.facts.events + arranged.seq)
    event.add("summary", _Words(title))
    # In a calendar that others can see, it shows as a time that is taken (RFC 5545, 3.8.1.3).
    event.add("class", "PRIVATE")
    return event


def _uid(session: Session, folder: str) -> str:
    """Return what a meeting is known by: whose it is, and which of their meetings.

    Every version of its invitation has it, whichever session moved the meeting.
    """
    root = session.opened.facts.root or identity_of(folder, session.opened)
    number = meetings_held(session)
    return digest_of(root, str(number)) if number > 1 else root


def _set_time(event: Event, meeting: NextMeeting) -> None:
    begins, ends = meeting.begins, meeting.ends
    if begins is None or ends is None:
        _set_day(event, meeting.day)
        return
    # Local times cannot tell the second 2:30 of a night from the first (RFC 5545, 3.3.5), and
    # without a name there is no zone to refer to.
    local = meeting.zone_info is not None and begins.utcoffset() == ends.utcoffset()
    for name, moment in (("dtstart", begins), ("dtend", ends)):
        if local:
            event.add(name, moment.replace(tzinfo=None), {"TZID": meeting.zone})
        else:
            event.add(name, moment.astimezone(UTC))


def _set_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    # What has no hour must not block the whole day.
    event.add("transp", "TRANSPARENT")


def _description(agenda: Agenda, wanted: float | None, names: Mapping[str, str]) -> str:
    """Return the title of the next agenda, and its phases in whole minutes."""
    minutes = length_near(agenda, wanted)
    seconds = plan(agenda, minutes).seconds
    phases = [(phase, sum(seconds.get(p.id, 0) for p in phase.prompts)) for phase in agenda.phases]
    shares = largest_remainder([planned for _phase, planned in phases], minutes)
    lines = [_lasting(agenda.title, minutes), ""]
    lines += [
        _lasting(phase.title, share)
        for (phase, _seconds), share in zip(phases, shares, strict=True)
        if share
    ]
    return clean(fill_in("\n".join(lines), names))


def _lasting(title: str, minutes: int) -> str:
    line = ngettext("{title}, {number} minute", "{title}, {number} minutes", minutes)
    return line.format(title=title, number=minutes)


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Words(title))
    alarm.add("trigger", -REMINDED)
    return alarm


@cache
def _offsets(zone: ZoneInfo, year: int) -> Timezone:
    """Return the changes of a zone's clocks, from shortly before a year to its end.

    icalendar 7.3 works them out, too, but puts the change to summer time an hour late.
    """
    begin = datetime(year - 1, 12, 1, tzinfo=UTC)
    moments = [begin + _STEP * n for n in range(400 * _STEPS_A_DAY)]
    component = Timezone()
    component.add("tzid", zone.key)
    component.add_component(_observance(zone, begin, begin))
    for before, moment in pairwise(moments):
        if before.astimezone(zone).utcoffset() != moment.astimezone(zone).utcoffset():
            component.add_component(_observance(zone, before, moment))
    return component


def _observance(
    zone: ZoneInfo, before: datetime, begins: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """Return a stretch of one offset, which begins by the clock of `before` (RFC 5545, 3.6.5)."""
    earlier, local = before.astimezone(zone), begins.astimezone(zone)
    stretch = TimezoneDaylight() if local.dst() else TimezoneStandard()
    stretch.add("dtstart", earlier.replace(tzinfo=None) + (begins - before))
    stretch.add("tzoffsetfrom", earlier.utcoffset())
    stretch.add("tzoffsetto", local.utcoffset())
    stretch.add("tzname", local.tzname())
    return stretch
