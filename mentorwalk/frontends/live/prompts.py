"""The prompts of questionary, one for each type of field, with the keys that writing needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Window
from questionary.prompts.common import InquirerControl
from rich.cells import cell_len, chop_cells

from mentorwalk.domain.answers import NOT_YET, UNKNOWN, as_typed
from mentorwalk.domain.i18n import _, in_english
from mentorwalk.frontends.live.text_box import TextBox
from mentorwalk.frontends.messages import LEFT_EMPTY, OWN_WORDS, in_ascii

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.card import Question

INDENT = 9
"""Columns before the words of a choice: the pointer and its number, and one free at the end."""
CUT = " ..."
ASCII_POINTER = ">"
SHORTCUTS = 9
"""Choices that a single digit can name."""


class Chose(Enum):
    """What somebody chose, where it is no value."""

    OWN_WORDS = "own words"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Prompt:
    """A prompt, and the keys it has beyond questionary's."""

    asked: questionary.Question
    keys: KeyBindings = field(default_factory=KeyBindings)
    writes: bool = False
    """A text is typed: worth keeping when somebody leaves it half-way."""
    marked: Callable[[], tuple[Any, ...]] | None = None
    """The boxes that are marked by now."""
    box: Window | None = None
    """Where a text is typed; it is shown in place of questionary's own."""

    @property
    def pointed_at(self) -> Any:
        """The value of the choice that the pointer stands at."""
        return _choices_of(self.asked).get_pointed_at().value


def prompt_for(question: Question, draft: str | None, pointer: str) -> Prompt:
    """The prompt that fits a field's type, with what stands there already."""
    if question.unseen:
        return _text("", pointer, unseen=True)
    match question.field.type:
        case "select":
            return choices_for(question, pointer)
        case "checkbox":
            return _boxes(question, pointer)
        case "confirm" if not by_y_or_n(question):
            return _yes_no_or_unsure(question, pointer)
        case "confirm":
            return _confirm(question)
        case "text" | "list" as kind:
            text = as_typed(question.value) if draft is None else draft
            keys = _writing_keys(items=kind == "list")
            return replace(_text(text, pointer, multiline=True), keys=keys)
        case _:
            return (
                _offering(as_offered(question), pointer) if draft is None else line(draft, pointer)
            )


def line(text: str, pointer: str) -> Prompt:
    """A prompt for one line."""
    return _text(text, pointer)


def _offering(text: str, pointer: str) -> Prompt:
    """A line with an answer in it: the first letter takes its place, any other key corrects it."""
    prompt = line(text, pointer)
    buffer = prompt.asked.application.layout.current_buffer
    assert buffer  # noqa: S101 - a text of questionary's always has one
    untouched = [True]
    buffer.on_text_changed += lambda _: untouched.clear()
    buffer.on_cursor_position_changed += lambda _: untouched.clear()

    def replace_it(event: KeyPressEvent) -> None:
        """Write what was typed in place of what was offered."""
        pasted = " ".join(event.data.split())
        event.current_buffer.document = Document(pasted or event.data)

    for key in ("<any>", "<bracketed-paste>"):
        prompt.keys.add(key, filter=Condition(lambda: bool(untouched)))(replace_it)
    return prompt


def select(options: Sequence[tuple[Any, str]], pointer: str, *, default: Any) -> Prompt:
    """A list to choose from: values, and how they are shown."""
    choices = [questionary.Choice(_fitting(shown), value=value) for value, shown in options]
    chosen = next((choice for choice in choices if choice.value == default), None)
    asked = questionary.select(
        "",
        choices=choices,
        default=chosen,
        qmark="",
        pointer=f"  {pointer}",
        instruction=" ",
        use_shortcuts=len(choices) <= SHORTCUTS,
        use_jk_keys=False,
    )
    # The pointer begins there; lit up, it would look chosen when the pointer has gone on.
    _choices_of(asked).selected_options.clear()
    return Prompt(asked, _emptying())


def menu(options: Mapping[Any, tuple[str, str]], pointer: str) -> Prompt:
    """A list where a letter chooses at once: values, with their letters and words."""
    choices = [
        questionary.Choice(_fitting(words), value=value, shortcut_key=letter)
        for value, (letter, words) in options.items()
    ]
    asked = questionary.select(
        "",
        choices=choices,
        qmark="",
        pointer=f"  {pointer}",
        instruction=" ",
        use_shortcuts=True,
        use_jk_keys=False,
    )
    keys = KeyBindings()
    for value, (letter, _words) in options.items():
        keys.add(letter, eager=True)(_choosing(value))
    keys.add("escape")(_choosing(None))
    return Prompt(asked, keys)


def _fitting(words: str) -> str:
    """The words of a choice, cut at a word where the terminal is too narrow for them."""
    room = max(12, get_app_session().output.get_size().columns - INDENT)
    if cell_len(words) <= room:
        return words
    begins = chop_cells(words, room - cell_len(CUT))[0]
    whole = begins.rpartition(" ")[0]
    return f"{whole if cell_len(whole) > room // 2 else begins}{CUT}"


