"""Files that somebody may be sent: bombs, devices, templates that reach for more than words.

    cd tests; python -m support.hostile_files FOLDER

reads each of them in a child, and prints a line of JSON for each: what it was read as, its name,
what was told, the seconds of processor time and the megabytes that it took.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.answers_file import answers_from
from mentorwalk.authoring.loading import load_agenda
from mentorwalk.authoring.prep_file import prep_from
from mentorwalk.domain.errors import MentorwalkError
from mentorwalk.storage.library import library
from mentorwalk.workflows.runner import SessionRunner
from mentorwalk.workflows.trial import check_documents
from support.sample_sessions import FIRST_SESSION, OWN_AGENDA, StoppedClock

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = StoppedClock().now().date()
FULL = 250 * 1024
"""Bytes: as much as a YAML file may have, and a little less."""
LAUGHS = "\n".join(
    ["a0: &a0 [lol]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
)
TEXTS: dict[str, str] = {
    "an alias bomb": LAUGHS,
    "an anchor that holds itself": "a: &a\n  - *a\n",
    "a merge of itself": "a: &a\n  <<: *a\n",
    "nested brackets": "a: " + "[" * 100_000,
    "nested braces": "{a: " * 50_000,
    "nested lists": "- " * 100_000,
    "nested lists, one deeper each": "\n".join(" " * n + "-" for n in range(600)),
    "nested questions": "? " * 100_000,
    "closed without being opened": "]" * FULL,
    "a huge word": "title: " + "x" * FULL,
    "a huge key": "x" * FULL + ": a",
    "a huge key in quotes": '"' + "x" * FULL + '": a',
    "a huge number": "mentorwalk: 1\nminutes: " + "9" * FULL,
    "a huge text": "about: |\n" + "  word word word\n" * (FULL // 17),
    "a text that never ends": 'title: "' + "x\n " * (FULL // 3),
    "a text of spaces": "title: |" + " " * FULL + "x",
    "spaces before nothing": "title: [" + " " * FULL,
    "spaces in the midst of a line": "title: a: " + " " * FULL + "b",
    "empty lines": "title: |\n" + "\n" * FULL,
    "tabs": "\t" * FULL,
    "dashes": "-" * FULL,
    "quotation marks": "'" * FULL,
    "stars": "*" * FULL,
    "ampersands": "&" * FULL,
    "exclamation marks": "!" * FULL,
    "percent signs": "%" * FULL,
    "colons": "a:" * (FULL // 2),
    "hashes": "#" * FULL,
    "escapes": 'a: "' + "\\x41" * (FULL // 4) + '"',
    "no such escapes": 'a: "' + "\\U99999999" * 1000 + '"',
    "names in braces": "about: |\n  " + "{mentor}" * (FULL // 8),
    "braces that are not closed": "about: |\n  " + "{" * FULL,
    "a million keys": "".join(f"k{n}: 1\n" for n in range(1_000_000)),
    "as many keys as there is room for": "".join(f"k{n}:\n" for n in range(30_000)),
    "one key again and again": "title: a\n" * (FULL // 9),
    "as many items as there is room for": "phases:\n" + "- a\n" * (FULL // 4),
    "as many documents as there is room for": "--- a\n" * (FULL // 6),
    "a tag of Python": "a: !!python/object/apply:os.system ['touch hacked']",
    "a tag of Python for a name": "a: !!python/name:os.system",
    "a tag of Python for a module": "!!python/module:os",
    "a tag of one's own": "%TAG ! tag:example.org,2026:\n---\n!thing {a: b}",
    "another version of YAML": "%YAML 9.9\n---\na: b",
    "directives": "%A b\n" * (FULL // 5) + "--- a",
    "a mistake on each line": OWN_AGENDA + "x y\n" * 5_000,
    "a mistake in each card": OWN_AGENDA.split("    prompts:")[0]
    + "    prompts:\n"
    + "      - id: A B\n        ask: |\n          {nobody}\n        titel: x\n" * 3_000,
    "as many cards as there is room for": "titel: a\n"
    + OWN_AGENDA.split("    prompts:")[0]
    + "    prompts:\n"
    + "".join(f"      - {{id: p{n}, ask: a, recall: [q{n}]}}\n" for n in range(5_000)),
    "control characters": "title: \x01\x02\x1b[2J",
    "halves of characters": 'title: "\\ud800"',
}
"""By what they are; each is read as an agenda, as answers and as a preparation."""
RAW: dict[str, bytes] = {
    "nothing": b"",
    "zeros": b"\0" * FULL,
    "noise": bytes(range(256)) * 1000,
    "UTF-16": "title: a".encode("utf-16"),
    "UTF-32": "title: a".encode("utf-32"),
    "Latin-1": "title: é".encode("latin-1"),
    "half a character": "title: é".encode()[:-1],
    "only a mark of byte order": b"\xef\xbb\xbf",
    "only a comment": b"# a",
    "returns": b"title: a\r" * 1000,
    "a program": b"\x7fELF" + bytes(1000),
    "a file that is too large": b"a: b\n" * 100_000,
}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    # The path of a socket is short; from its folder it is.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


def _linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


MADE: dict[str, Callable[[Path], None]] = {
    "a pipe": _pipe,
    "a socket": _socket,
    "a folder": Path.mkdir,
    "a terabyte of holes": _sparse,
    "a link to zeros": _linked("/dev/zero"),
    "a link to noise": _linked("/dev/urandom"),
    "a link to a terminal": _linked("/dev/tty"),
    "a link to a full device": _linked("/dev/full"),
    "a link to nothing": _linked("nowhere"),
    "a link to itself": _linked("a link to itself"),
    "a link to memory": _linked("/proc/self/mem"),
    "a link to a folder": _linked("/etc"),
}
"""What is no ordinary file, and how it is made."""
TEMPLATES: dict[str, str] = {
    "remarks that never end": "{#" * 100_000,
    "raw text that never ends": "{% raw %}" * 25_000,
    "a class": "{{ ''.__class__.__mro__ }}",
    "all classes": "{{ ().__class__.__base__.__subclasses__() }}",
    "the globals of a helper": "{{ cycler.__init__.__globals__.os.system('id') }}",
    "the globals of words": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "the globals of a macro": "{% macro a() %}{% endmacro %}{{ a.__globals__ }}",
    "itself": "{{ self.__init__.__globals__ }}",
    "an attribute by a filter": "{{ ''|attr('__class__')|attr('__mro__') }}",
    "a class by a format": "{{ '{0.__class__.__mro__}'.format('') }}",
    "a class by a map": "{{ ['']|map(attribute='__class__')|join }}",
    "the answers' insides": "{{ answers.__class__.__init__.__globals__ }}",
    "the answers' values": "{{ answers._values }}",
    "a generator's frame": "{{ (x for x in ()).gi_frame }}",
    "builtins": "{{ open('/etc/passwd').read() }}",
    "an import": "{% import 'os' as os %}{{ os }}",
    "a module of Python": "{{ __import__('os') }}",
    "another file": "{% include '/etc/passwd' %}",
    "a file above": "{% include '../../../../etc/passwd' %}",
    "a file above, written otherwise": "{% include '..\\\\..\\\\etc\\\\passwd' %}",
    "the agenda beside it": "{% include 'talk.yaml' %}",
    "a journal": "{% include 'session.jsonl' %}",
    "a template that is a link": "{% include 'link.j2' %}",
    "a name from an answer": "{% include people.mentor %}",
    "itself again": "{% include 'template.md.j2' %}",
    "its own child": "{% extends 'template.md.j2' %}",
    "a macro that calls itself": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "a very long list": "{{ range(10 ** 9)|list }}",
    "a very long word": "{{ 'x' * 10 ** 10 }}",
    "a long word, doubled": "{% set n = namespace(a='x') %}"
    "{% for i in range(40) %}{% set n.a = n.a ~ n.a %}{% endfor %}{{ n.a }}",
    "a long list, doubled": "{% set n = namespace(a=[1]) %}"
    "{% for i in range(40) %}{% set n.a = n.a + n.a %}{% endfor %}{{ n.a }}",
    "a very wide word": "{{ 'x'|center(10 ** 10) }}",
    "a very wide format": "{{ '%10000000000d' % 1 }}",
    "a very wide format, by its method": "{{ '{:>10000000000}'.format(1) }}",
    "a very wide indent": "{{ 'x\ny'|indent(10 ** 10) }}",
    "a very large number": "{{ 9 ** 9 ** 9 }}",
    "words without end": "{{ lipsum(10 ** 6) }}",
    "loops without end": "{% for a in range(99999) %}{% for b in range(99999) %}"
    "{% endfor %}{% endfor %}",
    "a list of the same lists": "{% set a = ['x'] * 999 %}{% set b = [a] * 999 %}{{ [b] * 999 }}",
    "a block, doubled": "{% set n = namespace(a='x') %}"
    + "{% set n.a %}{{ n.a }}{{ n.a }}{% endset %}" * 40,
    "a shift": "{{ (1).__lshift__(10 ** 10) }}",
    "nested brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "nested loops": "{% for a in [1] %}" * 200 + "{% endfor %}" * 200,
    "nested conditions": "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "no end": "{% for a in [1] %}",
    "no beginning": "{% endfor %}",
    "an open brace": "{{ ",
    "no such filter": "{{ 1|nosuch }}",
    "a division by nothing": "{{ 1 / 0 }}",
    "an extension": "{% do agenda.clear() %}",
    "a break": "{% debug %}",
    "too long": "x" * 300_000,
}
"""What a template may reach for."""
HARMLESS = frozenset(
    ("nothing", "zeros", "only a mark of byte order", "only a comment", "returns", "a program")
)
"""What is a template all the same: one that says no more than itself."""


def as_agenda(path: Path) -> None:
    """Load an agenda."""
    agenda_from(read_source(path))


def as_answers(path: Path) -> None:
    """Read answers."""
    _, problems = answers_from(read_source(path), FIRST_SESSION, TODAY, {})
    if problems:
        raise MentorwalkError("\n".join(map(str, problems[:100])))


def as_prep(path: Path) -> None:
    """Read a preparation."""
    prep_from(read_source(path), FIRST_SESSION, TODAY)


def as_template(path: Path) -> None:
    """Check an agenda with this template, as before every session."""
    agenda = OWN_AGENDA.replace("summary.md.j2", path.name)
    (path.parent / "talk.yaml").write_text(agenda, encoding="utf-8")
    runner = SessionRunner(library(path.parent / "home"), StoppedClock())
    check_documents(runner, load_agenda(runner.library, str(path.parent / "talk.yaml"), None))


def tried(kind: str, read: Callable[[Path], None], path: Path) -> dict[str, object]:
    """Read a file in a child."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        # Nothing is to be waited for: whoever waits for ever is killed.
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.RLIM_INFINITY))
        told = ""
        try:
            read(path)
        except MentorwalkError as error:
            told = str(error)
        os.write(theirs, told.encode(errors="backslashreplace")[:60_000])
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8", errors="replace") as said:
        return {
            "kind": kind,
            "name": path.parent.name if kind == "template" else path.stem,
            "told": said.read(),
            "exit": os.waitstatus_to_exitcode(status),
            "seconds": round(used.ru_utime + used.ru_stime, 3),
            "megabytes": used.ru_maxrss // 1024,
        }


