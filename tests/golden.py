"""What every command writes about the examples, in every format: one file each in tests/golden/.

python tests/golden.py     # write them anew; look at the difference before it is committed
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from conftest import ROOT, run_program

from winwinwin.cli.commands import COMMANDS
from winwinwin.output.formats import FORMATS

FOLDER = ROOT / "tests/golden"
MOST = 8_000
"""Characters that are kept of an output."""
TABLE_ONLY = ("tsv", "parquet")


class Case(NamedTuple):
    """A command whose outputs are kept."""

    name: str
    words: str
    code: int = 0
    without: tuple[str, ...] = ()
    """Formats of its command that it does not write."""


CASES = (
    Case("score", "score -s lost -c won --no-feels-good --id A-1"),
    Case("score undetermined", "score -s won --no-assumptions"),
    Case("explain", "explain examples/week.yaml W47-036"),
    Case("batch one", "batch examples/one.yaml", without=TABLE_ONLY),
    Case("batch week", "batch examples/week.yaml --by employee --by week", without=TABLE_ONLY),
    Case("batch broken", "batch examples/broken.yaml", 2, TABLE_ONLY),
    Case("batch survey", "batch examples/survey.csv --map examples/survey.map.yaml --by channel"),
    Case("compare", "compare examples/one.yaml examples/week.yaml --by employee"),
    Case("evidence", "evidence examples/year.csv --customer account --cluster employee"),
    Case("list", "list examples/week.yaml --only organization_loses"),
    Case("config", "config"),
    Case("rules list", "rules list --rulebook examples/house.yaml"),
    Case("rules show", "rules show beaten-customer"),
    Case("rules table", "rules table"),
    Case("rules check", "rules check examples/house.yaml"),
    Case("rules diff", "rules diff examples/house.yaml"),
    Case("rules test", "rules test examples/house.cases.yaml --rulebook examples/house.yaml"),
)
PAGES = {" ".join(command.words): command.load()[1] for command in COMMANDS}
"""The formats of each command."""


def formats_of(case: Case) -> list[str]:
    """Return the formats that a file is written in."""
    command = max((name for name in PAGES if case.words.startswith(name)), key=len)
    return [name for name in PAGES[command] if FORMATS[name].suffixes and name not in case.without]


def written() -> Iterator[tuple[str, str]]:
    """Yield the name of each file and the text that it should hold."""
    with TemporaryDirectory() as name:
        for case in CASES:
            files = {
                format_name: Path(
                    name, f"{case.name.replace(' ', '-')}{FORMATS[format_name].suffixes[0]}"
                )
                for format_name in formats_of(case)
            }
            outputs = [part for file in files.values() for part in ("-o", file)]
            done = run_program(*case.words.split(), *outputs)
            assert (done.code, case.name) == (case.code, case.name), done.err
            for format_name, file in files.items():
                text = READERS.get(format_name, as_it_is)(file)
                yield f"{file.name}{'.txt' * (not FORMATS[format_name].is_text)}", shortened(text)


def as_it_is(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def shortened(text: str) -> str:
    """Return a text whose end is only a digest where it is long."""
    if len(text) <= MOST:
        return text
    return f"{text[:MOST]}\n… sha256 {sha256(text.encode()).hexdigest()}\n"


def without_scripts(path: Path) -> str:
    """Return a page without scripts, most of which are a library's, their digests, and its style."""
    page = re.sub(r"(?s)(<(script|style)[^>]*>).*?(</\2>)", r"\1…\3", as_it_is(path))
    return re.sub(r"sha256-[\w+/]+=*", "sha256-…", page)


def of_parquet(path: Path) -> str:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    types = [f"{field.name}: {field.type}" for field in table.schema]
    rows = [json.dumps(row, default=str, ensure_ascii=False) for row in table.to_pylist()]
    return "\n".join([*types, *rows, ""])


def of_workbook(path: Path) -> str:
    import openpyxl

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for sheet in openpyxl.load_workbook(path):
        rows.writerow([f"== {sheet.title}"])
        rows.writerows(sheet.iter_rows(values_only=True))
    return text.getvalue()


READERS: dict[str, Callable[[Path], str]] = {
    "html": without_scripts,
    "parquet": of_parquet,
    "xlsx": of_workbook,
}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    kept = dict(written())
    for path in FOLDER.iterdir():
        if path.name not in kept:
            path.unlink()
    for name, text in kept.items():
        (FOLDER / name).write_text(text, "utf-8", newline="")
