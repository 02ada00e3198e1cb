"""Take the pictures of pages that docs/report.md and docs/form.md show: `python docs/screenshot.py`.

Needs Debian's Chromium. Those of the report are of examples/week.yaml.
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


def fill_in(form: Path, browser: Browser) -> None:
    """Make two entries in a form, and take a picture of a verdict and of the list."""
    size = {"width": 390, "height": 880}
    with browser.new_context(color_scheme="light", viewport=size, offline=True) as context:
        page = context.new_page()
        page.goto(form.as_uri())
        for employee, answers in (("Mateo", ("won", "won")), ("Ana", ("lost", "lost", "no"))):
            for words in answers:
                page.locator("#choices").get_by_role("button", name=words, exact=True).click()
            if employee == "Ana":
                page.screenshot(path=DOCS / "form-phone.png")
            page.fill("#about-employee", employee)
            page.click("#save")
        page.emulate_media(color_scheme="dark")
        page.locator("#kept").screenshot(path=DOCS / "form-entries.png")


def written(path: Path, *words: str) -> Path:
    command = [sys.executable, "-m", "winwinwin", *words, "-o", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = written(Path(folder) / "report.html", "batch", str(WEEK))
        form = written(Path(folder) / "form.html", "form")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        for picture in PICTURES:
            take(picture, report, browser)
        fill_in(form, browser)
        browser.close()


if __name__ == "__main__":
    main()
