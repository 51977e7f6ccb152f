"""A limit for boxes: no more are marked than a field takes, and that is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from prompt_toolkit.filters import Condition

from mentorwalk.domain.answer_parsing import too_many
from mentorwalk.frontends.live.prompt import Prompt, choices_of
from mentorwalk.frontends.messages import number_of

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.key_binding.key_processor import KeyProcessor
    from questionary.prompts.common import InquirerControl

Marked = TypeVar("Marked")


def limited(prompt: Prompt[Marked], most: int | None) -> Prompt[Marked]:
    """Return boxes of which no more than so many can be marked; None sets no limit."""
    if most is None:
        return prompt
    limit = _Limit(choices_of(prompt.application), most)
    limit.guard(prompt)
    return replace(prompt, told=lambda: limit.told, count=lambda: limit.count)


@dataclass
class _Limit:
    """The most boxes that can be marked."""

    listed: InquirerControl
    most: int
    told: str = ""
    """Why the last key marked nothing; empty if it did what it does."""

    @property
    def count(self) -> str:
        """How many are marked, of how many."""
        return number_of(len(self.listed.selected_options), self.most)

    @property
    def reached(self) -> bool:
        """Whether the pointer is at a box that cannot be marked as well."""
        marked = self.listed.selected_options
        return len(marked) >= self.most and self.listed.get_pointed_at().value not in marked

    def guard(self, prompt: Prompt[Marked]) -> None:
        """Let Space mark no box beyond the limit, and say so until the next key."""

        def forget(_keys: KeyProcessor) -> None:
            """Tell nothing any more."""
            self.told = ""

        def tell(_event: KeyPressEvent) -> None:
            """Tell how many can be marked."""
            self.told = too_many(self.most)

        prompt.application.key_processor.before_key_press += forget
        prompt.keys.add(" ", eager=True, filter=Condition(lambda: self.reached))(tell)
