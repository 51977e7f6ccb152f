"""Reading a file that may be anything, and writing one in one piece for its owner only."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
import tempfile
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import (
    InputError,
    Problem,
    ProblemsFound,
    StorageError,
    shown,
    shown_path,
)
from mentorwalk.domain.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

JOURNAL, PRIVATE, AGENDA = "session.jsonl", "private.jsonl", "agenda.yaml"
"""The files of a session: its events, the private words of some, and its agenda."""
EXERCISES = "exercise-*.yaml"
"""The files of a session with the texts of the exercises that joined it."""
RENDERED = "rendered.json"
"""The file of a session that remembers each document as it was last written."""
FACTS_FILE = re.compile(
    r"facts-(?:[a-z0-9]+-\d{4}-\d\d-\d\d|[2-9a-hjkmnp-z]{8}(?:-meeting-\d+)?)(-\d+)?\.json"
)
"""The name of a facts file beside documents: its code, and the day or the meeting, if it has it."""
LOCK = ".lock"
"""The file of a session that one process at a time holds a lock on."""
JOURNAL_LIMIT = 64 * 1024 * 1024
"""The most bytes of a journal: an eight-hour session that is ticked and typed in has about 2 MB."""
DOCUMENT_LIMIT = 16 * 1024 * 1024
"""The most bytes of a document that are read back."""
FIRST_BYTES = 4096
"""Bytes read to recognise a file that this program wrote."""
NOTHING_LOST = "Everything said before is safe."
"""What to know first after an error."""
_FIXES = {
    "Make room on that disk. ": (errno.ENOSPC, errno.EDQUOT),
    "Make sure that you can read and write it. ": (errno.EACCES, errno.EPERM, errno.EROFS),
}
_CUT = ".jsonl.cut"
"""A part of the name of a file that keeps a half line."""
_PREFIX, _SUFFIX = ".mentorwalk-", ".part"
"""The parts around a file's random name while it is being written."""


class NotOrdinary(OSError):  # noqa: N818 - says what the file is
    """The path is a pipe, a device, a socket or, where none may be followed, a link."""


def ordinary_bytes(path: Path | str, at_most: int = -1, *, follow_links: bool = True) -> bytes:
    """Return the bytes of an ordinary file, up to a number of them; all of them by default.

    Raises:
        NotOrdinary: Reading it could block or never end, or it is a link.
        OSError, ValueError: It cannot be read, or no file can have this name.
    """
    state = os.stat(path, follow_symlinks=follow_links)  # noqa: PTH116 - it may be a mere text
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise NotOrdinary(f"{Path(path).name} is not an ordinary file")
    # A pipe or a link may have taken its place since: a pipe is not waited for, a link refused.
    flags = getattr(os, "O_NONBLOCK", 0) | (0 if follow_links else getattr(os, "O_NOFOLLOW", 0))
    file = os.open(path, os.O_RDONLY | flags)
    try:
        return b"".join(_pieces(file, sys.maxsize if at_most < 0 else at_most, state.st_size))
    finally:
        os.close(file)


def _pieces(file: int, wanted: int, size: int) -> Iterator[bytes]:
    """Yield what a file of a size holds, up to a number of bytes."""
    # A file object would take as long again, which thousands of sessions make felt.
    while wanted and (piece := os.read(file, min(wanted, max(size + 1, FIRST_BYTES)))):
        yield piece
        wanted -= len(piece)


def first_bytes(path: Path | str, at_most: int = FIRST_BYTES) -> bytes:
    """Return the beginning of an ordinary file; empty if it cannot be read."""
    with suppress(OSError, ValueError):
        return ordinary_bytes(path, at_most)
    return b""


def text_of(path: Path) -> str | None:
    """Return the text of an ordinary file of ours; None if there is none, or it is not UTF-8."""
    try:
        return ordinary_bytes(path, DOCUMENT_LIMIT).decode()
    except (OSError, ValueError):
        return None