def written(folder: Path) -> list[Path]:
    """All files that are read as YAML."""
    for name, text in TEXTS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, data in RAW.items():
        (folder / f"{name}.yaml").write_bytes(data)
    for name, make in MADE.items():
        make(folder / f"{name}.yaml")
    return sorted(folder.iterdir())


def told_of(kind: str, read: Callable[[Path], None], path: Path) -> None:
    """Try a file, and print what came of it."""
    sys.stdout.write(f"{json.dumps(tried(kind, read, path))}\n")


def make_template(path: Path, name: str) -> None:
    """Put a template there, beside a link that leads away."""
    path.parent.mkdir(parents=True)
    (path.parent / "link.j2").symlink_to("/etc/passwd")
    if name in MADE:
        MADE[name](path)
    elif name in RAW:
        path.write_bytes(RAW[name])
    else:
        path.write_text(TEMPLATES[name], encoding="utf-8")


def main() -> None:
    """Try every file as what it could be; what is no agenda is no preparation either."""
    folder = Path(sys.argv[1])
    (folder / "yaml").mkdir()
    # What every child needs is loaded once, here.
    (folder / "summary.md.j2").write_text("Hello", encoding="utf-8")
    as_template(folder / "summary.md.j2")
    for path in written(folder / "yaml"):
        told_of("agenda", as_agenda, path)
        if path.stem not in TEXTS or path.stem.startswith(("a ", "an ")):
            told_of("answers", as_answers, path)
            told_of("preparation", as_prep, path)
    for name in (*TEMPLATES, *RAW, *MADE):
        path = folder / "templates" / name / "template.md.j2"
        make_template(path, name)
        told_of("template", as_template, path)


if __name__ == "__main__":
    main()
