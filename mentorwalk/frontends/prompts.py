"""The prompts of questionary, one for each type of field, with the keys that writing needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.key_binding import KeyBindings

from mentorwalk.answers import as_typed
from mentorwalk.frontends.wording import OWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.card import Question

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


def prompt_for(question: Question, draft: str | None, pointer: str) -> Prompt:
    """The prompt that fits a field's type, with what stands there already."""
    match question.field.type:
        case "select":
            return choices_for(question, pointer)
        case "checkbox":
            return _boxes(question, pointer)
        case "confirm":
            return _confirm(question)
        case "text" | "list" as kind:
            text = as_typed(question.value) if draft is None else draft
            return Prompt(
                _text(text, pointer, multiline=True),
                _writing_keys(items=kind == "list"),
                writes=True,
            )
        case _:
            return line(as_offered(question) if draft is None else draft, pointer)


def line(text: str, pointer: str) -> Prompt:
    """A prompt for one line."""
    return Prompt(_text(text, pointer), writes=True)


def select(options: Sequence[tuple[Any, str]], pointer: str, *, default: Any) -> Prompt:
    """A list to choose from: values, and how they are shown."""
    choices = [questionary.Choice(shown, value=value) for value, shown in options]
    chosen = next((choice for choice in choices if choice.value == default), None)
    return Prompt(
        questionary.select(
            "",
            choices=choices,
            default=chosen,
            qmark="",
            pointer=f"  {pointer}",
            instruction=" ",
            use_shortcuts=len(choices) <= SHORTCUTS,
            use_jk_keys=False,
        )
    )


def menu(options: Mapping[Any, tuple[str, str]], pointer: str) -> Prompt:
    """A list where a letter chooses at once: values, with their letters and words."""
    choices = [
        questionary.Choice(words, value=value, shortcut_key=letter)
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
    for value, (letter, _) in options.items():
        keys.add(letter, eager=True)(_choosing(value))
    keys.add("escape")(_choosing(None))
    return Prompt(asked, keys)


def choices_for(question: Question, pointer: str) -> Prompt:
    """The choices of a field; one's own words among them where that is allowed."""
    options: list[tuple[Any, str]] = [(o.pick, o.shown) for o in question.options]
    default: Any = question.value
    if question.field.other:
        own = question.value if question.value not in [pick for pick, _ in options] else None
        options.append((Chose.OWN_WORDS, f"{OWN_WORDS} ..." + (f" ({own})" if own else "")))
        default = Chose.OWN_WORDS if own else default
    return select(options, pointer, default=default)


def own_words(question: Question, pointer: str) -> Prompt:
    """A line for own words, with those that stand there already."""
    picks = [option.pick for option in question.options]
    own = question.value if isinstance(question.value, str) else ""
    return line("" if own in picks else own, pointer)


def as_offered(question: Question) -> str:
    """An answer that stands there already, as it is offered for correction."""
    if question.value is None:
        return ""
    if question.field.type == "date":
        return question.stands.partition(",")[0]
    return as_typed(question.value)


def _boxes(question: Question, pointer: str) -> Prompt:
    chosen = question.value if isinstance(question.value, tuple) else ()
    picks = [option.pick for option in question.options]
    shown = [(option.pick, option.shown) for option in question.options]
    choices = [
        questionary.Choice(words, value=pick, checked=pick in chosen)
        for pick, words in [*shown, *((own, own) for own in chosen if own not in picks)]
    ]
    asked = questionary.checkbox(
        "", choices=choices, qmark="", pointer=f"  {pointer}", instruction=" "
    )
    return Prompt(asked)


def _confirm(question: Question) -> Prompt:
    keys = KeyBindings()
    if question.value is None:
        keys.add("enter", eager=True)(_choosing(Chose.NOTHING))
    return Prompt(questionary.confirm("", qmark="  ", default=bool(question.value)), keys)


def _text(text: str, pointer: str, *, multiline: bool = False) -> questionary.Question:
    return questionary.text(
        pointer,
        default=text,
        qmark=" ",
        instruction="",
        multiline=multiline,
        prompt_continuation="    ",
    )


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
