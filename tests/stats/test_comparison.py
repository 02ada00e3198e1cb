"""Two runs beside each other: what moved, and what is only noise."""

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import comb
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from looks import bare

from winwinwin import Interaction, Judge, Verdict
from winwinwin.evaluation import fingerprint
from winwinwin.record.interaction import Recorded
from winwinwin.stats.bounds import Bounds, of_all
from winwinwin.stats.comparison import WATCHED, Comparison, compare
from winwinwin.stats.comparison import tested as together
from winwinwin.stats.exact import NO_CHANCES, SIGNIFICANCE, Part, fisher, holm
from winwinwin.stats.tally import Tally

WON = {"salesperson": "won", "customer": "won"}
LOST = {"salesperson": "won", "customer": "lost"}
OPEN = {"salesperson": "won"}


def tally(*records: dict[str, str], by: Sequence[str] = ()) -> Tally:
    judge = Judge()
    counted = Tally(judge.kind, by)
    for record in records:
        interaction = Interaction.model_validate(record)
        counted.add([(Recorded.of(interaction), judge(interaction))])
    return counted


# What moved.


def test_counts_and_shares_are_those_of_each_run() -> None:
    found = compare(tally(WON, WON, LOST), tally(WON, LOST))
    won = found.verdicts[Verdict.WIN_WIN_WIN]
    assert (won.before, won.after) == (of_all(2, 3), of_all(1, 2))
    assert won.points == pytest.approx(100 * (1 / 2 - 2 / 3))
    assert found.rules["beaten-customer"].after == of_all(1, 2)
    [(remedy, lever)] = found.levers.items()
    assert ("&".join(map(str, remedy)), lever.before) == ("customer=won", of_all(1, 3))


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
    assert groups["Bob"][Verdict.ORGANIZATION_LOSES].before == of_all(0, 0)
    assert not any(
        change.is_significant for changes in groups.values() for change in changes.values()
    )


def found_between(before: Sequence[dict[str, str]], after: Sequence[dict[str, str]]) -> Comparison:
    return compare(tally(*before), tally(*after))


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        ([WON] * 30, [WON] * 10 + [LOST] * 20, True),
        ([WON] * 30, [WON] * 10 + [OPEN] * 20, False),
        ([OPEN] * 30, [OPEN] * 10 + [LOST] * 20, False),
        ([WON] * 30, [OPEN] * 2 + [LOST] * 28, True),
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


@st.composite
def runs(draw: st.DrawFn) -> list[dict[str, str]]:
    won, lost = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    return [WON] * won + [LOST] * lost + [OPEN] * draw(st.integers(0, 3))


