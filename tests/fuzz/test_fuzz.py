"""A few attempts of each kind, always the same ones; `just fuzz` makes others until it is stopped."""

import pytest
from attempts import check
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_comes_in_ends_in_success_or_an_error_of_its_own(
    target: str, data: st.DataObject
) -> None:
    check(data.draw(TARGETS[target]))
