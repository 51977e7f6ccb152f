"""The words of the clock: how long a card still has, and when the session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.text import count, minutes_and_seconds

if TYPE_CHECKING:
    from mentorwalk.domain.timing import Reading

ClockStyle = Literal["calm", "exact", "off"]
CLOCK_STYLES: dict[ClockStyle, str] = {
    "calm": N_("The clock is calm."),
    "exact": N_("The clock is exact."),
    "off": N_("The clock is off."),
}
"""The ways to show the clock, and what is said after a change."""
MINUTES = 90
"""Seconds from which minutes are told: rounded, less would be “one minute” for too long."""
ROUND_OFF = 45
"""Seconds before the end of a card at which it is time to round it off."""


def next_style(style: ClockStyle) -> ClockStyle:
    """Return the way to show the clock that comes after this one."""
    styles = list(CLOCK_STYLES)
    return styles[(styles.index(style) + 1) % len(styles)]


def clock_words(reading: Reading, style: ClockStyle, *, brief: bool = False) -> tuple[str, str]:
    """Return what the clock says of this card, and of the session."""
    time = f"{reading.ends:%H:%M}"
    if style == "exact":
        here = _("card {spent} of {planned}, phase {phase_spent} of {phase_planned}").format(
            spent=minutes_and_seconds(reading.card_spent),
            planned=minutes_and_seconds(reading.card_planned),
            phase_spent=minutes_and_seconds(reading.phase_spent),
            phase_planned=minutes_and_seconds(reading.phase_planned),
        )
        return here, _("ends {time}").format(time=time)
    # A card of less than a minute is not rounded off before it has begun.
    soon = min(ROUND_OFF, reading.card_planned / 2)
    return _card_left(reading.card_left, soon, brief=brief), _on_time(reading, time)


def _card_left(left: float, soon: float, *, brief: bool) -> str:
    if left >= MINUTES:
        minutes = round(left / 60)
        whole = ngettext(
            "about {number} minute for this card", "about {number} minutes for this card", minutes
        )
        short = ngettext("about {number} minute", "about {number} minutes", minutes)
        return (short if brief else whole).format(number=count(minutes))
    if left > soon:
        return _("about a minute") if brief else _("about a minute for this card")
    if left > 0:
        return _("time to round this card off")
    if left > -MINUTES:
        return _("a little over")
    minutes = round(-left / 60)
    return ngettext("{number} minute over", "{number} minutes over", minutes).format(
        number=count(minutes)
    )


def _on_time(reading: Reading, time: str) -> str:
    """Return when the session ends, and how that fits the plan; one minute more or less does."""
    late, behind = round(reading.late / 60), round(reading.behind / 60)
    minutes = late if late > 1 else abs(behind)
    if late > 1:
        sentence = ngettext(
            "ends about {time}, {number} minute later than planned",
            "ends about {time}, {number} minutes later than planned",
            minutes,
        )
    elif behind > 1:
        sentence = ngettext(
            "ends about {time}, the rest is {number} minute shorter",
            "ends about {time}, the rest is {number} minutes shorter",
            minutes,
        )
    elif behind < -1:
        sentence = ngettext(
            "ends about {time}, {number} minute to spare",
            "ends about {time}, {number} minutes to spare",
            minutes,
        )
    else:
        sentence = _("ends about {time}, on time")
    return sentence.format(time=time, number=count(minutes))
