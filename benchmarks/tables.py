"""Measure tables against SQL written by hand and against plain copies: `python benchmarks/tables.py`.

The data come from a fixed seed. The things compared are run in turns, and the best of the rounds is
taken, in processor seconds of the process and what it starts; for Spark, in seconds on the clock.
The SQL is what a person might write for this very table: no other spelling, no mistake, no time. Of
the thirteen verdict columns it has the six that a CASE says easily; a second one adds the other seven, of
which `possible` and `needs` are simpler than they ought to be, and three are empty here.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from run import Result, in_turns, peak, program, python, shown, told

ROUNDS = 3

MAKE = """
import sys, duckdb
target, rows, options = sys.argv[1:]
def pick(*words):
    return f"list_extract({list(words)}, 1 + CAST(floor(random() * {len(words)}) AS INT))"
def some(share, *words):
    return f"CASE WHEN random() < {share} THEN {pick(*words)} END"
duckdb.sql("SET threads = 1; SELECT setseed(0.42)")
duckdb.sql(f'''
    COPY (SELECT 'C-' || i AS id, {pick("Amara", "Bridget", "Henrik", "Linh", "Mateo")} AS employee,
        {pick("phone", "shop", "web")} AS channel, round(random() * 1000, 2) AS amount,
        {some(0.95, "won", "won", "lost")} AS salesperson, {some(0.95, "won", "won", "lost")} AS customer,
        {some(0.7, "won", "lost")} AS organization, {some(0.3, "true", "true", "false")} AS salesperson_feels_good,
        {some(0.2, "true", "false")} AS salesperson_believes_lost_for_customer,
        {some(0.3, "won", "lost")} AS customer_believes_salesperson
    FROM range({rows}) AS numbers(i)) TO '{target}' ({options})
''')
"""

CASES = """
WITH known AS (
    SELECT *,
        salesperson_feels_good = 'false' OR coalesce(salesperson_believes_lost_for_customer = 'true',
            salesperson = 'lost' AND customer = 'won') AS disgruntled,
        customer = 'lost' AND coalesce(customer_believes_salesperson, salesperson) = 'won' AS beaten,
        salesperson = 'won' AND customer = 'won' AS mutual,
        salesperson IS NULL OR customer IS NULL
            OR (salesperson = 'lost' AND salesperson_feels_good IS NULL) AS open
    FROM rows),
ruled AS (
    SELECT *, CASE WHEN disgruntled OR beaten THEN 'lost' WHEN mutual THEN 'won' END AS organization_outcome
    FROM known)
SELECT * EXCLUDE (disgruntled, beaten, mutual, open, organization_outcome),
    CASE WHEN disgruntled OR beaten THEN 'organization_loses' WHEN mutual THEN 'win_win_win'
        WHEN open THEN 'undetermined' ELSE 'not_covered' END AS verdict,
    organization_outcome,
    CASE salesperson WHEN 'won' THEN 'WIN' WHEN 'lost' THEN 'LOSE' ELSE '?' END || '/' ||
        CASE customer WHEN 'won' THEN 'WIN' WHEN 'lost' THEN 'LOSE' ELSE '?' END || '/' ||
        CASE organization_outcome WHEN 'won' THEN 'WIN' WHEN 'lost' THEN 'LOSE' ELSE '?' END AS triple,
    CASE WHEN disgruntled THEN 'disgruntled-salesperson' WHEN beaten THEN 'beaten-customer'
        WHEN mutual THEN 'mutual-win' END AS rule,
    CASE WHEN organization <> organization_outcome THEN 'true'
        WHEN organization = organization_outcome THEN 'false' END AS contradicts_books,
    CASE WHEN salesperson = 'lost' THEN 'salesperson_lost' END AS notes
