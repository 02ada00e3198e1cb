"""Every spelling, time and mistake through every engine: equal to the path of records on every column."""

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, Run
from table_rows import COLUMNS, Row, expected, rows

from winwinwin.errors import UnreadableError
from winwinwin.loading.addresses import address
from winwinwin.rows.records import VERDICT_COLUMNS
from winwinwin.tables import engines, judge_table

ROWS = rows()
TABLE = pa.Table.from_pylist(ROWS, schema=pa.schema([(name, pa.string()) for name in COLUMNS]))


@pytest.fixture(scope="session")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The verdict columns by id."""
    return expected(ROWS, tmp_path_factory.mktemp("right"))


def check(
    judged: list[dict[str, Any]], right: dict[str, dict[str, Any]], *, own: list[Row] | None = None
) -> None:
    """Compare a judged table with what the rows should say, and its own columns with the rows."""
    assert len(judged) == len(ROWS)
    assert list(judged[0]) == [*COLUMNS, *VERDICT_COLUMNS]
    by_id = {row["id"]: row for row in judged}
    for row in own or ROWS:
        got, wanted = by_id[row["id"]], dict(right[str(row["id"])])
        assert {name: got[name] for name in COLUMNS} == row
        for message in wanted.pop("problem") or ():
            assert message in got["problem"]
        assert (got["problem"] is None) == (got["verdict"] != "invalid")
        assert {name: got[name] for name in wanted} == wanted, row


def test_in_memory(right: Any) -> None:
    judged = judge_table(TABLE).to_pyarrow().to_pylist()
    assert [row["id"] for row in judged] == [row["id"] for row in ROWS]
    check(judged, right)


def test_parquet(right: Any, run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "rows.parquet", tmp_path / "verdicts.parquet"
    pq.write_table(TABLE, source)
    done = run("batch", source, "-o", target)
    assert done.code == 2  # there are mistakes among the rows
    assert f"{target}: {len(ROWS):,} rows read, {len(ROWS):,} written\n" in done.err
    judged = pq.read_table(target).to_pylist()
    assert [row["id"] for row in judged] == [row["id"] for row in ROWS]
    check(judged, right)


def without_empty(row: Row) -> Row:
    """Return a row as CSV gives it back, which has one way to say nothing."""
    return {name: value or None for name, value in row.items()}


def test_csv(right: Any, run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "rows.csv", tmp_path / "verdicts.csv"
    pa_csv.write_csv(TABLE, source)
    done = run("batch", source, "-o", target)
    assert done.code == 2
    types = dict.fromkeys([*COLUMNS, *VERDICT_COLUMNS], pa.string())
    options = pa_csv.ConvertOptions(
        column_types=types | {"gap_seconds": pa.float64()}, strings_can_be_null=True
    )
    parsing = pa_csv.ParseOptions(newlines_in_values=True)
    options.null_values = [""]
    judged = pa_csv.read_csv(target, convert_options=options, parse_options=parsing).to_pylist()
    assert [row["id"] for row in judged] == [row["id"] for row in ROWS]
    check(judged, right, own=list(map(without_empty, ROWS)))


@pytest.mark.xdist_group("postgres")
def test_postgresql(right: Any, run: Run, postgres_url: str) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("spelt", TABLE)
    done = run("batch", "--connect", postgres_url, "--table", "spelt", "--into", "judged")
    assert f"judged: {len(ROWS):,} rows read, {len(ROWS):,} written\n" in done.err
    assert done.code == 2
    check(engine.table("judged").to_pyarrow().to_pylist(), right)
    engine.disconnect()


@pytest.mark.xdist_group("spark")
def test_spark(right: Any, run: Run, spark_url: str, tmp_path: Path) -> None:
    engine = engines.connect(address(spark_url))
    pq.write_table(TABLE, tmp_path / "rows.parquet")
    engine.create_table("spelt", engine.read_parquet(tmp_path / "rows.parquet"))
    done = run("batch", "--connect", spark_url, "--table", "spelt", "--into", "judged")
    assert f"judged: {len(ROWS):,} rows read, {len(ROWS):,} written\n" in done.err, done.err
    assert done.code == 2
    check(engine.table("judged").to_pyarrow().to_pylist(), right)


def test_what_spark_says_is_told_without_its_preface() -> None:
    said = "An error occurred while calling o1.saveAsTable.\n: org.apache.SparkException: Job aborted.\n"
    with pytest.raises(UnreadableError) as told, engines.explained("calls"):
        raise RuntimeError(said)
    assert str(told.value) == "calls: the engine failed: org.apache.SparkException: Job aborted."


def documented(scheme: str) -> list[list[str]]:
    """Return the commands of docs/tables.md that go to a server, split into words."""
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    shells = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for shell in shells for line in shell.splitlines() if f" {scheme}://" in line]
    return [line.split()[1:] for line in lines]


def run_documented(run: Run, scheme: str, url: str, cwd: Path) -> list[str]:
    """Run them against another server; the table is made by whoever calls."""
    told = []
    for words in documented(scheme):
        place = words.index("--connect") + 1
        done = run(*words[:place], url, *words[place + 1 :], cwd=cwd)
        assert done.code == 0, done.err
        told.append(done.err)
    return told


def nothing_hidden(run: Run, *source: str, cwd: Path) -> None:
    """Draw the report of a table whose books are empty: none of its calls is a hidden loss."""
    done = run("batch", *source, "-o", "report.html", cwd=cwd)
    assert (done.code, done.err) == (0, ""), done.err
    assert '"hidden":0,"talk":2' in (cwd / "report.html").read_text(encoding="utf-8")


CALLS = pa.table(
    {
        "salesperson": ["won", "won", None],
        "customer": ["won", "lost", "l"],
        "channel": ["web", "web", None],
    }
)


@pytest.mark.xdist_group("postgres")
def test_the_commands_of_the_document_run_on_postgresql(
    run: Run, postgres_url: str, tmp_path: Path
) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("calls", CALLS)
    assert run_documented(run, "postgres", postgres_url, tmp_path) == [
        "verdicts: 3 rows read, 3 written\n"
    ]
    flags = [
        "--connect",
        postgres_url,
        "--table",
        "calls",
        "-o",
        "out.csv",
        "--format",
        "jsonl",
        "-q",
    ]
    done = run("batch", *flags, cwd=tmp_path)
    assert done.out.count('"verdict":"organization_loses"') == 1
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 4
    nothing_hidden(run, "--connect", postgres_url, "--table", "calls", cwd=tmp_path)
    engine.disconnect()


@pytest.mark.xdist_group("spark")
def test_the_commands_of_the_document_run_on_spark(
    run: Run, spark_url: str, tmp_path: Path
) -> None:
    engine = engines.connect(address(spark_url))
    pq.write_table(CALLS, tmp_path / "calls.parquet")
    engine.create_table("calls", engine.read_parquet(tmp_path / "calls.parquet"))
    said = run_documented(run, "spark", spark_url, tmp_path)
    assert said == [
        f"{name}: 3 rows read, 3 written\n" for name in ("verdicts", "verdicts.parquet")
    ]
    parts = list((tmp_path / "verdicts.parquet").glob("part-*"))
    assert sum(pq.read_table(part).num_rows for part in parts) == 3
    flags = ["--connect", spark_url, "--table", "calls", "-o"]
    assert run("batch", *flags, "out.csv", cwd=tmp_path).err == "out.csv: 3 rows read, 3 written\n"
    nothing_hidden(run, "--connect", spark_url, "--table", "calls", cwd=tmp_path)
    engine.create_table("empty", engine.table("calls").limit(0))
    done = run("batch", "--connect", spark_url, "--table", "empty", "--into", "none", cwd=tmp_path)
    said = "empty: has no rows. There is nothing to judge.\n"
    assert (done.code, done.err) == (2, said)
    for refused, said in {
        (
            "o.jsonl",
        ): "o.jsonl: '.jsonl' is not the suffix of a format for tables of a cluster. (.txt, .csv, .parquet, ",
        ("out.csv",): "out.csv: already exists. A cluster writes a folder; choose another name.",
        ("o.csv", "--format", "csv"): "--format: a cluster's rows are not written as csv here.",
        ("o.csv", "--into", "calls"): "--into: 'calls' already exists.",
    }.items():
        done = run("batch", *flags, *refused, cwd=tmp_path)
        assert (done.code, done.err.startswith(said)) == (2, True), done.err
    assert not (tmp_path / "o.csv").exists()


TIMED = pa.table(
    {
        "id": ["A", "B", "C", "D"],
        "salesperson": ["won"] * 4,
        "customer": ["won"] * 4,
        "several": [["a", "b"], [], None, ["c"]],
        "date": pa.array([0, 20_000, None, 3], pa.date32()),
        "salesperson_won_at": pa.array([0, -1, None, 86_400_000_001], pa.timestamp("us")),
        "customer_won_at": pa.array([250_000, -2, 5, 1], pa.timestamp("us")),
    }
)
"""Times that are typed as such, before 1970 and within a second too."""
TIMED_VERDICTS = {
    "A": ("win_win_win", 0.25),
    "B": ("out_of_order", -0.000001),
    "C": ("win_win_win", None),
    "D": ("out_of_order", -86_400.0),
}


def check_timed(judged: list[dict[str, Any]]) -> None:
    assert {row["id"]: (row["verdict"], row["gap_seconds"]) for row in judged} == TIMED_VERDICTS


@pytest.mark.xdist_group("postgres")
def test_typed_times_of_postgresql(run: Run, postgres_url: str, tmp_path: Path) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("timed", TIMED)
    flags = ["--connect", postgres_url, "--table", "timed", "--by", "month"]
    done = run("batch", *flags, "-o", tmp_path / "o.parquet")
    assert "2024-10" in done.out
    check_timed(pq.read_table(tmp_path / "o.parquet").to_pylist())
    engine.disconnect()


@pytest.mark.xdist_group("spark")
def test_typed_times_of_spark(run: Run, spark_url: str, tmp_path: Path) -> None:
    engine = engines.connect(address(spark_url))
    pq.write_table(TIMED, tmp_path / "timed.parquet")
    engine.create_table("timed", engine.read_parquet(tmp_path / "timed.parquet"))
    flags = ["--table", "timed", "--into", "t2", "--by", "month", "-o", tmp_path / "o.csv"]
    done = run("batch", "--connect", spark_url, *flags)
    assert "2024-10" in done.out
    assert "o.csv: 4 rows read, 4 written\n" in done.err
    check_timed(engine.table("t2").to_pyarrow().to_pylist())


AS_WRITTEN = {
    "uuid": "5b5ddd4a-8b2f-4d0a-9c2b-0f3c9b8f3a11",
    "jsonb": '{"a": 1}',
    "json": '{"a":1}',
    "numeric": "0.33333333333333333333",
    "numeric(9,2)": "1.50",
    "int4range": "[1,3)",
    "interval": "1 day",
    "boolean": "true",
    "text[]": "{a,b}",
    "timestamp": "infinity",
}
"""A value of each type, as PostgreSQL writes it."""


@pytest.mark.xdist_group("postgres")
def test_columns_of_any_type_keep_what_they_hold(
    run: Run, postgres_url: str, tmp_path: Path
) -> None:
    engine = engines.connect(address(postgres_url))
    columns = ", ".join(f'"{kind}" {kind}' for kind in AS_WRITTEN)
    values = ", ".join(f"'{text}'" for text in AS_WRITTEN.values())
    with engine.con.transaction():
        engine.con.execute(f"CREATE TABLE typed (customer text, {columns})")
        engine.con.execute(f"INSERT INTO typed VALUES ('won', {values})")  # noqa: S608  # our own
    flags = ["--connect", postgres_url, "--table", "typed", "--by", "jsonb", "-q"]
    assert run("batch", *flags, "-o", tmp_path / "o.csv", "--into", "typed_2").code == 0
    [row] = csv.DictReader((tmp_path / "o.csv").read_text().splitlines())
    assert {kind: row[kind] for kind in AS_WRITTEN} == AS_WRITTEN
    texts = ", ".join(f'"{kind}"::text' for kind in AS_WRITTEN)
    query = f"SELECT {texts}, pg_typeof(jsonb)::text FROM typed_2"  # noqa: S608  # our own
    kept = engine.con.execute(query).fetchone()
    assert kept == (*AS_WRITTEN.values(), "jsonb")
    engine.con.execute('ALTER TABLE typed DROP COLUMN "timestamp"')  # infinity is no time elsewhere
    engine.con.commit()
    assert run("batch", *flags, "-o", tmp_path / "o.parquet").code == 0
    [row] = pq.read_table(tmp_path / "o.parquet").to_pylist()
    assert row["numeric"] == "0.33333333333333333333"
    assert (row["numeric(9,2)"], row["boolean"], row["text[]"]) == (
        Decimal("1.50"),
        True,
        ["a", "b"],
    )
    engine.disconnect()
