"""A list to choose from; if it has no room, its last row says how many choices are out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.layout import ConditionalContainer, Container, Window, walk
from prompt_toolkit.layout.screen import WritePosition
from questionary.prompts.common import InquirerControl

from mentorwalk.domain.i18n import N_, _
from mentorwalk.frontends.live.canvas import Canvas
from mentorwalk.frontends.live.item_list import ItemList

if TYPE_CHECKING:
    from prompt_toolkit.layout import Dimension
    from prompt_toolkit.layout.mouse_handlers import MouseHandlers
    from prompt_toolkit.layout.screen import Screen

ABOVE, BELOW = N_("{number} more above"), N_("{number} more below")
INDENT = 5
"""Columns before the words of a choice."""


class ChoiceList(Container):
    """The window of a list, and a last row for how many choices it has no room for."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.mark = Canvas(lambda: f"{' ' * INDENT}\x1b[2m{self._out_of_sight()}\x1b[0m")

    def reset(self) -> None:
        """Reset the window, which alone has a state."""
        self.window.reset()

    def preferred_width(self, max_available_width: int) -> Dimension:
        """Return the width of the list."""
        return self.window.preferred_width(max_available_width)

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:
        """Return the height of the list."""
        return self.window.preferred_height(width, max_available_height)

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,
        z_index: int | None,
    ) -> None:
        """Write the list; if it is cut, say so in the last row."""
        x, y = write_position.xpos, write_position.ypos
        width, height = write_position.width, write_position.height
        cut = 1 < height < self.window.preferred_height(width, height).preferred
        rest = (mouse_handlers, WritePosition(x, y, width, height - cut), parent_style, erase_bg)
        self.window.write_to_screen(screen, *rest, z_index)
        if cut:
            below = WritePosition(x, y + height - 1, width, 1)
            self.mark.write_to_screen(screen, mouse_handlers, below, "", erase_bg, z_index)

    def get_children(self) -> list[Container]:
        """Return the window of the list."""
        return [self.window]

    def _out_of_sight(self) -> str:
        seen, listed = self.window.render_info, self.window.content
        if seen is None:
            return ""
        first, last = seen.first_visible_line(), seen.last_visible_line()
        # A choice has a row each; an item may have more.
        starts = listed.starts if isinstance(listed, ItemList) else range(seen.content_height)
        above, below = sum(row < first for row in starts), sum(row > last for row in starts)
        parts = [_(ABOVE).format(number=above)] * (above > 0)
        return _(", ").join(parts + [_(BELOW).format(number=below)] * (below > 0))


def count_hidden_choices(prompt: Container) -> None:
    """Replace the list of a prompt, if it has one, by one that counts what it has no room for."""
    for part in walk(prompt):
        if isinstance(part, ConditionalContainer):
            window = part.content
            if isinstance(window, Window) and isinstance(window.content, InquirerControl):
                part.content = ChoiceList(window)