FROM ruled
"""

ALL_CASES = f"""
SELECT * EXCLUDE (contradicts_books, notes), CAST(NULL AS VARCHAR) AS order_status,
    CAST(NULL AS DOUBLE) AS gap_seconds,
    nullif(concat_ws(';',
        CASE WHEN salesperson_feels_good IS NULL AND salesperson = 'won' THEN 'salesperson_feels_good' END,
        CASE WHEN salesperson_believes_lost_for_customer IS NULL AND salesperson IS NOT NULL
            AND customer IS NOT NULL THEN 'salesperson_believes_lost_for_customer' END,
        CASE WHEN customer_believes_salesperson IS NULL AND salesperson IS NOT NULL
            THEN 'customer_believes_salesperson' END,
        CASE WHEN salesperson = 'won' AND customer = 'won' THEN 'order' END), '') AS assumed,
    CASE WHEN verdict <> 'undetermined' THEN verdict WHEN salesperson = 'lost' OR customer = 'lost'
        THEN 'organization_loses;not_covered' ELSE 'win_win_win;organization_loses' END AS possible,
    CASE WHEN verdict = 'undetermined' THEN concat_ws(';',
        CASE WHEN salesperson IS NULL THEN 'salesperson' END,
        CASE WHEN customer IS NULL THEN 'customer' END,
        CASE WHEN salesperson = 'lost' THEN 'salesperson_feels_good' END) END AS needs,
    contradicts_books, notes,
    nullif(concat_ws('&',
        CASE WHEN coalesce(salesperson, '') <> 'won' THEN 'salesperson=won' END,
        CASE WHEN coalesce(customer, '') <> 'won' THEN 'customer=won' END,
        CASE WHEN salesperson_feels_good = 'false' THEN 'salesperson_feels_good=true' END,
        CASE WHEN salesperson_believes_lost_for_customer = 'true'
            THEN 'salesperson_believes_lost_for_customer=false' END), '') AS remedies,
    CAST(NULL AS VARCHAR) AS problem
