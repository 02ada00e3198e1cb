"""What a shell offers while a command is typed, asked as a shell asks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

OFFERED = {
    "winwinwin sc": {"score", "schema"},
    "winwinwin rules ": {"list", "show", "table", "check", "diff", "test", "export"},
    "winwinwin batch --fail-on o": {"out_of_order", "organization_loses"},
    "winwinwin batch --by ": {"employee", "channel", "day", "week", "month", "tags."},
    "winwinwin list week.yaml --only u": {"undetermined"},
    "winwinwin list week.yaml --only o": {"out_of_order", "organization_loses"},
    "winwinwin batch --only e": {"employee="},
    "winwinwin compare --only t": {"tags."},
    "winwinwin batch --last ": {"7d", "4w", "week", "month", "quarter", "year"},
    "winwinwin rules show b": {"beaten-customer"},
    "winwinwin score w": {"won"},
    "winwinwin score -s ": {"won", "lost", "unknown"},
    "winwinwin batch --format j": {"json", "jsonl", "junit"},
    "winwinwin explain --format j": {"json", "jsonl"},
    "winwinwin explain week.yaml W47-00": {f"W47-00{number}" for number in range(1, 10)},
    "winwinwin schema r": {"rulebook"},
    "winwinwin list --only inv": {"invalid"},
    "winwinwin batch --fail-on inv": set(),
    "winwinwin batch --require win": {"win_win_win"},
    "winwinwin help ru": {"rules"},
    "winwinwin help rules ch": {"check"},
    "winwinwin batch w": {"week.yaml"},
    "winwinwin batch ca": set(),
    "winwinwin batch ": {"week.yaml", "survey.csv", "calls/"},
    "winwinwin rules check ": {"week.yaml", "calls/"},
    "winwinwin batch --map ": {"week.yaml", "calls/"},
}


@pytest.mark.parametrize("typed", OFFERED)
def test_a_shell_is_offered_what_fits(tmp_path: Path, typed: str) -> None:
    (tmp_path / "week.yaml").write_text((ROOT / "examples" / "week.yaml").read_text())
    (tmp_path / "survey.csv").touch()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "calls").mkdir()
    asked = {"_WINWINWIN_COMPLETE": "complete_bash", "COMP_WORDS": typed}
    asked["COMP_CWORD"] = str(len(typed.split(" ")) - 1)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv[0] = 'winwinwin'; from winwinwin.__main__ import main; main()",
        ],
        cwd=tmp_path,
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == OFFERED[typed]
