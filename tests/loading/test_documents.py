"""Which files a name stands for, how each is read, and what is told of those that can't be."""

import errno
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from reading import EMPTY, expected, ids, told

from winwinwin.errors import UnreadableError
from winwinwin.loading.documents import READERS, find, read_all, read_stream
from winwinwin.loading.suffixes import FORMATS
from winwinwin.loading.table_files import find_tables
from winwinwin.record.checking import check
from winwinwin.record.interaction import Recorded


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a folder of its own and work in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str | bytes = "") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def record(name: str, id_: str) -> Path:
    """Write a file with one record, in the form that its suffix says."""
    json = Path(name).suffix.lower() not in {".yaml", ".yml"}
    return write(name, f'{{"id": "{id_}"}}\n' if json else f"id: {id_}\n")


def expect_told(names: list[str], words: str, input_format: str | None = None) -> None:
    """Check all that is told of the files that these names stand for, word for word."""
    got, want = told(read_all(names, input_format)), expected(words)
    assert got == want, f"what is told:\n{got}"


def files(name: str) -> list[str]:
    return [path.as_posix() for path in find(name) if isinstance(path, Path)]


def test_every_suffix_has_its_reader() -> None:
    names = [f"{number}{suffix}" for number, suffix in enumerate(FORMATS)]
    for number, name in enumerate(names):
        record(name, str(number))
    items = list(read_all(names))
    assert ids(items) == ["0", "1", "2", "3", "4"]
    assert [item.source for item in items if isinstance(item, Recorded)] == names
    assert set(FORMATS.values()) == set(READERS)


def test_a_suffix_may_be_in_capitals() -> None:
    record("A.YAML", "1")
    record("B.Json", "2")
    assert ids(read_all(["A.YAML", "B.Json"])) == ["1", "2"]
    assert files(".") == ["A.YAML", "B.Json"]


def test_a_file_that_a_phone_shared_as_text_is_read_by_the_suffix_before() -> None:
    for number, name in enumerate(("a.yaml.txt", "b.jsonl.TXT", "c.json.txt")):
        record(name, str(number))
    assert ids(read_all(["."])) == ["0", "1", "2"]


def test_a_missing_file_is_told_with_the_nearest_name() -> None:
    write("week.yaml")
    write("data/march.json")
    expect_told(
        ["wek.yaml", "data/marsh.json", "nowhere/at/all.yaml", "zzz"],
        """
        unreadable:
        wek.yaml: no such file or folder. Did you mean 'week.yaml'?
        unreadable:
        data/marsh.json: no such file or folder. Did you mean 'march.json'?
        unreadable:
        nowhere/at/all.yaml: no such file or folder.
        unreadable:
        zzz: no such file or folder.
        """,
    )


def test_no_name_is_no_folder() -> None:
    record("week.yaml", "1")
    expect_told([""], "unreadable:\n: no such file or folder.\n")


def test_a_folder_stands_for_its_files_in_order() -> None:
    record("data/b.yaml", "2")
    record("data/a.json", "1")
    record("data/c/d.jsonl", "4")
    record("data/c/a/z.yml", "3")
    record("data/e.ndjson", "5")
    write("data/notes.txt", "no record")
    write("data/c/Makefile")
    assert files("data") == [
        "data/a.json", "data/b.yaml", "data/c/a/z.yml", "data/c/d.jsonl", "data/e.ndjson",
    ]  # fmt: skip
    assert ids(read_all(["data"])) == ["1", "2", "3", "4", "5"]


def test_a_folder_keeps_what_is_hidden_to_itself(folder: Path) -> None:
    record(".hidden/data/a.yaml", "1")
    record(".hidden/data/.b.yaml", "2")
    record(".hidden/data/.git/c.yaml", "3")
    assert files(".hidden/data") == [".hidden/data/a.yaml"]
    assert ids(read_all([str(folder / ".hidden" / "data")])) == ["1"]
    assert ids(read_all([".hidden/data/.b.yaml"])) == ["2"]


def test_a_folder_named_like_a_file_is_a_folder() -> None:
    record("data/x.yaml/a.yaml", "1")
    record("data/b.yaml", "2")
    assert files("data") == ["data/b.yaml", "data/x.yaml/a.yaml"]
    assert ids(read_all(["data/x.yaml"])) == ["1"]


