"""Take the pictures of the preparation form, in a real browser on a phone and on a desk.

Run it from the top of the repository: `python docs/take_form_pictures.py`. It needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.browsers import Form, chromium, window  # noqa: E402 - beside the tests that use it

from mentorwalk.authoring import agenda_from, read_source  # noqa: E402 - as above
from mentorwalk.documents.prep_page import write_form_page  # noqa: E402
from mentorwalk.storage.library import BUNDLED_AGENDAS  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = ROOT / "docs" / "pictures"


def fill_in(form: Form) -> None:
    """Write what Grace might write."""
    form.name()
    form.write("said_name", "Grace is fine")
    form.write("why_now", "I lead a team for the first time, and want to stay calm.")
    form.share("why_now")
    form.write("challenge", "Saying no to work that is not ours")
    form.mark("answer.help_wanted", "Questions that make me think")
    form.mark("answer.frequency", "Every 2 weeks")
    form.page.check('[name="unsure.duration"]')


def take(browser: Browser, form: Path, name: str, size: tuple[int, int], place: str) -> None:
    """Take one picture, with something of the form on top of the window."""
    wide, high = size
    looks = {"viewport": {"width": wide, "height": high}, "device_scale_factor": 1.5}
    with window(browser, **looks) as page:
        opened = Form(page, form)
        opened.open()
        fill_in(opened)
        page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
        page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    """Take all pictures."""
    agenda = agenda_from(read_source(BUNDLED_AGENDAS / "first-session.yaml"))
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        form = write_form_page(Path(folder) / "form.html", agenda, "mentee")
        take(browser, form, "form-phone", (375, 740), "#q-why_now-all")
        take(browser, form, "form-desktop", (1000, 740), "#q-why_now-all")
        take(browser, form, "form-seen", (375, 740), "#seen")
    print("Taken:", *sorted(path.name for path in PICTURES.glob("form-*.png")))


if __name__ == "__main__":
    main()
