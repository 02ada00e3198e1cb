"""What is attempted, by the kind of input that is made up."""

import csv
import gzip
import io
import json
import zipfile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import yaml
from attempts import Attempt
from hypothesis import strategies as st
from pieces import EXAMPLES, JUNK, TEXTS, WORDS, bytes_like, edited, edits, texts_like, values_like

from winwinwin.record.interaction import FLAT_PATHS

TO_ROWS = ("--quiet", "--format", "jsonl")
SURVEY = yaml.safe_load(EXAMPLES["survey.map.yaml"])
CASES = yaml.safe_load(EXAMPLES["house.cases.yaml"].rpartition("\n- name")[0])


def as_text(value: Any, form: str) -> bytes:
    """Write a value as YAML or JSON."""
    text = json.dumps(value) if form == "json" else yaml.safe_dump(value, sort_keys=False)
    return text.encode("utf-8", "replace")


def either(sound: Any, *examples: str) -> st.SearchStrategy[bytes]:
    """Draw a document: a value with a part changed, or a text with some letters changed."""
    of_values = st.builds(as_text, values_like(sound), st.sampled_from(["yaml", "json"]))
    return of_values | texts_like(as_text(sound, "yaml").decode(), *examples)


# Documents: files of records

RECORD = st.dictionaries(
    st.sampled_from([*FLAT_PATHS, "id", "notes", "tags", "order"]) | WORDS, JUNK, min_size=1, max_size=4
)  # fmt: skip
SOUND_RECORD = {
    "id": "A",
    "date": "2026-11-23",
    "salesperson": {"outcome": "won", "feels_good": True, "won_at": "2026-11-23T10:00"},
    "customer": {"outcome": "lost", "believes_salesperson": "won"},
    "order": ["salesperson", "organization"],
    "organization": "won",
    "tags": {"region": "north"},
}
FORMS = st.sampled_from(["yaml", "json", "jsonl"])


def documents() -> st.SearchStrategy[Attempt]:
    texts = texts_like(
        EXAMPLES["week.yaml"], EXAMPLES["broken.yaml"], json.dumps([SOUND_RECORD] * 2)
    )
    return st.builds(
        lambda form, content: Attempt(("batch", f"r.{form}", *TO_ROWS), {f"r.{form}": content}),
        FORMS,
        texts | st.binary(max_size=40),
    )


def records() -> st.SearchStrategy[Attempt]:
    def attempt(form: str, found: list[dict[str, Any]]) -> Attempt:
        if form == "jsonl":
            text = "".join(f"{json.dumps(record)}\n" for record in found).encode()
        else:
            text = as_text(found, form)
        return Attempt(("batch", f"r.{form}", *TO_ROWS), {f"r.{form}": text}, number=len(found))

    one = RECORD | values_like(SOUND_RECORD).filter(lambda found: found and isinstance(found, dict))
    return st.builds(attempt, FORMS, st.lists(one, min_size=1, max_size=4))


# Rulebooks and cases


def rulebooks() -> st.SearchStrategy[Attempt]:
    house = EXAMPLES["house.yaml"]
    commands = st.sampled_from(
        [
            ("rules", "check", "h.yaml"),
            ("rules", "diff", "h.yaml"),
            ("rules", "table", "--rulebook", "h.yaml", "--quiet"),
            ("rules", "list", "--rulebook", "h.yaml", "--format", "markdown"),
            ("explain", "-s", "won", "-c", "lost", "--rulebook", "h.yaml"),
            ("score", "-s", "won", "--rulebook", "h.yaml", "--format", "json"),
        ]
    )
    sound = yaml.safe_load((house.rpartition("\n  - id"))[0])
    books = either(sound, house)
    return st.builds(lambda words, book: Attempt(words, {"h.yaml": book}), commands, books)


def cases() -> st.SearchStrategy[Attempt]:
    words = st.sampled_from(
        [("rules", "test", "c.yaml"), ("rules", "test", "c.yaml", "-o", "c.xml")]
    )
    content = either(CASES, EXAMPLES["house.cases.yaml"])
    return st.builds(lambda words, text: Attempt(words, {"c.yaml": text}), words, content)


# Mappings