def test_a_folder_without_a_file_to_read_is_told() -> None:
    write("data/notes.txt")
    write("data/.week.yaml")
    Path("data/x.yaml").mkdir()
    expect_told(
        ["data"],
        """
        unreadable:
        data: the folder holds no files to read. It should hold files that end in .yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .xls, .xlsm, .xlsb, .ods.
        """,
    )


def test_a_glob_stands_for_its_files_in_order(folder: Path) -> None:
    for name in ("b.yaml", "a.yaml", "c.json", "d/e.yaml", "d/f/g.yaml", ".h.yaml"):
        record(name, name)
    assert files("*.yaml") == ["a.yaml", "b.yaml"]
    assert files("[bc].*") == ["b.yaml", "c.json"]
    assert files("**/*.yaml") == ["a.yaml", "b.yaml", "d/e.yaml", "d/f/g.yaml"]
    assert files(str(folder / "?.yaml")) == [str(folder / "a.yaml"), str(folder / "b.yaml")]
    assert ids(read_all(["*.yaml"])) == ["a.yaml", "b.yaml"]


def test_a_glob_takes_in_folders() -> None:
    record("data/a.yaml", "1")
    record("data/sub/b.yaml", "2")
    write("empty/notes.txt")
    expect_told(
        ["[de]*"],
        """
        line 1: 1
        line 1: 2
        unreadable:
        empty: the folder holds no files to read. It should hold files that end in .yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .xls, .xlsm, .xlsb, .ods.
        """,
    )


def test_a_folder_of_pipes_holds_no_file() -> None:
    Path("pipes").mkdir()
    os.mkfifo("pipes/a.yaml")
    [error] = read_all(["pipes"])
    assert str(error).startswith("pipes: the folder holds no files to read.")


def test_a_glob_without_a_match_is_told() -> None:
    write("week.yaml")
    expect_told(["*.json"], "unreadable:\n*.json: no file matches.\n")


def test_a_file_may_be_named_like_a_glob() -> None:
    record("week[1].yaml", "1")
    record("week1.yaml", "2")
    assert ids(read_all(["week[1].yaml"])) == ["1"]
    assert ids(read_all(["week*.yaml"])) == ["2", "1"]


def test_a_glob_goes_on_behind_a_file_that_it_cannot_read() -> None:
    record("a.yaml", "1")
    write("b.txt")
    record("c.yaml", "3")
    expect_told(
        ["*"],
        """
        line 1: 1
        unreadable:
        b.txt: the suffix '.txt' does not name a format. Name it with --input-format, such as csv. (.yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .xls, .xlsm, .xlsb, .ods)
        line 1: 3
        """,
    )


def test_a_file_is_read_once_however_it_is_named(folder: Path) -> None:
    record("data/a.yaml", "1")
    record("data/b.yaml", "2")
    Path("link.yaml").symlink_to("data/a.yaml")
    names = ["data/a.yaml", "./data/../data/a.yaml", "data", "data/*.yaml", "link.yaml"]
    assert ids(read_all([*names, str(folder / "data" / "a.yaml")])) == ["1", "2"]


def test_a_suffix_that_says_nothing_needs_the_format() -> None:
    record("week.txt", "1")
    record("week", "2")
    expect_told(
        ["week.txt", "week"],
        """
        unreadable:
        week.txt: the suffix '.txt' does not name a format. Name it with --input-format, such as csv. (.yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .xls, .xlsm, .xlsb, .ods)
        unreadable:
        week: the suffix '' does not name a format. Name it with --input-format, such as csv. (.yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .xls, .xlsm, .xlsb, .ods)
        """,
    )
    expect_told(["week.txt", "week"], "line 1: 1\nline 1: 2\n", "jsonl")


def test_names_that_would_steer_a_terminal_are_spelt_out() -> None:
    write("we\x1b31mek.txt\x07")
    expect_told(
        ["we\x1b31mek.txt", "we\x1b31mek.txt\x07"],
        """
        unreadable:
        we\\x1b31mek.txt: no such file or folder. Did you mean 'we\\x1b31mek.txt\\x07'?
        unreadable:
        we\\x1b31mek.txt\\x07: the suffix '.txt\\x07' does not name a format. Name it with --input-format, such as csv. (.yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .xls, .xlsm, .xlsb, .ods)
        """,
    )


