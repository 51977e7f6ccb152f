"""Prompts to choose with: lists, menus, boxes to tick, yes or no."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import questionary
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPress
from rich.cells import cell_len, chop_cells

from mentorwalk.domain.answer_parsing import most_chosen
from mentorwalk.domain.answers import NOT_YET, UNKNOWN
from mentorwalk.domain.i18n import _, in_english
from mentorwalk.frontends.live.limit import limited
from mentorwalk.frontends.live.list_keys import with_list_keys
from mentorwalk.frontends.live.prompt import (
    SHORTCUTS,
    Chose,
    Prompt,
    Result,
    choices_of,
    ending_with,
)
from mentorwalk.frontends.messages import LEFT_EMPTY, LEFT_OPEN, OWN_WORDS, in_ascii
from mentorwalk.frontends.signs import KEPT_FREE, drawable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent
    from questionary.prompts.common import InquirerControl

    from mentorwalk.domain.question import Question


INDENT = 9
"""Columns before the words of a choice: the pointer and its number, and one free at the end."""
DIGITS = 9
"""The boxes that a digit marks."""
CUT = " ..."
ASCII_POINTER = ">"


def select(
    options: Sequence[tuple[Result, str]],
    pointer: str,
    *,
    default: object,
    never_empty: bool = False,
    own_words: bool = False,
) -> Prompt[Result | Literal[Chose.NOTHING]]:
    """Return a list to choose from, of values and how they are shown.

    Backspace chooses nothing, unless the list is `never_empty`. Typing begins own words, if they
    can be said.
    """
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
    # questionary up to 2.1.1 keeps the default highlighted after the pointer has moved on
    # (https://github.com/tmbo/questionary/issues/473).
    choices_of(asked.application).selected_options.clear()
    prompt: Prompt[Result | Literal[Chose.NOTHING]]
    prompt = Prompt(asked.application, KeyBindings() if never_empty else _emptying())
    return with_list_keys(prompt, own_words=own_words)


def unmarked(
    options: Sequence[tuple[Result, str]], pointer: str
) -> Prompt[Result | Literal[Chose.NOTHING, Chose.UNDECIDED]]:
    """Return a list in which no choice is marked at first: an Enter too many chooses nothing.

    A digit chooses at once. Up and Down mark a choice, which Enter then chooses.
    """
    prompt = _unpointed(select(options, pointer, default=None))
    for number, (value, _words) in enumerate(options[:SHORTCUTS], start=1):
        prompt.keys.add(str(number), eager=True)(ending_with(value))
    return prompt


def _unpointed(prompt: Prompt[Result]) -> Prompt[Result | Literal[Chose.UNDECIDED]]:
    """Return a list whose pointer is at no choice until Up, Down or a digit moves it to one."""
    listed, keys = choices_of(prompt.application), prompt.keys
    # questionary shows its pointer at the choice with this number: at none of them.
    listed.pointed_at = -1
    nothing = Condition(lambda: listed.pointed_at < 0)
    keys.add("enter", eager=True, filter=nothing)(ending_with(Chose.UNDECIDED))

    @keys.add("up", eager=True, filter=nothing)
    def mark_last(_event: KeyPressEvent) -> None:
        """Mark the last choice."""
        listed.pointed_at = len(listed.choices) - 1

    return Prompt(prompt.application, keys)


def menu(options: Mapping[Result, tuple[str, str]], pointer: str) -> Prompt[Result | None]:
    """Return a list of values with their letters and words; a letter chooses at once.

    Escape chooses none of them.
    """
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
        keys.add(letter, eager=True)(ending_with(value))
    keys.add("escape")(ending_with(None))
    prompt: Prompt[Result | None] = Prompt(asked.application, keys)
    return with_list_keys(prompt, by_letter=False)


def _fitting(words: str) -> str:
    """Return the words of a choice, cut between words if the terminal is too narrow for them."""
    room = max(12, get_app_session().output.get_size().columns - INDENT)
    if cell_len(drawable(words)) <= room:
        return words
    begins = chop_cells(drawable(words), room - cell_len(CUT))[0].replace(KEPT_FREE, "")
    whole = begins.rpartition(" ")[0]
    return f"{whole if cell_len(whole) > room // 2 else begins}{CUT}"


def _plain_tokens(control: InquirerControl) -> StyleAndTextTuples:
    tokens = control._get_choice_tokens()  # type: ignore[no-untyped-call]  # noqa: SLF001 - questionary shows its marks nowhere in public
    return [(token[0], in_ascii(token[1])) for token in tokens]


def choices_for(question: Question, pointer: str) -> Prompt[str | Chose]:
    """Return the choices of a field, with own words among them if the field allows them."""
    options: list[tuple[str | Chose, str]] = [(o.pick, o.shown) for o in question.options]
    default: object = question.offer
    if question.field.other:
        own = question.value if question.value not in [pick for pick, _shown in options] else None
        options.append((Chose.OWN_WORDS, _own_words(f" ({own})" if own else "")))
        default = Chose.OWN_WORDS if own else default
    if question.value is None and not question.never_empty:
        options.append((Chose.NOTHING, _(LEFT_OPEN if question.field.asks_steps else LEFT_EMPTY)))
        default = Chose.NOTHING if default is None and not question.wanted else default
    own = question.field.other
    prompt = select(
        options, pointer, default=default, never_empty=question.never_empty, own_words=own
    )
    # A line of a sheet is neither left empty nor filled by an Enter too many: a promise is said.
    return _unpointed(prompt) if default is None and question.wanted else prompt


def _own_words(own: str = "") -> str:
    return f"{_(OWN_WORDS)} ...{own}"


def by_y_or_n(question: Question) -> bool:
    """Return whether y or n answers a confirm: in English, with no third answer offered."""
    return in_english() and not question.unsure


def boxes(question: Question, pointer: str) -> Prompt[list[str | Chose]]:
    """Return the choices of a field as boxes to mark, those of its answer marked."""
    value = question.value
    chosen = value if isinstance(value, tuple) else (UNKNOWN,) if value == UNKNOWN else ()
    picks = [option.pick for option in question.options]
    shown = [(option.pick, option.shown) for option in question.options]
    choices = [
        questionary.Choice(_fitting(words), value=pick, checked=pick in chosen)
        for pick, words in [*shown, *((own, own) for own in chosen if own not in picks)]
    ]
    if question.field.other:
        choices.append(questionary.Choice(_own_words(), value=Chose.OWN_WORDS))
    asked = questionary.checkbox(
        "", choices=choices, qmark="", pointer=f"  {pointer}", instruction=" "
    )
    if pointer == ASCII_POINTER:
        listed = choices_of(asked.application)
        listed.text = partial(_plain_tokens, listed)
    keys = KeyBindings()
    for number in range(1, 1 + min(len(choices), DIGITS)):
        keys.add(str(number), eager=True)(_marking(number))
    prompt: Prompt[list[str | Chose]] = Prompt(asked.application, keys)
    prompt = with_list_keys(prompt, own_words=question.field.other)
    return limited(prompt, most_chosen(question.field))


def _marking(number: int) -> Callable[[KeyPressEvent], None]:
    """Return what a digit does at boxes: it goes to one, and marks it or takes the mark away."""

    def mark(event: KeyPressEvent) -> None:
        """Go there, and leave the rest to Space, which knows how many can be marked."""
        choices_of(event.app).pointed_at = number - 1
        # Before the keys that came meanwhile.
        event.app.key_processor.feed(KeyPress(" "), first=True)

    return mark


def confirm(question: Question, pointer: str) -> Prompt[bool | str | Chose]:
    """Return a yes or no: by the letters `y` and `n`, or from a list where they do not fit."""
    if not by_y_or_n(question):
        return _yes_no_or_unsure(question, pointer)
    keys = _emptying()
    if question.value is None:
        keys.add("enter", eager=True)(ending_with(Chose.NOTHING))
    asked = questionary.confirm("", qmark="  ", default=bool(question.value))
    return Prompt(asked.application, keys)


def _yes_no_or_unsure(question: Question, pointer: str) -> Prompt[bool | str | Chose]:
    options: list[tuple[bool | str | Chose, str]] = [(True, _("Yes")), (False, _("No"))]
    options += [(UNKNOWN, _(NOT_YET))] * question.unsure
    options += [(Chose.NOTHING, _(LEFT_EMPTY))] * (question.value is None)
    nothing = Chose.NOTHING if question.value is None else question.value
    return select(options, pointer, default=nothing)


def _emptying() -> KeyBindings:
    keys = KeyBindings()
    keys.add("backspace", eager=True)(ending_with(Chose.NOTHING))
    return keys