ANSWERS = b"Deal,Won?,Mood,Sold,Paid,Choices\nA,yes,9,23.11.2026 10:00,,a;b\nB,no,1,,2026-11-24,\nC,,x,1,1,b\n"
MAPPING = {
    "id": "Deal",
    "date": {"column": "Paid", "format": ["%Y-%m-%d", "epoch seconds"], "otherwise": "error"},
    "salesperson": {"column": "Won?", "won": "yes", "lost": ["no", "n"], "otherwise": "error"},
    "customer": {"column": "Mood", "won": {"at least": 7}, "lost": {"at most": 4}},
    "organization": {"won": {"when": [{"Won?": "yes", "Mood": {"more than": 3}}]}},
    "salesperson_feels_good": {"column": "Choices", "split": ";", "true": {"all of": ["a", "b"]}},
    "salesperson_won_at": {"column": "Sold", "format": "%d.%m.%Y %H:%M"},
    "tags": {"mood": "Mood"},
    "join": [{"file": "o.csv", "on": {"Deal": "id"}}],
    "file": {"skip_rows": 0, "delimiter": ",", "encoding": "utf-8"},
}
OTHER = b"id,more\nA,1\nD,2\n"
OF_RECORDS = (
    b'{"Deal": "A", "Won?": "yes", "Mood": 9, "a": [{"b": "c"}]}\n{"Deal": "B", "Sold": ["x"]}\n'
)


def mappings() -> st.SearchStrategy[Attempt]:
    files = {"t.csv": ANSWERS, "o.csv": OTHER, "r.jsonl": OF_RECORDS}
    less = {name: MAPPING[name] for name in ("id", "salesperson", "customer", "tags")}
    long = {"long": {"id": "Deal", "question": "Won?", "answer": "Mood"}, "customer": "yes"}
    content = st.one_of(
        either(MAPPING, EXAMPLES["survey.map.yaml"]), either(less), either(less), either(long)
    )
    return st.builds(
        lambda name, text: Attempt(
            ("batch", name, "--map", "m.yaml", *TO_ROWS), files | {"m.yaml": text}
        ),
        st.sampled_from(["t.csv", "r.jsonl", "r.jsonl"]),
        content,
    )


# Tables

