"""A file through `map` and `batch`, as a person would take it there."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from conftest import Run


class Through(NamedTuple):
    """What came out of both commands."""

    mapping: dict[str, Any]
    """What `map` drafted; {} where that is nothing."""
    head: str
    """The first lines of the draft, which say what will come out."""
    rows: list[dict[str, Any]]
    """What `batch` wrote of each row."""
    map_said: str
    batch_said: str

    @property
    def triples(self) -> list[str]:
        return [row["triple"] for row in self.rows]

    @property
    def columns(self) -> dict[str, str]:
        """The column of each field that has one; of conditions, their columns."""
        return {field: _column(source) for field, source in self.mapping.items()}


def _column(source: Any) -> str:
    if isinstance(source, str):
        return source
    if "column" in source:
        return str(source["column"])
    return " ".join(sorted({name for case in source["won"]["when"] for name in case}))


def through(run: Run, folder: Path, name: str, *options: str) -> Through:
    """Draft a mapping of a file, and judge the file with it, without a word changed."""
    mapped = run("map", name, "draft.yaml", *options, cwd=folder)
    assert mapped.code == 0, mapped.err
    draft = (folder / "draft.yaml").read_text(encoding="utf-8")
    batch = ["batch", name, "--map", "draft.yaml", "--quiet", "--format", "jsonl", *options]
    judged = run(*batch, cwd=folder)
    assert judged.code == 0, judged.err
    rows = [json.loads(line) for line in judged.out.splitlines()]
    head = draft.partition("\n\n")[0]
    return Through(yaml.safe_load(draft) or {}, head, rows, mapped.err, judged.err)