def exercise_texts(folder: Path) -> tuple[str, ...]:
    """Return the names of the files in a session's folder that keep exercises; no link is one."""
    files = (path for path in folder.glob(EXERCISES) if path.is_file() and not path.is_symlink())
    return tuple(sorted(path.name for path in files))


def read_text_file(path: Path, limit: int, needed: str) -> str:
    r"""Return a file's text, with `\n` at the end of each line and without a byte order mark.

    Args:
        path: The file, as a person named it.
        limit: The most bytes that are read.
        needed: What the file should have been, for the messages: `a YAML file`.

    Raises:
        InputError: It is missing, unreadable, not an ordinary file, too large or not text.
        ProblemsFound: A character is not UTF-8, with its place.
    """
    name = shown_path(path)
    try:
        data = ordinary_bytes(path, limit + 1)
    except FileNotFoundError:
        raise InputError(_("{file}: There is no such file.").format(file=name)) from None
    except IsADirectoryError:
        raise InputError(f"{name}: This is a folder; {needed} is needed.") from None
    except NotOrdinary:
        raise InputError(f"{name}: This is not an ordinary file.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: This file cannot be read: {reason(error)}.") from None
    if len(data) > limit:
        raise InputError(f"{name}: This file is too large: {limit // 1024} KB at most.")
    if b"\0" in data:
        raise InputError(f"{name}: This is not text in UTF-8: {needed} is needed, saved as UTF-8.")
    return _decoded(name, data.removeprefix(codecs.BOM_UTF8))


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().split("\n")
        sentence = "This character is not UTF-8: save the file as UTF-8."
        place = (len(before), len(before[-1]) + 1)
        raise ProblemsFound([Problem(name, *place, sentence)]) from None


def write_private(path: Path, text: str | bytes, fix: str = "") -> None:
    """Write a file for its owner only: after a crash it is whole, or as it was before.

    Args:
        path: The file.
        text: What it shall hold.
        fix: A sentence that says what to do if it cannot be written.

    Raises:
        StorageError: It cannot be written.
    """
    data = text.encode() if isinstance(text, str) else text
    with reporting_errors(path, fix):
        _write_whole(path, data, restrict_to_owner)


def write_anew(path: Path, data: bytes) -> None:
    """Write a file of somebody anew, with its mode: it is whole then, or as it was before.

    Where a link leads, what it leads to is written.

    Raises:
        StorageError: It cannot be written.
    """
    target = path.resolve()
    with reporting_errors(path):
        # A rename would not ask whether the file itself may be written.
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        mode = stat.S_IMODE(target.stat().st_mode)
        _write_whole(target, data, lambda file: _set_mode(file, mode))


def _write_whole(path: Path, data: bytes, set_mode: Callable[[int], None]) -> None:
    # In the same folder, because a rename is atomic within one file system only.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            set_mode(file.fileno())
            file.write(data)
            file.flush()
            # A rename may reach the disk before the data does: an empty file would be left.
            # Some disks on a network cannot wait: there the file is as safe as it gets.
            try:
                os.fsync(file.fileno())
            except OSError as error:
                if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOSYS):
                    raise
        Path(temporary).replace(path)
        sync_folder(path.parent)
    finally:
        Path(temporary).unlink(missing_ok=True)


def place_for(path: Path, is_same: Callable[[Path], bool], kind: str) -> Path:
    """Return where a file goes that a person named: a link leads to its target.

    Args:
        path: The path, as it was given.
        is_same: Whether an ordinary file holds the same thing of ours, so that it is replaced.
        kind: What that would be, for the message: `an export of this session`.

    Raises:
        InputError: There is no such folder, or something else is there, which stays.
    """
    name = shown_path(path)
    if path.name == "-":
        # Elsewhere it stands for the output, where no file of ours can go.
        raise InputError(f"{name}: No file is written under this name; choose another one.")
    if path.is_dir():
        raise InputError(f"{name}: This is a folder; name the file in it.")
    if not path.parent.is_dir():
        raise InputError(f"{name}: There is no such folder.")
    try:
        target = path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):  # a link that leads to itself
        target = path
    if not os.path.lexists(target) and target.parent.is_dir():
        return target
    if not target.is_file():
        raise InputError(f"{name}: This is not an ordinary file: it is left alone.")
    if not is_same(target):
        free = next(each.name for each in numbered(path) if not os.path.lexists(each))
        raise InputError(
            f"{name}: There is a file already, and it is not {kind}: it is left alone. "
            f"A free name is {shown(free)}."
        )
    return target


