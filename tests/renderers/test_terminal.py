"""What a terminal is shown: the panel, colours, widths, how much fits, and nothing from outside."""

import io
import json
import re
from colorsys import rgb_to_hls
from pathlib import Path

import pytest
from conftest import ROOT, Result, Run
from looks import BOLD, LOST, MUTED, OPEN, ORDER, REVERSE, WON, bare, colours, looks
from rich.cells import cell_len
from rich.style import Style

from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.blocks import Bar, Matrix, Table, Text, Tile, line
from winwinwin.renderers.looks import LOOKS
from winwinwin.renderers.terminal import Signs, render, signs_of
from winwinwin.renderers.terminal_table import BAR_WIDTH
from winwinwin.vocabulary import Tone

PANEL = """\
╭─ C-1 ────────────────────────────────────────────────────────────────────────╮
│                                                                              │
│                                                                              │
│        WIN                LOSE               LOSE                            │
│                                                                              │
│    salesperson          customer         organization                        │
│                                                                              │
│ The organization loses.                                                      │
│ rule:    beaten-customer (consequence 2). The customer lost and thinks the   │
│          salesperson won.                                                    │
│ assumed: salesperson feels good about the work: yes; salesperson feels they  │
│          lost for the customer: no; customer thinks the salesperson: won     │
│ remedy:  it would be WIN/WIN/WIN if the customer had won                     │
│ books:   The books say the organization won; the rules say it lost.          │
╰──────────────────────────────────────────────────────────────────────────────╯
"""
SCORE = ["score", "-s", "won", "-c", "lost", "--organization", "won", "--id", "C-1"]


# One interaction.


def test_the_panel_of_score_at_80_columns(run: Run) -> None:
    shown = run(*SCORE, terminal=True, NO_COLOR="1")
    assert (shown.code, shown.err) == (0, "")
    assert bare(shown.out) == PANEL
    assert not colours(shown.out)


def test_the_colours_of_the_panel(run: Run) -> None:
    shown = run(*SCORE, terminal=True).out
    assert bare(shown) == PANEL
    told = {(words, *sorted(look)) for words, look in looks(shown)}
    assert {
        ("C-1", BOLD),
        ("WIN", BOLD, WON, REVERSE),
        ("LOSE", BOLD, LOST, REVERSE),
        ("salesperson", MUTED),
        ("The organization loses.", LOST),
        ("rule:", MUTED),
        ("beaten-customer", BOLD),
        ("the customer had won", BOLD),
        ("The books say the organization won; the rules say it lost.", LOST),
    } <= told


TONES = {
    "-s won -c won": ("Everybody won, in the right order.", {WON}),
    "-s won -c won --order customer,salesperson": (
        "Everybody won, but in the wrong order: customer first.",
        {ORDER},
    ),
    "-s won -c lost": ("The organization loses.", {LOST}),
    "-s lost -c lost --feels-good": ("No rule fires: the rules don't cover this case.", {MUTED}),
    "-s lost -c lost": (
        "Too little is recorded for a verdict. It could still be organization loses or not",
        {OPEN},
    ),
}


@pytest.mark.parametrize("flags", TONES)
@pytest.mark.parametrize("command", ["score", "explain"])
def test_a_verdict_has_the_colour_of_what_it_means(run: Run, command: str, flags: str) -> None:
    sentence, look = TONES[flags]
    shown = run(command, *flags.split(), terminal=True, width=90).out
    assert [words.look for words in looks(shown) if words.words.startswith(sentence)] == [look]


def test_what_is_not_known_is_a_question_mark_in_its_colour(run: Run) -> None:
    shown = looks(run("score", "-s", "won", terminal=True).out)
    assert [words.look for words in shown if words.words == "?"] == [{BOLD, REVERSE, OPEN}] * 2


def test_quiet_is_the_plain_line_at_a_terminal_too(run: Run) -> None:
    assert run(*SCORE, "-q", terminal=True) == run(*SCORE, "-q")


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "markdown"])
def test_a_machine_format_is_the_same_at_a_terminal(run: Run, name: str) -> None:
    assert run(*SCORE, "--format", name, terminal=True) == run(*SCORE, "--format", name)


