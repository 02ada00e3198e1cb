"""Forms in a browser: made, opened, filled in and read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from browser import PATIENCE, Scheme, Seen
from playwright.sync_api import Browser, BrowserContext

from winwinwin import Interaction, Judge, read_all
from winwinwin.analysis.table import decision_table
from winwinwin.errors import printable
from winwinwin.facts import Facts
from winwinwin.form.page import Asked, page
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.pages.blocks import Line
from winwinwin.pages.interaction import panel
from winwinwin.pages.why import reasons_sentence
from winwinwin.record.interaction import Recorded

STORE = """void (window.asked = (mode, act) => new Promise((done, failed) => {
  const opening = indexedDB.open("winwinwin", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("entries");
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("entries", mode), made = act(transaction.objectStore("entries"));
    transaction.oncomplete = () => { opening.result.close(); done(made); };
    transaction.onabort = () => { opening.result.close(); failed(transaction.error); };
  };
}))"""
KEPT = """async () => {
  const [keys, texts] = await asked("readonly", (store) => [store.getAllKeys(), store.getAll()]);
  return Object.fromEntries(keys.result.map((key, place) => [key, texts.result[place].text]));
}"""
PUT = """all => asked("readwrite", (store) => { for (const [key, text] of Object.entries(all)) store.put({text, given: false}, key); })"""
SHOWN = """() => [...document.querySelectorAll(".entries > li")].map((item) => ({
  id: item.dataset.id,
  label: item.querySelector("h3 span").textContent,
  ...read(item.querySelector(".verdict")),
}))"""
READ = """void (window.read = (card) => ({
  verdict: card.dataset.verdict,
  sentence: card.querySelector(".sentence").textContent,
  triple: [...card.querySelectorAll(".party b")].map((party) => party.textContent).join("/"),
  lines: [...card.querySelectorAll("dt")].map((dt) => [dt.textContent, dt.nextSibling.textContent]),
}))"""
SEEN = """selector => {
  const wanted = document.querySelector(selector), {left, right, top, bottom} = wanted.getBoundingClientRect();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return there !== null && wanted.contains(there);
}"""
LISTED = "number => document.querySelectorAll('.entries > li').length === number"
IS_READY = "#kept:not([aria-busy='true'])"


class Shown(NamedTuple):
    """What a form says of an entry."""

    verdict: str
    sentence: str
    triple: str
    lines: list[tuple[str, str]]


def said_of(judgement: Judgement, rulebook: Rulebook) -> Shown:
    """Return what a form has to say, from what a terminal is told."""
    lines = [block for block in panel(None, judgement, rulebook) if isinstance(block, Line)]
    texts = [(each.label, "".join(printable(part.words) for part in each.parts)) for each in lines]
    (_, sentence), *others = texts
    rule = [each for each in others if each[0] == "rule"]
    rest = [each for each in others if each[0] != "rule"]
    why = ("why", reasons_sentence(judgement))
    return Shown(judgement.verdict, sentence, judgement.triple, [*rule, why, *rest])


def write_form(path: Path, judge: Judge, asked: Asked) -> Path:
    text = page(decision_table(judge), judge.rulebook, judge.stamp, asked)
    path.write_text(text, encoding="utf-8")
    return path


def entry_of(kind: Facts, name: str, judge: Judge, **about: Any) -> str:
    """Return an entry as a form keeps it."""
    facts = {fact: value for fact, value in kind._asdict().items() if value is not None}
    rulebook = {**judge.stamp._asdict(), "title": printable(judge.stamp.title)}
    return json.dumps({"facts": facts, "about": {"id": name, **about}, "rulebook": rulebook})


class Form(Seen):
    """A form in a browser."""

    def load(self, path: Path) -> None:
        self.page.goto(path.resolve().as_uri())
        self.wait()

    def wait(self) -> None:
        self.page.wait_for_selector("html[data-shown]", state="attached", timeout=PATIENCE)
        self.page.evaluate(READ)
        self.page.evaluate(STORE)

    def settle(self) -> None:
        """Wait until the page has done what it was asked for."""
        self.page.wait_for_selector(IS_READY, state="attached", timeout=PATIENCE)

    def click(self, selector: str) -> None:
        self.page.locator(selector).click()
        self.settle()

    def reload(self) -> None:
        self.page.reload()
        self.wait()

    def put(self, entries: Mapping[str, str]) -> None:
        """Put entries into the device's storage, as another window would, and load the page anew."""
        self.page.evaluate(PUT, dict(entries))
        self.reload()

    def holds(self, number: int) -> None:
        """Wait until the page lists so many entries, those of other windows too."""
        self.page.wait_for_function(LISTED, arg=number, timeout=PATIENCE)

    @property
    def kept(self) -> dict[str, dict[str, Any]]:
        """What is in the device's storage."""
        found: dict[str, str] = self.page.evaluate(KEPT)
        return {key: json.loads(text) for key, text in found.items()}

    def shown(self) -> dict[str, Shown]:
        """Return what the list says of every entry, by its id."""
        self.page.evaluate(
            "document.querySelectorAll('.entries details').forEach(d => d.open = true)"
        )
        everywhere = "() => [...document.querySelectorAll('.entries details')].every(d => d.querySelector('.verdict'))"
        self.page.wait_for_function(everywhere, timeout=PATIENCE)
        return {each["id"]: _shown(each) for each in self.page.evaluate(SHOWN)}

    def result(self) -> Shown:
        """Return what is said of the entry that is being made."""
        return _shown(self.page.evaluate("read(document.querySelector('#verdict .verdict'))"))

    def answer(self, *words: str) -> None:
        """Answer the questions, one after the other."""
        for word in words:
            self.page.locator("#choices").get_by_role("button", name=word, exact=True).click()

    def save(self, *answers: str, **about: str) -> str:
        """Answer, describe and save an entry, and return what is said then."""
        self.answer(*answers)
        for name, text in about.items():
            self.page.locator(f"#about-{name}").fill(text)
        self.click("#save")
        return self.text("#status")

    def told(self, words: str) -> None:
        """Wait until the page has said this."""
        begins = "words => document.getElementById('status').textContent.startsWith(words)"
        self.page.wait_for_function(begins, arg=words, timeout=PATIENCE)

    def is_seen(self, selector: str) -> bool:
        """Tell whether an element is on the screen as it is scrolled, and nothing covers its middle."""
        return bool(self.page.evaluate(SEEN, selector))

    def press(self, words: str, number: int = 0) -> None:
        """Press a button of the list, of an entry that is so far from the top."""
        self.page.locator(".entries > li").nth(number).get_by_text(words, exact=True).click()
        self.settle()

    def download(self, form: str, folder: Path) -> Path:
        self.page.select_option("#form", form)
        with self.page.expect_download() as waiting:
            self.page.locator("#download").click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        self.settle()
        return path


