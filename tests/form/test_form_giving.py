"""What a form gives out: new entries or all, as a file, shared or copied."""

from pathlib import Path

import pytest
from conftest import Run
from forms import filled_in, read
from playwright.sync_api import Browser

from winwinwin.facts import Facts


@pytest.fixture(scope="module")
def plain(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "form.html"
    assert run("form", "-o", path).code == 0
    return path


def test_new_entries_are_given_out_once_and_then_deleted(
    browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won")
        form.save("won", "lost")
        assert len(read(form.download("yaml", tmp_path))) == 2
        assert form.text("#status").startswith("2 entries given out as interactions-")
        form.save("lost", "won")
        assert form.page.locator("#which option").all_inner_texts() == ["1 new", "all 3"]
        assert len(read(form.download("jsonl", tmp_path))) == 1
        form.save("lost", "won")
        form.click("#clear")
        assert len(form.kept) == 1
        form.click("#undo")
        assert len(form.kept) == 4


def test_entries_are_copied_and_shared(browser: Browser, plain: Path, tmp_path: Path) -> None:
    stub = """const sent = async ([file]) => Object.assign(window, {shared: await file.text(), file: [file.name, file.type]});
      navigator.share = ({files}) => sent(files);
      navigator.canShare = () => true;
      navigator.clipboard.writeText = async (text) => { window.copied = text; };"""
    with filled_in(browser, plain, "light", 360, stub) as form:
        form.save("won", "lost")
        for button, where in (("#share", "shared"), ("#copy", "copied")):
            form.page.locator(button).click()
            form.told(f"1 entry {where}.")
        name, kind = form.page.evaluate("window.file")
        assert kind == "text/plain"  # Chromium lets no page share YAML or JSON
        for where, file in (("shared", name), ("copied", "copied.yaml")):
            text = form.page.evaluate(f"window.{where}")
            (tmp_path / file).write_text(text, encoding="utf-8")
            assert read(tmp_path / file)[0].facts == Facts("won", "lost")


def test_where_the_browser_does_not_copy_or_share_the_text_is_shown(
    browser: Browser, plain: Path
) -> None:
    stub = """const no = async () => { throw new DOMException("no", "NotAllowedError"); };
      navigator.share = no; navigator.clipboard.writeText = no;"""
    with filled_in(browser, plain, "light", 360, stub) as form:
        form.save("won", "lost")
        form.page.locator("#share").click()
        form.told("This could not be shared. Use Download or Copy.")
        form.click("#copy")
        form.page.wait_for_selector("#by-hand")
        assert "customer: lost" in form.page.locator("#text").input_value()
        assert form.page.locator("#which option").first.inner_text() == "1 new"
