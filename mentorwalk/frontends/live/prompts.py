"""Prompts for the live screen: questionary's, one for each type of field, with our keys added.

questionary builds an application around each prompt, and ends it with the answer. The screen puts
that application's layout into a page. What questionary has no public way to ask for is read from
its `InquirerControl`, the list of choices: `selected_options` and `_get_choice_tokens`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from questionary.prompts.common import InquirerControl
from rich.cells import cell_len, chop_cells

from mentorwalk.domain.answers import NOT_YET, UNKNOWN
from mentorwalk.domain.i18n import _, in_english
from mentorwalk.frontends.live.text_box import TextBox
from mentorwalk.frontends.messages import LEFT_EMPTY, OWN_WORDS, in_ascii
from mentorwalk.frontends.signs import ROOM, roomy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.question import Question

INDENT = 9
"""Columns before the words of a choice: the pointer and its number, and one free at the end."""
CUT = " ..."
ASCII_POINTER = ">"
SHORTCUTS = 9
"""Choices that a single digit can name."""


class Chose(Enum):
    """A choice that is not itself an answer."""

    OWN_WORDS = "own words"
    NOTHING = "nothing"
    MORE = "more"
    COMMAND = "command"


Picked = str | bool | list[str | Chose] | Chose
"""What a prompt for a question ends with: typed text, a choice, or the marked boxes."""
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


def _nothing_to_draw() -> Application[Any]:
    """Return an application that draws nothing and only reads keys."""
    nothing = FormattedTextControl(focusable=True, show_cursor=False)
    return Application(Layout(Window(nothing, height=0)))


@dataclass(frozen=True)
class Prompt(Generic[Result_co]):
    """A prompt that ends with a result of one type, and its keys beyond questionary's.

    Without an application of questionary's, only the keys can end it.
    """

    application: Application[Any] = field(default_factory=_nothing_to_draw)
    keys: KeyBindings = field(default_factory=KeyBindings)
    writes: bool = False
    """Whether the text in it is worth keeping when somebody leaves it half-typed."""
    box: Window | None = None
    """Where text is typed; shown in place of questionary's own layout."""
    grows: Callable[[str], str] | None = None
    """Returns the sentence that the text finishes, shown below the box."""

    @property
    def text(self) -> str:
        """Return what stands in the box; empty if there is none."""
        buffer = self.application.layout.current_buffer
        return buffer.text if buffer else ""

    @property
    def line(self) -> str:
        """Return the line of the box that the cursor is on."""
        buffer = self.application.layout.current_buffer
        return buffer.document.current_line if buffer else ""

    @property
    def numbered(self) -> bool:
        """Return whether a digit goes to a choice."""
        return len(_choices_of(self.application).choices) <= SHORTCUTS

    @property
    def pointed_at(self) -> object:
        """Return the value of the choice under the pointer."""
        return _choices_of(self.application).get_pointed_at().value

    @property
    def chosen(self) -> tuple[object, ...]:
        """Return the values of the boxes that are marked now."""
        return tuple(_choices_of(self.application).selected_options)

    @property
    def marked(self) -> tuple[str, ...]:
        """Return the choices and own words among them."""
        return tuple(value for value in self.chosen if isinstance(value, str))


def prompt_for(question: Question, draft: str | None, pointer: str) -> Prompt[Picked]:
    """Return the prompt that fits the field's type, with the current answer or draft in it."""
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
            text = question.answer.typed if draft is None else draft
            keys = _writing_keys(items=kind == "list")
            prompt = _text(text, pointer, multiline=True)
            return replace(prompt, keys=keys, grows=_growing(question))
        case _:
            return _offering(question.offered, pointer) if draft is None else line(draft, pointer)


def line(text: str, pointer: str) -> Prompt[str]:
    """Return a prompt for one line, with a text in it."""
    return _text(text, pointer)


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


