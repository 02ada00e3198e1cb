"""A form in use: entries are made, corrected and deleted, with thumb, keyboard and screen reader."""

from pathlib import Path

import pytest
from browser import Scheme
from conftest import Run
from forms import Form, entry_of, filled_in, phone, read, write_form
from playwright.sync_api import Browser

from winwinwin import Interaction, Judge
from winwinwin.facts import Facts
from winwinwin.form.page import Asked

HOSTILE = "</script><img src=x onerror=document.title='hit'><b>&amp;${1}\"'\\: #"
TITLE = "Win/win form: Confusion About Win/Win"


@pytest.fixture(scope="module")
def plain(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "form.html"
    assert run("form", "-o", path).code == 0
    return path


@pytest.fixture(scope="module")
def asking(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form that asks for everything that one can ask for."""
    path = tmp_path_factory.mktemp("form") / "form.html"
    every = "id,date,employee,channel,notes,tags.product,tags.__proto__"
    done = run(
        "form", "-o", path, "--ask", every, "--employees", "Ana, Mateo <b>", "--employees", "Íñigo"
    )
    assert (done.code, done.out, done.err) == (0, "", "")
    return path


# Made, corrected, deleted.


def test_an_entry_is_kept_on_the_device_until_it_is_deleted(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        said = form.save("lost", "lost", "no", employee="Ana", notes="Line 1\nLine 2")
        form.reload()
        [entry] = form.kept.values()
        name = entry["about"]["id"]
        assert said == f"Saved {name}: organization loses."
        assert entry["facts"] == {
            "salesperson": "lost",
            "customer": "lost",
            "salesperson_feels_good": False,
        }
        assert entry["rulebook"] == Judge().stamp._asdict()
        assert form.shown()[name].verdict == "organization_loses"
        form.press("Delete")
        assert form.kept == {}
        form.click("#undo")
        assert form.kept != {}
        assert form.text(".entries h3").startswith(name)
        form.press("Delete")
        form.reload()
        assert form.kept == {}


def test_an_entry_is_corrected_in_its_place(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won", notes="as it was", employee="Ana")
        [before] = form.kept.items()
        form.press("Correct")
        assert form.text("#h-entry") == f"Correct {before[1]['about']['id']}"
        form.page.get_by_role("button", name="Change customer: won").click()
        form.answer("lost")
        form.page.locator("#about-notes").fill("corrected")
        form.click("#save")
        [after] = form.kept.items()
        assert after[0] == before[0]
        assert after[1]["facts"] == {"salesperson": "won", "customer": "lost"}
        assert after[1]["about"] == before[1]["about"] | {"notes": "corrected"}
        form.press("Correct")
        form.page.get_by_role("button", name="Change customer: lost").click()
        form.answer("won")
        form.page.locator("#discard").click()
        assert form.text("#status").startswith("The entry is as it was.")
        assert dict([after]) == form.kept


def test_blanks_around_a_text_are_no_part_of_it(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won", employee=" Ana  Maria ", channel="  ", notes=" on the phone\n")
        [entry] = form.kept.values()
        about = entry["about"]
        assert (about["employee"], about["notes"]) == ("Ana  Maria", "on the phone")
        assert "channel" not in about


def test_a_correction_of_what_was_given_out_says_that_there_are_two_versions(
    browser: Browser, plain: Path, tmp_path: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won")
        form.press("Correct")
        assert "given out before" not in form.save(employee="Ana")
        form.download("yaml", tmp_path)
        form.settle()
        form.press("Correct")
        assert "It was given out before" in form.save(employee="Linh")
        form.press("Correct")
        assert "given out before" not in form.save(employee="Mateo")


def test_what_was_begun_is_there_after_a_reload_and_can_be_taken_back(
    browser: Browser, plain: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.answer("lost")
        form.reload()
        assert form.text("#answers li").startswith("salesperson: lost")
        form.page.locator("#discard").click()
        assert form.page.locator("#answers li").count() == 0
        form.click("#undo")
        assert form.text("#answers li").startswith("salesperson: lost")


def test_a_text_that_is_being_typed_is_there_after_a_reload(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.answer("won", "won")
        form.page.locator("#about-notes").press_sequentially("half a no")
        form.reload()
        assert form.page.locator("#about-notes").input_value() == "half a no"


def test_saving_twice_at_once_keeps_one_entry(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.answer("won", "won")
        form.page.evaluate("for (const _ of '12') document.getElementById('save').click()")
        form.settle()
        assert len(form.kept) == 1
        assert form.save("won", "won").startswith("Saved ")
        assert len(form.kept) == 2


def test_what_was_begun_is_put_aside_for_a_correction_and_taken_up_again(
    browser: Browser, plain: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won", employee="Ana")
        form.answer("lost")
        form.press("Correct")
        assert form.text("#status").startswith("What you had begun is put aside")
        assert form.page.locator("#about-employee").input_value() == "Ana"
        form.click("#undo")
        assert form.text("#answers li").startswith("salesperson: lost")
        assert form.text("#h-entry") == "New entry"
        form.answer("lost", "yes")
        assert form.page.locator("#about-employee").input_value() == "Ana"  # as of the last entry


def test_what_was_put_aside_comes_back_after_the_correction(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.save("won", "won")
        form.answer("lost")
        for end in ("#save", "#discard"):
            form.press("Correct")
            form.reload()
            form.page.get_by_role("button", name="Change customer: won").click()
            form.answer("won")
            form.click(end)
            assert form.text("#h-entry") == "New entry"
            assert form.text("#answers li").startswith("salesperson: lost")
        assert len(form.kept) == 1


def test_a_second_tap_on_save_answers_nothing(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        form.answer("won", "won")
        form.page.locator("#save").dblclick(delay=20)
        form.told("Saved ")
        assert form.page.locator("#answers li").count() == 0
        assert len(form.kept) == 1


def test_a_page_that_stays_open_overnight_proposes_the_new_day(
    browser: Browser, plain: Path
) -> None:
    with phone(browser) as context:
        form = Form(context.new_page())
        form.page.clock.install(time="2026-11-27T22:00:00")
        form.load(plain)
        form.page.clock.set_system_time("2026-11-28T08:00:00")
        form.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        form.save("won", "won")
        [entry] = form.kept.values()
        assert entry["about"]["date"] == "2026-11-28"


def test_everything_that_a_form_asks_for_is_given_out_as_it_was_typed(
    browser: Browser, asking: Path, tmp_path: Path
) -> None:
    with filled_in(browser, asking) as form:
        form.answer("won", "won")
        form.page.select_option("#about-employee", "Mateo <b>")
        texts = {
            "id": "C-1",
            "date": "2026-11-23",
            "channel": HOSTILE,
            "notes": f"\ufeff{HOSTILE}\n\tnull\u2028\uffff",
        }
        for name, text in texts.items():
            form.page.locator(f"#about-{name}").fill(text)
        form.page.locator("[name='tags.product']").fill("boiler: yes")
        form.page.locator("[name='tags.__proto__']").fill("null")
        form.click("#save")
        files = [form.download("yaml", tmp_path)]
        form.page.select_option("#which", "all")
        files.append(form.download("jsonl", tmp_path))
        assert form.page.title() == TITLE
        assert form.page.locator(".entries img, .entries b").count() == 0
        assert HOSTILE in form.text(".entries .notes")
    expected = Interaction(
        **texts,
        employee="Mateo <b>",
        salesperson="won",
        customer="won",
        tags={"product": "boiler: yes", "__proto__": "null"},
        rulebook=Judge().stamp._asdict(),
    )
    for file in files:
        assert read(file) == [expected]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("id", "TAKEN", "This id is taken. Choose another one."),
        ("channel", "phone\u202e", "Character 6 cannot be part of a record. Remove it."),
        ("notes", "😀\u0007", "Character 2 cannot be part of a record. Remove it."),
    ],
)
def test_what_no_record_may_hold_is_not_saved(
    name: str, text: str, said: str, browser: Browser, asking: Path
) -> None:
    with filled_in(browser, asking) as form:
        form.put({"0": entry_of(Facts("won"), "TAKEN", Judge())})
        form.save("won", "won", **{name: text})
        assert form.text(f"#about-{name}-wrong") == said
        assert form.page.evaluate("document.activeElement.id") == f"about-{name}"
        assert len(form.kept) == 1
        form.page.locator(f"#about-{name}").fill("fine")
        form.click("#save")
        assert len(form.kept) == 2


def test_a_date_is_one_that_a_record_may_hold(browser: Browser, asking: Path) -> None:
    with filled_in(browser, asking) as form:
        form.answer("won", "won")
        form.page.evaluate("document.getElementById('about-date').value = '12026-11-27'")
        form.click("#save")
        assert form.kept == {}
        assert form.page.evaluate("document.activeElement.id") == "about-date"
        form.save(date="9999-12-31")
        assert len(form.kept) == 1


def test_an_entry_of_another_rulebook_says_so_until_it_is_corrected(
    browser: Browser, plain: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.put({"0": entry_of(Facts("won", "won"), "A", Judge(assumptions=False))})
        assert "recorded by Confusion About Win/Win (" in form.text(".entries li")
        form.press("Correct")
        form.click("#save")
        assert "recorded by" not in form.text(".entries li")


# Everybody.


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_hinders_a_screen_reader_and_nothing_is_cut_off(
    scheme: Scheme, width: int, browser: Browser, asking: Path
) -> None:
    with filled_in(browser, asking, scheme, width) as form:
        judge = Judge()
        form.put(
            {
                "0": "{broken",
                "1": entry_of(Facts("lost", "won"), "x" * 60, judge, notes="y" * 400),
                "2": entry_of(
                    Facts("won", "won", order="customer_first"), "B", Judge(assumptions=False)
                ),
            }
        )
        assert hindrances(form, width) == []
        form.answer("lost", "lost")
        assert hindrances(form, width) == []
        form.answer("not known")
        form.page.locator("#more > summary").click()
        form.page.locator("#about-channel").fill("\u202e")
        form.click("#save")
        form.page.locator(".entries summary").first.click()
        assert hindrances(form, width) == []


def hindrances(form: Form, width: int) -> list[str]:
    """Return what hinders a screen reader, and how wide the page is where that is too wide."""
    drawn = form.page.evaluate("document.documentElement.scrollWidth")
    return [*form.findings(), *([f"{drawn} pixels wide"] if drawn > width else [])]


def test_a_thumb_finds_large_buttons(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        boxes = [each.bounding_box() for each in form.page.locator("#choices button").all()]
        assert len(boxes) == 3
        assert all(box and box["height"] >= 64 and box["width"] >= 130 for box in boxes)


def test_what_was_done_and_how_to_take_it_back_is_seen_from_anywhere(
    browser: Browser, plain: Path
) -> None:
    with filled_in(browser, plain) as form:
        form.put({f"{n:02}": entry_of(Facts("won"), f"E{n}", Judge()) for n in range(30)})
        form.press("Delete", 20)
        assert form.is_seen("#status")
        assert form.is_seen("#undo")
        form.click("#copy")
        assert form.is_seen("#status")
        form.press("Correct", 20)
        assert form.is_seen("#h-entry")


def test_an_entry_is_made_by_keyboard_alone(browser: Browser, plain: Path) -> None:
    with filled_in(browser, plain) as form:
        press = form.page.keyboard.press
        form.page.locator("#asks").focus()
        for asked in ("Did the salesperson", "Did the customer", "Does the salesperson"):
            assert form.text("#asks").startswith(asked)
            assert form.page.evaluate("document.activeElement.id") == "asks"
            press("Tab")
            press("Tab")
            press("Enter")
        assert "sentence" in form.page.evaluate("document.activeElement.className")
        form.page.locator("#about-date").focus()
        form.page.locator("#save").focus()
        press("Enter")
        form.settle()
        assert form.page.evaluate("document.activeElement.id") == "h-entry"
        [entry] = form.kept.values()
        assert entry["facts"]["salesperson_feels_good"] is False


def test_a_house_rulebook_s_words_are_text(browser: Browser, tmp_path: Path) -> None:
    from winwinwin.kernel.rulebook import builtin

    hostile = builtin().unchecked(title=HOSTILE)
    path = write_form(
        tmp_path / "form.html", Judge(hostile), Asked([("notes", HOSTILE)], [HOSTILE])
    )
    with filled_in(browser, path) as form:
        assert form.page.title() == f"Win/win form: {HOSTILE}"
        assert form.text("footer strong") == HOSTILE
        assert form.save("won", "won").startswith("Saved ")
        assert form.page.locator("img").count() == 0
