"""The live frontend: one calm card on the whole screen, and a clock that moves beside typing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from prompt_toolkit.key_binding import KeyBindings

from mentorwalk.domain.answers import UNKNOWN, read, read_items, unsure
from mentorwalk.domain.card import Card
from mentorwalk.domain.errors import Unreadable, shown
from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.text import count
from mentorwalk.engine.frontend import (
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Said,
    Talked,
)
from mentorwalk.frontends.drawing import ASCII, Symbols
from mentorwalk.frontends.live.prompts import (
    SHORTCUTS,
    Chose,
    Prompt,
    as_offered,
    by_y_or_n,
    line,
    menu,
    own_words,
    prompt_for,
    select,
)
from mentorwalk.frontends.live.screen import READ_ON, Bookmark, Page, Screen, Tab, whole_screen
from mentorwalk.frontends.messages import (
    ACTIONS,
    ALONE,
    FIRST,
    INTERRUPTED,
    INTERRUPTED_CHOICES,
    LETTERS,
    MORE_TIME,
    PAUSED,
    PAUSED_TIP,
    ClockStyle,
    act_of,
    letters_for,
    next_style,
    numbered,
    unknown_word,
    unsure_key,
    wanted,
    ways_to_accept,
)
from mentorwalk.frontends.signals import HangUp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.key_binding import KeyPressEvent

    from mentorwalk.domain.card import Question
    from mentorwalk.engine.frontend import ClockView, Proposal
    from mentorwalk.frontends.drawing import Drawing

OPTIONS = N_("Tab: options")
EMPTY = N_("Backspace: leave it empty")
LEAVE = N_("Esc: back to the card")
WRITE = N_("Enter: write it down")
ON = N_("Enter: go on")
CHOOSE = N_("Enter: choose")
KEEP = N_("Enter: keep")
TO_CARD = N_("Tab: back to the card")
DRAFT_UNREAD = N_("keep it as a draft")
STAYS_UNREAD = N_("it stays as it is")
MORE = object()
"""The choice that opens the rest of the options."""
REST = tuple(action for action in ACTIONS if action not in FIRST)


@dataclass
class LiveFrontend:
    """Asks on a terminal."""

    clock: ClockStyle = "calm"
    symbols: Symbols = field(default_factory=Symbols)
    hang_up: HangUp = field(default_factory=HangUp)

    def __post_init__(self) -> None:
        """Take a screen of these looks."""
        self.screen = Screen(self.clock, self.symbols, self.hang_up)

    # --- What the walk asks for

    def talk(self, card: Card, watch: ClockView | None) -> Talked | Command | Interrupted:
        """Show a card and wait for Enter, or for the first letter of an answer."""
        typing = (N_("or just type"),) if card.types_through else ()
        keys = (_enter_at(card), *typing, *((OPTIONS,) if card.steps else ()))
        page = _page(card, keys, read_first=_always)
        while True:
            result = self._shown(card, page, watch, _talk_keys(card))
            if result == "/":
                result = self._here(self._typed_word(card, page, watch))
            if isinstance(result, Talked | Command | Interrupted):
                return result

    def ask(
        self, card: Card, question: Question, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Ask one question with the prompt that fits its type."""
        draft, complaint = question.draft, question.complaint
        in_own_words = bool(draft) and question.field.type in ("select", "checkbox")
        while True:
            page = _question_page(card, question, complaint)
            prompt = prompt_for(question, draft, self._pointer)
            if question.beside and card.steps:
                prompt.keys.add("escape")(_leaving)
            result: Any = Chose.OWN_WORDS
            if not in_own_words:
                result = self._shown(card, page, watch, prompt.keys, prompt)
                question = _as_marked(question, prompt)
            if result is Chose.OWN_WORDS or (
                isinstance(result, list) and Chose.OWN_WORDS in result
            ):
                result = self._own_words(
                    card, page, watch, question, draft if in_own_words else None
                )
                in_own_words, draft = False, None
            try:
                reply = self._here(_understood(card, question, result))
            except Unreadable as error:
                draft, complaint = result if isinstance(result, str) else draft, str(error)
                continue
            if isinstance(reply, Said | Command | Interrupted):
                return reply
            draft = draft if reply.draft is None else reply.draft

    def settle(
        self, card: Card, sheet: list[Question], watch: ClockView | None
    ) -> AcceptSheet | EditLine | Command | Interrupted:
        """Show the sheet and wait for Enter or a number."""
        complaint, draft = "", ""
        while True:
            page = _sheet_page(card, sheet, complaint)
            prompt = line(draft, self._pointer)
            result = self._shown(card, page, watch, prompt.keys, prompt)
            if isinstance(result, Command | Interrupted):
                return result
            draft = result.draft or "" if isinstance(result, Tab) else ""
            reply = "" if isinstance(result, Tab) else _sheet_reply(card, result, len(sheet))
            reply = self._here(reply)
            if isinstance(reply, AcceptSheet | EditLine | Command):
                return reply
            draft, complaint = ("", "") if isinstance(reply, Tab) else (draft, reply)

    def decide(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Show the agreement on the whole screen, and then ask how it shall stand."""
        read = self._read(card, proposal, watch)
        if not isinstance(read, Bookmark):
            return read
        ways, bookmark = ways_to_accept(proposal), Bookmark(to_end=read.to_end)
        while True:
            prompt = select(ways, self._pointer, default=None)
            new_yes = partial(_is_new_yes, prompt, ways[0][0])
            page = _proposal_page(card, proposal, new_yes, bookmark)
            result = self._shown(card, page, watch, prompt.keys, prompt)
            if isinstance(result, Command | Interrupted):
                return result
            if isinstance(result, str):
                return Said(result)

    def _read(
        self, card: Card, proposal: Proposal, watch: ClockView | None
    ) -> Bookmark | Said | Command | Interrupted:
        """Show the agreement alone, page by page; whoever changes nothing need not read it."""
        unchanged = ways_to_accept(proposal)[0][0]
        words = _(DRAFT_UNREAD if unchanged == "draft" else STAYS_UNREAD)
        (letter,) = letters_for([("d" if unchanged == "draft" else "s", words)])
        bookmark, keys = Bookmark(), KeyBindings()
        keys.add("enter")(lambda event: event.app.exit(result=bookmark))
        keys.add(letter)(lambda event: event.app.exit(result=Said(unchanged)))
        page = _reading_page(card, proposal, f"{letter}: {words}", bookmark)
        while True:
            result = self._shown(card, page, watch, keys)
            if isinstance(result, Bookmark | Said | Command | Interrupted):
                return result

    def pause(self, card: Card) -> Interrupted | None:
        """Wait for Enter; a Ctrl-C here asks as anywhere else."""
        page = Page(
            lambda drawing: drawing.header(card),
            lambda drawing: drawing.body(Card(ask=_(PAUSED), tip=_(PAUSED_TIP))),
            _keys(ON),
        )
        while not isinstance(
            result := self.screen.run(page, None, _talk_keys(Card(ask=""))), Talked | Interrupted
        ):
            pass
        return result if isinstance(result, Interrupted) else None

    def interrupted(self) -> Literal["go on", "stop", "close"]:
        """Ask what a Ctrl-C was meant to do; a second one stops."""
        page = _page(Card(ask=_(INTERRUPTED)), (CHOOSE, N_("Ctrl-C again: stop and save")))
        choices = [(choice, _(words)) for choice, words in INTERRUPTED_CHOICES.items()]
        prompt = select(choices, self._pointer, default="go on")
        result = self.screen.run(page, None, prompt.keys, prompt)
        if isinstance(result, Interrupted):
            return "stop"
        return next((choice for choice in INTERRUPTED_CHOICES if choice == result), "go on")

    def _own_words(
        self, card: Card, page: Page, watch: ClockView | None, question: Question, draft: str | None
    ) -> Any:
        """A line for own words; an empty one leads back to the choices."""
        while True:
            prompt = own_words(question, draft, self._pointer)
            result = self._shown(card, page, watch, prompt.keys, prompt)
            if isinstance(result, Tab):
                draft = result.draft
            elif question.field.type == "checkbox" and result and isinstance(result, str):
                marked = question.value if isinstance(question.value, tuple) else ()
                return _act(card, result) or [*marked, result]
            else:
                return Tab() if result == "" else result

    # --- One stop, and the options beside it

    def _shown(
        self,
        card: Card,
        page: Page,
        watch: ClockView | None,
        keys: KeyBindings,
        prompt: Prompt | None = None,
    ) -> Any:
        """What came of a page; a Tab that comes back means: show it again."""
        result = self.screen.run(page, watch, keys, prompt)
        if isinstance(result, Tab) and card.steps:
            return self._here(self._options(card, result.draft, watch))
        return result

    def _here(self, result: Any) -> Any:
        """What can be done on the spot: to show the clock otherwise."""
        if isinstance(result, Command) and result.action is Action.CLOCK:
            self.screen.clock = next_style(self.screen.clock)
            return Tab(result.draft)
        return result

    def _options(
        self, card: Card, draft: str | None, watch: ClockView | None
    ) -> Command | Interrupted | Tab:
        """What can be done beside answering: a few things first, then more."""
        alone = card.alone
        chosen = self._menu(card, watch, ALONE if alone else FIRST, more=not alone)
        if chosen is MORE:
            chosen = self._menu(card, watch, REST)
        if isinstance(chosen, Command | Interrupted):
            return replace(chosen, draft=draft)
        return Tab(draft)

    def _menu(
        self,
        card: Card,
        watch: ClockView | None,
        actions: tuple[Action, ...],
        *,
        more: bool = False,
    ) -> Any:
        rest = actions is REST
        header, title = (Card(ask=""), _("More options")) if rest else (card, _("Options"))
        page = Page(
            lambda drawing: drawing.header(header),
            lambda drawing: drawing.body(Card(ask=title)),
            _keys(CHOOSE, N_("a letter chooses too"), TO_CARD),
            timed=not rest,
        )
        prompt = menu(_lettered(actions, more=more), self._pointer)
        return self.screen.run(page, watch, prompt.keys, prompt)

    def _typed_word(self, card: Card, page: Page, watch: ClockView | None) -> Any:
        """A `/word` on a card where nothing is being written down."""
        typed: Any = "/"
        complaints: tuple[str, ...] = ()
        keys = _keys(N_("Enter: do it"), TO_CARD)
        while True:
            told = Page(page.header, partial(_body, card, complaints), keys)
            prompt = line(typed, self._pointer)
            typed = self.screen.run(told, watch, prompt.keys, prompt)
            if not isinstance(typed, str):
                return typed
            try:
                begun = Talked(typed) if card.types_through else Tab()
                return act_of(typed, card) or begun
            except KeyError:
                complaints = (unknown_word(typed.strip(), card),)

    @property
    def _pointer(self) -> str:
        return ">" if self.symbols == ASCII else "›"


@contextmanager
def live_screen(clock: ClockStyle, hang_up: HangUp | None = None) -> Iterator[LiveFrontend]:
    """Ask on this terminal for as long as a session lasts."""
    with whole_screen(clock, hang_up) as screen:
        yield LiveFrontend(clock, screen.symbols, screen.hang_up)


def _keys(*keys: str) -> tuple[str, ...]:
    return tuple(map(_, keys))


def _lettered(actions: tuple[Action, ...], *, more: bool) -> dict[Any, tuple[str, str]]:
    """What a menu offers, with the letter, or digit, and the words of each."""
    options: dict[Any, tuple[str, str]] = {}
    for action in actions:
        if action is Action.MORE_TIME:
            times = {
                Command(action, minutes=each): (str(each), _more_time(each)) for each in MORE_TIME
            }
            options |= times
        else:
            options[Command(action)] = (LETTERS.get(action, action.value[0]), _(ACTIONS[action]))
    if more:
        options[MORE] = ("m", _("More ..."))
    letters = letters_for(options.values())
    words = (words for _letter, words in options.values())
    return dict(zip(options, zip(letters, words, strict=True), strict=True))


def _more_time(minutes: int) -> str:
    told = ngettext(
        "{number} minute more for this card", "{number} minutes more for this card", minutes
    ).format(number=count(minutes))
    return f"{told[0].upper()}{told[1:]}"


def _body(card: Card, complaints: tuple[str, ...], drawing: Drawing) -> str:
    return drawing.body(card, complaints)


def _page(
    card: Card, keys: tuple[str, ...], *, read_first: Callable[[], bool] | None = None
) -> Page:
    return Page(
        lambda drawing: drawing.header(card),
        lambda drawing: drawing.body(card),
        _keys(*keys),
        read_first=read_first,
    )


def _enter_at(card: Card) -> str:
    """What Enter means at a talk; what stands beside the cards has no place among them."""
    if not (card.speaks or card.place):
        return ON
    return N_("Enter: we have talked") if card.opens else N_("Enter: on we go")


def _always() -> bool:
    return True


def _is_new_yes(prompt: Prompt, current: str) -> bool:
    """Whether the pointer stands at a yes that was not given before."""
    return prompt.pointed_at not in ("draft", current)


def _reading_page(card: Card, proposal: Proposal, unchanged: str, bookmark: Bookmark) -> Page:
    alone = replace(card, ask="")
    return Page(
        lambda drawing, place: drawing.small_header(card, place),
        lambda drawing: drawing.document(alone, proposal.text),
        (_(ON), unchanged, _(OPTIONS)),
        timed=False,
        read_first=_always,
        bookmark=bookmark,
        counted=True,
    )


def _proposal_page(
    card: Card, proposal: Proposal, read_first: Callable[[], bool], bookmark: Bookmark
) -> Page:
    return Page(
        lambda drawing: drawing.header(card),
        lambda drawing: drawing.document(card, proposal.text),
        _keys(CHOOSE, READ_ON, OPTIONS),
        read_first=read_first,
        bookmark=bookmark,
    )


def _question_page(card: Card, question: Question, complaint: str) -> Page:
    return Page(
        lambda drawing: drawing.header(card),
        lambda drawing: drawing.question(card, question, complaint, wanted(question)),
        (
            *_keys(*_keys_for(card, question)),
            *_unsure_key(question),
            *_keys(*((OPTIONS,) if card.steps else ())),
        ),
    )


def _sheet_page(card: Card, sheet: list[Question], complaint: str) -> Page:
    return Page(
        lambda drawing: drawing.header(card),
        lambda drawing: drawing.sheet(card, sheet, complaint),
        _keys(N_("Enter: keep all"), N_("a number changes one"), OPTIONS),
        read_first=_always,
    )


def _unsure_key(question: Question) -> tuple[str, ...]:
    """What is typed by whoever does not know yet; among choices it is one of them."""
    join_words = question.field.type in ("select", "checkbox", "confirm")
    return (unsure_key(),) if question.unsure and not join_words else ()


def _keys_for(card: Card, question: Question) -> tuple[str, ...]:
    match question.field.type:
        case "text" if question.beside:
            return (WRITE, LEAVE) if card.steps else (ON,)
        case "text":
            return (WRITE, N_("Alt+Enter: new line"))
        case "list":
            return (N_("Enter: next item"), N_("Enter on an empty line: done"))
        case "checkbox":
            return (N_("Up, Down"), N_("Space: mark"), KEEP)
        case "confirm" if by_y_or_n(question):
            return (N_("y or n"), EMPTY)
        case "select" if question.beside:
            return (_pointing(question), CHOOSE, *((LEAVE,) if card.steps else ()))
        case "select" | "confirm":
            return (_pointing(question), CHOOSE if question.value is None else KEEP, EMPTY)
        case "number" | "scale" | "date" | "time":
            enter = WRITE if question.value is None else KEEP
            return (enter, LEAVE) if question.beside and card.steps else (enter,)


def _pointing(question: Question) -> str:
    """What moves the pointer: there are digits only for so many choices."""
    choices = len(question.options) + question.field.other
    return N_("Up, Down or a digit") if choices <= SHORTCUTS else N_("Up, Down")


def _talk_keys(card: Card) -> KeyBindings:
    keys = KeyBindings()
    keys.add("enter")(lambda event: event.app.exit(result=Talked()))

    @keys.add("<any>")
    def _(event: KeyPressEvent) -> None:
        if event.data == "/" and card.steps:
            event.app.exit(result="/")
        elif card.types_through and event.data.isprintable():
            event.app.exit(result=Talked(event.data))

    @keys.add("<bracketed-paste>")
    def _(event: KeyPressEvent) -> None:
        if card.types_through:
            event.app.exit(result=Talked(event.data.replace("\r\n", "\n").replace("\r", "\n")))

    return keys


def _leaving(event: KeyPressEvent) -> None:
    event.app.exit(result=Command(Action.BACK))


def _as_marked(question: Question, prompt: Prompt) -> Question:
    """A question with the boxes that are marked by now."""
    if prompt.marked is None:
        return question
    return replace(question, value=tuple(m for m in prompt.marked() if isinstance(m, str)))


def _understood(card: Card, question: Question, typed: Any) -> Any:
    """Read what a prompt gave; a typed `/word` is an action.

    Raises:
        Unreadable: It does not fit the field.
    """
    if isinstance(typed, Command | Interrupted | Tab):
        return typed
    if typed is Chose.NOTHING:
        return Said(None)
    if isinstance(typed, bool):
        return Said(typed)
    names = dict(question.names)
    if question.unsure and _says_unsure(typed):
        return Said(UNKNOWN)
    if isinstance(typed, list):
        return Said(read_items(question.field, tuple(typed), names))
    try:
        act = _act(card, typed)
    except Unreadable:
        if question.unseen:
            raise Unreadable(unknown_word("", card)) from None
        raise
    if act:
        return act
    if question.value is not None and typed == as_offered(question):
        return Said(question.value)
    return Said(read(question.field, typed, question.today, names))


def _says_unsure(typed: str | list[str]) -> bool:
    return UNKNOWN in typed if isinstance(typed, list) else unsure(typed)


def _act(card: Card, typed: str) -> Command | None:
    try:
        return act_of(typed, card)
    except KeyError:
        raise Unreadable(unknown_word(typed.strip(), card)) from None


def _sheet_reply(card: Card, typed: str, lines: int) -> AcceptSheet | EditLine | Command | str:
    text = typed.strip()
    if not text:
        return AcceptSheet()
    try:
        act = _act(card, text)
    except Unreadable as error:
        return str(error)
    if act:
        return act
    if number := numbered(text, lines):
        return EditLine(number - 1)
    # The line is empty again after this, so that the next number is not added to it.
    other = _("“{text}” is no line here: a number from 1 to {most} would do, or Enter.")
    return other.format(text=shown(text, 60), most=lines)
