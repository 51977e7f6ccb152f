"""Prompts for questions: one that fits each type of field, and boxes to type in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Window

from mentorwalk.frontends.live.choosing import boxes, choices_for, confirm
from mentorwalk.frontends.live.prompt import Picked, Prompt
from mentorwalk.frontends.live.text_box import TextBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.question import Question
    from mentorwalk.frontends.signs import Symbols


def prompt_for(question: Question, draft: str | None, symbols: Symbols) -> Prompt[Picked]:
    """Return the prompt that fits the field's type, with the current answer or draft in it."""
    pointer = symbols.pointer
    if question.unseen:
        return _text("", pointer, unseen=True)
    match question.field.type:
        # Loaded where they are asked for: few questions are of these types, and no first one.
        case "ratings":
            from mentorwalk.frontends.live.ratings import ratings  # noqa: PLC0415

            return ratings(question, draft, symbols)
        case "ranking" if question.options:
            from mentorwalk.frontends.live.ranking import ranking  # noqa: PLC0415

            return ranking(question, draft, symbols)
        case "outline":
            from mentorwalk.frontends.live.outline import outline  # noqa: PLC0415

            text = question.answer.typed if draft is None else draft
            return outline(question, _text(text, pointer, multiline=True), pointer)
        case "select" if question.options:
            return choices_for(question, pointer)
        case "checkbox":
            return boxes(question, pointer)
        case "confirm":
            return confirm(question, pointer)
        case "text" | "list" as kind:
            text = question.answer.typed if draft is None else draft
            keys = _writing_keys(items=kind == "list")
            _add_texts(keys, question.at_hand)
            prompt = _text(text, pointer, multiline=True)
            return replace(prompt, keys=keys, grows=_growing(question))
        case _:
            asked = _offering(question.offered, pointer) if draft is None else line(draft, pointer)
            _add_texts(asked.keys, question.at_hand)
            return asked


def line(text: str, pointer: str, *, kept: str = "") -> Prompt[str]:
    """Return a prompt for one line, with a text in it; its beginning is `kept` by Ctrl+U."""
    prompt = _text(text, pointer)
    if kept:

        @prompt.keys.add("c-u", eager=True)
        def erase(event: KeyPressEvent) -> None:
            """Erase what stands before the cursor, but for the beginning."""
            after = event.current_buffer.document.text_after_cursor
            event.current_buffer.document = Document(f"{kept}{after}", len(kept))

    return prompt


def _offering(text: str, pointer: str) -> Prompt[str]:
    """Return a line with an answer in it: a letter typed first replaces it, other keys edit it."""
    prompt = line(text, pointer)
    buffer = prompt.application.layout.current_buffer
    assert buffer  # noqa: S101 - a text prompt of questionary's always has one
    untouched = [True]
    buffer.on_text_changed += lambda _buffer: untouched.clear()
    buffer.on_cursor_position_changed += lambda _buffer: untouched.clear()

    def replace_it(event: KeyPressEvent) -> None:
        """Replace the offered answer with what was typed or pasted."""
        pasted = " ".join(event.data.split())
        event.current_buffer.document = Document(pasted or event.data)

    for key in ("<any>", "<bracketed-paste>"):
        prompt.keys.add(key, filter=Condition(lambda: bool(untouched)))(replace_it)
    return prompt


def own_words(question: Question, draft: str | None, pointer: str) -> Prompt[str]:
    """Return a line for own words, with the draft or the current own words in it."""
    picks = [option.pick for option in question.options]
    own = question.value if isinstance(question.value, str) else ""
    text = ("" if own in picks else own) if draft is None else draft
    return replace(line(text, pointer), grows=_growing(question))


def _add_texts(keys: KeyBindings, at_hand: tuple[str, ...]) -> None:
    """Let Down and Up take a text over, while nothing else is written."""
    texts = ("", *at_hand)
    untouched = Condition(lambda: get_app().current_buffer.text in texts)

    def take(event: KeyPressEvent, by: int) -> None:
        """Write the next text or the last, with the cursor at its end."""
        buffer = event.current_buffer
        text = texts[(texts.index(buffer.text) + by) % len(texts)]
        buffer.document = Document(text)

    for key, by in (("down", 1), ("up", -1)):
        if at_hand:
            keys.add(key, filter=untouched, eager=True)(partial(take, by=by))


def _growing(question: Question) -> Callable[[str], str] | None:
    return question.unfinished.with_words if question.unfinished else None


def _text(text: str, pointer: str, *, multiline: bool = False, unseen: bool = False) -> Prompt[str]:
    asked = questionary.text(
        "", default=text, multiline=multiline, complete_while_typing=False, instruction=""
    )
    buffer = asked.application.layout.current_buffer
    assert buffer  # noqa: S101 - a text prompt of questionary's always has one
    box = Window(TextBox(buffer, f"  {pointer} ", unseen=unseen), dont_extend_height=True)
    return Prompt(asked.application, writes=not unseen, box=box)


def _writing_keys(*, items: bool) -> KeyBindings:
    """Return the keys of a box: Enter sends, Alt+Enter or Ctrl+J begins a line.

    Among items Enter begins a line, too, until one is empty or a `/word` is typed.
    """
    keys = KeyBindings()

    @keys.add("enter", eager=True)
    def send(event: KeyPressEvent) -> None:
        """Send the text, or begin the next item."""
        document = event.current_buffer.document
        if items and document.current_line.strip() and not document.text.startswith("/"):
            event.current_buffer.insert_text("\n")
        else:
            event.current_buffer.validate_and_handle()

    @keys.add("c-j", eager=True)
    @keys.add("escape", "enter", eager=True)
    def begin_line(event: KeyPressEvent) -> None:
        """Begin a line; a terminal sends Alt+Enter as Escape and Enter, or keeps it to itself."""
        event.current_buffer.insert_text("\n")

    return keys