def completions(records: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Fill in what is open as won or lost: all that the records here leave open."""
    known = [record for record in records if record != OPEN]
    for filled in product([WON, LOST], repeat=len(records) - len(known)):
        yield [*known, *filled]


@settings(deadline=None, max_examples=40)
@given(runs(), runs())
def test_what_is_said_of_two_runs_holds_in_every_completion(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    found = found_between(before, after)
    for one, other in product(completions(before), completions(after)):
        known = found_between(one, other)
        assert known.is_worse or not found.is_worse
        for verdict, change in found.watched:
            for way in (1, -1):
                assert known.verdicts[verdict].goes(way) or not change.goes(way)


@st.composite
def shares(draw: st.DrawFn) -> Bounds:
    total = draw(st.integers(1, 30))
    sure = draw(st.integers(0, total))
    return Bounds(sure, draw(st.integers(sure, min(total, sure + 2))), total, total)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(shares(), shares()), min_size=1, max_size=3))
def test_what_is_said_of_a_family_holds_in_every_joint_completion(
    family: list[tuple[Bounds, Bounds]],
) -> None:
    found = together(dict(enumerate(family)))
    members = [place for place in found if found[place].chances is not NO_CHANCES]
    for world in product(*(worlds(*family[place]) for place in members)):
        adjusted = holm([fisher(*pair) for pair in world])
        for place, (one, other), chance in zip(members, world, adjusted, strict=True):
            for way in (1, -1):
                goes = chance < SIGNIFICANCE and (other.share - one.share) * way > 0
                assert goes or not found[place].goes(way)
                assert found[place].may_go(way) or not goes


def worlds(before: Bounds, after: Bounds) -> list[tuple[Part, Part]]:
    """Return two shares in every completion."""
    ranges = (range(found.sure, found.possible + 1) for found in (before, after))
    return [(Part(b, before.most_of), Part(a, after.most_of)) for b, a in product(*ranges)]


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


@pytest.fixture
def unsure(tmp_path: Path) -> tuple[Path, Path]:
    """A run, and one that is worse only if what is not recorded turns out badly."""
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(json.dumps([WON] * 30))
    after.write_text(json.dumps([WON] * 23 + [LOST] * 3 + [OPEN] * 4))
    return before, after


def test_a_fall_that_could_be_either_fails_nothing_and_is_told(
    run: Run, unsure: tuple[Path, Path]
) -> None:
    done = run("compare", *unsure, "--fail-on-worse", "--quiet")
    assert done.code == 0
    assert done.err == "--fail-on-worse: not surely worse, but could be worse: 4 undetermined\n"
    assert done.out == (
        "in short: win/win/win -23.3 to -10.0 points, may be significant: 4 undetermined;"
        " organization loses +10.0 to +23.3 points, may be significant: 4 undetermined;"
        " could be worse: 4 undetermined\n"
    )
    found = json.loads(run("compare", *unsure, "--format", "json").out)
    assert (found["worse"], found["worse_possible"]) == (False, True)
    won = found["verdicts"][0]
    assert (won["more_than_noise"], won["more_than_noise_possible"]) == (False, True)
    assert won["probability_highest"] > SIGNIFICANCE > won["probability_lowest"]


def test_below_ten_interactions_a_change_is_said_in_numbers_and_not_in_points(
    run: Run, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(json.dumps([WON, WON, LOST]))
    after.write_text(json.dumps([WON, LOST, LOST, OPEN]))
    said = run("compare", before, after, "-q").out
    assert said.startswith("in short: win/win/win from 2 of 3 to 1 of 4 (up to 2), not significant")
    whole = run("compare", before, after).out
    assert "%" not in whole.partition("test:")[0]
    assert "points," not in whole
    assert json.loads(run("compare", before, after, "--format", "json").out)["verdicts"][0][
        "points"
    ]


@pytest.mark.parametrize("name", ["one.yaml", "week.yaml"])
def test_equal_files_have_no_change(run: Run, name: str) -> None:
    same = f"examples/{name}"
    still = " as recorded; 8 undetermined" if name == "week.yaml" else ""
    assert run("compare", same, same, "-q") == (0, f"in short: no change{still}\n", "")


def test_groups_are_in_the_order_of_the_summary_and_those_of_one_side_apart(
    run: Run, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    sides = (
        [WON | {"employee": who} for who in ("Ann", "Bob", "Old")],
        [WON | {"employee": "Ann"}, LOST | {"employee": "Bob"}, LOST | {"employee": "New"}],
    )
    for path, records in zip((before, after), sides, strict=True):
        path.write_text(json.dumps(records))
    said = run("compare", before, after, "--by", "employee").out
    assert "\nonly before, by employee: Old 1 of 1\nonly after, by employee: New 0 of 1\n" in said
    _, table = said.split("win/win/win, by employee\n")
    assert [line.split()[0] for line in table.splitlines()[:3]] == ["employee", "Bob", "Ann"]


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
        "schema", "before", "after", "test", "worse", "worse_possible", "verdicts", "rules",
        "levers", "groups", "rulebook"
    ]  # fmt: skip
    assert found["rulebook"]["fingerprint"] == fingerprint(Judge())
    assert found["worse"] is True
    assert found["after"] == {
        "source": str(files[1]), "judged": 30, "invalid": 0, "unreadable": 0
    }  # fmt: skip
    first = found["verdicts"][0]
    assert first["verdict"] == "win_win_win"
    assert first["before"] == {
        "count": 30, "total": 30, "share": 1.0, "possible": 30, "share_possible": 1.0
    }  # fmt: skip
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
    neither = run("compare", tmp_path / "none.yaml", tmp_path / "no.yaml")
    assert neither.code == 2
    assert "Neither of the two runs has anything to compare." in neither.out


def test_what_may_have_changed_is_not_called_unchanged(run: Run, tmp_path: Path) -> None:
    rows = ["won,won"] * 30 + ["won,lost"] * 30 + ["won,"] * 40
    file = tmp_path / "a.csv"
    file.write_text("\n".join(["salesperson,customer", *rows, ""]))
    (tmp_path / "b.csv").write_bytes(file.read_bytes())
    done = run("compare", file, tmp_path / "b.csv", "--quiet")
    may_be = "-40.0 to +40.0 points, may be significant: 80 undetermined"
    assert f"win/win/win {may_be}; organization loses {may_be}; could be" in done.out
    assert "no change" not in done.out


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
    assert "mutual-loss" in [change["rule"] for change in found["rules"]]
