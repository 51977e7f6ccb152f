"""Preparation: what two people said beforehand; where they agree, differ, or do not know yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.agenda import fill_in
from mentorwalk.domain.answers import NOT_YET, after_label, as_typed, shown_pick
from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda, Field, Role
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session

SHARE = "share."
"""The beginning of an id that no agenda can have: whether an answer is shared."""


def prep_fields(agenda: Agenda, role: Role) -> Mapping[str, Field]:
    """What one of the two is asked beforehand: the form's own fields, then the session's.

    By answer id: a field of the session that is asked of each has the role in it.
    """
    form = {field.id: field for field in getattr(agenda.prepare, role)}
    return form | {
        _own_id(field, role): field
        for field in agenda.fields.values()
        if field.prepare in (role, "both") and not field.private
    }


def _own_id(field: Field, role: Role) -> str:
    return f"{field.id}.{role}" if field.by == "each" else field.id


def sharing(field: Field) -> Literal["ask", "yes", "never"]:
    """Whether an answer is shared: words are asked about, unless the agenda says otherwise."""
    if field.private:
        return "never"
    return field.share or ("ask" if field.type in ("text", "list") else "yes")


@dataclass(frozen=True)
class PrepStatus:
    """What was said beforehand about one answer of a session."""

    said: tuple[Value, ...]
    """The different answers, in an order that tells nobody whose they are."""
    voices: int
    """How many gave an answer."""
    unsure: int
    """How many do not know yet."""
    asked: int
    """How many were asked: one, or both."""
    usual: Value | None = None
    """What stands there where nobody said anything."""

    @property
    def differ(self) -> bool:
        """Whether they would like it differently."""
        return len(self.said) > 1

    @property
    def agreed(self) -> bool:
        """Whether everybody who was asked said the same."""
        return len(self.said) == 1 and self.voices == self.asked

    @property
    def offered(self) -> Value | None:
        """What stands there for the people to keep; nothing, where they differ."""
        if self.differ:
            return None
        return self.said[0] if self.said else self.usual

    @property
    def unasked(self) -> Value | None:
        """What holds where nobody is asked: what is agreed, or else what is usual."""
        return self.said[0] if self.agreed else self.usual

    @property
    def words(self) -> str:
        """How it stands, in a few words; none, where one of them wishes what is usual anyway."""
        if self.differ:
            return _("two wishes")
        if self.agreed:
            return _("you both said") if self.asked > 1 else _("said beforehand")
        if self.said and self.unsure:
            return _("one of you said, one does not know yet")
        if self.said:
            return "" if self.said[0] == self.usual else _("one of you said")
        return _("neither of you knows yet") if self.unsure > 1 else _("not known yet")


def beforehand(
    session: Session, field: Field, answer_id: str, usual: Value | None
) -> PrepStatus | None:
    """What was said beforehand about an answer; None where nobody said anything."""
    preps = [prep for prep in session.opened.prepared if _may_say(field, answer_id, prep)]
    said = [prep.answers[answer_id] for prep in preps if answer_id in prep.answers]
    unsure = sum(answer_id in prep.unknown for prep in preps)
    if not said and not unsure:
        return None
    asked = 2 if field.prepare == "both" and field.by != "each" else 1
    return PrepStatus(_different(field, said), len(said), unsure, asked, usual)


def _may_say(field: Field, answer_id: str, prep: Prep) -> bool:
    return field.prepare in (prep.role, "both") and answer_id == _own_id(field, prep.role)


def _different(field: Field, said: list[Value]) -> tuple[Value, ...]:
    different = {_alike(value): value for value in reversed(said)}
    picks = [choice.pick for choice in field.choices]

    def order(value: Value) -> tuple[int, str]:
        """As in the list of choices; own words after them."""
        return (picks.index(value) if value in picks else len(picks)), as_typed(value)

    return tuple(sorted(different.values(), key=order))


def _alike(value: Value) -> Value:
    """What two answers have in common that differ in case or white space only."""
    if isinstance(value, tuple):
        return tuple(" ".join(item.split()).casefold() for item in value)
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def written_beforehand(session: Session, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What was written beforehand about these fields: who wrote on what, and the words.

    What both were asked is left out: there nobody need know who said which. So is what the
    session has an answer to by now.
    """
    for name in dict.fromkeys(ids):
        for prep in session.opened.prepared:
            for key, field in own_answers(session, prep).items():
                if field.id == name and session.answers.get(key) is None:
                    yield _written(session, prep, field, key)


def _written(session: Session, prep: Prep, field: Field, key: str) -> tuple[str, str]:
    told = _("{name} wrote beforehand")
    if field.type not in ("text", "list") or key in prep.unknown:
        told = _("{name} wrote beforehand on “{label}”")
    asked = fill_in(field.label, session.names)
    label = told.format(name=session.names[prep.role], label=asked)
    value = prep.answers.get(key)
    return label, _(NOT_YET) if value is None else as_given(field, value, session.names)


def as_given(field: Field, value: Value, names: Mapping[str, str]) -> str:
    """Say an answer as it was given; items of a list may be sentences, and none runs on."""
    if isinstance(value, tuple):
        between = "; " if field.type == "list" else _(", ")
        return between.join(shown_pick(field, item.rstrip(";"), names) for item in value)
    return after_label(field, value, names)


def shown_choices(field: Field, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What may be chosen about sharing, as it is shown: the journal keeps it in English."""
    ours = field.choices if field.id.startswith(SHARE) else ()
    return tuple((choice.pick, fill_in(choice.words, names)) for choice in ours)


def two_wishes(session: Session, field: Field, answer_id: str) -> str:
    """Say, for what is still open, what the one and the other would like; empty otherwise."""
    prior = beforehand(session, field, answer_id, None)
    if prior is None or not prior.differ:
        return ""
    one, other = (as_given(field, value, session.names) for value in prior.said)
    told = _("one of us would say “{one}”, the other “{other}”")
    return told.format(one=one, other=other)


def copied_beforehand(session: Session, value: Value | None) -> tuple[str, ...]:
    """What was written beforehand, in own words, and stands in an answer again: by answer id."""
    said = "\n".join(_own_words(value))
    return tuple(
        key
        for prep in session.opened.prepared
        for key, field in prep_fields(session.agenda, prep.role).items()
        if field.type in ("text", "list")
        and any(words in said for words in _own_words(prep.answers.get(key)))
    )


def _own_words(value: Value | None) -> Iterator[str]:
    """The words of each item, whatever their case, white space and last full stop."""
    items = value if isinstance(value, tuple) else (value,)
    folded = (" ".join(item.split()).casefold() for item in items if isinstance(item, str))
    yield from filter(None, (words.rstrip(".!? ") for words in folded))


def own_answers(session: Session, prep: Prep) -> Mapping[str, Field]:
    """What only this one of the two was asked and has answered, by answer id."""
    asked = prep_fields(session.agenda, prep.role).items()
    answered = {*prep.answers, *prep.unknown}
    return {key: field for key, field in asked if field.prepare != "both" and key in answered}
