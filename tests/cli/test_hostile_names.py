"""Names that nothing can be read from or written to, wherever a command takes a name."""

import socket
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Run

READING = {
    "batch": "batch {}",
    "map": "map {}",
    "explain": "explain {} a",
    "list": "list {}",
    "compare": "compare ok.yaml {}",
    "evidence": "evidence {}",
    "--map": "batch ok.csv --map {}",
    "--rulebook": "batch ok.yaml --rulebook {}",
    "rules check": "rules check {}",
    "rules test": "rules test {}",
    "rules diff": "rules diff {}",
    "duckdb": "batch --connect duckdb://{} --table t",
    "sqlite": "map --connect sqlite://{} --table t",
    "join": "batch ok.csv --map joins-{}.yaml",
}
WRITING = {
    "new": "new {}",
    "record": "record --to {}",
    "map to": "map ok.csv {}",
    "schema": "schema -o {}",
    "batch -o": "batch ok.yaml -q -o {}",
    "table -o": "batch ok.csv -q -o {}",
    "score -o": "score won lost -q -o {}",
    "rules -o": "rules table -o {}",
    "export": "rules export {}",
}
SUFFIXES = {
    **dict.fromkeys(("new", "record", "batch", "explain", "list", "compare", "evidence"), ".yaml"),
    **dict.fromkeys(("map", "join", "batch -o", "table -o", "score -o", "rules -o"), ".csv"),
    "export": ".xlsx",
}
"""The suffixes without which a command would refuse a name for another reason."""
NAMES = {
    "circle": "circle",
    "in a circle": "circle/x",
    "below a file": "ok.csv/x",
    "too long": "x" * 300,
    "far too long": "/".join(["x" * 200] * 30),
    "socket": "socket",
    "folder": "folder",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of names that lead nowhere, as they are and with each suffix."""
    monkeypatch.chdir(tmp_path)  # a socket's name may not be long
    (tmp_path / "ok.csv").write_text("id,salesperson,customer\na,won,won\n")
    (tmp_path / "ok.yaml").write_text("- {id: a, salesperson: won, customer: lost}\n")
    for suffix in ("", ".yaml", ".csv", ".xlsx"):
        Path(f"circle{suffix}").symlink_to(f"circle{suffix}")
        Path(f"folder{suffix}").mkdir()
        with closing(socket.socket(socket.AF_UNIX)) as server:
            server.bind(f"socket{suffix}")
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", [*READING, *WRITING])
def test_a_name_that_leads_nowhere_is_an_error_that_names_it(
    run: Run, folder: Path, way: str, name: str
) -> None:
    given = NAMES[name] + SUFFIXES.get(way, "")
    command = (READING | WRITING)[way].replace("joins-{}", "joins")
    joins = f"join: [{{file: {given}, on: {{id: id}}}}]\nid: id\ncustomer: customer\n"
    (folder / "joins.yaml").write_text(joins)
    before = sorted(folder.iterdir())
    done = run(*(word.replace("{}", given) for word in command.split()), cwd=folder)
    assert done.code == 2, done
    assert given[:40] in done.err
    assert "standard output" not in done.err
    assert sorted(folder.iterdir()) == before
