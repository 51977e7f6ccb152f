"""What a page of the live screen shows at this moment: drawn for its size, its clock, its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.layout.dimension import Dimension

from mentorwalk.domain.i18n import N_, _
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.live.canvas import Canvas, Space
from mentorwalk.frontends.live.footers import READ_FIRST, READ_ON, Footer

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from prompt_toolkit.layout.containers import AnyContainer

    from mentorwalk.frontends.card_pictures import PictureView
    from mentorwalk.frontends.frame import ClockFace
    from mentorwalk.frontends.live.pages import Page
    from mentorwalk.frontends.signs import Symbols

PAGE_OF = N_("page {number} of {most}")


class View:
    """The pictures of one page: its header, body, clock and keys, each drawn only when it changes.

    prompt_toolkit asks for all of them at every key, and Rich takes about 1 ms for each.
    """

    def __init__(self, page: Page, symbols: Symbols, pictures: PictureView | None = None) -> None:
        self.page = page
        self.symbols = symbols
        self.pictures = pictures
        self.face: ClockFace | None = None
        """What the clock shows; None if no clock is shown."""
        self.body = Canvas(
            lambda: self._once(page.body, page.varies()), shrinks=True, begins=page.begins
        )
        self._drawn: dict[tuple[Hashable, ...], str] = {}
        if page.bookmark:
            self.body.scrolled = page.bookmark.row
            self.body.seen_to_end = page.bookmark.to_end
        self._status = self._status_now()

    def around(self, prompt: AnyContainer) -> list[AnyContainer]:
        """Return the rows of the page, from its header to its keys, with the prompt among them."""
        return [
            Canvas(self._header),
            Space(Dimension(min=0, preferred=1, max=1)),
            Canvas(self._head, shrinks=True),
            self.body,
            prompt,
            Space(Dimension()),
            Canvas(self._told),
            Canvas(self._clock),
            Canvas(self._key_line),
        ]

    def sentence(self, words: str) -> str:
        """Return the picture of the sentence that is being typed."""
        return self._once(lambda drawing: drawing.sentence(words), "sentence", words)

    def mark_place(self) -> None:
        """Record in the page's bookmark how far somebody has read."""
        if self.page.bookmark:
            self.page.bookmark.row = self.body.scrolled
            self.page.bookmark.to_end = self.body.seen_to_end

    def is_outdated(self) -> bool:
        """Return whether the place and the keys differ from those that were drawn."""
        # Only drawing tells how much of the body there is room for, and if one can read on.
        before, self._status = self._status, self._status_now()
        return self._status != before

    def reads_on(self) -> bool:
        """Return whether Enter reads on, instead of what it does at the end."""
        read_first = self.page.read_first
        return read_first is not None and self.body.unread and read_first()

    def _status_now(self) -> tuple[str, ...]:
        shown = self._footer()
        return (self._place(), *shown.keys, *shown.spare)

    def _place(self) -> str:
        """Return which page of the body is in sight; empty if there is only one."""
        number, most = self.body.page
        return _(PAGE_OF).format(number=number, most=most) if most > 1 else ""

    def _footer(self) -> Footer:
        """Return the keys, and those that read on if there is more than is in sight."""
        footer, reads_on, read_on = self.page.keys(), self.reads_on(), _(READ_ON)
        if reads_on:
            footer = replace(footer, keys=(_(READ_FIRST), *footer.keys[1:]))
        if not self.body.hidden or read_on in footer.keys:
            return footer
        if self.page.counted:
            # It does what Enter does as well.
            return replace(footer, spare=(*footer.spare, read_on))
        return footer if reads_on else replace(footer, keys=(*footer.keys, read_on))

    def _header(self) -> str:
        place = self._place() if self.page.counted else ""
        return self._once(lambda drawing: self.page.header(drawing, place), "header", place)

    def _head(self) -> str:
        """Return what stays in sight above the body, with an empty row below it."""
        head = self.page.head
        drawn = self._once(head, "head") if head else ""
        return f"{drawn}\n" if drawn else ""

    def _told(self) -> str:
        """Return why the last key did nothing, above the clock."""
        told = self.page.told()
        return self._once(lambda drawing: drawing.told(told), "told", told) if told else ""

    def _clock(self) -> str:
        face = self.face
        return self._once(lambda drawing: drawing.clock(face), face) if face else ""

    def _key_line(self) -> str:
        footer = self._footer()
        told = {"spare": footer.spare, "brief": footer.brief}
        return self._once(lambda drawing: drawing.keys(*footer.keys, **told), footer)

    def _once(self, draw: Callable[[Drawing], str], *shown: Hashable) -> str:
        """Draw a part for the terminal's size, unless that was drawn already."""
        size = get_app().output.get_size()
        key = (size.columns, size.rows, *shown)
        if key not in self._drawn:
            self._drawn[key] = draw(Drawing(size.columns, self.symbols, size.rows, self.pictures))
        return self._drawn[key]
