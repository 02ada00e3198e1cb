"""Three and more runs, and the periods of one: what is said of them all."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from winwinwin import Interaction, Judge, Verdict
from winwinwin.record.interaction import Recorded
from winwinwin.stats.bounds import of_all
from winwinwin.stats.over_time import Periods, of_one, of_runs
from winwinwin.stats.tally import Tally

WON = {"salesperson": "won", "customer": "won"}
LOST = {"salesperson": "won", "customer": "lost"}
OPEN = {"salesperson": "won"}
WINS = Verdict.WIN_WIN_WIN


def month(number: int, won: int, lost: int, unknown: int = 0, **about: str) -> list[dict[str, str]]:
    records = [WON] * won + [LOST] * lost + [OPEN] * unknown
    return [record | {"date": f"2026-{number:02}-15"} | about for record in records]


def tally(records: list[dict[str, str]], *by: str) -> Tally:
    judge = Judge()
    counted = Tally(judge.kind, by)
    for record in records:
        interaction = Interaction.model_validate(record)
        counted.add([(Recorded.of(interaction), judge(interaction))])
    return counted


def found_in(*runs: list[dict[str, str]]) -> Periods:
    return of_runs([*map(str, range(len(runs)))], [tally(run) for run in runs])


RISING = (month(1, 10, 20), month(2, 16, 14), month(3, 24, 6))


def test_shares_are_those_of_each_period() -> None:
    found = found_in(*RISING)
    assert found.verdicts[WINS] == (of_all(10, 30), of_all(16, 30), of_all(24, 30))
    assert [*found.steps[WINS]] == [(0, 1), (1, 2), (0, 2)]


def test_a_steady_rise_is_better_and_a_steady_fall_worse() -> None:
    better, worse = found_in(*RISING), found_in(*reversed(RISING))
    assert (better.is_(1), better.is_worse) == (True, False)
    assert (worse.is_(1), worse.is_worse) == (False, True)
    assert better.courses[WINS].trend.goes(1)


def test_many_small_steps_are_a_trend_though_none_is_significant() -> None:
    found = found_in(*(month(number, 10 + 2 * number, 20 - 2 * number) for number in range(1, 9)))
    assert found.courses[WINS].trend.goes(1)
    neighbours = [it for (one, other), it in found.steps[WINS].items() if other == one + 1]
    assert not any(change.is_significant for change in neighbours)


def test_what_is_undetermined_may_be_a_trend_or_not() -> None:
    found = found_in(month(1, 22, 8), month(2, 20, 10), month(3, 13, 9, 8))
    assert not found.is_worse
    assert found.may_be_worse
    assert found.courses[WINS].trend.is_undecided
    assert found.courses[WINS].trend.undetermined == 8


def test_the_periods_of_one_run_are_as_runs_of_their_own() -> None:
    whole = [*chain(*reversed(RISING)), WON]
    one = of_one(tally(whole, "month"), "month")
    assert one.names == ("2026-01", "2026-02", "2026-03")
    several = found_in(*RISING)
    assert (one.verdicts, one.courses, one.steps) == (
        several.verdicts,
        several.courses,
        several.steps,
    )


def test_a_period_without_interactions_changes_nothing() -> None:
    with_a_hole = found_in(RISING[0], [], RISING[1], RISING[2])
    assert with_a_hole.courses[WINS].trend.goes(1)
    assert not with_a_hole.steps[WINS][0, 1].has_both


# The command.


@pytest.fixture
def months(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.json" for number in (1, 2, 3)]
    for number, path in enumerate(paths, 1):
        ann = month(number, 10 * number - 5, 35 - 10 * number, employee="Ann|<b>")
        path.write_text(json.dumps(ann + month(number, 15, 15, 1)))
    return paths


def told(run: Run, *arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("compare", *arguments, "--format", "json").out)
    return found


def test_a_year_by_month_says_what_its_months_say(
    run: Run, months: list[Path], tmp_path: Path
) -> None:
    year = tmp_path / "year.json"
    year.write_text(json.dumps(list(chain(*(json.loads(path.read_text()) for path in months)))))
    table = tmp_path / "year.csv"
    names = ["date", "employee", "salesperson", "customer"]
    rows = [[record.get(name, "") for name in names] for record in json.loads(year.read_text())]
    table.write_text("\n".join(",".join(row) for row in [names, *rows]))
    several = told(run, *months)
    for source in (year, table):
        one = told(run, source, "--by", "month")
        assert one["by"] == "month"
        for key in ("test", "trend_test", "worse", "worse_possible"):
            assert one[key] == several[key]
        for part, whole in zip(one["verdicts"], several["verdicts"], strict=True):
            assert (part["shares"], part["trend"]) == (whole["shares"], whole["trend"])


def test_a_trend_is_told_in_every_format(run: Run, months: list[Path], tmp_path: Path) -> None:
    for suffix in ("txt", "md", "svg", "html"):
        path = tmp_path / f"change.{suffix}"
        assert run("compare", *months, "--by", "employee", "-o", path).code == 0
        text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
        assert ("rises" if suffix == "svg" else "rises, significant") in text
        assert "Ann|<b>" not in text or suffix == "txt"


def test_in_short_and_fail_on_worse(run: Run, months: list[Path]) -> None:
    up = run("compare", *months, "-q", "--fail-on-worse")
    down = run("compare", *reversed(months), "-q", "--fail-on-worse")
    assert (up.code, down.code) == (0, 1)
    assert up.out == (
        "in short: win/win/win rises, significant; organization loses falls, significant\n"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["{0}"],
            "has nothing to be compared with. Name another one, or divide it: --by day, week or month.",
        ),
        (
            ["{0}", "--by", "employee"],
            "--by: 'employee' is not a period, and one input is compared over time.",
        ),
        (["{0}", "--by", "moth"], "Did you mean 'month'?"),
        (["{0}", "--by", "week", "--by", "month"], "--by: one input is divided by one period."),
        (
            ["-", "{0}", "-"],
            "standard input can be read only once. Name a file for one of the two.",
        ),
        (
            ["{0}", "{1}", "{2}", "--map-after", "m.yaml"],
            "--map-before and --map-after are for two inputs.",
        ),
    ],
)
def test_what_cannot_be_compared_is_told(
    run: Run, months: list[Path], arguments: list[str], says: str
) -> None:
    done = run("compare", *(word.format(*months) for word in arguments))
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_what_has_no_date_is_left_out_and_counted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "calls.json"
    path.write_text(json.dumps([*month(1, 3, 1), *month(2, 1, 3), WON, LOST]))
    done = run("compare", path, "--by", "month")
    assert done.code == 0
    assert "\nleft out: 2 interactions without a date\n" in done.out
    assert told(run, path, "--by", "month")["undated"] == 2


def test_one_period_and_none_are_nothing_to_compare(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "calls.json"
    for records in (month(1, 3, 1), [WON]):
        path.write_text(json.dumps(records))
        for suffix in ("md", "html", "svg", "json"):
            done = run("compare", path, "--by", "month", "-o", tmp_path / f"change.{suffix}")
            assert (done.code, done.err) == (0, "")
            assert "There are not two periods to compare." in done.out
        gate = run("compare", path, "--by", "month", "-q", "--fail-on-worse")
        assert (gate.code, gate.err) == (2, "--fail-on-worse: there is nothing to compare\n")
