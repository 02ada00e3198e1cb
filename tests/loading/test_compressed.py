"""Compressed files and pipes: read as what they hold, for records and for tables."""

import gzip
import os
import threading
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import Run

from winwinwin.errors import UnreadableError
from winwinwin.loading.compressed import opened

RECORDS = b'{"id": "A", "salesperson": "won", "customer": "won"}\n' * 2
TABLE = b"id,salesperson,customer\nA,won,won\nB,won,lost\n"


def zstd(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return bytes(sink.getvalue().to_pybytes())


def zipped(path: Path, *names: str, content: bytes = TABLE) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)


PACKED = {".gz": gzip.compress, ".GZ": gzip.compress, ".zst": zstd, ".Zst": zstd}


@pytest.mark.parametrize("suffix", PACKED)
@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.json", "a.yaml"])
def test_compressed_records_are_read(run: Run, tmp_path: Path, name: str, suffix: str) -> None:
    content = RECORDS if name.endswith(("jsonl", "NDJSON")) else RECORDS[: len(RECORDS) // 2]
    (tmp_path / f"{name}{suffix}").write_bytes(PACKED[suffix](content))
    done = run("batch", f"{name}{suffix}", "-q", cwd=tmp_path)
    assert done.code == 0
    assert "WIN/WIN/WIN" in done.out
    assert "WIN/WIN/WIN" in run("batch", tmp_path, "-q").out


@pytest.mark.parametrize("suffix", PACKED)
@pytest.mark.parametrize("name", ["a.csv", "a.CSV"])
def test_compressed_tables_are_read(run: Run, tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / f"{name}{suffix}").write_bytes(PACKED[suffix](TABLE))
    done = run("batch", f"{name}{suffix}", "-q", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "WIN/LOSE/LOSE" in done.out
    assert "WIN/LOSE/LOSE" in run("batch", tmp_path, "-q").out
    assert run("map", tmp_path / f"{name}{suffix}").code == 0


def test_the_one_file_in_a_zip_is_read(run: Run, tmp_path: Path) -> None:
    zipped(tmp_path / "export.zip", "__MACOSX/._a.csv", "a/b.csv")
    assert "WIN/LOSE/LOSE" in run("batch", tmp_path / "export.zip", "-q").out
    zipped(tmp_path / "x.zip", "b.jsonl", content=RECORDS)
    assert "WIN/WIN/WIN" in run("batch", tmp_path / "x.zip", "-q").out


def test_a_zip_of_several_files_names_them(run: Run, tmp_path: Path) -> None:
    zipped(tmp_path / "x.zip", "a.csv", "b.csv")
    for command in ("batch", "map"):
        done = run(command, "x.zip", cwd=tmp_path)
        assert done.code == 2
        assert (
            "x.zip: holds 2 files, and one is read. Unpack it, and name the one to read. "
            "(a.csv, b.csv)"
        ) in done.err
    (tmp_path / "y.zip").write_bytes(b"no zip")
    assert "y.zip: is not a zip file." in run("batch", "y.zip", cwd=tmp_path).err


@pytest.mark.parametrize("suffix", [".gz", ".zip"])
def test_a_file_in_which_any_byte_is_another_is_refused_or_holds_the_same(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"t.csv{suffix}"
    zipped(path, "t.csv") if suffix == ".zip" else path.write_bytes(gzip.compress(TABLE))
    sound = path.read_bytes()
    refused = 0
    for place, byte in enumerate(sound):
        for other in {0, byte ^ 1, byte ^ 0x80, 0xFF} - {byte}:
            path.write_bytes(sound[:place] + bytes([other]) + sound[place + 1 :])
            try:
                with opened(path) as stream:
                    assert stream.read() == TABLE
            except (OSError, UnreadableError):
                refused += 1
    assert refused > len(sound)


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".zip"])
@pytest.mark.parametrize("cut", [1, 5, 12])
def test_records_that_are_cut_off_are_no_end(
    run: Run, tmp_path: Path, suffix: str, cut: int
) -> None:
    name = f"a.jsonl{suffix}"
    if suffix == ".zip":
        zipped(tmp_path / name, "a.jsonl", content=RECORDS)
        packed = bytearray((tmp_path / name).read_bytes())
        packed[40 + cut] ^= 0xFF
        (tmp_path / name).write_bytes(packed)
    else:
        (tmp_path / name).write_bytes(PACKED[suffix](RECORDS)[:-cut])
    done = run("batch", name, cwd=tmp_path)
    assert done.code == 2
    assert f"{name}: cannot be read: the compressed file is damaged or cut off." in done.err


def test_a_message_about_an_unpacked_table_names_the_users_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.CSV.GZ").write_bytes(gzip.compress(b"id,salesperson\nA,won,lost,x\n"))
    done = run("batch", "a.CSV.GZ", cwd=tmp_path)
    assert "winwinwin-" not in done.err
    (tmp_path / "b.CSV.GZ").write_bytes(gzip.compress(b"id,salesperson\nA,wun\n"))
    assert "b.CSV.GZ: salesperson: 'wun'" in run("batch", "b.CSV.GZ", cwd=tmp_path).err


def test_nothing_compressed_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE)
    done = run("batch", "a.csv", "-o", "b.csv.gz", cwd=tmp_path)
    assert done.code == 2
    assert "Write it first, and compress it then." in done.err
    done = run("record", "--to", "a.yaml.gz", cwd=tmp_path)
    assert done.code == 2
    assert "'a.yaml.gz' is not a YAML file" in done.err


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (("batch", "pipe", "--input-format", "csv", "-q"), TABLE, "WIN/LOSE/LOSE"),
        (("batch", "pipe", "--input-format", "jsonl", "-q"), RECORDS, "WIN/WIN/WIN"),
        (("batch", "pipe", "-q"), b"- {salesperson: won, customer: won}\n", "WIN/WIN/WIN"),
        (("batch", "pipe.csv", "-q"), TABLE, "WIN/LOSE/LOSE"),
        (("map", "pipe", "--input-format", "csv"), TABLE, "salesperson: salesperson"),
        (("batch", "pipe"), TABLE, "Judge it: winwinwin batch pipe --input-format csv"),
    ],
)
def test_a_pipe_is_read_once(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], content: bytes, said: str
) -> None:
    pipe = tmp_path / arguments[1]
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    done = run(*arguments, cwd=tmp_path)
    writer.join()
    assert said in done.out + done.err
