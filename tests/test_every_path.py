"""Every kind on every path, by the built-in rulebook and by random ones: what the kernel says of it.

A path takes a `Run` and yields the id and the verdict columns of each kind. Another way in is one
more function in PATHS.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import yaml
from conftest import run_program
from rulebooks import seeded_rulebooks
from test_cases import flags
from test_formats import record, wins
from typer.main import get_command

from winwinwin import Interaction, Judge, Rulebook, judge, judge_table
from winwinwin.cli.commands import program
from winwinwin.facts import Facts, every_kind, word
from winwinwin.kernel.judging import judge_kind
from winwinwin.kernel.rulebook import builtin
from winwinwin.kernel.ruling import Rulings
from winwinwin.loading.addresses import address
from winwinwin.rows.records import VERDICT_COLUMNS, verdict_columns
from winwinwin.tables import engines

Row: TypeAlias = dict[str, Any]
Judged: TypeAlias = Iterable[tuple[str, Row]]

HOUSES = 20
KINDS = {f"K{number}": kind for number, kind in enumerate(every_kind())}


class Run(NamedTuple):
    """One way to judge, and a folder for its files."""

    number: int
    """Of the random rulebook, from 0; -1 for the built-in one."""
    assumptions: bool
    folder: Path

    @property
    def house(self) -> Rulebook | None:
        return None if self.number < 0 else seeded_rulebooks(HOUSES)[self.number]

    @property
    def options(self) -> list[str]:
        mode = [] if self.assumptions else ["--no-assumptions"]
        if self.house is None:
            return mode
        file = self.folder / f"house{self.number}.json"
        file.write_text(json.dumps(self.house.model_dump(mode="json")))  # escapes what is no text
        return ["--rulebook", str(file), *mode]

    def file(self, name: str, write: Callable[[Path], object]) -> Path:
        """Return a file with all kinds, written once for all runs."""
        path = self.folder / name
        if not path.exists():
            write(path)
        return path


MODES = [(-1, True), (-1, False), *((number, number % 2 == 0) for number in range(HOUSES))]
"""The built-in rulebook in both modes, and half of the random ones in each."""


@cache
def right(number: int, assumptions: bool) -> dict[str, Row]:
    """Return what the kernel alone says of each kind."""
    book = Run(number, assumptions, Path()).house or builtin()
    book = book if assumptions else book.without_assumptions()
    rulings = Rulings(book)
    return {name: verdict_columns(judge_kind(kind, rulings)) for name, kind in KINDS.items()}


# Kinds as they are written


def flat(kind: Facts) -> dict[str, Any]:
    """Return what is recorded of a kind, by flat name."""
    facts = kind._asdict() | {"order": wins(kind) if kind.order else None}
    return {name: value for name, value in facts.items() if value is not None}


RECORDS = [{"id": name} | record(kind) for name, kind in KINDS.items()]
ROWS = [
    {"id": name}
    | {fact: word(value) or None for fact, value in kind._asdict().items()}
    | {"order": "; ".join(wins(kind)) if kind.order else None}
    for name, kind in KINDS.items()
]
TABLE = pa.Table.from_pylist(ROWS, schema=pa.schema([(name, pa.string()) for name in ROWS[0]]))


# Paths


def by_flags(run: Run) -> Judged:
    """Judge each kind by the built-in rulebook, and its share by each of the others."""
    command, options = get_command(program()), run.options
    for place, (name, kind) in enumerate(KINDS.items()):
        if run.house is None or place % HOUSES == run.number:
            words = ["score", "--id", name, *flags(flat(kind)), "--format", "csv", *options]
            with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
                assert not command.main(words, standalone_mode=False)
                out.seek(0)
                [row] = csv.DictReader(out.read().splitlines())
            yield row["id"], row


def by_python(run: Run) -> Judged:
    house = Judge(run.house, assumptions=run.assumptions)
    for name, kind in KINDS.items():
        known = Interaction.from_flat(flat(kind))
        yield (
            name,
            verdict_columns(
                house(known) if run.house else judge(known, assumptions=run.assumptions)
            ),
        )


def batch(run: Run, *source: object) -> Judged:
    out = run.folder / "out.csv"
    done = run_program("batch", *source, "-o", out, "--quiet", *run.options)
    assert done.code == 0, done.err
    with out.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield row["id"], row


def of_file(name: str, write: Callable[[Path], object]) -> Callable[[Run], Judged]:
    return lambda run: batch(run, run.file(name, write))


def of_database(scheme: str, write: Callable[[Path], object]) -> Callable[[Run], Judged]:
    return lambda run: batch(
        run, "--connect", f"{scheme}://{run.file(scheme, write)}", "--table", "kinds"
    )


def by_frame(run: Run) -> Judged:
    return of_table(TABLE, run)


def of_table(table: Any, run: Run) -> Judged:
    judged = judge_table(table, rulebook=run.house, assumptions=run.assumptions)
    for row in judged.to_pyarrow().to_pylist():
        yield row["id"], row


def write_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([list(ROWS[0]), *(list(row.values()) for row in ROWS)]):
            sheet.write_row(line, 0, row)


def write_duckdb(path: Path) -> None:
    with duckdb.connect(path) as database:
        database.register("rows", TABLE)
        database.execute("CREATE TABLE kinds AS FROM rows")


def write_sqlite(path: Path) -> None:
    names = ", ".join(f'"{name}" TEXT' for name in ROWS[0])
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE kinds ({names})")
        places = ", ".join("?" * len(ROWS[0]))
        database.executemany(
            f"INSERT INTO kinds VALUES ({places})",  # noqa: S608  # our own
            [tuple(row.values()) for row in ROWS],
        )
    database.close()


PATHS: dict[str, Callable[[Run], Judged]] = {
    "flags": by_flags,
    "python": by_python,
    "yaml": of_file("k.yaml", lambda path: path.write_text(yaml.safe_dump(RECORDS), "utf-8")),
    "json": of_file("k.json", lambda path: path.write_text(json.dumps(RECORDS), "utf-8")),
    "jsonl": of_file(
        "k.jsonl", lambda path: path.write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    ),
    "frame": by_frame,
    "csv": of_file("k.csv", lambda path: pa_csv.write_csv(TABLE, path)),
    "tsv": of_file(
        "k.tsv",
        lambda path: pa_csv.write_csv(TABLE, path, pa_csv.WriteOptions(delimiter="\t")),
    ),
    "parquet": of_file("k.parquet", lambda path: pq.write_table(TABLE, path)),
    "xlsx": of_file("k.xlsx", write_xlsx),
    "duckdb": of_database("duckdb", write_duckdb),
    "sqlite": of_database("sqlite", write_sqlite),
}


def differences(run: Run, judged: Judged) -> Iterator[str]:
    """Tell where a path says something else of a kind than the kernel, or nothing."""
    wanted = right(run.number, run.assumptions)
    seen = dict(judged)
    if run.house is None and seen.keys() != wanted.keys():
        yield f"{len(seen)} of {len(wanted)} kinds"
    for name, row in seen.items():
        for column in VERDICT_COLUMNS:
            got, want = row.get(column) or "", wanted[name].get(column) or ""
            if got != want:
                yield f"{run[:2]} {KINDS[name]} {column}: {got!r}, not {want!r}"


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_every_kind_is_judged_as_by_the_kernel(
    path: Callable[[Run], Judged], tmp_path: Path
) -> None:
    for number, assumptions in MODES:
        run = Run(number, assumptions, tmp_path)
        assert list(differences(run, path(run))) == []


@pytest.mark.xdist_group("postgres")
def test_every_kind_is_judged_as_by_the_kernel_on_postgresql(
    postgres_url: str, tmp_path: Path
) -> None:
    engine = engines.connect(address(postgres_url))
    table = engine.create_table("every_kind", TABLE)
    for number, assumptions in MODES:
        run = Run(number, assumptions, tmp_path)
        assert list(differences(run, of_table(table, run))) == []
    engine.disconnect()


@pytest.mark.xdist_group("spark")
def test_every_kind_is_judged_as_by_the_kernel_on_spark(spark_url: str, tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "rows.parquet")
    engine = engines.connect(address(spark_url))
    table = engine.create_table("every_kind", engine.read_parquet(tmp_path / "rows.parquet"))
    for number, assumptions in MODES:
        run = Run(number, assumptions, tmp_path)
        assert list(differences(run, of_table(table, run))) == []


def test_the_random_rulebooks_differ_in_what_they_say() -> None:
    verdicts = [tuple(row["verdict"] for row in right(*mode).values()) for mode in MODES]
    assert len({*verdicts}) > HOUSES / 2
    assert len({verdict for each in verdicts for verdict in each}) == 5
