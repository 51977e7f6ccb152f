"""A headless Chromium for tests, which records every address that a page asks for."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

from support.terminals import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
PHONE, DESKTOP = (360, 740), (1280, 900)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SAVE = """(json) => {
  // Many files from one page: each is read where it would be saved.
  const files = [];
  const create = URL.createObjectURL;
  URL.createObjectURL = (file) => { files.push(file.text()); return create.call(URL, file); };
  HTMLAnchorElement.prototype.click = () => {};
  for (const values of JSON.parse(json)) {
    const typed = Object.entries(values).map(([name, value]) => {
      const control = document.querySelector(`[name="${name}"]`);
      control.value = value;
      return control;
    });
    typed.at(-1).dispatchEvent(new Event('input', {bubbles: true}));
    const before = files.length;
    document.getElementById('save').click();
    if (files.length === before) files.push('');
  }
  return Promise.all(files);
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser. Without one its tests are skipped, but in CI they fail."""
    if CHROMIUM is None:
        told = "no Chromium is here; on Debian: apt-get install chromium"
        if "CI" in os.environ:
            pytest.fail(told)
        pytest.skip(told)
    # It waits five seconds by default, whatever its page does.
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Form:
    """A form that is open in a browser."""

    page: Page
    path: Path
    asked_for: list[str] = field(default_factory=list)
    """Every address that the page asked for."""
    complaints: list[str] = field(default_factory=list)
    """Complaints of the browser: mistakes in the script, and what the policy forbids."""

    def open(self) -> None:
        """Open the form, or reload it."""
        self.page.goto(self.path.as_uri())

    def write(self, key: str, text: str) -> None:
        """Type an answer, and leave its field."""
        self.page.fill(f'[name="answer.{key}"]', text)
        self.page.locator(f'[name="answer.{key}"]').blur()

    def mark(self, name: str, value: str) -> None:
        """Choose one of several."""
        self.page.check(f'[name="{name}"][value="{value}"]')

    def share(self, key: str, *, wanted: bool = True) -> None:
        """Decide who sees an answer."""
        self.mark(f"share.{key}", "both" if wanted else "me")

    def name(self, own: str = "Grace", other: str = "Ada") -> None:
        """Give both names."""
        self.page.fill("#name", own)
        self.page.fill("#other", other)

    def text(self, place: str) -> str:
        """Return the text of an element, with its lines as one."""
        return re.sub(r"\s+", " ", self.page.inner_text(place)).strip()

    def seen(self, place: str) -> bool:
        """Return whether an element is visible."""
        return self.page.is_visible(place)

    def save(self, folder: Path) -> Path:
        """Save the file, and return its path."""
        with self.page.expect_download() as download:
            self.page.click("#save")
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def save_each(self, values: list[dict[str, str]]) -> list[str]:
        """Return the file's text after each of these was typed in turn; empty if none was saved."""
        # Written out in ASCII: half a character cannot be sent otherwise.
        saved = self.page.evaluate(SAVE, json.dumps(values))
        return [str(text) for text in saved]

    def kept(self) -> Any:
        """Return what the browser keeps of the page."""
        keys = self.page.evaluate("Object.keys(localStorage)")
        return {key: json.loads(self.page.evaluate("k => localStorage[k]", key)) for key in keys}

    def faults(self, *rules: str) -> list[str]:
        """Return what axe-core finds wrong, by these rules or by all."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "rules => axe.run(rules.length ? {runOnly: rules} : {}).then((all) => all.violations)",
            rules,
        )
        return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[Page]:
    """Open a window that shares nothing with other windows."""
    context = browser.new_context(**options)
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()


@contextmanager
def opened(page: Page, path: Path) -> Iterator[Form]:
    """Open a form, and check at the end that it asked for nothing but itself."""
    form = Form(page, path)
    listening = {
        "request": lambda request: form.asked_for.append(request.url),
        "console": lambda message: form.complaints.append(message.text),
        "pageerror": lambda error: form.complaints.append(str(error)),
    }
    for event, listener in listening.items():
        page.on(event, listener)  # type: ignore[call-overload] # it wants each by its own name
    form.open()
    try:
        yield form
    finally:
        for event, listener in listening.items():
            page.remove_listener(event, listener)
    assert set(form.asked_for) == {path.as_uri()}
    assert form.complaints == []
