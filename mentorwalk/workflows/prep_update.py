"""The journal of a preparation after its agenda has changed: nothing is lost, or shared unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.events import Answered, Drafted
from mentorwalk.domain.prep_form import ONLY_ME, form_of, prep_of, switches_of
from mentorwalk.domain.prep_wishes import SHARE, prep_fields, sharing
from mentorwalk.storage.reading import replayed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.events import Event, Opened
    from mentorwalk.domain.prep_editions import Edition
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session


def written_anew(
    opened: Opened, edition: Edition, switches: Mapping[str, Value]
) -> Iterator[Event]:
    """Yield the events that write down what somebody wrote, after the first one."""
    at, elapsed = opened.at, 0.0
    answers = {**edition.answers, **switches}
    for seq, (key, value) in enumerate(answers.items(), start=1):
        yield Answered(seq=seq, at=at, elapsed=elapsed, field=key, value=value)
    for seq, (key, text) in enumerate(edition.drafts.items(), start=len(answers) + 1):
        yield Drafted(seq=seq, at=at, elapsed=elapsed, field=key, text=text)


def kept_private(
    agenda: Agenda, role: Role, edition: Edition, own: AbstractSet[str]
) -> Mapping[str, Value]:
    """Return switches for what was not shared, which a newer agenda must not share unasked.

    Args:
        agenda: The agenda as it is now.
        role: Whose preparation it is.
        edition: What they wrote, as it is asked for now.
        own: What was not shared.
    """
    asked = prep_fields(agenda, role)
    switches = {key: f"{SHARE}{id_}" for key, id_ in switches_of(agenda, role).items()}
    undecided = {
        key for key in edition.returned & switches.keys() if switches[key] not in edition.answers
    }
    private = own | undecided
    shared_now = [key for key in asked if key in private and sharing(asked[key]) == "yes"]
    return {switches[key]: ONLY_ME for key in shared_now}


def not_shared(
    agenda: Agenda, form: Session, then: Agenda | None, events: list[Event]
) -> AbstractSet[str]:
    """Return what was answered and not shared: everything, if the old agenda is damaged.

    Args:
        agenda: The agenda as it is now.
        form: Its form, with all that was written.
        then: The agenda as it was; None if it cannot be read any more.
        events: The journal.
    """
    role, shared = form.people.types, set[str]()
    if then:
        form = replayed(form_of(then, role), events)
        prep = prep_of(then, form)
        shared = {*prep.answers, *prep.unknown}
    asked = prep_fields(then or agenda, role)
    return {key for key in asked if not form.answer(key).empty} - shared
