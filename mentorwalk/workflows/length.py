"""How long a session can be: what somebody says of the minutes there are, or of when they stop."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.date_parsing import parse_minutes, parse_time
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.planning import length_near
from mentorwalk.domain.timing import local, zone_of

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.dialog import Dialog


def asked_length(dialog: Dialog, agenda: Agenda, clock: Clock, agreed: float | None) -> int:
    """Ask how long there is, and return the minutes; how long two people agreed on is offered.

    Raises:
        Stopped: They left.
    """
    shortest, longest = agenda.lengths
    usual = length_near(agenda, agreed)
    default = local(clock.now() + timedelta(minutes=usual), clock.zone())
    alone = ngettext(
        "Press Enter for {minutes} minute, until {time}. "
        "Or type minutes, from {shortest} to {longest}, or a time of day.",
        "Press Enter for {minutes} minutes, until {time}. "
        "Or type minutes, from {shortest} to {longest}, or a time of day.",
        usual,
    ).format(minutes=usual, time=f"{default:%H:%M}", shortest=shortest, longest=longest)
    help_ = f"{_agreed(agreed)} {alone}".strip()
    field = Field("minutes", _("When do you have to stop?"), help=help_)
    return dialog.ask(field, lambda said: _length(str(said or usual), agenda, clock))


def _length(text: str, agenda: Agenda, clock: Clock) -> int:
    """Read minutes, or the time of day until which there is time.

    A length that is too long may be an hour, as in `16h`.

    Raises:
        Unreadable: It is neither, or the agenda cannot be walked in that time.
    """
    shortest, longest = agenda.lengths
    length = float(text) if re.fullmatch(r"\d{1,3}", text) else parse_minutes(text)
    minutes = _until(text, clock) if length is None else round(length)
    if length is not None and minutes > longest:
        with suppress(Unreadable):
            minutes = min(minutes, _until(text, clock))
    if not shortest <= minutes <= longest:
        outside = ngettext(
            "That would be {minutes} minute; {shortest} to {longest} would do.",
            "That would be {minutes} minutes; {shortest} to {longest} would do.",
            minutes,
        )
        raise Unreadable(outside.format(minutes=minutes, shortest=shortest, longest=longest))
    return minutes


def _until(text: str, clock: Clock) -> int:
    """Return the minutes until the clocks here show a time of day next."""
    now = clock.now()
    try:
        end = parse_time(text)
    except Unreadable as unreadable:
        minutes = _("Minutes would do too, such as “45 min” or “1h”.")
        raise Unreadable(f"{unreadable} {minutes}") from None
    zone = zone_of(clock.zone()) or now.tzinfo
    days = (now.date(), now.date() + timedelta(days=1))
    # In the night when clocks go back, they show it twice.
    shown = (datetime.combine(day, end.replace(fold=fold), zone) for day in days for fold in (0, 1))
    left = ((each.astimezone(UTC) - now).total_seconds() for each in shown)
    return round(next(seconds for seconds in left if seconds >= 0) / 60)


def _agreed(minutes: float | None) -> str:
    """Say in a sentence how long the two agreed to meet; empty if they did not."""
    if minutes is None:
        return ""
    words = ngettext(
        "You agreed on {number} minute.", "You agreed on {number} minutes.", math.ceil(minutes)
    )
    return words.format(number=f"{minutes:g}")
