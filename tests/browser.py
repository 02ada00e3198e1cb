"""Debian's Chromium, for the tests that look at pages as their readers do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
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
PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine."""
GRAVE = ("serious", "critical")
"""Findings of axe that no page may have."""

Scheme = Literal["light", "dark"]


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser; without one the tests fail where all is required, and are skipped else."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not there: apt-get install chromium"
        if os.environ.get("WINWINWIN_REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        browser.close()


class Seen:
    """A page in the browser, and all that went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self._asked)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.type}: {message.text}")

    def _asked(self, request: Any) -> None:
        if request.url.partition(":")[0] not in ("file", "data"):
            self.wrong.append(f"asked for {request.url}")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def cells(self, table: str) -> list[list[str]]:
        """Return the body of a table, open or not, as text by row and cell."""
        rows: list[list[str]] = self.page.locator(f"{table} tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
        )
        return rows

    def pick(self, name: str) -> None:
        """Filter by the group of this name, and wait until it is drawn."""
        before = self.page.locator("html").get_attribute("data-shown")
        self.page.locator("#slice").select_option(label=name)
        self.page.wait_for_selector(
            f'html:not([data-shown="{before}"])', state="attached", timeout=PATIENCE
        )

    def findings(self) -> list[str]:
        """Return what axe finds that is serious or critical."""
        axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        self.page.evaluate(axe)
        found = self.page.evaluate("axe.run()")["violations"]
        return [
            f"{finding['id']}: {node['html'][:200]} {node['failureSummary']}"
            for finding in found
            if finding["impact"] in GRAVE
            for node in finding["nodes"]
        ]


@contextmanager
def opened(
    browser: Browser, path: Path, *, scheme: Scheme = "light", width: int = 1200, height: int = 900
) -> Iterator[Seen]:
    """Open a page from disk, and fail where anything went wrong on it before it is closed."""
    with browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": height}, offline=True
    ) as context:
        seen = Seen(context.new_page())
        seen.page.goto(path.resolve().as_uri())
        if seen.page.locator("#report").count():
            seen.page.wait_for_selector("html[data-shown]", state="attached", timeout=PATIENCE)
        yield seen
        assert seen.wrong == []
