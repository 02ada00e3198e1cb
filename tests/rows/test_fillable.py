"""`rules export`: the workbook judges every kind as the judge does, and `batch` reads it back alike."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import recalculated
from rulebooks import seeded_rulebooks

from winwinwin.analysis.table import decision_table
from winwinwin.errors import printable
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.pages.words import if_had, questions, value_words, verdict_sentence
from winwinwin.rows.fillable import fillable

FACTS = range(5, 12)
"""The columns in which facts are chosen, as openpyxl counts."""
SAID = slice(12, 17)
BOOKS: list[Rulebook] = [builtin(), *seeded_rulebooks(2)]


def fill(path: Path, rows: Sequence[dict[int, Any]]) -> None:
    """Type entries into a workbook, each by column."""
    book = openpyxl.load_workbook(path)
    sheet = book["interactions"]
    for number, row in enumerate(rows, 2):
        for column, value in row.items():
            sheet.cell(number, column, value)
    book.save(path)


def entry(number: int, kind: Facts) -> dict[int, Any]:
    chosen = zip(FACTS, kind, strict=True)
    words = {column: value_words(value) for column, value in chosen if value is not None}
    return {1: f"{number}", 3: f"{'ABC'[number % 3]}na"} | words


def exported(path: Path, judge: Judge, rows: int) -> None:
    path.write_bytes(fillable(decision_table(judge), judge.rulebook, judge.stamp, rows))


def values(path: Path, sheet: str = "interactions") -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def said(judgement: Judgement, rulebook: Rulebook) -> tuple[str | None, ...]:
    """Return what a row of the sheet has to say."""
    rule = judgement.rule
    why = rulebook.rule(rule).says if rule else verdict_sentence(judgement)
    texts = (rule, printable(why), questions(judgement.needs), if_had(judgement.remedies))
    label = judgement.verdict.replace("_", "/" if judgement.verdict == "win_win_win" else " ")
    return label, *(text or None for text in texts)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Judge, Path]]]:
    """Every kind in a workbook for each rulebook and mode, filled in and reckoned."""
    folder = tmp_path_factory.mktemp("fillable")
    judges = {
        f"{number}-{assumptions}.xlsx": Judge(book, assumptions=assumptions)
        for number, book in enumerate(BOOKS)
        for assumptions in (True, False)
    }
    for name, judge in judges.items():
        exported(folder / name, judge, 1030)
        fill(folder / name, [entry(*each) for each in enumerate(every_kind(), 1)])
    done = recalculated([folder / name for name in judges], folder)
    return {name: (judge, done / name) for name, judge in judges.items()}


NAMES = pytest.mark.parametrize(
    "name", [f"{number}-{mode}.xlsx" for number in range(3) for mode in (True, False)]
)


@NAMES
def test_every_kind_is_judged_in_the_sheet_as_by_the_judge(
    filled: dict[str, tuple[Judge, Path]], name: str
) -> None:
    judge, path = filled[name]
    _, *rows = values(path)
    wanted = [said(judge.kind(kind), judge.rulebook) for kind in every_kind()]
    assert [row[SAID] for row in rows[: len(wanted)]] == wanted
    assert not any(any(row) for row in rows[len(wanted) :])