def select(
    options: Sequence[tuple[Result, str]],
    pointer: str,
    *,
    default: object,
    never_empty: bool = False,
) -> Prompt[Result | Literal[Chose.NOTHING]]:
    """Return a list to choose from, of values and how they are shown.

    Backspace chooses nothing, unless the list is `never_empty`.
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
    _choices_of(asked.application).selected_options.clear()
    return Prompt(asked.application, KeyBindings() if never_empty else _emptying())


def unmarked(
    options: Sequence[tuple[Result, str]], pointer: str
) -> Prompt[Result | Literal[Chose.NOTHING]]:
    """Return a list in which no choice is marked at first: an Enter too many chooses nothing.

    A digit chooses at once. Up and Down mark a choice, which Enter then chooses.
    """
    prompt = select(options, pointer, default=None)
    listed, keys = _choices_of(prompt.application), _emptying()
    # questionary shows its pointer at the choice with this number: at none of them.
    listed.pointed_at = -1
    nothing = Condition(lambda: listed.pointed_at < 0)
    keys.add("enter", eager=True, filter=nothing)(_choosing(Chose.NOTHING))

    @keys.add("up", eager=True, filter=nothing)
    def mark_last(_event: KeyPressEvent) -> None:
        """Mark the last choice."""
        listed.pointed_at = len(options) - 1

    for number, (value, _words) in enumerate(options[:SHORTCUTS], start=1):
        keys.add(str(number), eager=True)(_choosing(value))
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
        keys.add(letter, eager=True)(_choosing(value))
    keys.add("escape")(_choosing(None))
    return Prompt(asked.application, keys)


def _fitting(words: str) -> str:
    """Return the words of a choice, cut between words if the terminal is too narrow for them."""
    room = max(12, get_app_session().output.get_size().columns - INDENT)
    if cell_len(roomy(words)) <= room:
        return words
    begins = chop_cells(roomy(words), room - cell_len(CUT))[0].replace(ROOM, "")
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
    if question.value is None:
        options.append((Chose.NOTHING, _(LEFT_EMPTY)))
        # On a sheet the pointer starts on the first choice: Enter alone leaves no line empty.
        default = Chose.NOTHING if default is None and not question.wanted else default
    return select(options, pointer, default=default, never_empty=question.never_empty)


def own_words(question: Question, draft: str | None, pointer: str) -> Prompt[str]:
    """Return a line for own words, with the draft or the current own words in it."""
    picks = [option.pick for option in question.options]
    own = question.value if isinstance(question.value, str) else ""
    text = ("" if own in picks else own) if draft is None else draft
    return replace(line(text, pointer), grows=_growing(question))


def _growing(question: Question) -> Callable[[str], str] | None:
    return question.unfinished.with_words if question.unfinished else None


def _own_words(own: str = "") -> str:
    return f"{_(OWN_WORDS)} ...{own}"


def by_y_or_n(question: Question) -> bool:
    """Return whether y or n answers a confirm: in English, with no third answer offered."""
    return in_english() and not question.unsure


def _boxes(question: Question, pointer: str) -> Prompt[list[str | Chose]]:
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
        boxes = _choices_of(asked.application)
        boxes.text = partial(_plain_tokens, boxes)
    keys = KeyBindings()
    for letter in ("a", "i"):
        # questionary marks all boxes on `a` and inverts them on `i`, and cannot be told not to:
        # somebody who begins to type a word means neither.
        keys.add(letter, eager=True)(lambda _event: None)
    return Prompt(asked.application, keys)


def _choices_of(application: Application[Any]) -> InquirerControl:
    controls = application.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def _confirm(question: Question) -> Prompt[bool | Chose]:
    keys = _emptying()
    if question.value is None:
        keys.add("enter", eager=True)(_choosing(Chose.NOTHING))
    asked = questionary.confirm("", qmark="  ", default=bool(question.value))
    return Prompt(asked.application, keys)


def _yes_no_or_unsure(question: Question, pointer: str) -> Prompt[bool | str | Chose]:
    options: list[tuple[bool | str | Chose, str]] = [(True, _("Yes")), (False, _("No"))]
    options += [(UNKNOWN, _(NOT_YET))] * question.unsure
    if question.value is None:
        options.append((Chose.NOTHING, _(LEFT_EMPTY)))
    nothing = Chose.NOTHING if question.value is None else question.value
    return select(options, pointer, default=nothing)


def _emptying() -> KeyBindings:
    keys = KeyBindings()
    keys.add("backspace", eager=True)(_choosing(Chose.NOTHING))
    return keys


def _text(text: str, pointer: str, *, multiline: bool = False, unseen: bool = False) -> Prompt[str]:
    asked = questionary.text(
        "", default=text, multiline=multiline, complete_while_typing=False, instruction=""
    )
    buffer = asked.application.layout.current_buffer
    assert buffer  # noqa: S101 - a text prompt of questionary's always has one
    box = Window(TextBox(buffer, f"  {pointer} ", unseen=unseen), dont_extend_height=True)
    return Prompt(asked.application, writes=not unseen, box=box)


def _choosing(value: object) -> Callable[[KeyPressEvent], None]:
    return lambda event: event.app.exit(result=value)


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
