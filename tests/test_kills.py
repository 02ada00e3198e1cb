"""Runs that are killed at random moments; `just kills` does the same for longer."""

import signal
from pathlib import Path

import pytest
from kills import CASES, kills

from winwinwin.cli.batch import WRITES
from winwinwin.output.formats import FORMATS

KILLS = 50


@pytest.mark.usefixtures("interruptible")
def test_what_is_killed_is_whole_and_leaves_nothing_for_long(tmp_path: Path) -> None:
    *_, found = kills(KILLS, tmp_path, seed=50)
    assert found.ends["old"] + found.ends["new"] + found.ends["new+old"] == KILLS
    assert all(found.ends[each.name] for each in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT))


def test_every_format_that_a_batch_writes_to_a_file_is_killed() -> None:
    suffixes = {Path(name).suffix for case in CASES for name in case.outputs}
    known = {end for name in WRITES for end in FORMATS[name].suffixes}
    assert known - suffixes == {".ndjson"}  # which is .jsonl
