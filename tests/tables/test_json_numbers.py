"""JSON of tables is JSON: what is no number is text, wherever it is nested; all else stays as it is."""

import json
from pathlib import Path

import duckdb
import pytest
from conftest import Run
from outside import in_json

ROWS = """
CREATE TABLE calls AS
SELECT 'won' AS salesperson, 'won' AS customer, x AS "a ""b'", [x::FLOAT, 1.5, NULL] AS list,
    {'x y': x, 'n': [{'m': x}], 't': 'nan'} AS struct, MAP {'k': x} AS map, NULL::DOUBLE AS none,
    CASE WHEN x = 2.5 THEN NULL ELSE {'m': x} END AS some, 12345678901234567890123::HUGEINT AS whole
FROM (VALUES ('nan'::DOUBLE), ('inf'), ('-inf'), (2.5)) AS rows(x)
"""


@pytest.mark.parametrize("its_format", ["json", "jsonl"])
@pytest.mark.parametrize("is_file", [True, False])
def test_json_has_neither_nan_nor_infinity(
    run: Run, tmp_path: Path, its_format: str, is_file: bool
) -> None:
    with duckdb.connect(str(tmp_path / "crm.db")) as database:
        database.execute(ROWS)
    command = ["batch", "--connect", "duckdb://crm.db", "--table", "calls"]
    to = ["-o", f"out.{its_format}"] if is_file else ["--format", its_format]
    ran = run(*command, *to, cwd=tmp_path)
    assert ran.code == 0, ran.err
    text = (tmp_path / f"out.{its_format}").read_text() if is_file else ran.out
    rows = in_json(text) if its_format == "json" else list(map(in_json, text.splitlines()))
    for row, number in zip(rows, ("nan", "inf", "-inf", 2.5), strict=True):
        assert row["a \"b'"] == number
        assert row["list"] == [number, 1.5, None]
        assert row["struct"] == {"x y": number, "n": [{"m": number}], "t": "nan"}
        assert row["map"] == {"k": number}
        assert row["none"] is None
        assert row["some"] == (None if number == 2.5 else {"m": number})
        assert row["verdict"] == "win_win_win"
    assert '"whole":12345678901234567890123' in text


def test_json_of_other_tables_is_as_before(run: Run, tmp_path: Path) -> None:
    (tmp_path / "week.csv").write_text("id,salesperson,customer\nA,won,won\n")
    [row] = json.loads(run("batch", "week.csv", "--format", "json", cwd=tmp_path).out)
    assert (row["id"], row["verdict"], row["gap_seconds"]) == ("A", "win_win_win", None)
