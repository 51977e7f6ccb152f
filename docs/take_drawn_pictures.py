"""Take the pictures of bars, of a wheel and of the other kinds, as a page shows them.

Run it from the top of the repository: `python docs/take_drawn_pictures.py`. It needs Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.browsers import chromium, window  # noqa: E402 - beside the tests that use it
from support.sample_pictures import EACH_KIND  # noqa: E402

from mentorwalk.documents.html import page  # noqa: E402 - as above
from mentorwalk.documents.pictures import as_markdown  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from mentorwalk.domain.pictures import AnyPicture

PICTURES = ROOT / "docs" / "pictures"


def take(browser: Browser, picture: AnyPicture) -> None:
    """Take one picture, with its table."""
    looks = {"viewport": {"width": 540, "height": 900}, "device_scale_factor": 1.5}
    with window(browser, **looks) as opened:
        text = f"{as_markdown(picture)}\n"
        opened.set_content(page(text, "en", picture.kind, pictures=[picture]))
        path = PICTURES / f"drawn-{picture.kind}.png"
        opened.locator("main").screenshot(path=path)


def main() -> None:
    """Take all pictures."""
    with chromium() as browser:
        for picture in EACH_KIND.values():
            take(browser, picture)
    print("Taken:", *sorted(path.name for path in PICTURES.glob("drawn-*.png")))


if __name__ == "__main__":
    main()