def test_the_format_that_is_said_outweighs_the_suffix() -> None:
    write("week.json", "- id: 1\n- id: 2\n")
    assert ids(read_all(["week.json"], "yaml")) == ["1", "2"]
    [item] = read_all(["week.json"])
    assert isinstance(item, UnreadableError)
    assert item.problems[0].what == "not JSON: expecting value"


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_told(suffix: str, text: str) -> None:
    write(f"week{suffix}", text)
    expect_told([f"week{suffix}"], f"unreadable:\nweek{suffix}: {EMPTY}\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("week.yaml", "# nothing yet\n"),
        ("week.yaml", "interactions: []\n"),
        ("week.yaml", "interactions:\n#- id: 1\n"),
        ("week.json", "[]"),
        ("week.json", '{"interactions": []}'),
    ],
)
def test_a_file_without_a_record_is_told(name: str, text: str) -> None:
    write(name, text)
    expect_told([name], f"unreadable:\n{name}: {EMPTY}\n")


def test_a_bad_file_does_not_stop_the_others() -> None:
    record("a.yaml", "1")
    write("b.yaml", "id: 'x\n")
    write("c.yaml", b"id: \xff\n")
    write("d.json", "[{}")
    write("e.yaml")
    write("f.yaml", "- id: 6\n- id: 7\n  customer: wun\n- id: 8\n")
    Path("g.yaml").symlink_to("nowhere")
    record("i.jsonl", "9")
    expect_told(
        ["a.yaml", "b.yaml", "c.yaml", "d.json", "e.yaml", "f.yaml", "g.yaml", "h.yaml", "i.jsonl"],
        """
        line 1: 1
        unreadable:
        b.yaml:1:5: not YAML. Close what opens here.
            1 | id: 'x
              |     ^
        unreadable:
        c.yaml:1:5: byte 0xff is not UTF-8. Save the file as UTF-8.
            1 | id:
              |     ^
        line 1: None
        unreadable:
        d.json:1:4: not JSON: expecting ',' or ']'. Check the commas, quotes and brackets around it.
            1 | [{}
              |    ^
        unreadable:
        e.yaml: holds no interactions. Record at least one; `winwinwin new` prints a template.
        line 1: 6
        invalid: 7
        f.yaml:3:13: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            3 |   customer: wun
              |             ^
        line 4: 8
        unreadable:
        g.yaml: cannot be read: no such file or directory.
        unreadable:
        h.yaml: no such file or folder.
        line 1: 9
        """,
    )


def test_a_file_that_may_not_be_opened_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    record("a.yaml", "1")
    record("b.yaml", "2")
    open_file = Path.open

    def refuse(path: Path, *arguments: Any) -> Any:
        if path.name == "a.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return open_file(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    expect_told(
        ["a.yaml", "b.yaml"], "unreadable:\na.yaml: cannot be read: permission denied.\nline 1: 2\n"
    )


def test_a_folder_that_may_not_be_looked_into_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    record("b.yaml", "2")
    exists = Path.exists

    def refuse(path: Path, **options: Any) -> bool:
        if path.name == "a.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return exists(path, **options)

    monkeypatch.setattr(Path, "exists", refuse)
    expect_told(
        ["secret/a.yaml", "b.yaml"],
        "unreadable:\nsecret/a.yaml: cannot be read: permission denied.\nline 1: 2\n",
    )


def test_what_may_not_be_looked_at_inside_a_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("week/a.yaml", "week/b.yaml", "week/secret/c.yaml", "closed/d.yaml"):
        record(name, name[-6])
    scandir, is_file = os.scandir, Path.is_file

    def refuse_folder(path: str) -> Any:
        if Path(path).name in {"secret", "closed"}:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    def refuse_file(path: Path, **options: Any) -> bool:
        if path.name == "b.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return is_file(path, **options)

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr(Path, "is_file", refuse_file)
    expect_told(
        ["week", "closed"],
        """
        unreadable:
        week/secret: cannot be read: permission denied.
        line 1: a
        unreadable:
        week/b.yaml: cannot be read: permission denied.
        unreadable:
        closed: cannot be read: permission denied.
        """,
    )
    with pytest.raises(UnreadableError, match="week/secret: cannot be read"):
        find_tables(["week"], None)


