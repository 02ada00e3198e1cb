"""No output of the examples changes unseen: what is written stands in tests/golden/."""

from functools import cache

import golden
import pytest

pytestmark = pytest.mark.xdist_group("golden")  # all are written once


@cache
def written() -> dict[str, str]:
    return dict(golden.written())


NAMES = sorted(path.name for path in golden.FOLDER.iterdir())


def test_every_output_is_kept_and_nothing_else() -> None:
    assert sorted(written()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_give_what_is_kept(name: str) -> None:
    kept = (golden.FOLDER / name).read_bytes().decode("utf-8")
    assert written()[name] == kept, "if it should be so: python tests/golden.py"
