"""The terminal of a command: which frontend fits it, and how documents and errors are printed."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Literal, TextIO, TypeGuard

import typer

from mentorwalk.cli.options import ClockChoice
from mentorwalk.domain.errors import InputError, Stopped, shown, shown_path
from mentorwalk.domain.i18n import _, english_notice
from mentorwalk.domain.text import for_terminal, undecoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.documents import Written
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.frontends.signals import HangUp

OUTPUT_REFUSED = {errno.EBADF, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EPIPE}
"""What the system says of an output that is closed, full or gone."""


@dataclass(frozen=True)
class Look:
    """How a session looks, and what is said of it at a Ctrl-C.

    That is its clock, and whether it comes as plain lines whatever the terminal.
    """

    clock: ClockChoice = ClockChoice.off
    plain: bool = False
    unsaved: bool = False
    """Nothing of the session is saved while it lasts."""


def draws(*streams: TextIO | None) -> bool:
    """Return whether these streams are a terminal on which pictures can be drawn."""
    terminal = all(stream is not None and stream.isatty() for stream in streams)
    return terminal and os.environ.get("TERM", "") not in ("", "dumb")


@contextmanager
def frontend_for(look: Look) -> Iterator[Frontend]:
    """Give the live screen if the terminal can draw one, else lines in and lines out.

    Raises:
        Stopped: Ctrl-C, SIGTERM or a closed window came where nothing caught it.
    """
    from mentorwalk.frontends.signals import HangUp

    hang_up = HangUp()
    with hang_up.listening(), _frontend(look, hang_up) as frontend:
        try:
            yield frontend
        except KeyboardInterrupt:
            saved = "" if look.unsaved else _("Stopped. What was written down by then is saved.")
            raise Stopped(saved or _("Stopped: nothing was kept.")) from None


@contextmanager
def _frontend(look: Look, hang_up: HangUp) -> Iterator[Frontend]:
    if look.plain or not draws(sys.stdin, sys.stdout):
        from mentorwalk.frontends.plain import PlainFrontend
        from mentorwalk.frontends.signals import waking_often

        with waking_often():
            yield PlainFrontend(sys.stdin, sys.stdout, look.clock.value, hang_up)
        return
    from mentorwalk.frontends.live.live import live_screen

    with live_screen(look.clock.value, hang_up) as live:
        yield live


def print_document(text: str) -> None:
    """Print Markdown as it reads on a terminal, and as it is written into a pipe or a file."""
    if "utf" not in (sys.stdout.encoding or "").lower():
        from mentorwalk.frontends.messages import in_ascii

        typer.echo(in_ascii(text), nl=False)
        return
    if not sys.stdout.isatty():
        typer.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    from mentorwalk.frontends.frame import WIDEST
    from mentorwalk.frontends.size import size_of

    Console(width=min(WIDEST, size_of(sys.stdout)[0])).print(Markdown(text, hyperlinks=False))


def print_text(text: str) -> None:
    """Print a text, wrapped between words where it goes to a terminal."""
    from mentorwalk.frontends.frame import WIDEST
    from mentorwalk.frontends.size import size_of

    width = min(WIDEST, size_of(sys.stdout)[0]) if sys.stdout.isatty() else 0
    for line in text.split("\n"):
        typer.echo(fill(line, width) if len(line) > width > 0 else line)


def print_documents(documents: tuple[tuple[str, str], ...]) -> None:
    """Print documents that no file holds, one after another, under their names."""
    for name, text in documents:
        typer.echo(f"\n--- {name} ---\n")
        print_document(text)


def print_written(written: Written, report: str = "") -> None:
    """Print which edited copies were kept, a report, and where documents were written."""
    for path in written.kept:
        kept = _("An earlier copy was kept as {path}.")
        typer.echo(kept.format(path=shown_path(path)), err=True)
    if report:
        typer.echo(report, err=True)
    for path in written.files:
        print_path(path)


def print_path(path: Path) -> None:
    """Print a path as it can be used, but without control characters."""
    typer.echo(shown_path(path))


def tell_of_english(language: str, hint: str = "") -> None:
    """Tell that words of ours stay English around an agenda whose language has none."""
    if told := english_notice(language):
        typer.echo(f"{told}{hint}", err=True)


def hint_on_words(language: str) -> str:
    """Return how a facilitator can add what a language lacks, to follow a sentence."""
    from mentorwalk.authoring.format.other_words import language_called

    name = language_called(language) or language
    return (
        f" You can translate them yourself, in `words/{shown(name, 40)}.po` beside the agenda: "
        "`mentorwalk agenda words` begins it."
    )


def ask_yes(question: str, otherwise: str) -> None:
    """Ask for a yes on standard input.

    Args:
        question: What is asked.
        otherwise: What became of it without a yes, as a sentence.

    Raises:
        Stopped: Nobody answers.
        InputError: The answer is not yes.
    """
    typer.echo(f"{question} [y/N] ", nl=False)
    answer = sys.stdin.readline()
    if not answer:
        raise Stopped(otherwise)
    if answer.strip().lower() not in ("y", "yes"):
        raise InputError(otherwise)


def prepare_streams() -> None:
    """Make standard input and output safe to use, however the program was started."""
    # A stream that was closed before the start is None. Its number would go to the next file that
    # is opened, so the null device takes it: no input, and an output that cannot be written, so
    # that nothing counts as printed that is not. What is said beside it may get lost.
    if sys.stdin is None:
        sys.stdin = _null_device(os.O_RDONLY, "r")
    if sys.stdout is None:
        sys.stdout = _null_device(os.O_RDONLY, "w")
    if sys.stderr is None:
        sys.stderr = _null_device(os.O_WRONLY, "w")
    if _is_file(sys.stdin):
        # The plain frontend asks again for what is no text: a replacement character would hide it.
        sys.stdin.reconfigure(errors="surrogateescape")
    codecs.register_error("paths", _as_bytes)
    for stream in filter(_is_file, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="paths")


def say_last(words: str) -> None:
    """Say on standard error how it ended, if anybody can still read it."""
    with suppress(OSError):  # the window was closed
        sys.stderr.write(for_terminal(words))


def flush() -> None:
    """Write out the buffers; a closed pipe or window does not change the exit code."""
    for stream in filter(_is_file, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            # Python flushes once more as it exits, and would fail with exit code 120 there
            # (https://docs.python.org/3/library/signal.html#note-on-sigpipe).
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _as_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """Return bytes of a path as they are, and `?` for what a legacy code page lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    chars = error.object[error.start : error.end]
    return b"".join(
        char.encode("ascii", "surrogateescape") if undecoded(char) else b"?" for char in chars
    ), error.end


def _null_device(access: int, mode: Literal["r", "w"]) -> TextIO:
    return os.fdopen(os.open(os.devnull, access), mode, encoding="utf-8")


def _is_file(stream: TextIO | None) -> TypeGuard[io.TextIOWrapper]:
    return isinstance(stream, io.TextIOWrapper)
