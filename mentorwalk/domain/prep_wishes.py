"""What two people said beforehand: where they agree, differ, or do not know yet."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.alone import fields_alone
from mentorwalk.domain.answers import Answer, alike, named_in, typed_texts
from mentorwalk.domain.i18n import _
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session

SIGNS = string.punctuation + "“”„‟‘’‚‹›«»…–—·¿¡、。，．！？；：「」『』（）،؟؛"
"""Punctuation that can stand before or after a word."""
SHARE = "share."
"""The start of the ids of questions whether to share an answer: no agenda can have such an id."""


def prep_fields(agenda: Agenda, role: Role) -> Mapping[str, Field]:
    """Return what one person is asked beforehand, by answer id.

    The form's own fields come first, then those of the session. An exercise asks all of its own.
    """
    if agenda.kind == "exercise":
        return fields_alone(agenda, role)
    form = {field.id: field for field in agenda.prepare.of(role)}
    return form | {
        field.answer_id(role): field
        for field in agenda.fields.values()
        if field.prepare in (role, "both") and not field.private
    }


def who_prepares(agenda: Agenda) -> Role:
    """Return who prepares if nobody says: the mentee, unless only the mentor is asked anything."""
    only_mentor = not prep_fields(agenda, "mentee") and prep_fields(agenda, "mentor")
    return "mentor" if only_mentor else "mentee"


def sharing(field: Field) -> Literal["ask", "yes", "never"]:
    """Return whether an answer is shared; own words only if asked, unless the agenda says so."""
    if field.private:
        return "never"
    return field.share or ("ask" if field.type in ("text", "list") else "yes")


def never_shared(agenda: Agenda) -> frozenset[str]:
    """Return the ids of the answers that nobody else ever sees, and of their fields."""
    asked = (prep_fields(agenda, "mentor"), prep_fields(agenda, "mentee"), agenda.answerable)
    return frozenset(
        name
        for fields in asked
        for key, field in fields.items()
        if sharing(field) == "never"
        for name in (key, field.id)
    )


@dataclass(frozen=True)
class PrepStatus:
    """What was said beforehand about one answer of a session."""

    said: tuple[Answer, ...]
    """The different answers, in an order that does not tell whose they are."""
    voices: int
    """The number of people who gave an answer."""
    unsure: int
    """The number of people who do not know yet."""
    asked: int
    """The number of people who were asked: one or two."""
    default: Value | None = None
    """What is offered if nobody said anything."""

    @property
    def differ(self) -> bool:
        """Whether the two wish for different answers."""
        return len(self.said) > 1

    @property
    def agreed(self) -> bool:
        """Whether everyone who was asked said the same."""
        return len(self.said) == 1 and self.voices == self.asked

    @property
    def offered(self) -> Value | None:
        """The value offered to both; None if they differ."""
        if self.differ:
            return None
        return self.said[0].value if self.said else self.default

    @property
    def unasked(self) -> Value | None:
        """The value that counts if nobody is asked: an agreed one, else the default."""
        return self.said[0].value if self.agreed else self.default

    @property
    def words(self) -> str:
        """The status in a few words; empty if nobody need have said more than the default.

        Who keeps the default as it stands on the form may have wished for it, or passed it by.
        """
        if self.differ:
            return _("two wishes")
        if self.said and self.said[0].value == self.default:
            return _("one of you does not know yet") if self.unsure else ""
        if self.agreed:
            return _("you both said") if self.asked > 1 else _("said beforehand")
        if self.said and self.unsure:
            return _("one of you said, one does not know yet")
        if self.said:
            return _("one of you said")
        return _("neither of you knows yet") if self.unsure > 1 else _("not known yet")


def beforehand(
    session: Session, field: Field, key: str, default: Value | None = None, item: str = ""
) -> PrepStatus | None:
    """Return what was said beforehand about an answer, or an item; None if nobody said anything."""
    alone = session.agenda.kind == "exercise"
    preps = [p for p in session.opened.prepared if _may_say(field, key, p, alone=alone)]
    answers = [prep.answers[key] for prep in preps if key in prep.answers]
    given = [Answer(field, value, session.names) for value in answers]
    said = [each for each in (a.about(item) if item else a for a in given) if not each.empty]
    unsure = sum(key in prep.unknown for prep in preps)
    if not said and not unsure:
        return None
    asked = 2 if field.prepare == "both" and field.by != "each" else 1
    return PrepStatus(_different(said), len(said), unsure, asked, default)


def _may_say(field: Field, key: str, prep: Prep, *, alone: bool) -> bool:
    """Return whether a preparation can say what is wished for; `alone` if all can be said alone."""
    asked = not prep.alone and (alone or field.prepare in (prep.role, "both"))
    return asked and key == field.answer_id(prep.role)


def _different(said: list[Answer]) -> tuple[Answer, ...]:
    return tuple(sorted({alike(each.value): each for each in reversed(said)}.values(), key=_order))


def _order(answer: Answer) -> tuple[int, str]:
    """Return a key to sort by: the place in the list of choices, own words after them."""
    picks = [choice.pick for choice in answer.field.choices]
    return (picks.index(answer.value) if answer.value in picks else len(picks)), answer.typed


def written_beforehand(
    session: Session, ids: Iterable[str], *, with_question: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield what was written beforehand about some fields: who wrote about what, and the words.

    What both were asked is left out, since nobody need know who said which. So is what the session
    has answered by now, a name that the screen shows anyway, and what somebody does not know yet:
    that is nothing to read out. What was asked is named if the words would not do alone, if the
    same person wrote about other fields, too, or if asked for.
    """
    wanted = [*dict.fromkeys(ids)]
    told = [
        (wanted.index(answer.field.id), prep.role, answer)
        for prep in session.opened.prepared
        for key, answer in own_answers(session, prep).items()
        if answer.field.id in wanted
        and not answer.empty
        and session.answers.get(key) is None
        and folded(answer.given) != folded(session.names[prep.role])
    ]
    times = Counter(role for _at, role, answer in told)
    for _at, role, answer in sorted(told, key=itemgetter(0)):
        whole = with_question or times[role] > 1 or not _says_enough(answer)
        yield _label_of(answer, session.names[role], whole=whole), answer.given


