"""Two runs beside each other: what moved, and what is only noise."""

import json
from collections.abc import Sequence
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from looks import bare

from winwinwin import Interaction, Judge, Verdict
from winwinwin.evaluation import fingerprint
from winwinwin.stats.comparison import (
    SIGNIFICANCE,
    WATCHED,
    Comparison,
    Part,
    compare,
    fisher,
    holm,
)
from winwinwin.stats.tally import Tally

WON = {"salesperson": "won", "customer": "won"}
LOST = {"salesperson": "won", "customer": "lost"}
OPEN = {"salesperson": "won"}


def tally(*records: dict[str, str], by: Sequence[str] = ()) -> Tally:
    judge = Judge()
    counted = Tally(judge.kind, by)
    for record in records:
        interaction = Interaction.model_validate(record)
        counted.add([(interaction, judge(interaction))])
    return counted


def by_definition(before: Part, after: Part) -> Fraction:
    """Fisher's exact test as it is defined, in whole numbers."""
    hits, total = before.hits + after.hits, before.total + after.total
    counts = range(max(0, hits - after.total), min(hits, before.total) + 1)
    ways = {n: comb(hits, n) * comb(total - hits, before.total - n) for n in counts}
    as_unlikely = sum(way for way in ways.values() if way <= ways[before.hits])
    return Fraction(as_unlikely, sum(ways.values()))


@st.composite
def parts(draw: st.DrawFn) -> Part:
    total = draw(st.integers(0, 60))
    return Part(draw(st.integers(0, total)), total)


@settings(deadline=None)  # a busy machine is not slow code
@given(parts(), parts())
def test_the_test_is_fishers_by_definition(before: Part, after: Part) -> None:
    assert fisher(before, after) == pytest.approx(float(by_definition(before, after)), rel=1e-6)


@settings(deadline=None)  # a busy machine is not slow code
@given(parts(), parts())
def test_the_test_has_no_direction(one: Part, other: Part) -> None:
    assert fisher(one, other) == pytest.approx(fisher(other, one), rel=1e-9)


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [
        # the tea of Fisher's lady: three of four guessed right
        (Part(3, 4), Part(1, 4), 0.4857142857142857),
        (Part(8, 10), Part(1, 6), 0.03496503496503495),
        (Part(300_000, 600_000), Part(301_500, 600_000), 0.00620406),
        (Part(0, 0), Part(3, 4), 1.0),
        (Part(4, 4), Part(3, 3), 1.0),
    ],
)
def test_known_probabilities(before: Part, after: Part, chance: float) -> None:
    assert fisher(before, after) == pytest.approx(chance, rel=1e-5)


def test_probabilities_are_adjusted_by_holms_method() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.6, 0.7]) == [1.0, 1.0]


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=8))
def test_an_adjusted_probability_is_never_smaller_and_keeps_the_order(chances: list[float]) -> None:
    adjusted = holm(chances)
    assert all(1 >= now >= was for was, now in zip(chances, adjusted, strict=True))
    by_size = sorted(zip(chances, adjusted, strict=True))
    assert [now for _, now in by_size] == sorted(adjusted)


# What moved.


def test_counts_and_shares_are_those_of_each_run() -> None:
    found = compare(tally(WON, WON, LOST), tally(WON, LOST))
    won = found.verdicts[Verdict.WIN_WIN_WIN]
    assert (won.before, won.after) == (Part(2, 3), Part(1, 2))
    assert won.points == pytest.approx(100 * (1 / 2 - 2 / 3))
    assert found.rules["beaten-customer"].after == Part(1, 2)
    [(remedy, lever)] = found.levers.items()
    assert ("&".join(map(str, remedy)), lever.before) == ("customer=won", Part(1, 3))


def test_a_run_beside_itself_has_not_moved() -> None:
    ann = {"employee": "Ann"}
    same = tally(WON | ann, LOST | ann, OPEN, by=["employee"])
    found = compare(same, same)
    assert list(found.groups["employee"]) == ["Ann", None]
    every = [*found.verdicts.values(), *found.rules.values(), *found.levers.values()]
    every += [change for group in found.groups["employee"].values() for change in group.values()]
    assert all(change.points == 0 and not change.is_significant for change in every)
    assert not found.is_worse


def test_what_only_one_run_has_is_compared_with_nothing() -> None:
    before = tally({**WON, "employee": "Ann"}, by=["employee"])
    after = tally({**LOST, "employee": "Bob"}, by=["employee"])
    groups = compare(before, after).groups["employee"]
    assert list(groups) == ["Ann", "Bob"]
    assert groups["Bob"][Verdict.ORGANIZATION_LOSES].before == Part(0, 0)
    assert not any(
        change.is_significant for changes in groups.values() for change in changes.values()
    )


def found_between(before: Sequence[dict[str, str]], after: Sequence[dict[str, str]]) -> Comparison:
    return compare(tally(*before), tally(*after))


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        ([WON] * 30, [WON] * 10 + [LOST] * 20, True),
        ([WON] * 30, [WON] * 10 + [OPEN] * 20, True),
        ([OPEN] * 30, [OPEN] * 10 + [LOST] * 20, True),
        ([WON] * 10 + [LOST] * 20, [WON] * 30, False),
        ([WON] * 30, [WON] * 29 + [LOST], False),
        ([WON] * 3, [LOST], False),
        ([], [LOST] * 30, False),
    ],
)
def test_worse_is_fewer_wins_or_more_losses_by_more_than_noise(
    before: list[dict[str, str]], after: list[dict[str, str]], worse: bool
) -> None:
    assert found_between(before, after).is_worse is worse


