"""The same input gives the same bytes, whatever a terminal, a place or a process is like."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import ROOT
from outside import TEXTS

FORMATS = ["svg", "html", "md", "txt", "json", "jsonl", "csv", "xlsx", "xml"]
TABLES = ["svg", "html", "md", "txt", "json", "csv", "tsv", "parquet", "xlsx", "xml"]
SETTINGS = [
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "TTY_COMPATIBLE",
    "COLUMNS",
    "LINES",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "PYTHONHASHSEED",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
    "UNICODE_VERSION",
    "JUPYTER_COLUMNS",
]
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "dumb": {"TERM": "dumb", "COLUMNS": "30", "LINES": "5", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "no colour": {
        "NO_COLOR": "1",
        "TERM": "unknown",
        "TZ": "Asia/Kathmandu",
        "PYTHONHASHSEED": "2",
    },
    "colours": {"FORCE_COLOR": "1", "COLORTERM": "truecolor", "TERM": "xterm", "COLUMNS": "300"},
    "elsewhere": {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "3"},
    "another encoding": {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LANG": "POSIX"},
    "another width": {"TTY_COMPATIBLE": "1", "JUPYTER_COLUMNS": "20"},
}


def written(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Run the program in a process of its own; return a digest of each file and of its output."""
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    digests = {}
    for source, formats in (("week.jsonl", FORMATS), ("week.csv", TABLES)):
        files = [part for each in formats for part in ("-o", f"{source}.{each}")]
        command = [sys.executable, "-m", "winwinwin", "batch", source, "--by", "employee", *files]
        there = clean | {"PYTHONPATH": str(ROOT)} | environment
        ran = subprocess.run(command, check=False, cwd=folder, env=there, capture_output=True)
        assert ran.returncode == 0, ran.stderr
        digests[source] = sha256(ran.stdout).hexdigest()
        for each in formats:
            name = f"{source}.{each}"
            digests[name] = sha256((folder / name).read_bytes()).hexdigest()
    return digests


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same interactions as records and as a table."""
    folder = tmp_path_factory.mktemp("bytes")
    employees = [TEXTS["emoji"], TEXTS["a script"], "Zo\u00eb", "\u5c71\u7530", "I\u0307i"]
    rows = [
        {
            "id": f"W-{number}",
            "employee": employee,
            "salesperson": "won",
            "customer": "won" if number % 3 else "lost",
            "salesperson_won_at": f"2026-11-{number % 28 + 1:02}T09:30:00+02:00",
        }
        for number, employee in enumerate(employees * 8)
    ]
    nested = [
        {name: value for name, value in row.items() if name != "salesperson_won_at"}
        | {"salesperson": {"outcome": "won", "won_at": row["salesperson_won_at"]}}
        for row in rows
    ]
    (folder / "week.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in nested))
    cells = [list(rows[0]), *([f'"{cell}"' for cell in row.values()] for row in rows)]
    (folder / "week.csv").write_text("".join(f"{','.join(row)}\n" for row in cells), "utf-8")
    return folder


@pytest.fixture(scope="module")
def usual(week: Path) -> dict[str, str]:
    return written(week, {"PYTHONHASHSEED": "0"})


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_the_environment_changes_no_byte(
    week: Path, usual: dict[str, str], environment: dict[str, str]
) -> None:
    assert written(week, environment) == usual