def free_place(path: Path, is_same: Callable[[Path], bool]) -> Path:
    """Return where a file goes that the program names: here, or under the next number."""
    for each in numbered(path):
        if not os.path.lexists(each) or (
            each.is_file() and not each.is_symlink() and is_same(each)
        ):
            return each
    raise AssertionError  # the numbers never end


def numbered(path: Path) -> Iterator[Path]:
    """Yield a path, then the same with each number behind its name: `a.json`, `a-2.json`."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


@contextmanager
def reporting_errors(path: Path, fix: str = "") -> Iterator[None]:
    """Report what the system refuses to do with a file as a sentence, followed by a fix.

    Raises:
        StorageError: The system refused.
    """
    try:
        yield
    except OSError as error:
        message = f"{path}: This file cannot be written ({reason(error)}). {fix_for(error)}{fix}"
        raise StorageError(message.strip()) from None


def reason(error: OSError | ValueError) -> str:
    """Return what the system says of an error."""
    return getattr(error, "strerror", None) or str(error)


def fix_for(error: OSError) -> str:
    """Return a sentence that says how to fix an error, and a space; empty if nobody knows."""
    return next((fix for fix, kinds in _FIXES.items() if error.errno in kinds), "")


def safety_note(command: str) -> str:
    """Return the sentences that say that nothing is lost, and which command goes on, if any."""
    return f"{NOTHING_LOST} Once that is fixed: {command}" if command else NOTHING_LOST


def restrict_to_owner(file: int) -> None:
    """Let only its owner open a file, whatever the umask says."""
    _set_mode(file, 0o600)


def _set_mode(file: int, mode: int) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(file, mode)


def sync_folder(folder: Path) -> None:
    """Wait until the names of a folder's files are on disk.

    The fsync of a file does not write its name (fsync(2)). Windows opens no folders, and some
    network file systems sync none: there the name is as safe as it gets.
    """
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def cut_pieces(folder: Path) -> list[Path]:
    """Return the half lines that were cut off a folder's journals."""
    # A pattern would take five times as long, for each of thousands of folders.
    with suppress(OSError), os.scandir(folder) as entries:
        return [folder / name for name in sorted(each.name for each in entries) if _CUT in name]
    return []


def half_written(folder: Path) -> list[Path]:
    """Return the files that a crash left half written in a folder."""
    return sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"))


def remove_files(paths: Iterable[Path]) -> None:
    """Delete files that may hold words that were struck since, as far as the system lets us."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


def remove_leftovers(folder: Path) -> None:
    """Delete half-written files."""
    remove_files(half_written(folder))


def visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and those below it, but the hidden ones, in order of names."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(Path(name)))
        yield from (Path(root, name) for name in sorted(files) if not is_hidden(Path(name)))


def is_hidden(path: Path | os.DirEntry[str]) -> bool:
    """Return whether a name is hidden: macOS keeps a `._NAME` beside files on foreign disks."""
    return path.name.startswith(".")


def only_locked(folder: Path) -> bool:
    """Return whether there is a folder with nothing in it but a lock, if that."""
    with suppress(OSError):
        return all(path.name == LOCK and is_entry(path) for path in folder.iterdir())
    return False


def is_entry(path: Path) -> bool:
    """Return whether there is anything but a folder at a path, even a link that leads nowhere."""
    return os.path.lexists(path) and (path.is_symlink() or not path.is_dir())
