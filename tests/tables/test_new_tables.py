"""New tables of a database: whole or not there, and never one that somebody else has made."""

import gc
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest
from conftest import ROOT, Run

from winwinwin.errors import UsageError
from winwinwin.loading.addresses import address
from winwinwin.output import leftovers
from winwinwin.output.files import together
from winwinwin.tables import engines
from winwinwin.tables.engines import NewTable

ENGINES = ("duckdb", "sqlite", "postgres", "spark")
SERVED = [
    name
    if name in ("duckdb", "sqlite")
    else pytest.param(name, marks=pytest.mark.xdist_group(name))
    for name in ENGINES
]


@pytest.fixture(params=SERVED)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of each engine in turn."""
    if request.param in ("postgres", "spark"):
        return str(request.getfixturevalue(f"{request.param}_url"))
    file = tmp_path / "crm.db"
    module: Any = {"duckdb": duckdb, "sqlite": sqlite3}[request.param]
    module.connect(str(file)).close()
    file.touch()
    return f"{request.param}://{file}"


@pytest.fixture
def engine(url: str) -> Iterator[Any]:
    """An engine with a table of calls, and nothing else."""
    engine = engines.connect(address(url))
    _empty(engine)
    calls = ibis.memtable([{"id": name, "salesperson": "won", "customer": "won"} for name in "AB"])
    engine.create_table("calls", calls)
    yield engine
    if engine.name in ("postgres", "pyspark"):  # others have a file that nobody needs any more
        _empty(engine)
    _let_go(engine)


def _let_go(engine: Any) -> None:
    if engine.name != "pyspark":  # which all tests share
        gc.collect()  # temporary tables go while there is a connection
        engine.disconnect()


def _empty(engine: Any) -> None:
    for name in engine.list_tables():
        if name.startswith(("calls", "verdicts", "winwinwin_")):
            engine.drop_table(name)


def ours(engine: Any) -> list[str]:
    return sorted(t for t in engine.list_tables() if t.startswith(("verdicts", "winwinwin_")))


def test_a_table_appears_whole_and_by_its_name(engine: Any) -> None:
    with together() as outputs:
        rows = outputs.add(NewTable(engine, "verdicts")).fill(engine.table("calls"))
        [own] = ours(engine)
        assert leftovers.NAME.fullmatch(own)
    assert (rows, ours(engine)) == (2, ["verdicts"])
    assert engine.table("verdicts").count().to_pyarrow().as_py() == 2


def test_a_table_that_was_made_meanwhile_stays(engine: Any) -> None:
    def meanwhile() -> None:
        with together() as outputs:
            outputs.add(NewTable(engine, "verdicts")).fill(engine.table("calls"))
            engine.create_table("verdicts", engine.table("calls").limit(1))

    with pytest.raises(UsageError, match="--into: 'verdicts' already exists"):
        meanwhile()
    assert ours(engine) == ["verdicts"]
    assert engine.table("verdicts").count().to_pyarrow().as_py() == 1


def test_a_table_that_was_made_in_the_last_moment_stays(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the other run makes its own between the look and the rename."""
    looked = [lambda *_: None, engines.refuse_existing]

    def look(*arguments: Any) -> None:
        looked.pop(0)(*arguments)

    def meanwhile() -> None:
        with together() as outputs:
            outputs.add(NewTable(engine, "verdicts")).fill(engine.table("calls"))
            engine.create_table("verdicts", engine.table("calls").limit(1))
            monkeypatch.setattr(engines, "refuse_existing", look)

    with pytest.raises(UsageError, match="--into: 'verdicts' already exists"):
        meanwhile()
    assert ours(engine) == ["verdicts"]
    assert engine.table("verdicts").count().to_pyarrow().as_py() == 1


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit, ValueError])
def test_a_table_that_was_not_filled_is_not_left(
    engine: Any, monkeypatch: pytest.MonkeyPatch, raised: type[BaseException]
) -> None:
    create = engine.create_table

    def broken_off(*arguments: object, **options: object) -> None:
        create(*arguments, **options)
        raise raised

    def fill() -> None:
        with together() as outputs:
            outputs.add(NewTable(engine, "verdicts")).fill(engine.table("calls"))

    monkeypatch.setattr(engine, "create_table", broken_off)
    with pytest.raises(raised):
        fill()
    assert ours(engine) == []


def test_a_table_goes_where_a_file_beside_it_cannot_be_put(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from winwinwin.output.files import File, target_of

    def full(_file: File) -> None:
        raise OSError(28, "No space left on device")

    def write() -> None:
        with together() as outputs:
            outputs.add(target_of(str(tmp_path / "v.csv")))("new")
            outputs.add(NewTable(engine, "verdicts")).fill(engine.table("calls"))

    monkeypatch.setattr(File, "place", full)
    with pytest.raises(Exception, match=r"v\.csv: cannot be written: no space left"):
        write()
    assert ours(engine) == []
    assert not list(tmp_path.glob("*.csv"))
    assert not list(tmp_path.glob(".*"))


def test_what_a_killed_run_has_left_goes_and_nothing_else(engine: Any) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    machine = leftovers.own_name().split("_")[1]
    dead = f"winwinwin_{machine}_{gone.pid}_abcdef01_0"
    kept = [
        f"winwinwin_{machine}_{os.getppid()}_abcdef01_0",
        f"winwinwin_00000000_{gone.pid}_abcdef01_0",
    ]
    for name in (dead, *kept):
        engine.create_table(name, engine.table("calls"))
    with together() as outputs:
        outputs.add(NewTable(engine, "verdicts")).fill(engine.table("calls"))
    assert ours(engine) == sorted([*kept, "verdicts"])


@pytest.mark.parametrize(
    "url", SERVED[:3], indirect=True
)  # nobody sees the tables of another Spark
def test_of_two_runs_that_make_the_same_table_one_does(
    run: Run, engine: Any, url: str, tmp_path: Path
) -> None:
    flags = ["batch", "--connect", url, "--table", "calls", "--into", "verdicts", "-q"]
    command = [sys.executable, "-m", "winwinwin", *flags]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    engine.disconnect()  # DuckDB's file is one process's at a time
    both = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ends = [(process.communicate()[1], process.returncode) for process in both]
    again = run(*flags)
    engine.reconnect()
    assert sorted(code for _, code in ends) == [0, 2], ends
    [why] = [text for text, code in ends if code]
    assert re.search(r"--into: 'verdicts' already exists\.|locked|lock on file", why), why
    assert (again.code, again.err.startswith("--into: 'verdicts' already exists.")) == (2, True)
    assert ours(engine) == ["verdicts"]
    assert engine.table("verdicts").count().to_pyarrow().as_py() == 2