def test_noise_is_called_a_change_at_most_one_time_in_twenty() -> None:
    """Of all ways to draw two samples from one source, weighed by their chance."""
    size, share = 12, Fraction(1, 2)
    weight = {n: comb(size, n) * share**size for n in range(size + 1)}
    called = sum(
        weight[one] * weight[other]
        for one in weight
        for other in weight
        if fisher(Part(one, size), Part(other, size)) < SIGNIFICANCE
    )
    assert 0 < called <= SIGNIFICANCE


# The command.


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "before.yaml", tmp_path / "after.json"
    before.write_text("- {salesperson: won, customer: won, employee: Ann}\n" * 30)
    bad = {**LOST, "employee": "<b>|Bob"}
    after.write_text(json.dumps([WON] * 10 + [bad] * 20))
    return before, after


def test_a_fall_is_told_and_fails_only_when_asked(run: Run, files: tuple[Path, Path]) -> None:
    done = run("compare", *files)
    assert (done.code, done.err) == (0, "")
    assert (
        "in short: win/win/win -66.7 points, significant;"
        " organization loses +66.7 points, significant\n"
    ) in done.out
    assert run("compare", *files, "--fail-on-worse").code == 1
    assert run("compare", *reversed(files), "--fail-on-worse").code == 0


@pytest.mark.parametrize("terminal", [False, True])
def test_quiet_says_it_in_a_line(run: Run, files: tuple[Path, Path], terminal: bool) -> None:
    done = run("compare", *files, "--quiet", "--fail-on-worse", terminal=terminal)
    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "in short: win/win/win -66.7 points, significant;"
        " organization loses +66.7 points, significant\n"
    )


def test_a_rule_that_moved_is_a_line_at_80_columns(run: Run, files: tuple[Path, Path]) -> None:
    shown = bare(run("compare", *files, terminal=True, width=80).out)
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "mutual-win 30 100% 10 33% -66.7 significant" in rows
    assert "the customer had won 0 0% 20 67% +66.7 significant" in rows


def test_the_name_of_a_file_is_shown_whole(run: Run, files: tuple[Path, Path]) -> None:
    shown = run("compare", *files, terminal=True, width=40).out
    assert str(files[0]) in "".join(line.strip() for line in shown.splitlines())


def test_json_tells_all(run: Run, files: tuple[Path, Path]) -> None:
    done = run("compare", *files, "--by", "employee", "--format", "json")
    found = json.loads(done.out)
    assert list(found) == [
        "schema", "before", "after", "test", "worse", "verdicts", "rules", "levers", "groups", "rulebook"
    ]  # fmt: skip
    assert found["rulebook"]["fingerprint"] == fingerprint(Judge())
    assert found["worse"] is True
    assert found["after"] == {
        "source": str(files[1]), "judged": 30, "invalid": 0, "unreadable": 0
    }  # fmt: skip
    first = found["verdicts"][0]
    assert first["verdict"] == "win_win_win"
    assert first["before"] == {"count": 30, "total": 30, "share": 1.0}
    assert first["more_than_noise"] is True
    assert 0 < first["probability"] < SIGNIFICANCE
    values = [
        (group["value"], [v["verdict"] for v in group["verdicts"]]) for group in found["groups"]
    ]
    assert values == [(name, list(WATCHED)) for name in ("<b>|Bob", "Ann", None)]
    assert found["levers"][0]["remedy"] == {"customer": "won"}


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "svg", "json"])
def test_it_is_written_in_every_format(
    run: Run, files: tuple[Path, Path], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"change.{suffix}"
    assert run("compare", *files, "--by", "employee", "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert "66.7" in text.replace("\u00a0", " ") or "-66.66" in text
    if suffix == "html":
        assert "<b>|Bob" not in text
        assert "&lt;b&gt;|Bob" in text
        assert "<script" not in text
    if suffix == "md":
        assert "\\<b\\>\\|Bob" in text


def test_a_format_it_has_not_is_an_error(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "change.csv"
    done = run("compare", *files, "-o", path)
    assert (done.code, done.out) == (2, "")
    assert (
        done.err
        == f"{path}: '.csv' is not the suffix of a format here. (.txt, .json, .md, .html, .svg)\n"
    )
    assert not path.exists()


def test_what_could_not_be_read_is_told_and_outranks_the_gate(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("- {salesperson: won, customer: lost}\n" * 30 + "- {salesperson: wun}\n")
    done = run("compare", files[0], broken, "--fail-on-worse")
    assert done.code == 2
    assert "not judged: 1 invalid record" in done.out
    assert "'wun' is not an outcome" in done.err
    nothing = run("compare", files[0], tmp_path / "none.yaml")
    assert nothing.code == 2
    assert "One of the two runs has nothing to compare." in nothing.out


def test_neither_is_overwritten(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "one.json"
    source.write_text(json.dumps([WON]))
    said = f"{source}: is already read or written by this run. Choose another name.\n"
    assert run("compare", source, source, "-o", source) == (2, "", said)
    assert json.loads(source.read_text()) == [WON]


def test_a_house_rulebook_judges_both(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lost.yaml"
    path.write_text("- {salesperson: lost, customer: lost}\n")
    book = ("--rulebook", "examples/house.yaml")
    found = json.loads(run("compare", path, path, *book, "--format", "json").out)
    assert found["rulebook"]["title"] == "House rules"
    assert [change["rule"] for change in found["rules"]] == ["mutual-loss"]
