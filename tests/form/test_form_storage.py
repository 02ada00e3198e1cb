"""Where a form keeps its entries: full, refused, damaged or shared storage loses nothing without a word."""

import json
from pathlib import Path

import pytest
from conftest import Run
from forms import Form, filled_in, read
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def plain(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "form.html"
    assert run("form", "-o", path).code == 0
    return path


REFUSED = """Object.defineProperty(window, "indexedDB", {get() { throw new DOMException("no", "SecurityError"); }});"""


def allow(form: Form, size: int | None) -> None:
    """Allow pages from disk to keep so many bytes, or as many as before."""
    quota = {} if size is None else {"quotaSize": size}
    session = form.page.context.new_cdp_session(form.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": "file:///", **quota})


def test_where_storage_is_refused_the_page_says_so_and_loses_nothing(
    browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain, "light", 360, REFUSED) as form:
        assert form.text("#warning").startswith(
            "This browser keeps nothing for this page: give out"
        )
        form.save("won", "won")
        form.save("won", "lost")
        assert "2 entries are only here. Give them out" in form.text("#warning")
        form.press("Delete")
        assert "1 entry is only here" in form.text("#warning")
        assert len(read(form.download("yaml", tmp_path))) == 1
        form.settle()
        assert "only here" not in form.text("#warning")  # they are in a file now
        assert "only in this page" in form.text(".entries li:first-child")


def test_where_storage_is_full_the_page_says_so_and_keeps_it_once_there_is_room(
    browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain) as form:
        allow(form, 1_000_000)
        form.save("won", "won")
        [first] = form.kept
        form.save("won", "lost", notes="x" * 2_000_000)
        warning = "This browser has no room left for this page: 1 entry is only here."
        assert form.text("#warning").startswith(warning)
        assert "only in this page" in form.text(".entries li:first-child")
        assert list(form.kept) == [first]
        asked: list[str] = []
        form.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        form.page.close(run_before_unload=True)
        form.page.wait_for_timeout(500)
        assert asked == ["beforeunload"]
        assert len(read(form.download("yaml", tmp_path))) == 2
        form.settle()
        assert not form.page.locator("#warning").is_visible()
        allow(form, None)
        form.press("Delete", 1)
        assert not form.page.locator("#warning").is_visible()
        assert len(form.kept) == 1


CUT_OFF = """for (const name of ["get", "getAll"]) {
  const real = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...all) {
    const request = real.apply(this, all);
    if (window.isCut) this.transaction.abort();
    return request;
  };
}"""


def test_what_was_given_out_while_storage_was_cut_off_is_not_lost(
    browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain, "light", 360, CUT_OFF) as form:
        form.save("won", "won")
        form.page.evaluate("window.isCut = true")
        assert len(read(form.download("yaml", tmp_path))) == 1
        assert form.page.locator("#which option").first.inner_text() == "0 new"
        form.save("lost", "won")
        assert "1 entry is only here" in form.text("#warning")
        assert form.page.locator(".entries > li").count() == 2
        form.page.evaluate("window.isCut = false")
        form.save("lost", "won")
        assert not form.page.locator("#warning").is_visible()
        assert len(form.kept) == 3


def test_where_storage_is_refused_what_was_entered_is_deleted(
    browser: Browser, plain: Path
) -> None:
    with filled_in(browser, plain, "light", 360, REFUSED) as form:
        form.save("won", "won")
        form.press("Correct")
        form.page.locator("#about-notes").fill("corrected")
        form.click("#save")
        assert form.text("#status").endswith(": win/win/win.")
        assert form.page.locator(".entries > li").count() == 1
        form.press("Delete")
        assert form.page.locator(".entries > li").count() == 0
        form.click("#undo")
        assert form.text(".entries .notes") == "corrected"


def test_what_cannot_be_deleted_is_said(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won")
        form.page.evaluate(
            "void (IDBObjectStore.prototype.delete = function () { this.transaction.abort(); })"
        )
        form.press("Delete")
        assert form.text("#status").startswith("1 entry was not deleted")
        assert len(form.kept) == 1


@pytest.mark.parametrize(
    "without",
    [
        "BroadcastChannel = function () { throw new DOMException('no', 'SecurityError'); }",
        "IDBFactory.prototype.open = () => ({})",
    ],
)
def test_a_browser_that_has_no_channel_or_does_not_answer_still_takes_entries(
    without: str, browser: Browser, plain: Path
) -> None:
    with filled_in(browser, plain, "light", 360, without) as form:
        assert form.save("won", "won").startswith("Saved ")
        assert form.page.locator(".entries > li").count() == 1


def test_what_was_changed_while_it_was_shared_stays_changed(browser: Browser, plain: Path) -> None:
    stub = "navigator.share = () => new Promise((done) => { window.finish = done; }); navigator.canShare = () => true;"
    with filled_in(browser, plain, "light", 360, stub) as form:
        form.save("won", "won", notes="A")
        form.save("won", "lost", notes="B")
        form.page.locator("#share").click()
        form.press("Delete")
        form.press("Correct")
        form.page.locator("#about-notes").fill("corrected")
        form.click("#save")
        form.page.evaluate("finish()")
        form.told("2 entries shared.")
        form.settle()
        [left] = form.kept.values()
        assert left["about"]["notes"] == "corrected"
        assert form.page.locator("#which option").all_inner_texts() == ["1 new", "all 1"]


def test_what_is_given_out_while_it_is_corrected_is_corrected_in_its_place(
    browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won", notes="as it was")
        form.press("Correct")
        form.page.locator("#about-notes").fill("corrected")
        form.download("yaml", tmp_path)
        form.click("#save")
        assert "beside" not in form.text("#status")
        [left] = form.kept.values()
        assert left["about"]["notes"] == "corrected"
        assert form.page.locator("#which option").first.inner_text() == "1 new"


def test_two_windows_that_save_at_once_keep_both(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as one:
        one.save("won", "won", notes="as it was")
        two = Form(one.page.context.new_page())
        two.load(plain)
        for form, text in ((one, "from one"), (two, "from two")):
            form.press("Correct")
            form.page.locator("#about-notes").fill(text)
        at = "const at = Math.ceil(Date.now() / 1000 + 1) * 1000; setTimeout(() => save.click(), at - Date.now())"
        for form in (one, two):
            form.page.evaluate(
                f"void (() => {{ const save = document.getElementById('save'); {at} }})()"
            )
        for form in (one, two):
            form.told("Saved ")
            form.holds(2)
        assert sorted(each["about"]["notes"] for each in one.kept.values()) == [
            "from one",
            "from two",
        ]


STAMP = {"title": "House", "fingerprint": "0"}


@pytest.mark.parametrize(
    "text",
    [
        "{broken",
        "null",
        "[]",
        "{}",
        '{"facts": {}, "about": {}}',
        "",
        json.dumps({"facts": {"salesperson": "maybe"}, "about": {}, "rulebook": {}}),
        json.dumps({"facts": {"order": "kept"}, "about": {}, "rulebook": {}}),
        json.dumps({"facts": {}, "about": {"id": "A", "notes": 1}, "rulebook": STAMP}),
        json.dumps({"facts": {}, "about": {"id": "A", "note": "lost"}, "rulebook": STAMP}),
        json.dumps({"facts": {"customer": "won"}, "about": {}, "rulebook": STAMP}),
        json.dumps({"facts": {}, "about": {"id": "A"}, "rulebook": {}}),
    ],
)
def test_what_cannot_be_read_is_shown_and_not_thrown_away(
    text: str, browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.put({"0": text})
        form.save("won", "won")
        assert form.page.locator(".entries pre").inner_text() == text
        assert len(read(form.download("yaml", tmp_path))) == 1
        said = "1 entry that cannot be read is not among them."
        assert form.text("#status").endswith(said)
        form.press("Delete", 1)
        assert form.page.locator(".entries pre").count() == 0
        form.click("#undo")
        assert form.page.locator(".entries pre").inner_text() == text


@pytest.mark.parametrize(
    "draft",
    [
        '"{broken"',
        "5",
        '{"facts": {"customer": "won"}, "about": {}, "asked": ["customer"], "again": "its name"}',
        '{"facts": {"customer": "won"}, "about": {}, "asked": 5}',
    ],
)
def test_what_was_begun_and_cannot_be_read_hinders_no_entry(
    draft: str, browser: Browser, plain: Path
) -> None:
    before = f"history.replaceState({draft}, '')"
    with filled_in(browser, plain, "light", 360, before) as form:
        assert form.save("won", "won").startswith("Saved ")


def test_two_windows_see_and_keep_each_other_s_entries(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as one:
        two = Form(one.page.context.new_page())
        two.load(plain)
        one.save("won", "won", notes="one")
        two.page.wait_for_selector(".entries li")
        two.save("won", "lost", notes="two")
        one.page.wait_for_selector(".entries li:nth-child(2)")
        assert len(one.kept) == 2
        one.press("Correct")
        two.press("Correct")
        one.page.locator("#about-notes").fill("from one")
        two.page.locator("#about-notes").fill("from two")
        one.click("#save")
        two.click("#save")
        assert "changed or deleted meanwhile" in two.text("#status")
        one.holds(3)
        notes = [entry["about"]["notes"] for entry in one.kept.values()]
        assert sorted(notes) == ["from one", "from two", "one"]
        assert len({entry["about"]["id"] for entry in one.kept.values()}) == 3
        assert two.wrong == []