def prepared_lines(session: Session, ids: Iterable[str], role: Role) -> Iterator[str]:
    """Yield what one person wrote beforehand about some fields, where it is a line of own words."""
    wanted = [*ids]
    for prep in session.opened.prepared:
        for answer in own_answers(session, prep).values() if prep.role == role else ():
            is_line = answer.field.type == "text" and "\n" not in answer.typed
            if answer.field.id in wanted and is_line and not answer.empty:
                yield answer.typed


def brought_along(session: Session) -> Iterator[tuple[str, str, Answer]]:
    """Yield each answer of an exercise that somebody did alone: its place, its label, and itself.

    The page of the mentorship has them, though no card need ask them.
    """
    for prep in session.opened.prepared:
        for key, answer in own_answers(session, prep).items() if prep.alone else ():
            if not answer.hidden:
                label = _label_of(answer, session.names[prep.role], whole=True)
                yield prep.place(key), label, answer


def parts_along(session: Session, answer: str, number: int | None) -> Mapping[str, str]:
    """Return the words of an answer that was brought along, by the places of its parts.

    Args:
        session: The session.
        answer: The place of the answer.
        number: The part that is meant; None for all of them.
    """
    parts = [
        [*prep.parts(key).items()]
        for prep in session.opened.prepared
        for key in prep.answers
        if prep.place(key) == answer
    ]
    chosen = slice(number, None if number is None else number + 1)
    return {place: " ".join(said[-1:]) for each in parts for place, said in each[chosen]}


def _says_enough(answer: Answer) -> bool:
    """Return whether an answer is in somebody's own words, which go without the question."""
    return answer.field.type in ("text", "list")


def _label_of(answer: Answer, name: str, *, whole: bool) -> str:
    label = _("{name} wrote beforehand")
    if whole:
        label = _("{name} wrote beforehand on “{label}”")
    return label.format(name=name, label=answer.label)


def shown_choices(field: Field, names: Mapping[str, str]) -> Mapping[str, str]:
    """Return how the choices about sharing are shown, since the journal keeps them in English."""
    choices = field.choices if field.id.startswith(SHARE) else ()
    return {each.pick: Answer(field, each.pick, names).sentence for each in choices}


def two_wishes(session: Session, field: Field) -> str:
    """Describe the two wishes for an answer that is still open; empty if they do not differ."""
    prior = beforehand(session, field, field.id)
    if prior is None or not prior.differ:
        return ""
    one, other = (answer.given for answer in prior.said)
    wishes = _("one of us would say “{one}”, the other “{other}”")
    return wishes.format(one=one, other=other)


def struck_beforehand(session: Session, struck: str, value: Value | None) -> Mapping[str, str]:
    """Return the texts from before that are struck along with an answer, by their places.

    They were written for the same question, or are repeated in the answer: as one of its items, or
    as several whole words of it. A single word among others is no repetition.
    """
    written = [_words(text) for text in (*typed_texts(value), *named_in(value))]
    return {
        place: " ".join(said[-1:])
        for prep in session.opened.prepared
        for key, field in fields_of(prep, session.agenda).items()
        for place, said in prep.parts(key).items()
        if key == struck
        or any(_repeats(text, _words(own)) for text in written for own in _own(field, said))
    }


def _own(field: Field, said: Iterable[str]) -> Iterator[str]:
    """Yield the words of an answer that are somebody's own: none of the agenda's choices."""
    return (words for words in said if field.choice(words) is None)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text, without differences of case and the signs around them."""
    return tuple(filter(None, (word.strip(SIGNS) for word in folded(text).split())))


def _repeats(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if len(words) < 2:
        return text == words != ()
    starts = range(len(text) - len(words) + 1)
    return any(text[start : start + len(words)] == words for start in starts)


def own_answers(session: Session, prep: Prep) -> Mapping[str, Answer]:
    """Return the answers to what only this person was asked, by id; unknown ones are empty."""
    return answers_of(prep, session.agenda, session.names)


def answers_of(prep: Prep, agenda: Agenda, names: Mapping[str, str]) -> Mapping[str, Answer]:
    """Return the same for an agenda that is not walked yet."""
    return {
        key: Answer(field, prep.answers.get(key), names)
        for key, field in fields_of(prep, agenda).items()
        if field.prepare != "both" and key in prep
    }


def fields_of(prep: Prep, agenda: Agenda) -> Mapping[str, Field]:
    """Return the fields by which a preparation is read: its own, or those of the session's agenda.

    By answer id.
    """
    if prep.alone:
        return {field.answer_id(prep.role): field for field in prep.fields}
    return prep_fields(agenda, prep.role)