FROM ({CASES})
"""

SQL = """
import sys, duckdb
source, query = sys.argv[1:]
duckdb.sql(f"CREATE VIEW rows AS FROM {source}")
duckdb.sql(query) if query.startswith("COPY") else duckdb.sql(query).fetchall()
"""

SPARK_COPY = """
import sys
from pyspark.sql import SparkSession
session = SparkSession.builder.master(sys.argv[1]).config("spark.sql.warehouse.dir", sys.argv[2]).getOrCreate()
session.read.parquet(sys.argv[3]).write.parquet(sys.argv[4])
"""

NOT_SUMMED = "verdict, rule, triple, organization_outcome, contradicts_books, notes"


def make(target: Path, rows: int, options: str) -> Path:
    subprocess.run(python(MAKE, str(target), str(rows), options), check=True)
    return target


def sql(source: Path, query: str) -> list[str]:
    """Return the command that runs a query over a file."""
    read = f"read_csv('{source}', all_varchar = true)" if source.suffix == ".csv" else f"'{source}'"
    return python(SQL, read, query)


def parquet(folder: Path, rows: int) -> list[Result]:
    """Measure the summary and the annotated copy of a file of Parquet."""
    source = make(folder / "rows.parquet", rows, "FORMAT parquet")
    out = folder / "out.parquet"
    best = in_turns(
        {
            "summary": program("batch", str(source), "--quiet"),
            "summary by hand": sql(
                source, f"SELECT {NOT_SUMMED}, count(*) FROM ({CASES}) GROUP BY ALL"
            ),
            "annotate": program("batch", str(source), "-o", str(out), "--quiet"),
            "six columns by hand": sql(source, f"COPY ({CASES}) TO '{out}'"),
            "all columns by hand": sql(source, f"COPY ({ALL_CASES}) TO '{out}'"),
            "copy": sql(source, f"COPY rows TO '{out}'"),
        },
        ROUNDS,
    )
    told(f"{rows:,} rows of Parquet", best)
    return [
        Result(
            "summary : the same counts by hand",
            best["summary"] / best["summary by hand"],
            "times",
            1.15,
        ),
        Result(
            "all verdict columns : six by hand",
            best["annotate"] / best["six columns by hand"],
            "times",
            1.15,
        ),
        Result(
            "all verdict columns : all by hand",
            best["annotate"] / best["all columns by hand"],
            "times",
            1.15,
        ),
        Result("all verdict columns : a plain copy", best["annotate"] / best["copy"], "times", 3),
    ]


def text(folder: Path, rows: int) -> list[Result]:
    """Measure CSV to CSV."""
    source, out = make(folder / "rows.csv", rows, "FORMAT csv"), folder / "out.csv"
    best = in_turns(
        {
            "annotate": program("batch", str(source), "-o", str(out), "--quiet"),
            "six columns by hand": sql(source, f"COPY ({CASES}) TO '{out}'"),
            "all columns by hand": sql(source, f"COPY ({ALL_CASES}) TO '{out}'"),
            "copy": sql(source, f"COPY rows TO '{out}'"),
        },
        ROUNDS,
    )
    told(f"{rows:,} rows of CSV", best)
    return [
        Result("CSV to CSV : a plain copy", best["annotate"] / best["copy"], "times", 3),
        Result(
            "CSV to CSV : six columns by hand",
            best["annotate"] / best["six columns by hand"],
            "times",
            2,
        ),
        Result(
            "CSV to CSV : all columns by hand",
            best["annotate"] / best["all columns by hand"],
            "times",
            1.15,
        ),
    ]


def spark(folder: Path, rows: int) -> list[Result]:
    """Measure Spark, in this machine's threads, against a plain copy by it."""
    source = make(folder / "spark.parquet", rows, "FORMAT parquet")
    warehouse, out = folder / "warehouse", folder / "spark-out"
    code = (
        "import sys\nfrom pyspark.sql import SparkSession\n"
        "session = SparkSession.builder.master(sys.argv[1]).config('spark.sql.warehouse.dir', sys.argv[2]).getOrCreate()\n"
        "import ibis\nfrom winwinwin import judge_table\nengine = ibis.pyspark.connect(session)\n"
        "engine.to_parquet_dir(judge_table(engine.read_parquet(sys.argv[3])), sys.argv[4])\n"
    )
    clock = {}
    for name, program_text in {"annotate": code, "copy": SPARK_COPY}.items():
        command = python(program_text, "local[2]", str(warehouse), str(source), f"{out}-{name}")
        start = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        clock[name] = time.monotonic() - start
    told(f"{rows:,} rows on Spark", clock)
    return [
        Result(
            "Spark, all verdict columns : a plain copy",
            clock["annotate"] / clock["copy"],
            "times",
            4,
        )
    ]


def memory(folder: Path, rows: int, limit: str) -> list[Result]:
    """Measure the most memory that an annotated copy holds within a limit of the engine."""
    source = make(folder / "many.parquet", rows, "FORMAT parquet")
    flags = ["-o", str(folder / "many-out.parquet"), "--memory-limit", limit, "--quiet"]
    most = peak(program("batch", str(source), *flags))
    return [Result(f"peak memory of {rows:,} rows at a limit of {limit}", most, "MB", 2500)]


def measured(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure what the options of this part name; 0 rows leave a part out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--csv-rows", type=int, default=5_000_000)
    parser.add_argument("--spark-rows", type=int, default=5_000_000)
    parser.add_argument("--memory-rows", type=int, default=100_000_000)
    parser.add_argument("--memory-limit", default="2GB")
    options = parser.parse_args(arguments)
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.rows:
            results += parquet(folder, options.rows)
        if options.csv_rows:
            results += text(folder, options.csv_rows)
        if options.spark_rows:
            results += spark(folder, options.spark_rows)
        if options.memory_rows:
            results += memory(folder, options.memory_rows, options.memory_limit)
    return results


if __name__ == "__main__":
    sys.exit(shown(measured()))