def test_a_file_is_never_coloured(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "v.txt"
    shown = run(*SCORE, "-o", target, terminal=True)
    assert bare(shown.out) == PANEL
    assert target.read_text() == run(*SCORE).out


# Colour.

SHOWN = {
    "score": SCORE,
    "explain": ["explain", "-s", "won", "-c", "lost", "--organization", "won"],
    "explain an open one": ["explain", "examples/week.yaml", "W47-045"],
    "batch": ["batch", "examples/week.yaml", "--by", "employee", "--by", "tags.product"],
    "batch with problems": ["batch", "examples/broken.yaml", "--by", "week"],
    "rules list": ["rules", "list"],
    "rules show": ["rules", "show", "disgruntled-salesperson"],
}
each_command = pytest.mark.parametrize("command", SHOWN.values(), ids=SHOWN.keys())


@each_command
def test_a_pipe_has_no_looks_at_all(run: Run, command: list[str]) -> None:
    assert "\x1b" not in run(*command).out
    assert "\x1b" not in run(*command, terminal=False, FORCE_COLOR="1").out
    assert "\x1b" not in run(*command, terminal=True, TERM="dumb").out


@each_command
def test_colour_is_left_out_where_it_is_unwanted(run: Run, command: list[str]) -> None:
    coloured = run(*command, terminal=True)
    for plain in (
        run(*command, "--no-color", terminal=True),
        run(*command, terminal=True, NO_COLOR="1"),
    ):
        assert not colours(plain.out)
        assert bare(plain.out) == bare(coloured.out)
        assert plain.code == coloured.code


@pytest.mark.parametrize("command", ["score", "explain", "batch", "rules list"])
def test_there_is_colour_at_a_terminal(run: Run, command: str) -> None:
    assert {WON, LOST} <= colours(run(*SHOWN[command], terminal=True).out)


WHITE, BLACK = (255, 255, 255), (0, 0, 0)
LEAST_CONTRAST = 3
"""What WCAG asks of large and bold words, and of what is drawn."""


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    parts = [part / 255 for part in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


COLOURED = {tone: Style.parse(look.style).color for tone, look in LOOKS.items()}
TONES_WITH_COLOUR = {
    tone: tuple(colour.get_truecolor()) for tone, colour in COLOURED.items() if colour
}


@pytest.mark.parametrize("paper", [WHITE, BLACK], ids=["white", "black"])
@pytest.mark.parametrize("tone", TONES_WITH_COLOUR)
def test_each_colour_is_readable_on_white_and_on_black(
    tone: Tone, paper: tuple[int, int, int]
) -> None:
    assert contrast(TONES_WITH_COLOUR[tone], paper) >= LEAST_CONTRAST


def test_no_look_rests_on_a_terminals_own_palette_or_on_dim_words() -> None:
    styles = [Style.parse(look.style) for look in LOOKS.values()]
    assert not any(style.dim or style.reverse for style in styles)
    assert all(colour.number >= 16 for colour in COLOURED.values() if colour)


def test_the_verdicts_that_are_shown_together_have_a_colour_each() -> None:
    tones = [words.tone for verdict, words in WORDINGS.items() if verdict is not Verdict.INVALID]
    assert len({LOOKS[tone].style for tone in tones}) == len(tones)
    assert len({LOOKS[tone].fill for tone in tones}) == len(tones)


def rules(selector: str, style: str) -> list[dict[str, str]]:
    """Return the declarations of every rule with a selector, in the order of the style sheet."""
    found = re.findall(rf"(?<![\w.-]){re.escape(selector)} {{([^}}]*)}}", style)
    return [dict(re.findall(r"([\w-]+):\s*([^;]+)", rule)) for rule in found]


@pytest.mark.parametrize("tone", TONES_WITH_COLOUR)
def test_a_tone_has_the_same_hue_on_a_page_as_at_a_terminal(tone: Tone) -> None:
    style = (ROOT / "winwinwin" / "renderers" / "page.css").read_text(encoding="utf-8")
    [name] = re.findall(r"var\((--[\w-]+)\)", LOOKS[tone].fill)
    [words] = rules(f".{tone}", style)
    schemes = rules(":root", style)
    assert len(schemes) == 3  # light, dark, print
    for used in (name, words["color"].removeprefix("var(").removesuffix(")")):
        for scheme in schemes:
            drawn = bytes.fromhex(scheme[used].removeprefix("#"))
            hue, _, strength = rgb_to_hls(*(part / 255 for part in drawn))
            wanted, _, _ = rgb_to_hls(*(part / 255 for part in TONES_WITH_COLOUR[tone]))
            if tone == "muted":
                assert strength < 0.2
            else:
                assert 360 * abs(hue - wanted) <= 20


# Width.


@each_command
@pytest.mark.parametrize("width", [40, 80, 140])
def test_nothing_is_wider_than_the_terminal(run: Run, command: list[str], width: int) -> None:
    lines = bare(run(*command, terminal=True, width=width).out).splitlines()
    assert len(lines) > 5
    assert max(map(cell_len, lines)) <= width


WIDE = {"id": "商談" * 10, "employee": "🙂" * 30, "salesperson": "won", "tags": {"a": "é" * 90}}


@pytest.mark.parametrize("width", [40, 80, 140])
def test_wide_characters_keep_to_the_width_too(run: Run, width: int) -> None:
    flags = ["-", "--input-format", "json", "--by", "employee", "--by", "tags.a"]
    shown = run("batch", *flags, stdin=json.dumps(WIDE), terminal=True, width=width)
    assert max(map(cell_len, bare(shown.out).splitlines())) <= width
    named = run("score", "-s", "won", "--id", WIDE["id"], terminal=True, width=width)
    assert max(map(cell_len, bare(named.out).splitlines())) <= width


def test_a_panel_is_no_wider_than_is_easy_to_read(run: Run) -> None:
    lines = bare(run(*SCORE, terminal=True, width=300).out).splitlines()
    assert {len(line) for line in lines} == {100}


def test_a_bar_is_drawn_where_there_is_room(run: Run) -> None:
    assert "█" in run(*SHOWN["batch"], terminal=True, width=80).out
    narrow = bare(run(*SHOWN["batch"], terminal=True, width=40).out)
    assert "█" not in narrow


def test_words_that_fit_beside_a_wide_label_stand_beside_it(run: Run) -> None:
    said = "booked, but undecided by the rules:"
    lines = [
        line.rstrip()
        for line in bare(run(*SHOWN["batch"], terminal=True, width=80).out).splitlines()
    ]
    assert f"{said} 5" in lines
    narrow = [
        line.rstrip()
        for line in bare(run(*SHOWN["batch"], terminal=True, width=36).out).splitlines()
    ]
    assert said in narrow


@pytest.mark.parametrize(
    ("share", "cells"), [(0, 0), (0.001, 1), (0.25, 6), (0.5, 12), (1, BAR_WIDTH)]
)
def test_a_bar_is_as_long_as_its_share(share: float, cells: int) -> None:
    table = Table(("x", ""), ((Text("a"), Bar(share, "won")),))
    shown = render([table], 80, color=True)
    drawn = [words.words for words in looks(shown) if words.look == {WON}]
    assert "".join(drawn) == "█" * cells
    assert bare(render([table], 80, color=False)) == bare(shown)


WEEK = "examples/week.yaml"
WITH_VERDICTS = {
    "batch": ["batch", WEEK],
    "compare": ["compare", WEEK, WEEK, "--by", "employee"],
    "rules table": ["rules", "table"],
}


def broken_pieces(shown: str, whole: str) -> list[str]:
    """Return the cells that are the end of something that should be on one line."""
    cells = [
        cell for line in bare(shown).splitlines() for cell in re.split(r"\s{2,}", line.strip())
    ]
    parts = {whole[start:].strip() for start in range(3, len(whole) - 4)}
    return [cell for cell in cells if cell in parts]


@pytest.mark.parametrize("width", [50, 80, 100, 140])
@pytest.mark.parametrize("name", WITH_VERDICTS)
def test_no_verdict_is_broken(run: Run, name: str, width: int) -> None:
    shown = run(*WITH_VERDICTS[name], terminal=True, width=width, height=80).out
    assert "organization loses" in bare(shown)
    assert broken_pieces(shown, "organization loses") == []


@pytest.mark.parametrize("width", [40, 50, 80, 100, 140])
def test_no_triple_and_no_id_is_broken(run: Run, width: int) -> None:
    text = bare(run("batch", WEEK, "-q", terminal=True, width=width, height=80).out)
    rows = re.findall(r"^  W47-\d{3} +\S+/\S+/\S+ ", text, re.MULTILINE)
    assert len(rows) == 50


def test_a_long_id_is_whole_while_others_have_room_to_give(run: Run) -> None:
    name = "a-long-name-of-" + "x" * 20
    record = json.dumps({"id": name, "salesperson": "won", "customer": "lost"})
    text = bare(run("batch", "-", "-q", stdin=record, terminal=True, width=80).out)
    assert re.search(rf"  {name} +WIN/LOSE/LOSE +organization loses ", text)


WHOLE_CELLS = Table(
    ("name", "said", "why"),
    ((Text("one name", whole=True), Text("many words in a row"), Text("more of them")),),
    spare=(2,),
)


@pytest.mark.parametrize(
    ("width", "wanted"),
    [
        (50, [["name", "said", "why"], ["one name", "many words in a row", "more of them"]]),
        (40, [["name", "said"], ["one name", "many words in a row"]]),
        (22, [["name", "said"], ["one name", "many words"], ["in a row"]]),
        (14, [["name", "said"], ["one", "many"], ["name", "words"], ["in a"], ["row"]]),
    ],
)
def test_room_comes_from_spare_columns_then_from_sentences(
    width: int, wanted: list[list[str]]
) -> None:
    lines = bare(render([WHOLE_CELLS], width, color=False)).splitlines()
    found = [re.split(r"\s{2,}", line.strip()) for line in lines if "─" not in line]
    assert found == wanted


# How much fits.


def batch(run: Run, height: int, *flags: str) -> Result:
    return run("batch", "examples/week.yaml", *flags, terminal=True, width=140, height=height)


def shown_ids(text: str) -> list[str]:
    above, _, _ = bare(text).partition("Calls to talk about")
    return re.findall(r"^ +(W47-\d+) ", above, re.MULTILINE)


@pytest.mark.parametrize(
    ("height", "shown", "more"),
    [
        (5, 10, "and 40 more"),
        (30, 22, "and 28 more"),
        (57, 49, "and 1 more"),
        (58, 50, ""),
        (900, 50, ""),
    ],
)
def test_as_many_interactions_are_shown_as_fit(
    run: Run, height: int, shown: int, more: str
) -> None:
    text = batch(run, height).out
    assert shown_ids(text) == [f"W47-{number:03}" for number in range(1, shown + 1)]
    calls = "and 19 more"
    assert re.findall("and .* more", bare(text)) == ([more, calls] if more else [calls])
    assert "50 interactions judged" in bare(text)


def test_thousands_are_set_apart(run: Run) -> None:
    many = "salesperson: won\n---\n" * 1_234
    text = bare(run("batch", "-", stdin=many, terminal=True).out)
    assert "and 1,212 more: -o verdicts.csv writes them all\n" in text
    assert "1,234 interactions judged" in text


def test_an_invalid_record_is_shown_once(run: Run) -> None:
    records = "- {id: A, customer: x}\n" * 40 + "- {id: B, salesperson: won}\n"
    shown = run("batch", "-", stdin=records, terminal=True)
    assert shown.err.count("customer: 'x' is not an outcome.") == 40
    assert "invalid" not in bare(shown.out).partition("interaction judged")[0]
    assert bare(shown.out).count("40 invalid records") == 1
    assert not re.search(r"and \d+ more", bare(shown.out))


def test_nothing_is_left_out_of_a_pipe_or_a_file(run: Run, tmp_path: Path) -> None:
    piped = run("batch", "examples/week.yaml", height=10)
    assert len(re.findall(r"^W47-\d+ ", piped.out, re.MULTILINE)) == 50
    assert not re.search(r"and \d+ more", piped.out)
    for suffix in ("txt", "csv", "jsonl"):
        file = tmp_path / f"v.{suffix}"
        assert batch(run, 10, "-o", str(file)).code == 0
        text = file.read_text("utf-8")
        assert len(set(re.findall(r"W47\\?-\d+", text))) == 50
        assert not re.search(r"and \d+ more", text)


def test_with_an_output_a_terminal_shows_the_summary_alone(run: Run, tmp_path: Path) -> None:
    text = batch(run, 30, "-o", f"{tmp_path}/v.csv").out
    assert shown_ids(text) == []
    assert bare(text).split("\n")[0].rstrip() == "50 interactions judged"


def test_quiet_shows_the_interactions_alone(run: Run) -> None:
    text = batch(run, 30, "-q").out
    assert len(shown_ids(text)) == 22
    assert bare(text).endswith("and 28 more: -o verdicts.csv writes them all\n")


def test_the_summary_beside_a_machine_format_is_for_who_reads_the_errors(run: Run) -> None:
    command = ["batch", "examples/week.yaml", "--format", "jsonl"]
    at_screen = run(*command, terminal=False, error_terminal=True)
    assert WON in colours(at_screen.err)
    assert shown_ids(at_screen.err) == []
    piped = run(*command, terminal=True, error_terminal=False)
    assert piped.err == run(*command).err
    assert at_screen.out == piped.out == run(*command).out


# Nothing from outside acts at a terminal.

HOSTILE = {
    "escape": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;u\x1b\\x",
    "clear": "\x1b[2J\x1b[H",
    "carriage return": "good\rbad",
    "line": "one\ntwo",
    "backspace": "a\b\bb",
    "one byte of an escape": "\x9b31mred",
    "right to left": "abc\u202edef",
    "markup": "[red]x[/red]",
    "markup that is wrong": "[/nothing]",
    "markup of a link": "[link=u]y[/link]",
    "emoji": ":smile: [bold",
}


def shown_as(text: str) -> str:
    """Spell out what a terminal would not show."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_text_from_outside_is_shown_and_never_acts(run: Run, text: str) -> None:
    record = {"id": text, "employee": text, "salesperson": "won", "tags": {"x": text}}
    wrong = {"id": text, "customer": text, text: "won"}
    lines = f"{json.dumps(record)}\n{json.dumps(wrong)}\n"
    flags = ["-", "--input-format", "jsonl", "--by", "employee", "--by", "tags.x"]
    shown = run("batch", *flags, stdin=lines, terminal=True, width=140)
    visible = shown_as(text)
    is_read = text.isprintable()  # control characters are refused in every text
    assert bare(shown.out).count(visible) >= (3 if is_read else 0)
    assert bare(shown.err) == shown.err
    assert visible in shown.err
    for command in ("score", "explain"):
        told = run(command, "-s", "won", "--id", text, terminal=True, width=100)
        assert visible in bare(told.out if is_read else told.err)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_flag_or_file_name_is_quoted(run: Run, text: str) -> None:
    visible = shown_as(text)
    for command in (
        ["score", "-s", text],
        ["batch", "--by", text, "x"],
        ["batch", "--fail-on", text, "x"],
        ["rules", "show", text],
        ["explain", "examples/one.yaml", text],
        ["batch", f"{text}.yaml"],
        ["score", "-s", "won", "-o", f"{text}.jsn"],
        ["score", "-s", "won", "-o", f"x.{text}"],
        ["score", "-s", "won", "--format", text],
    ):
        done = run(*command, terminal=True)
        assert done.code == 2
        assert bare(done.err) == done.err
        assert visible.partition("=")[0] in done.err, command  # behind it is a gate's limit


@pytest.mark.parametrize("command", ["new", "map t.csv", "record --to", "batch t.csv -o"])
def test_a_hostile_name_of_a_new_file_is_spelt_out(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "t.csv").write_text("customer\nwon\n")
    name = "a\x1b[31mb"
    target = f"{name}.csv" if command.startswith("batch") else f"{name}.yaml"
    answers = "won\nwon\n\n\n\n\n"
    done = run(*command.split(), target, stdin=answers, cwd=tmp_path, terminal=True)
    assert (done.code, (tmp_path / target).exists()) == (0, True)
    assert shown_as(name) in done.err
    assert name not in done.out + done.err


# The summary's matrix, and where its parts stand.

MATRIX = """\
Who won, and what the rules say about the organization
                        customer won      customer lost        customer ?
  salesperson won         32  64%             8  16%             1  2%
                       WIN 30, LOSE 2      LOSE 7, ? 1             ?

  salesperson lost         3  6%              3  6%              1  2%
                            LOSE           LOSE 1, ? 2            LOSE

  salesperson ?            1  2%                0                1  2%
                             ?                                     ?
"""


def shown_summary(run: Run, folder: Path, width: int, *options: str, **environment: str) -> str:
    """Return what a terminal shows of the summary, without its looks and what fills its lines."""
    arguments = ["batch", "examples/week.yaml", *options, "-o", folder / "v.csv"]
    shown = bare(run(*arguments, terminal=True, width=width, **environment).out)
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def test_the_matrix_is_set_in_tiles(run: Run, tmp_path: Path) -> None:
    assert MATRIX in shown_summary(run, tmp_path, 80)


def test_a_tile_has_the_colour_of_what_most_of_it_was_ruled(run: Run, tmp_path: Path) -> None:
    arguments = ["batch", "examples/week.yaml", "-o", tmp_path / "v.csv"]
    told = {(words, *sorted(look)) for words, look in looks(run(*arguments, terminal=True).out)}
    assert {
        ("32  64%", BOLD, WON, REVERSE),
        ("WIN 30, LOSE 2", BOLD, WON, REVERSE),
        ("8  16%", BOLD, LOST, REVERSE),
        ("LOSE 1, ? 2", BOLD, OPEN, REVERSE),
        ("0", MUTED),
    } <= told


def test_the_matrix_is_a_table_where_there_is_no_room_for_tiles(run: Run, tmp_path: Path) -> None:
    text = shown_summary(run, tmp_path, 60)
    assert "32  64%" not in text
    assert "32 (WIN" in text


def test_a_wide_terminal_shows_narrow_parts_side_by_side(run: Run, tmp_path: Path) -> None:
    wide = shown_summary(run, tmp_path, 140).splitlines()
    narrow = shown_summary(run, tmp_path, 80).splitlines()
    assert len(wide) < 0.75 * len(narrow)
    titles = (
        "Who won",
        "What would make",
        "Which rule",
        "Rules and books",
        "How complete the records are",
    )
    for title in titles:
        assert sum(title in line for line in wide) == sum(title in line for line in narrow) == 1
    assert any(line.find(title) >= 69 for line in wide for title in titles)


@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 119, 120, 140, 200])
def test_every_figure_of_a_group_is_shown_at_any_width(
    run: Run, tmp_path: Path, width: int
) -> None:
    text = shown_summary(run, tmp_path, width, "--by", "employee")
    [row] = re.findall(r"^ +Amara(.*?)^ +all", text, re.DOTALL | re.MULTILINE)
    assert re.findall(r"\d+", row)[:7] == ["11", "9", "1", "0", "1", "0", "82"]


@pytest.mark.parametrize("width", [40, 50, 60, 80, 120])
@pytest.mark.parametrize("command", [["batch", WEEK, "--by", "employee"], ["rules", "table"]])
def test_no_heading_is_broken_in_a_word(run: Run, command: list[str], width: int) -> None:
    shown = bare(run(*command, terminal=True, width=width).out)
    assert {"salesperson", "customer"} <= set(re.findall(r"\w+", shown))
    assert not {"sales", "custom", "organi", "custo", "sal"} & set(re.findall(r"\w+", shown))


def test_no_word_is_broken_at_80_columns(run: Run, tmp_path: Path) -> None:
    narrow, wide = (shown_summary(run, tmp_path, width, "--by", "employee") for width in (80, 300))
    assert "…" not in narrow
    assert {word for word in narrow.split() if word.isalpha()} <= {*wide.split()}


ASCII_MATRIX = Matrix(("customer won",), (("salesperson won", (Tile("1", "9%", "WIN 1", "won"),)),))


SHARED = Table(
    ("fact", "how many of them", "verdict", "rule"),
    (
        (Text("won or ?"), Text("1"), Text("undetermined", "open"), Text("first")),
        (Text("lost"), Text("1,000"), Text("won"), Text("second")),
        (Text("won"), Text("20"), Text("undetermined", "open"), Text("first")),
    ),
    frozenset({1}),
    headings=2,
)
IN_COLUMNS = """\
             how many
  fact        of them   verdict        rule
  ───────────────────────────────────────────
  won or ?          1   undetermined   first
  lost          1,000   won            second
  won              20   undetermined   first
"""
BELOW_HEADINGS = """\
  fact       how many of them
  ───────────────────────────
  verdict: undetermined, rule: first
  won or ?                  1
  won                      20

  verdict: won, rule: second
  lost                  1,000
"""


def test_a_row_without_a_name_is_called_as_the_one_above_where_rows_are_lines() -> None:
    rows = ((Text("claim"), Text("the ones"), Text("7")), (Text(""), Text("others"), Text("12")))
    shown = render([Table(("what", "among", "of"), rows, frozenset({2}))], 15, color=False)
    assert re.sub(r"\s+", " ", bare(shown)).strip() == (
        "claim: among the ones, of 7 claim: among others, of 12"
    )


@pytest.mark.parametrize("width", [20, 50, 80])
def test_words_are_whole_below_a_label_that_leaves_no_room_beside_it(width: int) -> None:
    label = "disgruntled-salesperson/salesperson_feels_good=false"
    shown = bare(render([line("All of what is said.", label=label)], width, color=False))
    assert "".join(shown.split()) == f"{label}:Allofwhatissaid."
    assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize(("width", "wanted"), [(45, IN_COLUMNS), (38, BELOW_HEADINGS)])
def test_rows_stand_below_what_they_share_where_no_cell_would_be_whole(
    width: int, wanted: str
) -> None:
    shown = bare(render([SHARED], width, color=True))
    assert [line.rstrip() for line in shown.splitlines()] == wanted.splitlines()


ENVIRONMENTS = {
    "TERM=dumb LANG=en_US.UTF-8": True,
    "TERM=xterm LC_ALL=C": True,
    "TERM=xterm LC_ALL=POSIX LANG=en_US.UTF-8": True,
    "TERM=xterm LANG=C": True,
    "TERM=xterm LANG=C LC_CTYPE=C.UTF-8": True,
    "TERM=xterm LC_CTYPE=C.UTF-8": False,
    "TERM=xterm LANG=C LC_CTYPE=en_US.UTF-8": False,
    "TERM=xterm LC_ALL=C.UTF-8 LANG=C": False,
    "TERM=xterm LANG=en_US.UTF-8": False,
    "TERM=xterm": False,
}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_what_a_terminal_says_of_itself_decides_its_signs(environment: str) -> None:
    variables = dict(variable.split("=") for variable in environment.split())
    screen = io.TextIOWrapper(io.BytesIO(), "utf-8")
    assert signs_of(screen, variables) == Signs(
        "ascii" if ENVIRONMENTS[environment] else "utf-8", looks=variables["TERM"] != "dumb"
    )


@pytest.mark.parametrize("variable", ["TERM=dumb", "LC_ALL=C"])
@pytest.mark.parametrize("command", ["batch examples/week.yaml --by employee", "score -s won"])
def test_a_terminal_of_few_signs_is_sent_no_others(run: Run, command: str, variable: str) -> None:
    name, _, value = variable.partition("=")
    done = run(*command.split(), terminal=True, **{name: value})
    assert (done.code, done.out.isascii()) == (0, True)
    assert len(done.out) > 100


def test_a_picture_has_all_signs_wherever_it_is_drawn(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "summary.svg"
    done = run("batch", "examples/week.yaml", "-o", path, terminal=True, LC_ALL="C")
    assert (done.code, done.out.isascii()) == (0, True)
    assert "█" in path.read_text(encoding="utf-8")


def test_signs_of_every_terminal_are_enough() -> None:
    blocks = [Table(("verdict", ""), ((Text("won"), Bar(0.5, "won")),)), ASCII_MATRIX]
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    text = render(blocks, 80, color=True, signs=signs_of(out, {}))
    assert text.isascii()
    assert "############" in text
    assert "WIN 1" in text
