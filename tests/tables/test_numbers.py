"""Numbers as people write them, in columns: each column in one way, or an error that shows two of its values."""

import json
from pathlib import Path

import pytest
from conftest import Run

MAPPING = "id: id\ncustomer: {column: score, won: {at least: 60}, lost: {at most: 40}}\n"


def judged(run: Run, folder: Path, *scores: str) -> tuple[int, list[str | None], str]:
    """Judge a column of scores, and return the exit code, each customer's outcome, and the errors."""
    (folder / "scores.yaml").write_text(MAPPING)
    rows = "".join(f'{number},"{score}"\n' for number, score in enumerate(scores))
    (folder / "scores.csv").write_text(f"id,score\n{rows}")
    target = folder / "out.json"
    command = ("batch", folder / "scores.csv", "--map", folder / "scores.yaml", "-o", target, "-q")
    done = run(*command)
    found = json.loads(target.read_text()) if target.exists() else []
    triples = {"WIN": "won", "LOSE": "lost", "?": None}
    return done.code, [triples[row["triple"].split("/")[1]] for row in found], done.err


@pytest.mark.parametrize(
    ("scores", "outcomes"),
    [
        (["80%", "20%", "50%"], ["won", "lost", None]),
        (["100%", "0%", "1%", "0"], ["won", "lost", "lost", "lost"]),
        (["80,5", "20,5"], ["won", "lost"]),
        (["80/100", "20/100"], ["won", "lost"]),
        (["0.8", "0.2"], ["lost", "lost"]),
        (["80%", "N/A", "so far 0.8"], ["won", None, None]),
    ],
)
def test_a_column_in_one_way_is_read_as_people_do(
    run: Run, tmp_path: Path, scores: list[str], outcomes: list[str | None]
) -> None:
    code, found, _ = judged(run, tmp_path, *scores)
    assert (code, found) == (0, outcomes)


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (["80%", "0.8", "20%"], "has both percentages and fractions: '20%' and '0.8'"),
        (["80%", ".25"], "has both percentages and fractions: '80%' and '.25'"),
        (["80 %", "0,8"], "has both percentages and fractions: '80 %' and '0,8'"),
        (["80,5", "80.5"], "writes decimals both with a comma and with a point: '80.5'"),
        (["4/5", "8/10"], "has scales of different length: '4/5' and '8/10'"),
    ],
)
def test_a_column_that_mixes_two_ways_is_an_error(
    run: Run, tmp_path: Path, scores: list[str], said: str
) -> None:
    code, found, errors = judged(run, tmp_path, *scores)
    assert (code, found) == (2, [])
    assert f"customer: column 'score' {said}" in errors
    assert "scores.yaml:2:20" in errors
