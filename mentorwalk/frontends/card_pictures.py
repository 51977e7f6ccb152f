"""How a picture stands on a card: in rows, or as a wheel with its rows beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeGuard

from mentorwalk.frontends.signs import ASCII

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.pictures import AnyPicture, Picture
    from mentorwalk.frontends.signs import Symbols

PictureView = Literal["bars", "wheel"]
"""The two ways to look at numbers: the largest first, or round a centre."""
WHEEL_COLUMNS, WHEEL_ROWS = 100, 30
"""The least window in which a wheel stands beside its rows by itself."""


def lines_on_card(
    picture: AnyPicture, columns: int, rows: int, symbols: Symbols, view: PictureView | None
) -> list[str]:
    """Return the lines of a picture.

    Args:
        picture: The picture.
        columns: The columns of the terminal.
        rows: Its rows; 0 if there is no limit.
        symbols: The signs of the screen; those of ASCII make no wheel.
        view: How the two want to look at it; None if they did not say.
    """
    # Loaded here: most cards show no picture.
    from mentorwalk.documents.pictures import as_text, with_wheel  # noqa: PLC0415

    if not _has_two_views(picture, symbols):
        return as_text(picture, columns, in_ascii=symbols == ASCII, short=True)
    turned = replace(picture, kind=view or picture.kind)
    if view_of(picture, columns, rows, view) == "wheel":
        return with_wheel(turned, columns)
    return as_text(turned, columns, short=True)


def view_of(picture: AnyPicture, columns: int, rows: int, view: PictureView | None) -> PictureView:
    """Return how a picture with two views is seen in a window of this size."""
    has_room = columns >= WHEEL_COLUMNS and (rows >= WHEEL_ROWS or not rows)
    return view or ("wheel" if picture.kind == "wheel" and has_room else "bars")


def turns(card: Card, symbols: Symbols) -> bool:
    """Return whether the picture of a card can be seen as bars or as a wheel."""
    return card.picture is not None and _has_two_views(card.picture, symbols)


def _has_two_views(picture: AnyPicture, symbols: Symbols) -> TypeGuard[Picture]:
    from mentorwalk.domain.pictures import Picture  # noqa: PLC0415 - as above

    if not isinstance(picture, Picture):
        return False
    is_of_both = picture.kind in ("bars", "wheel") and not (picture.empty or picture.signed)
    return is_of_both and symbols != ASCII