def test_a_name_that_is_too_long_is_told() -> None:
    record("b.yaml", "2")
    name = "x" * 300
    [error, item] = read_all([name, "b.yaml"])
    assert isinstance(error, UnreadableError)
    assert str(error) == f"{name}: cannot be read: file name too long."
    assert ids([item]) == ["2"]


def test_links_that_lead_nowhere_are_told() -> None:
    Path("a.yaml").symlink_to("b.yaml")
    Path("b.yaml").symlink_to("a.yaml")
    for name in ("a.yaml", "a*.yaml"):
        [error] = read_all([name])
        assert isinstance(error, UnreadableError)
        assert str(error).startswith("a.yaml: cannot be read: too many levels of symbolic links")


class Failing(io.BytesIO):
    """A file of which only the first part can be read."""

    failed = False

    def _fail_the_second_time(self) -> None:
        if self.failed:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.failed = True

    def read(self, size: int | None = -1, /) -> bytes:
        self._fail_the_second_time()
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        self._fail_the_second_time()
        return super().readline(size)


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("yaml", b"- id: 1\n- id: 2\n- id: 3\n", "line 1: 1\nline 2: 2\n"),
        ("yaml", b"---\nid: 1\n---\nid: 2\n", "line 2: 1\n"),
        ("jsonl", b'{"id": 1}\n{"id": 2}\n', "line 1: 1\nline 2: 2\n"),
        ("json", b'[{"id": 1},\n{"id": 2}]', ""),
    ],
)
def test_what_was_read_before_a_failure_is_told(form: str, text: bytes, words: str) -> None:
    items = read_stream(check, Failing(text), "week", READERS[form])
    assert told(items) == f"{words}unreadable:\nweek: cannot be read: input/output error.\n"


class Piped(io.TextIOWrapper):
    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8")


def test_standard_input_is_yaml_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    record("a.yaml", "0")
    monkeypatch.setattr(sys, "stdin", Piped(b"- id: 1\n- id: 2\n  customer: wun\n"))
    expect_told(
        ["a.yaml", "-"],
        """
        line 1: 0
        line 1: 1
        invalid: 2
        standard input:3:13: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            3 |   customer: wun
              |             ^
        """,
    )
    for form, text in (
        ("jsonl", b'{"id": 1}\n\n{"id": 2}'),
        ("json", b'[{"id": 1},\n\n{"id": 2}]'),
    ):
        monkeypatch.setattr(sys, "stdin", Piped(text))
        expect_told(["-"], "line 1: 1\nline 3: 2\n", form)


def test_empty_or_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(b""))
    expect_told(["-"], f"unreadable:\nstandard input: {EMPTY}\n")
    monkeypatch.setattr(sys, "stdin", None)
    expect_told(["-"], f"unreadable:\nstandard input: {EMPTY}\n")


@pytest.mark.parametrize(
    ("begun", "words"),
    [
        (
            b"id,customer\n",  # nothing more is read
            "looks like a table, not YAML. Judge it: winwinwin batch - --input-format csv\n",
        ),
        (b"id: 1\n", "cannot be read: input/output error.\n"),
    ],
)
def test_the_first_line_tells_a_piped_table(
    monkeypatch: pytest.MonkeyPatch, begun: bytes, words: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Failing(begun), encoding="utf-8"))
    expect_told(["-"], f"unreadable:\nstandard input: {words}")


def test_a_failure_at_once_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Failing(b"id: 1\n")
    stream.failed = True
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream, encoding="utf-8"))
    expect_told(["-"], "unreadable:\nstandard input: cannot be read: input/output error.\n")


def test_a_file_called_dash_can_be_named() -> None:
    record("-.yaml", "1")
    Path("-.yaml").rename("-")
    assert ids(read_all(["./-"], "yaml")) == ["1"]


def test_a_run_of_no_names_reads_nothing() -> None:
    assert list(read_all([])) == []


def test_files_are_opened_one_at_a_time_and_only_when_asked_for() -> None:
    record("a.yaml", "1")
    record("b.yaml", "2")
    items = read_all(["a.yaml", "b.yaml"])
    Path("b.yaml").unlink()
    assert ids([next(items)]) == ["1"]
    record("b.yaml", "3")
    assert ids(items) == ["3"]
