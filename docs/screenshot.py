"""Take the pictures of the report that docs/report.md shows: `python docs/screenshot.py`.

Needs Debian's Chromium. The pictures are of the report on examples/week.yaml.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

DOCS = Path(__file__).parent
WEEK = DOCS.parent / "examples" / "week.yaml"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Picture(NamedTuple):
    """One look at the report."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    group: str | None = None
    """What is picked in the filter."""


PICTURES = (
    Picture("report.png", 1200, 1500, "light"),
    Picture("report-phone.png", 390, 1150, "dark", "Bridget"),
)


def take(picture: Picture, report: Path, browser: Browser) -> None:
    size = {"width": picture.width, "height": picture.height}
    with browser.new_context(color_scheme=picture.scheme, viewport=size, offline=True) as context:
        page = context.new_page()
        page.goto(report.as_uri())
        page.wait_for_selector("html[data-shown]", state="attached")
        if picture.group:
            page.select_option("#slice", label=picture.group)
            page.wait_for_selector('html:not([data-shown="0"])', state="attached")
        page.screenshot(path=DOCS / picture.name)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "winwinwin", "batch", str(WEEK), "-o", str(report)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        for picture in PICTURES:
            take(picture, report, browser)
        browser.close()


if __name__ == "__main__":
    main()
