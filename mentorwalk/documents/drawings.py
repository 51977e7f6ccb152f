"""The pictures of a document: `picture` in its template, and what it drew, for the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mentorwalk.documents.markdown import Markdown
from mentorwalk.documents.pictures import as_markdown
from mentorwalk.documents.refusal import Refusal
from mentorwalk.domain.errors import did_you_mean
from mentorwalk.domain.exercises import is_of_exercise
from mentorwalk.domain.fields import DRAWS, can_draw
from mentorwalk.domain.picturing import fullest, keys_of, picture_of
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.runs import last_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.domain.agenda import Drawn
    from mentorwalk.domain.fields import PictureKind
    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.session import Session


@dataclass(frozen=True, repr=False)
class Drawings:
    """Draws pictures into one document; a template calls it as `picture`.

    It knows a session whole, and templates may not: see `MentorshipView`.
    """

    _session: Session
    drawn: list[AnyPicture] = field(default_factory=list)
    """The pictures that the document may have."""

    def __call__(self, kind: str, *fields: str) -> Markdown:
        """Return the picture of some fields, by their ids, as lines of their own.

        Raises:
            Refusal: There is no such kind or no such field, or they do not fit each other.
        """
        named = next((each for each in DRAWS if each == kind), None)
        if named is None:
            known = did_you_mean(kind, DRAWS) or f" There are {', '.join(DRAWS)}."
            raise Refusal(f"No kind of picture is called `{kind}`.{known}")
        if not fields:
            raise Refusal(f'Name what is drawn, such as picture("{kind}", "now").')
        for place, name in enumerate(fields):
            self._check(named, name, place)
        return self.kept(self._picture(named, fields))

    def _picture(self, kind: PictureKind, fields: Sequence[str]) -> AnyPicture:
        return picture_of(self._session, kind, fields, last_numbers(self._session))

    def kept(self, picture: AnyPicture) -> Markdown:
        """Return a picture for the document, and remember it for the page."""
        self.drawn.append(picture)
        return Markdown(f"\n\n{as_markdown(picture)}\n\n")

    def of_cards(self) -> tuple[dict[str, Any], ...]:
        """Return the pictures of the cards that were planned, each once; none of nothing.

        Those of an exercise within the session belong to that one.
        """
        agenda = self._session.agenda
        own = (card for card in self._session.cards if not is_of_exercise(card))
        planned = (agenda.prompts[card].picture for card in own)
        wanted = fullest(each for each in planned if each)
        found = ((each, self._picture(each.kind, each.fields)) for each in wanted)
        return tuple(self.described(*each) for each in found if not each[1].empty)

    def described(self, wanted: Drawn, picture: AnyPicture) -> dict[str, Any]:
        """Return a picture with the ids of its fields, and the label of the first one."""
        agenda = self._session.agenda
        first = agenda.answerable[keys_of(agenda, wanted.fields[0])[0]]
        return {
            "kind": picture.kind,
            "fields": wanted.fields,
            "label": fill_in(first.label, self._session.names),
            "picture": self.kept(picture),
        }

    def _check(self, kind: PictureKind, name: str, place: int) -> None:
        agenda = self._session.agenda
        field_ = agenda.answerable.get(keys_of(agenda, name)[0])
        if field_ is None:
            hint = did_you_mean(name, agenda.fields)
            raise Refusal(f"`{agenda.id}` has no field `{name}`.{hint}")
        if not can_draw(kind, field_, place):
            *some, last = (f"`{each}`" for each in DRAWS[kind])
            types = " or ".join(filter(None, (", ".join(some), last)))
            raise Refusal(f"`{kind}` draws {types}, but `{name}` is `{field_.type}`.")
