"""The words of a decision: what can become of an agreement, and what changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import capital, count
from mentorwalk.engine.frontend import PutBack, Reword, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.people import People
    from mentorwalk.engine.frontend import Proposal, Rewording

DRAFT = N_("We sleep on it: a draft until {day}")
OPEN_DRAFT = N_("We sleep on it: a draft until we meet again")
BOTH = N_("We both say yes, aloud, now")
ONLY = N_("Only {name} says yes today")
STAYS = N_("It stays: you both said yes")
STAYS_HALF = N_("It stays: {name} has said yes, {other} not yet")
TAKE_BACK = N_("Make it a draft again")
REWORD = N_("There is a sentence that we want to change")
AGAIN = N_("We both say yes to the new wording")
AGAIN_ALONE = N_("{name} says yes to the new wording")
PUT_BACK = N_("Put the old wording back: your yes holds")
PUT_BACK_ALONE = N_("Put the old wording back: the yes of {name} holds")
LEAVE_DRAFT = N_("Leave it as a draft until {day}")
LEAVE_OPEN_DRAFT = N_("Leave it as a draft until we meet again")


def ways_to_accept(proposal: Proposal) -> list[tuple[Said | Reword | PutBack, str]]:
    """Return what can become of an agreement, in words."""
    people = proposal.people
    if proposal.yes_again:
        return list(_ways_to_reword(proposal, proposal.yes_again))
    both, draft = (Said("both"), _(BOTH)), (Said("draft"), _(TAKE_BACK))
    reword = (Reword(), _(REWORD))
    match proposal.accepted_by:
        case (_first, _second):
            return [(proposal.unchanged, _(STAYS)), reword, draft]
        case (role,):
            stays = _(STAYS_HALF).format(name=people.name(role), other=people.other(role))
            return [(proposal.unchanged, stays), both, reword, draft]
        case _:
            asleep = _(DRAFT if proposal.until else OPEN_DRAFT).format(day=proposal.until)
            ones = [(Said(role), _(ONLY).format(name=people.name(role))) for role in ROLES[::-1]]
            return [(Said("draft"), asleep), both, *ones, reword]


def _ways_to_reword(
    proposal: Proposal, rewording: Rewording
) -> Iterator[tuple[Said | PutBack, str]]:
    """Yield what can become of the sentences that changed since a yes."""
    role, *other = rewording.accepted_by
    name = proposal.people.name(role)
    yield Said("both" if other else role), _(AGAIN if other else AGAIN_ALONE).format(name=name)
    if rewording.returns:
        yield PutBack(), _(PUT_BACK if other else PUT_BACK_ALONE).format(name=name)
    draft = _(LEAVE_DRAFT if proposal.until else LEAVE_OPEN_DRAFT)
    yield Said("draft"), draft.format(day=proposal.until)


def rewording_words(rewording: Rewording, people: People) -> str:
    """Return how much of the agreement changed since a yes, or since it was read."""
    number = sum(change.sentences for change in rewording.changes)
    read = ngettext(
        "You have changed one sentence since you read it.",
        "You have changed {number} sentences since you read it.",
        number,
    )
    if rewording.since:
        earlier = ngettext(
            "One sentence reads differently since {day}. The others stay as they were.",
            "{number} sentences read differently since {day}. The others stay as they were.",
            number,
        )
        return earlier.format(number=capital(count(number)), day=rewording.since)
    if not rewording.accepted_by:
        return read.format(number=count(number))
    role, *other = rewording.accepted_by
    both = ngettext(
        "You have changed one sentence since you said yes.",
        "You have changed {number} sentences since you said yes.",
        number,
    )
    one = ngettext(
        "You have changed one sentence since {name} said yes.",
        "You have changed {number} sentences since {name} said yes.",
        number,
    )
    return (both if other else one).format(number=count(number), name=people.name(role))


def changed_lines(rewording: Rewording) -> Iterator[tuple[str, str]]:
    """Yield the sentences that changed, each after a word that says from when it is."""
    for change in rewording.changes:
        before, now = " ".join(change.before), " ".join(change.now)
        if before:
            yield (_("before") if now else _("gone")), before
        if now:
            yield (_("now") if before else _("new")), now
