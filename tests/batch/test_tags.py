"""Tags that are asked about, and that no record has."""

from pathlib import Path

import pytest
from conftest import Run

RECORDS = "- {id: A, salesperson: won, customer: won, tags: {account: K1}}\n- {id: B}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["batch", "--by", "tags.acount"], "'acount'. Did you mean 'account'? (account)"),
        (["batch", "--only", "tags.nope="], "'nope'. (account)"),
        (["evidence", "--customer", "tags.acount"], "'acount'. Did you mean 'account'? (account)"),
        (["evidence", "--cluster", "tags.nope"], "'nope'. (account)"),
        (["batch", "--by", "tags.account"], ""),
        (["batch", "--by", "employee"], ""),
    ],
)
def test_a_tag_that_no_record_has_is_told(
    run: Run, tmp_path: Path, words: list[str], said: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(RECORDS, encoding="utf-8")
    command, *flags = words
    done = run(command, file, *flags)
    assert done.code == 0
    lines = [each for each in done.err.splitlines() if each.startswith("no interaction has")]
    assert [each.removeprefix("no interaction has the tag ") for each in lines] == (
        [said] if said else []
    )


def test_of_no_record_no_tag_is_missed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("[]\n", encoding="utf-8")
    assert "no interaction has" not in run("batch", file, "--by", "tags.nope").err
