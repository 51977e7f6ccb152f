"""The pictures of exercises on the page of a mentorship, each compared with the time before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from mentorwalk.domain.picturing import Walked, fullest, picture_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorwalk.documents.drawings import Drawings
    from mentorwalk.domain.agenda import Drawn
    from mentorwalk.domain.roles import Role


class DrawnRun(Walked, Protocol):
    """A time that an exercise was done, as far as its pictures need it."""

    @property
    def agenda(self) -> str:
        """The id of its agenda."""
        ...

    @property
    def person(self) -> Role | None:
        """Who did it alone; None for both."""
        ...

    @property
    def pictures(self) -> tuple[Drawn, ...]:
        """The pictures of its cards."""
        ...


def with_pictures(runs: Sequence[DrawnRun], drawings: Drawings) -> Iterator[dict[str, Any]]:
    """Yield the pictures of each exercise, and whether it was not done again since.

    Args:
        runs: The exercises, the oldest first.
        drawings: Keeps the pictures for the page.
    """
    for number, run in enumerate(runs):
        before = next((each for each in reversed(runs[:number]) if _is_again(run, each)), None)
        yield {
            "newest": not any(_is_again(each, run) for each in runs[number + 1 :]),
            "pictures": _pictures(run, before, drawings),
        }


def _is_again(run: DrawnRun, before: DrawnRun) -> bool:
    """Return whether an exercise was done by the same people before; both count for each."""
    return run.agenda == before.agenda and (
        run.person == before.person or None in (run.person, before.person)
    )


def _pictures(
    run: DrawnRun, before: DrawnRun | None, drawings: Drawings
) -> tuple[dict[str, Any], ...]:
    again = ((each, picture_again(each, run, before)) for each in fullest(run.pictures))
    return tuple(
        {"kind": picture.kind, "fields": each.fields, "picture": drawings.kept(picture)}
        for each, picture in again
        if not picture.empty
    )
