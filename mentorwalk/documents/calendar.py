"""The invitation: the next meeting as an iCalendar file (RFC 5545).

Others see a calendar: nothing of what the two said goes into it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from mentorwalk.domain.agenda import fill_in
from mentorwalk.domain.i18n import _, ngettext, using_language
from mentorwalk.domain.meeting import next_meeting
from mentorwalk.domain.planning import largest_remainder, plan
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.meeting import NextMeeting
    from mentorwalk.domain.session import Session

PRODUCT = "-//mentorwalk//next meeting//EN"
REMINDED = timedelta(days=1)
"""How long before the meeting a calendar reminds of it."""
YEARS = range(1970, 2200)
"""Years in which people may meet; in others a calendar would stumble."""
_STEP = timedelta(minutes=30)
"""Clocks change on half an hour of UTC, wherever they still do."""
_STEPS_A_DAY = 48


def invitation(session: Session, folder: str, following: Agenda | None) -> str:
    """The next meeting of a session, as the text of a calendar's file; empty without a day.

    It follows from the session, the name of its `folder`, and the agenda to be walked then, so
    that one that is written again takes the place of the one before.
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
    return str(calendar.to_ical(), "utf-8")


class _Words(vText):
    r"""Words as they were typed: icalendar alone takes the `\N` of a path for a line break."""

    def to_ical(self) -> bytes:
        """Escape them (RFC 5545, 3.3.11)."""
        return re.sub(r"([\\;,])", r"\\\1", self).replace("\n", "\\n").encode()


def _event(
    session: Session,
    folder: str,
    following: Agenda | None,
    meeting: NextMeeting,
) -> Event:
    people = session.people
    told = _("Mentoring: {mentee} and {mentor}")
    title = clean(told.format(mentee=people.mentee, mentor=people.mentor))
    event = Event()
    event.add("uid", _mark(session, folder))
    # What is no part of the meeting, such as a private answer, makes no newer invitation.
    arranged = session.arranged or session.opened
    event.add("dtstamp", arranged.at.astimezone(UTC))
    event.add("sequence", arranged.seq)
    event.add("summary", _Words(title))
    if meeting.where:
        event.add("location", _Words(clean(meeting.where)))
    if following:
        event.add("description", _Words(_description(following, meeting.minutes, session.names)))
    _set_time(event, meeting)
    event.add_component(_reminder(title))
    return event


def _mark(session: Session, folder: str) -> str:
    """What this meeting is known by, from one version of its invitation to the next."""
    opened = session.opened
    told = f"{folder}\n{opened.digest}\n{opened.at.isoformat()}".encode(errors="backslashreplace")
    return f"{hashlib.sha256(told).hexdigest()[:32]}@mentorwalk"


def _set_time(event: Event, meeting: NextMeeting) -> None:
    begins, ends = meeting.begins, meeting.ends
    if begins is None or ends is None:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.day + timedelta(days=1))
        # A day without an hour keeps nobody busy.
        event.add("transp", "TRANSPARENT")
        return
    # Local times cannot tell the second 2:30 of a night from the first (RFC 5545, 3.3.5), and
    # without a name there is no zone to refer to.
    local = meeting.zone_info is not None and begins.utcoffset() == ends.utcoffset()
    for name, moment in (("dtstart", begins), ("dtend", ends)):
        if local:
            event.add(name, moment.replace(tzinfo=None), {"TZID": meeting.zone})
        else:
            event.add(name, moment.astimezone(UTC))


def _description(agenda: Agenda, wanted: int | None, names: Mapping[str, str]) -> str:
    """The agenda of the next session: its title, and its phases with their minutes."""
    shortest, longest = agenda.lengths
    minutes = wanted if wanted and shortest <= wanted <= longest else agenda.minutes
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
    told = ngettext("{title}, {number} minute", "{title}, {number} minutes", minutes)
    return told.format(title=title, number=minutes)


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Words(title))
    alarm.add("trigger", -REMINDED)
    return alarm


@cache
def _offsets(zone: ZoneInfo, year: int) -> Timezone:
    """What a zone's clocks do from shortly before a year to its end.

    icalendar could work this out, but puts the change to summer time an hour late.
    """
    begin = datetime(year - 1, 12, 1, tzinfo=UTC)
    moments = [begin + _STEP * n for n in range(400 * _STEPS_A_DAY)]
    made = Timezone()
    made.add("tzid", zone.key)
    made.add_component(_observance(zone, begin, begin))
    for before, moment in pairwise(moments):
        if before.astimezone(zone).utcoffset() != moment.astimezone(zone).utcoffset():
            made.add_component(_observance(zone, before, moment))
    return made


def _observance(
    zone: ZoneInfo, before: datetime, begins: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """A stretch of one offset; it begins on the clock as it was `before` (RFC 5545, 3.6.5)."""
    earlier, local = before.astimezone(zone), begins.astimezone(zone)
    stretch = TimezoneDaylight() if local.dst() else TimezoneStandard()
    stretch.add("dtstart", earlier.replace(tzinfo=None) + (begins - before))
    stretch.add("tzoffsetfrom", earlier.utcoffset())
    stretch.add("tzoffsetto", local.utcoffset())
    stretch.add("tzname", local.tzname())
    return stretch
