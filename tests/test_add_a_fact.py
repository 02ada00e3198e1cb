"""The steps of "Add a fact" in docs/development.md, followed on a copy of the package."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

STEPS = {
    "vocabulary.py": (
        '    Fact(\n        "order",\n',
        """    Fact(
        "customer_would_return",
        ("customer", "would_return"),
        ("--would-return",),
        label="customer would come back",
        head="would return",
        help="The customer would come back.",
        values=ANSWERS,
        question="Would the customer come back?",
        had={True: "the customer would have come back"},
    ),
    Fact(
        "order",
""",
    ),
    "facts.py": (
        "    order: OrderStatus | None = None\n",
        "    customer_would_return: bool | None = None\n    order: OrderStatus | None = None\n",
    ),
    "record/interaction.py": (
        "    believes_salesperson: OutcomeField = Field(\n",
        "    would_return: AnswerField = None\n    believes_salesperson: OutcomeField = Field(\n",
    ),
    "kernel/rulebook.yaml": (
        "rules:\n",
        """rules:
  - id: lost-customer
    title: Lost customer
    when:
      - {customer_would_return: false}
    organization: lost
    says: The customer would not come back.
    why: Nobody sells to somebody who stays away.
""",
    ),
}
"""What each step puts where, by file."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package as it is after the steps."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "winwinwin", folder / "winwinwin", ignore=ignored)
    for name, (old, new) in STEPS.items():
        path = folder / "winwinwin" / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, name
        path.write_text(text.replace(old, new), "utf-8")
    run(folder, ROOT / "tests" / "builtin.py")
    return folder


def out(copy: Path, *arguments: str, stdin: str = "") -> str:
    return run(copy, "-m", "winwinwin", *arguments, stdin=stdin)


def run(copy: Path, *arguments: str | Path, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_steps_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "development.md").read_text("utf-8")
    steps = page.partition("## Add a fact\n")[2].partition("\n## ")[0]
    assert [f"`winwinwin/{name}`" in steps for name in STEPS] == [True] * len(STEPS)


def test_a_flag_and_its_words_follow(copy: Path) -> None:
    shown = out(copy, "score", "won", "won", "--no-would-return")
    assert "\nThe organization loses.\n" in shown
    assert "\nrule: lost-customer (house rule). The customer would not come back.\n" in shown
    assert "\nremedy: it would be WIN/WIN/WIN if the customer would have come back\n" in shown
    assert "--would-return / --no-would-return" in out(copy, "score", "--help")
    asked = out(copy, "score", "won", "won", "--no-assumptions")
    assert "Would the customer come back?" in asked


def test_files_tables_and_the_decision_table_know_it(copy: Path) -> None:
    record = (
        '{"id": "A", "salesperson": "won", "customer": {"outcome": "won", "would_return": "no"}}\n'
    )
    written = out(
        copy, "batch", "-", "--input-format", "jsonl", "--format", "jsonl", "-q", stdin=record
    )
    judged = json.loads(written)
    assert (judged["rule"], judged["remedies"]) == (
        "lost-customer",
        [{"customer_would_return": True}],
    )
    assert judged["facts"]["customer_would_return"] is False
    (copy / "calls.csv").write_text(
        "salesperson,customer,customer_would_return\nwon,won,no\nwon,won,\n"
    )
    rows = out(copy, "batch", "calls.csv", "--format", "csv", "-q").splitlines()
    assert [row.split(",")[3] for row in rows] == ["verdict", "organization_loses", "undetermined"]
    assert len(out(copy, "rules", "table", "--format", "csv").splitlines()) == 1 + 3 * 1026
    assert '"customer_would_return"' not in out(copy, "schema", "interactions")
    assert '"would_return"' in out(copy, "schema", "interactions")
