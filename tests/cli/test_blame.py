"""What the system refuses is said of what it refused: an input, an output, or neither."""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

FORBIDDEN = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "elsewhere")
UNNAMED = OSError(errno.EMFILE, os.strerror(errno.EMFILE))
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def raising(error: OSError) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("source", ["examples/week.yaml", "examples/survey.csv"])
@pytest.mark.parametrize("output", [None, "o.json"])
@pytest.mark.parametrize(
    ("error", "said"),
    [(FORBIDDEN, "elsewhere: permission denied."), (UNNAMED, "too many open files."), (FULL, "no space left on device.")],
)  # fmt: skip
def test_neither_input_nor_output_is_blamed_for_another_file(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    source: str,
    output: str | None,
    error: OSError,
    said: str,
) -> None:
    flags = ["--map", "examples/survey.map.yaml"] if source.endswith("csv") else []
    flags += ["-o", str(tmp_path / output)] if output else []
    for place in ("records.Records", "table.Table"):
        monkeypatch.setattr(f"winwinwin.batch.{place}.judge", raising(error))
    done = run("batch", source, "-q", *flags)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        "batch no.yaml",
        "batch no.csv",
        "batch ok.csv --map no.yaml",
        "batch ok.csv --map join.yaml",
        "batch ok.csv --rulebook no.yaml",
        "rules check no.yaml",
        "rules test no.yaml",
        "compare ok.csv no.csv",
        "map no.csv",
    ],
)
def test_a_file_that_may_not_be_read_is_blamed(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    for name in ("ok.csv", "no.csv", "no.yaml"):
        (tmp_path / name).write_text("id,customer\na,won\n")
    (tmp_path / "join.yaml").write_text(
        "join: [{file: no.csv, on: {id: id}}]\ncustomer: customer\n"
    )
    monkeypatch.setattr("io.open", closed(io.open))
    monkeypatch.setattr(Path, "open", closed(Path.open))
    done = run(*command.split(), cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith(
        f"no.{'csv' if 'no.csv' in command or 'join' in command else 'yaml'}: "
    )
    assert "cannot be read: permission denied." in done.err


def closed(kept: Callable[..., object]) -> Callable[..., object]:
    """Return what opens files, but those whose name begins with `no.`."""

    def opening(path: object, *given: object, **named: object) -> object:
        if isinstance(path, str | Path) and Path(path).name.startswith("no."):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return kept(path, *given, **named)

    return opening
