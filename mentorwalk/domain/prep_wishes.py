"""Preparation: what two people said beforehand; where they agree, differ, or do not know yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.answers import Answer
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import folded

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
    form = {field.id: field for field in agenda.prepare.of(role)}
    return form | {
        field.answer_id(role): field
        for field in agenda.fields.values()
        if field.prepare in (role, "both") and not field.private
    }


def sharing(field: Field) -> Literal["ask", "yes", "never"]:
    """Whether an answer is shared: words are asked about, unless the agenda says otherwise."""
    if field.private:
        return "never"
    return field.share or ("ask" if field.type in ("text", "list") else "yes")


@dataclass(frozen=True)
class PrepStatus:
    """What was said beforehand about one answer of a session."""

    said: tuple[Answer, ...]
    """The different answers, in an order that tells nobody whose they are."""
    voices: int
    """How many gave an answer."""
    unsure: int
    """How many do not know yet."""
    asked: int
    """How many were asked: one, or both."""
    default: Value | None = None
    """What is offered if nobody said anything."""

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
        return self.said[0].value if self.said else self.default

    @property
    def unasked(self) -> Value | None:
        """What holds where nobody is asked: what is agreed, or else what is usual."""
        return self.said[0].value if self.agreed else self.default

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
            return "" if self.said[0].value == self.default else _("one of you said")
        return _("neither of you knows yet") if self.unsure > 1 else _("not known yet")


def beforehand(
    session: Session, field: Field, key: str, default: Value | None = None
) -> PrepStatus | None:
    """What was said beforehand about an answer; None where nobody said anything."""
    preps = [prep for prep in session.opened.prepared if _may_say(field, key, prep)]
    answers = [prep.answers[key] for prep in preps if key in prep.answers]
    said = [Answer(field, value, session.names) for value in answers]
    unsure = sum(key in prep.unknown for prep in preps)
    if not said and not unsure:
        return None
    asked = 2 if field.prepare == "both" and field.by != "each" else 1
    return PrepStatus(_different(said), len(said), unsure, asked, default)


def _may_say(field: Field, key: str, prep: Prep) -> bool:
    return field.prepare in (prep.role, "both") and key == field.answer_id(prep.role)


def _different(said: list[Answer]) -> tuple[Answer, ...]:
    return tuple(sorted({_alike(each.value): each for each in reversed(said)}.values(), key=_order))


def _order(answer: Answer) -> tuple[int, str]:
    """The place of an answer in the list of choices; own words come after them."""
    picks = [choice.pick for choice in answer.field.choices]
    return (picks.index(answer.value) if answer.value in picks else len(picks)), answer.typed


def _alike(value: Value | None) -> Value | None:
    """What two answers have in common that differ in case or white space only."""
    if isinstance(value, tuple):
        return tuple(map(folded, value))
    return folded(value) if isinstance(value, str) else value


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
    answer = Answer(field, prep.answers.get(key), session.names)
    return told.format(name=session.names[prep.role], label=answer.label), answer.given


def shown_choices(field: Field, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What may be chosen about sharing, as it is shown: the journal keeps it in English."""
    ours = field.choices if field.id.startswith(SHARE) else ()
    return tuple((each.pick, Answer(field, each.pick, names).sentence) for each in ours)


def two_wishes(session: Session, field: Field) -> str:
    """Describe the two wishes for an answer that is still open; empty if they do not differ."""
    prior = beforehand(session, field, field.id)
    if prior is None or not prior.differ:
        return ""
    one, other = (answer.given for answer in prior.said)
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
    texts = (folded(item) for item in items if isinstance(item, str))
    yield from filter(None, (words.rstrip(".!? ") for words in texts))


def own_answers(session: Session, prep: Prep) -> Mapping[str, Field]:
    """What only this one of the two was asked and has answered, by answer id."""
    asked = prep_fields(session.agenda, prep.role).items()
    answered = {*prep.answers, *prep.unknown}
    return {key: field for key, field in asked if field.prepare != "both" and key in answered}
