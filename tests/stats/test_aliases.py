"""Names that stand for employees: the same each time, and nobody's without the key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.errors import WinwinwinError
from winwinwin.stats import aliases
from winwinwin.stats.aliases import Aliases

KEY = b"0123456789abcdef"


@given(names=st.lists(st.text(min_size=1), unique=True, max_size=20))
def test_a_name_depends_on_the_key_and_the_employee_alone(names: list[str]) -> None:
    alone = {name: Aliases(KEY).of(name) for name in names}
    together = Aliases(KEY)
    assert {name: together.of(name) for name in reversed(names)} == alone
    assert len(set(alone.values())) == len(names)
    assert all(re.fullmatch("Employee [2-9B-DF-HJ-NP-TV-XZ]{7}", each) for each in alone.values())


def test_another_key_gives_other_names() -> None:
    assert Aliases(KEY).of("Mateo") != Aliases(KEY + b"x").of("Mateo")


def test_two_employees_never_become_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "LENGTH", 1)
    several = Aliases(KEY)
    with pytest.raises(WinwinwinError, match="two employees get one name"):
        [several.of(str(number)) for number in range(40)]