def _shown(read: Mapping[str, Any]) -> Shown:
    lines = [(label, words) for label, words in read["lines"]]
    return Shown(read["verdict"], read["sentence"], read["triple"], lines)


@contextmanager
def phone(
    browser: Browser, scheme: Scheme = "light", width: int = 360, scripts: Sequence[str] = ()
) -> Iterator[BrowserContext]:
    """Open a browser's profile of its own, without a network; the scripts come before any page's."""
    size = {"width": width, "height": 760}
    with browser.new_context(color_scheme=scheme, viewport=size, offline=True) as context:
        for script in scripts:
            context.add_init_script(script)
        yield context


@contextmanager
def filled_in(
    browser: Browser, path: Path, scheme: Scheme = "light", width: int = 360, *scripts: str
) -> Iterator[Form]:
    """Open a form from disk, and fail where anything went wrong on it before it is closed."""
    with phone(browser, scheme, width, scripts) as context:
        form = Form(context.new_page())
        form.load(path)
        yield form
        assert form.wrong == []


def read(file: Path) -> list[Interaction]:
    """Return the interactions in a file that a form gave out, all of them sound."""
    items = list(read_all([str(file)]))
    assert all(isinstance(item, Recorded) for item in items), items
    return [item.interaction for item in items if isinstance(item, Recorded)]
