"""How an answer is given to a template: as text, or as its items, which also read as a sentence."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Self

from mentorwalk.documents.markdown import Whole
from mentorwalk.documents.pictures import as_markdown
from mentorwalk.documents.refusal import Refusal
from mentorwalk.domain.pictures import Tree
from mentorwalk.domain.text import join_words
from mentorwalk.domain.values import ByItem, Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mentorwalk.domain.answers import Answer


class SaidNumber(str):  # noqa: SLOT000 - a few of them, for as long as a document is made
    """A number as it reads, such as `8 of 10`, which can be compared with a number."""

    number: int | float | None
    called: str
    """How a template calls it."""

    def __new__(cls, words: str, number: float | None, called: str) -> Self:
        """Return a number with its words; None if nobody said one."""
        said = super().__new__(cls, words)
        said.number, said.called = number, called
        return said

    def _compared(self, other: object, way: Callable[[Any, Any], bool]) -> bool:
        """Return how it compares; with a text, as texts do.

        Raises:
            Refusal: There is no number to compare.
        """
        if not isinstance(other, int | float):
            return way(str(self), other)
        if self.number is None:
            raise Refusal(
                f"`{self.called}` may be empty, and cannot be compared then: write "
                f"`{self.called} and` before it."
            )
        return way(self.number, other)

    def __lt__(self, other: object) -> bool:
        """Return whether it is smaller."""
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> bool:
        """Return whether it is not larger."""
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> bool:
        """Return whether it is larger."""
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        """Return whether it is not smaller."""
        return self._compared(other, operator.ge)

    def __eq__(self, other: object) -> bool:
        """Return whether it is the same number, or reads the same."""
        same = self.number is not None and self.number == other
        return same or str(self) == other

    def __ne__(self, other: object) -> bool:
        """Return whether it is another number, and reads otherwise."""
        return not self == other

    __hash__ = str.__hash__


class SaidYesNo(str):  # noqa: SLOT000 - as above
    """A yes or a no in the words of the agenda's language, which equals the English one, too."""

    meant: str
    """The word by which a template asks for it in any language."""

    def __new__(cls, words: str, *, yes: bool) -> Self:
        """Return a yes or a no with its words."""
        said = super().__new__(cls, words)
        said.meant = "yes" if yes else "no"
        return said

    def __eq__(self, other: object) -> bool:
        """Return whether it is the same one, or reads the same."""
        return other in (self.meant, str(self))

    def __ne__(self, other: object) -> bool:
        """Return whether it is the other one, and reads otherwise."""
        return not self == other

    __hash__ = str.__hash__


class SaidByItem(Whole, dict[str, Any]):
    """What was said about each of several items: numbers, or words.

    What was said about any other item is empty.
    """

    def __init__(self, items: Mapping[str, Any], words: str) -> None:
        super().__init__(items)
        self.words = words

    def __missing__(self, _item: str) -> str:
        """Return that nothing was said about an item."""
        return ""

    def get(self, item: str, default: Any = "") -> Any:
        """Return what was said about an item; empty if nothing was."""
        return super().get(item, default)


class SaidByEach(Whole, dict[str, Any]):
    """What each of the two said, by their roles: no sentence has both."""

    def __init__(self, said: Mapping[str, Any], called: str) -> None:
        super().__init__(said)
        self.called = called
        """How a template calls it."""

    def __bool__(self) -> bool:
        """Return whether one of the two said something."""
        return any(self.values())

    def __str__(self) -> str:
        """Refuse to be read whole.

        Raises:
            Refusal: Always.
        """
        name = self.called
        ways = f"`{name}.mentor`, `{name}.mentee`, or a line for each"
        raise Refusal(f"`{name}` was asked of each: write {ways}, with an empty line between.")

    def in_markdown(self) -> str:
        """Refuse to be put into a document whole."""
        return str(self)


class SaidInList(Whole, tuple[str, ...]):  # noqa: SLOT001 - a tuple cannot have slots of its own
    """Several things that were said, which a sentence lists."""

    def __new__(cls, items: Iterable[str] = ()) -> Self:
        """Return the items, with the words for all of them."""
        listed = super().__new__(cls, items)
        listed.words = join_words(list(listed))
        return listed


class SaidInOrder(Whole, tuple[str, ...]):  # noqa: SLOT001 - a tuple cannot have slots of its own
    """What was put in order, the first of it first."""

    def __new__(cls, items: Iterable[str], words: str) -> Self:
        """Return the items, with the words for their order."""
        ranking = super().__new__(cls, items)
        ranking.words = words
        return ranking


class SaidOutline(Whole):
    """Lines with lines below them; in a document, a list in a list."""

    def __init__(self, outline: Outline, words: str) -> None:
        self.words = words
        self.items = outline.items
        self.text = outline.text
        self._outline = outline

    def __bool__(self) -> bool:
        """Return whether there is a line."""
        return bool(self.items)

    def in_markdown(self) -> str:
        """Return the lines as a list in a list."""
        return as_markdown(Tree(self._outline.nodes)) if self else ""


Said = str | int | float | SaidInList | SaidInOrder | SaidByItem | SaidOutline
"""An answer as a template has it."""


def said(answer: Answer, reads: Callable[[Answer], str]) -> Said:
    """Return an answer for a template; empty where documents leave it out.

    Args:
        answer: The answer.
        reads: How an answer reads, or an item of it.
    """
    if answer.hidden:
        return _nothing(answer)
    words = reads(answer)
    match answer.value:
        case ByItem() as by_item:
            about = {item: answer.about(item) for item in by_item}
            return SaidByItem({item: _of_item(each, reads) for item, each in about.items()}, words)
        case Outline() as outline:
            return SaidOutline(outline, words)
        case tuple() if answer.field.type == "ranking":
            return SaidInOrder(map(reads, answer.items), words)
        case tuple() if not answer.field.has_sentences:
            return SaidInList(map(reads, answer.items))
        case bool() as yes:
            return SaidYesNo(words, yes=yes)
        case int() | float() as number:
            return SaidNumber(words, number, _called(answer))
        case _:
            return words


def _nothing(answer: Answer) -> Said:
    """Return an answer that is left out, so that a template can ask for its items all the same."""
    if answer.field.by_item:
        return SaidByItem({}, "")
    match answer.field.type:
        case "outline":
            return SaidOutline(Outline(), "")
        case "checkbox" if answer.field.has_sentences:
            return ""
        case "list" | "checkbox" | "ranking":
            return SaidInList()
        case "number" | "scale":
            return SaidNumber("", None, _called(answer))
        case _:
            return ""


def _called(answer: Answer) -> str:
    """Return how a template calls an answer."""
    return ".".join(filter(None, ("answers", answer.field.id, answer.person)))


def _of_item(answer: Answer, reads: Callable[[Answer], str]) -> Said:
    """Return what was said about an item: its number, or words."""
    if isinstance(answer.value, int | float) and not isinstance(answer.value, bool):
        return answer.value
    return said(answer, reads)