CELLS = st.one_of(WORDS, WORDS, TEXTS, st.just(""))
HEADERS = st.lists(
    st.sampled_from([*FLAT_PATHS, "id", "date"]) | TEXTS, min_size=1, max_size=5, unique=True
)


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Draw a header and rows of as many cells."""
    header = ["customer", *draw(HEADERS)]
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    return [header, *draw(st.lists(row, min_size=1, max_size=6))]


def as_csv(grid: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(grid)
    return text.getvalue().encode("utf-8", "replace")


def as_xlsx(grid: list[list[str]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(grid):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return content.getvalue()


def as_parquet(grid: list[list[str]]) -> bytes:
    content = io.BytesIO()
    header = [f"{number}{name}" if number else name for number, name in enumerate(grid[0])]
    columns = zip(*grid[1:], strict=True)
    table = pa.table({n: pa.array(list(c)) for n, c in zip(header, columns, strict=True)})
    pq.write_table(table, content)
    return content.getvalue()


def as_zip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("t.csv"), content)  # without the time of day
    return packed.getvalue()


WRITERS = {
    "t.csv": as_csv,
    "t.tsv": lambda grid: as_csv(grid, "\t"),
    "t.xlsx": as_xlsx,
    "t.parquet": as_parquet,
    "t.csv.gz": lambda grid: gzip.compress(as_csv(grid), mtime=0),
    "t.csv.zip": lambda grid: as_zip(as_csv(grid)),
}


def tables() -> st.SearchStrategy[Attempt]:
    """Draw sound tables of odd cells: no row is lost in silence."""

    def attempt(name: str, grid: list[list[str]]) -> Attempt:
        words = ("batch", name, *TO_ROWS)
        return Attempt(words, {name: WRITERS[name](grid)}, number=len(grid) - 1)

    return st.builds(attempt, st.sampled_from([*WRITERS]), grids())


def table_bytes() -> st.SearchStrategy[Attempt]:
    """Draw files of tables in which some bytes are others."""
    grid = [["id", "customer", "salesperson_won_at"], ["A", "won", "2026-11-23"], ["B", "", "x"]]
    contents = {name: write(grid) for name, write in WRITERS.items()}

    def attempt(named: tuple[str, bytes]) -> Attempt:
        return Attempt(("batch", named[0], *TO_ROWS), {named[0]: named[1]})

    changed = st.one_of(
        *(st.tuples(st.just(name), bytes_like(content)) for name, content in contents.items()),
        st.tuples(st.just("t.xlsx"), workbooks(contents["t.xlsx"])),
        st.tuples(st.just("t.csv"), texts_like(as_csv(grid).decode())),
    )
    return changed.map(attempt)


def workbooks(sound: bytes) -> st.SearchStrategy[bytes]:
    """Draw a workbook that is a sound archive of parts in which some letters are others."""
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    odd = st.sampled_from(
        ['r="A1"', 'r="XFD1048576"', "<c>", "</row>", "9" * 12, "&a;", "<v>-1</v>", 't="s"']
    )

    def packed(name: str, changes: Any) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for part, text in (parts | {name: edited(parts[name], changes)}).items():
                archive.writestr(part, text.encode("utf-8", "replace"))
        return content.getvalue()

    inner = [name for name in parts if name.startswith("xl/")]
    return st.builds(packed, st.sampled_from(inner), edits(odd | TEXTS))


# Command lines

FILES = {
    "week.yaml": EXAMPLES["week.yaml"].encode(),
    "house.yaml": EXAMPLES["house.yaml"].encode(),
    "c.yaml": EXAMPLES["house.cases.yaml"].encode(),
    "t.csv": ANSWERS,
    "m.yaml": as_text({"customer": "Mood", "id": "Deal"}, "yaml"),
    "r.jsonl": OF_RECORDS,
}
COMMANDS = st.sampled_from(
    [
        "score",
        "explain",
        "batch",
        "compare",
        "list",
        "record",
        "new",
        "map",
        "schema",
        "config",
        "help",
        "version",
        "rules",
        "rules_list",
        "rules_show",
        "rules_table",
        "rules_check",
        "rules_diff",
        "rules_test",
    ]
)
OPTIONS = [
    "-s",
    "-c",
    "-o",
    "-q",
    "-f",
    "--salesperson",
    "--customer",
    "--organization",
    "--feels-good",
    "--no-feels-good",
    "--id",
    "--believes-lost",
    "--customer-believes-salesperson",
    "--order",
    "--salesperson-won-at",
    "--format",
    "--output",
    "--quiet",
    "--no-color",
    "--rulebook",
    "--no-assumptions",
    "--map",
    "--by",
    "--prefix",
    "--into",
    "--connect",
    "--table",
    "--input-format",
    "--encoding",
    "--delimiter",
    "--header-row",
    "--skip-rows",
    "--skip-footer",
    "--sheet",
    "--records",
    "--fail-on",
    "--require",
    "--surely",
    "--summary",
    "--max-errors",
    "--memory-limit",
    "--only",
    "--to",
    "--yaml",
    "--sql",
    "--debug",
    "--help",
    "--no-defaults",
    "--fail-on-worse",
    "--map-before",
    "--version",
    "--",
]
VALUES = st.sampled_from(
    ["won", "lost", "week.yaml", "house.yaml", "c.yaml", "t.csv", "m.yaml", "r.jsonl", "none.yaml", ".", "-", "json", "jsonl", "csv", "xlsx", "parquet", "html", "svg", "markdown", "junit", "github", "sql", "yaml", "out.csv", "out.html", "out.json", "out.xlsx", "out.xml", "0", "1", "-1", "2GB", "99999999999999999999", "organization_loses", "organization_loses=10%", "=%", "month", "channel", "tags.x", "sqlite://x.db", "duckdb://x.db", "duckdb://", "sqlite://", "postgres://127.0.0.1:1/x", "env:NONE", "salesperson,customer", "2026-11-23", "mutual-win", "kinds", "*", "[", "utf-16", "tab"]
)  # fmt: skip


def arguments() -> st.SearchStrategy[Attempt]:
    """Draw words of all kinds in any order; none leads out of the folder or to a network."""
    odd = TEXTS.map(lambda text: "".join(c for c in text if c not in "/\\~\0" and c.isprintable()))
    words = st.lists(st.one_of(st.sampled_from(OPTIONS), VALUES, VALUES, VALUES, odd), max_size=7)

    def attempt(command: str, rest: list[str], stdin: bytes) -> Attempt:
        return Attempt((*command.split("_"), *rest), FILES, stdin)

    return st.builds(attempt, COMMANDS, words, st.sampled_from([b"", OF_RECORDS, b"won\nlost\n"]))


TARGETS = {
    "documents": documents(),
    "records": records(),
    "rulebooks": rulebooks(),
    "cases": cases(),
    "mappings": mappings(),
    "tables": tables(),
    "table bytes": table_bytes(),
    "arguments": arguments(),
}