def _lettered(asked: questionary.Question, pointer: str) -> questionary.Question:
    """A list in plain letters, on a terminal that has no others."""
    if pointer == ASCII_POINTER:
        for control in asked.application.layout.find_all_controls():
            if isinstance(control, InquirerControl):
                control.text = partial(_plain_tokens, control)
    return asked


def _plain_tokens(control: InquirerControl) -> StyleAndTextTuples:
    tokens = control._get_choice_tokens()  # type: ignore[no-untyped-call]  # noqa: SLF001 - what it draws is nowhere public
    return [(token[0], in_ascii(token[1])) for token in tokens]


def choices_for(question: Question, pointer: str) -> Prompt:
    """The choices of a field; one's own words among them where that is allowed."""
    options: list[tuple[Any, str]] = [(o.pick, o.shown) for o in question.options]
    default: Any = question.value
    if question.field.other:
        own = question.value if question.value not in [pick for pick, _ in options] else None
        options.append((Chose.OWN_WORDS, _own_words(f" ({own})" if own else "")))
        default = Chose.OWN_WORDS if own else default
    if question.value is None:
        options.append((Chose.NOTHING, _(LEFT_EMPTY)))
        default = Chose.NOTHING
    return select(options, pointer, default=default)


def own_words(question: Question, draft: str | None, pointer: str) -> Prompt:
    """A line for own words, with those that stand there already."""
    if draft is not None:
        return line(draft, pointer)
    picks = [option.pick for option in question.options]
    own = question.value if isinstance(question.value, str) else ""
    return line("" if own in picks else own, pointer)


def as_offered(question: Question) -> str:
    """An answer that stands there already, as it is offered for correction."""
    if question.value is None:
        return ""
    if question.field.type == "date":
        # Only English words can be read again.
        return question.current.partition(",")[0] if in_english() else str(question.value)
    return as_typed(question.value)


def _own_words(own: str = "") -> str:
    return f"{_(OWN_WORDS)} ...{own}"


def by_y_or_n(question: Question) -> bool:
    """Whether a single letter answers it, as in English."""
    return in_english() and not question.unsure


def _boxes(question: Question, pointer: str) -> Prompt:
    value = question.value
    chosen = value if isinstance(value, tuple) else (UNKNOWN,) if value == UNKNOWN else ()
    picks = [option.pick for option in question.options]
    shown = [(option.pick, option.shown) for option in question.options]
    choices = [
        questionary.Choice(words, value=pick, checked=pick in chosen)
        for pick, words in [*shown, *((own, own) for own in chosen if own not in picks)]
    ]
    if question.field.other:
        choices.append(questionary.Choice(_own_words(), value=Chose.OWN_WORDS))
    asked = questionary.checkbox(
        "", choices=choices, qmark="", pointer=f"  {pointer}", instruction=" "
    )
    boxes = _choices_of(asked)
    keys = KeyBindings()
    for letter in ("a", "i"):
        # The library would mark all, or the others: nobody who types a word means that.
        keys.add(letter, eager=True)(lambda _event: None)
    return Prompt(_lettered(asked, pointer), keys, marked=lambda: tuple(boxes.selected_options))


def _choices_of(asked: questionary.Question) -> InquirerControl:
    controls = asked.application.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def _confirm(question: Question) -> Prompt:
    keys = _emptying()
    if question.value is None:
        keys.add("enter", eager=True)(_choosing(Chose.NOTHING))
    return Prompt(questionary.confirm("", qmark="  ", default=bool(question.value)), keys)


def _yes_no_or_unsure(question: Question, pointer: str) -> Prompt:
    options: list[tuple[Any, str]] = [(True, _("Yes")), (False, _("No"))]
    options += [(UNKNOWN, _(NOT_YET))] * question.unsure
    if question.value is None:
        options.append((Chose.NOTHING, _(LEFT_EMPTY)))
    nothing = Chose.NOTHING if question.value is None else question.value
    return select(options, pointer, default=nothing)


def _emptying() -> KeyBindings:
    keys = KeyBindings()
    keys.add("backspace", eager=True)(_choosing(Chose.NOTHING))
    return keys


def _text(text: str, pointer: str, *, multiline: bool = False, unseen: bool = False) -> Prompt:
    asked = questionary.text(
        "", default=text, multiline=multiline, complete_while_typing=False, instruction=""
    )
    buffer = asked.application.layout.current_buffer
    assert buffer  # noqa: S101 - a text of questionary's always has one
    box = Window(TextBox(buffer, f"  {pointer} ", unseen=unseen), dont_extend_height=True)
    return Prompt(asked, writes=not unseen, box=box)


def _choosing(value: Any) -> Any:
    return lambda event: event.app.exit(result=value)


def _writing_keys(*, items: bool) -> KeyBindings:
    """Enter sends, Alt+Enter makes a new line; in a list, Enter goes on until a line is empty."""
    keys = KeyBindings()

    @keys.add("enter", eager=True)
    def _(event: KeyPressEvent) -> None:
        document = event.current_buffer.document
        if items and document.current_line.strip() and not document.text.startswith("/"):
            event.current_buffer.insert_text("\n")
        else:
            event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys
