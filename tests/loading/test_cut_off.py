"""Files that end too early, inside a character or a container: none is taken for whole."""

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from conftest import Run

HALF = "é".encode()[:1]
WON = "- {id: A, salesperson: won}\n"
CASE = "- {name: it, facts: {salesperson: won}, expect: {verdict: undetermined}}\n"
READ = {
    ("batch", "a.yaml"): WON + "- {id: B, notes: caf",
    ("batch", "b.yaml"): WON + "# caf",
    ("batch", "a.json"): '[{"id": "A", "salesperson": "won"}]\n',
    ("batch", "a.jsonl"): '{"id": "A", "salesperson": "won"}\n{"id": "B"}\n',
    ("batch", "a.csv"): "id,salesperson,said\nA,won,good\nB,won,caf",
    ("batch", "a.tsv"): "id\tsalesperson\nA\twon\n",
    ("map", "c.csv"): "id,salesperson,said\nA,won,good\nB,won,caf",
    ("map", "c.jsonl"): '{"id": "A", "mood": "good"}\n',
    ("compare", "examples/week.yaml", "d.yaml"): WON,
    ("explain", "e.yaml", "A"): WON + "# caf",
    ("record", "--to", "f.yaml"): WON + "# caf",
    ("rules", "check", "g.yaml"): "name: mine\n",
    ("rules", "test", "h.yaml"): CASE,
    ("batch", "examples/survey.csv", "--map", "i.yaml"): "customer: customer\n# caf",
    ("batch", "examples/week.yaml", "--rulebook", "j.yaml"): "name: mine\n",
}
"""Texts that lack the rest of their last character, by the command that reads them."""


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_a_text_that_ends_inside_a_character_is_reported_with_the_place(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    text = READ[words]
    place = next(index for index, word in enumerate(words) if word[1:2] == ".")
    file = tmp_path / words[place]
    file.write_bytes(text.encode() + HALF)
    done = run(*words[:place], file, *words[place + 1 :], stdin="won\nwon\n\n\n\n\n")
    line = text.count("\n") + 1
    assert done.code == 2
    assert f"{file}:{line}" in done.err
    assert "is not UTF-8" in done.err
    assert file.read_bytes() == text.encode() + HALF


@pytest.mark.parametrize("its_format", ["yaml", "json", "jsonl", "csv"])
def test_so_it_is_in_standard_input(run: Run, its_format: str) -> None:
    text = next(text for words, text in READ.items() if words[1].endswith(f"a.{its_format}"))
    done = run("batch", "-", "--input-format", its_format, stdin=text.encode() + HALF)
    assert done.code == 2
    line = text.count("\n") + 1
    assert f"standard input:{line}" in done.err
    assert "is not UTF-8" in done.err


def test_so_it_is_in_the_file_of_defaults(run: Run, tmp_path: Path) -> None:
    (tmp_path / "winwinwin.toml").write_bytes(b"# caf" + HALF)
    done = run("rules", "list", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "winwinwin.toml:1:6: byte 0xc3 is not UTF-8." in done.err


ROWS = 1_000
SKIPPED = struct.pack("<II", 0x184D2A50, 5) + b"hello"
"""A frame of zstd that holds nothing to read."""


def table(rows: int = ROWS) -> bytes:
    """Return rows that no compression makes small."""
    chance = random.Random(7)  # noqa: S311  # no secret
    values = ("won", "lost")
    lines = (
        f"{chance.getrandbits(64)},{chance.choice(values)},{chance.choice(values)},{number % 3}\n"
        for number in range(rows)
    )
    return b"id,salesperson,customer,employee\n" + "".join(lines).encode()


def records(rows: int = ROWS) -> bytes:
    chance = random.Random(7)  # noqa: S311  # no secret
    lines = (
        f'{{"id": "{chance.getrandbits(64)}", "salesperson": "won", "employee": "{number % 3}"}}\n'
        for number in range(rows)
    )
    return "".join(lines).encode()


def members(content: bytes) -> bytes:
    half = len(content) // 2
    return gzip.compress(content[:half]) + gzip.compress(b"") + gzip.compress(content[half:])


def sized(content: bytes) -> bytes:
    """Return a frame of zstd that says how long its content is."""
    return bytes(pa.compress(content, "zstd", asbytes=True))


def unsized(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return bytes(sink.getvalue().to_pybytes())


def frames(content: bytes) -> bytes:
    half = len(content) // 2
    return SKIPPED + sized(content[:half]) + SKIPPED + sized(content[half:])


def zipped(content: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", content)
    return sink.getvalue()


def parquet(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pyarrow.csv.read_csv(io.BytesIO(content)), sink)
    return gzip.compress(bytes(sink.getvalue().to_pybytes()))


PACKED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip": ("a.csv.gz", lambda: gzip.compress(table())),
    "gzip of several members": ("a.csv.gz", lambda: members(table())),
    "gzip by another suffix": ("a.TSV.GZ", lambda: gzip.compress(table().replace(b",", b"\t"))),
    "zstd": ("a.csv.zst", lambda: sized(table())),
    "zstd without its size": ("a.csv.zst", lambda: unsized(table())),
    "zstd of several frames": ("a.csv.zst", lambda: frames(table())),
    "zip": ("a.csv.zip", lambda: zipped(table())),
    "gzip of Parquet": ("a.parquet.gz", lambda: parquet(table())),
    "gzip of records": ("a.jsonl.gz", lambda: gzip.compress(records())),
    "zstd of records": ("a.jsonl.zst", lambda: frames(records())),
}
COMMANDS = (
    ("batch", "{}"),
    ("batch", "{}", "-o", "old.html", "-o", "old.csv"),
    ("batch", "{}", "--by", "employee", "-o", "old.csv"),
    ("map", "{}"),
    ("compare", "{}", "{}", "-o", "old.json"),
    ("batch", "whole.csv", "{}", "-o", "old.csv"),
)


@pytest.mark.parametrize("kind", PACKED)
def test_a_container_is_read_whole(run: Run, tmp_path: Path, kind: str) -> None:
    name, content = PACKED[kind]
    (tmp_path / name).write_bytes(content())
    done = run("batch", name, "-o", "out.csv", "-q", cwd=tmp_path)
    assert done.code == 0, done.err
    assert len((tmp_path / "out.csv").read_text().splitlines()) == ROWS + 1


@pytest.mark.parametrize("kind", PACKED)
def test_a_container_that_is_cut_off_anywhere_is_refused(
    run: Run, tmp_path: Path, kind: str
) -> None:
    name, content = PACKED[kind]
    whole = content()
    chance = random.Random(kind)  # noqa: S311  # no secret
    is_table = "jsonl" not in name
    (tmp_path / "whole.csv").write_bytes(table(3))
    for output in ("old.html", "old.csv", "old.json"):
        (tmp_path / output).write_text("old")
    for number in range(36):
        words = COMMANDS[number % len(COMMANDS)]
        (tmp_path / name).write_bytes(whole[: chance.randrange(1, len(whole))])
        done = run(*(word.format(name) for word in words), cwd=tmp_path)
        assert done.code == 2, (words, done)
        assert name in done.err
        for output in ("old.html", "old.csv", "old.json") if is_table else ():
            assert (tmp_path / output).read_text() == "old", words


def test_bytes_after_the_end_of_gzip_are_zeros_or_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv.gz"
    file.write_bytes(gzip.compress(table(3)) + bytes(512))
    assert run("batch", file).code == 0
    file.write_bytes(gzip.compress(table(3)) + b"id,salesperson\n")
    assert run("batch", file).code == 2
