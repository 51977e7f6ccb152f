"""An editor's side of yaml-language-server: what it completes, explains and marks in a file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVER = shutil.which("yaml-language-server")
WANTED = {"yaml": {"completion": True, "hover": True, "validate": True, "schemaStore": {}}}
Message = dict[str, Any]


@dataclass
class Editor:
    """An editor that opens one new file after another in a folder."""

    server: subprocess.Popen[bytes]
    folder: Path
    sent: int = 0
    marked: dict[str, list[Message]] = field(default_factory=dict)
    """What is wrong in each file, by its address."""

    def opens(self, text: str) -> str:
        """Open a file with a text, wait until something is told of it, and return its address."""
        uri = (self.folder / f"{self.sent}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tells("textDocument/didOpen", {"textDocument": document})
        while uri not in self.marked:
            self._read()
        return uri

    def problems(self, text: str) -> list[tuple[int, str]]:
        """Return the lines that are marked in a text, counted from 1, and what is said of each."""
        marked = self.marked[self.opens(text)]
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in marked]

    def completions(self, text: str) -> dict[str, str]:
        """Return what can be inserted at the end of a text, by the words in the list."""
        answer = self._at(text, len(text), "textDocument/completion")
        return {item["label"]: item["textEdit"]["newText"] for item in answer["items"]}

    def hover(self, text: str, word: str) -> str:
        """Return what is explained of a word, where it stands in a text for the last time."""
        answer = self._at(text, text.rindex(word), "textDocument/hover")
        return str(answer["contents"]["value"])

    def _at(self, text: str, place: int, method: str) -> Any:
        before = text[:place]
        line, character = before.count("\n"), len(before.rpartition("\n")[2])
        position = {"line": line, "character": character}
        uri = self.opens(text)
        return self.answer(method, {"textDocument": {"uri": uri}, "position": position})

    def answer(self, method: str, parameters: Message) -> Any:
        """Ask the server, and return its answer."""
        self.tells(method, parameters, id=self.sent + 1)
        asked = self.sent
        while (said := self._read()).get("id") != asked or "method" in said:
            pass
        return said["result"]

    def tells(self, method: str, parameters: Message, **more: int) -> None:
        """Tell the server something."""
        self.sent += 1
        self._write({"method": method, "params": parameters, **more})

    def _write(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _read(self) -> Message:
        """Read a message, and answer whatever the server asks."""
        assert self.server.stdout
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name == b"Content-Length" else length
        said: Message = json.loads(self.server.stdout.read(length))
        if said.get("method") == "textDocument/publishDiagnostics":
            self.marked[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif "method" in said and "id" in said:
            items = said["params"].get("items", ()) if "params" in said else ()
            wanted = [WANTED.get(each.get("section")) for each in items]
            self._write({"id": said["id"], "result": wanted or None})
        return said


@contextmanager
def editor_in(folder: Path) -> Iterator[Editor]:
    """Start an editor in a folder. Without the server its tests are skipped."""
    if SERVER is None:
        pytest.skip("no yaml-language-server is here: npm install --global yaml-language-server")
    pipe = subprocess.PIPE
    with subprocess.Popen([SERVER, "--stdio"], stdin=pipe, stdout=pipe) as server:
        editor = Editor(server, folder)
        about = {"processId": os.getpid(), "rootUri": folder.as_uri()}
        workspace = {"configuration": True}
        editor.answer("initialize", {**about, "capabilities": {"workspace": workspace}})
        editor.tells("initialized", {})
        try:
            yield editor
        finally:
            editor.answer("shutdown", {})
            editor.tells("exit", {})
