"""A few files, always the same ones; `just same` makes others until it is stopped."""

import random
from unittest.mock import patch

import pytest
from same import MADE, answers, difference

from winwinwin.parsing import yaml_records
from winwinwin.parsing.tape import CHUNK

FILES = 150


@pytest.mark.parametrize("size", [CHUNK, 100])
@pytest.mark.parametrize("form", MADE)
def test_what_is_read_by_lines_is_what_is_read_by_events(form: str, size: int) -> None:
    chance = random.Random(2026)  # noqa: S311  # made-up files are no cryptography
    finds = (difference(MADE[form](chance), form, size) for _ in range(FILES))
    assert not list(filter(None, finds))


def test_libyaml_reads_only_what_is_unusual() -> None:
    usual, odd = b"- id: W1\n  customer: won\n", b"- id: W2\n  notes: |\n    text\n"
    with patch.object(yaml_records, "Builder", wraps=yaml_records.Builder) as builder:
        answers(usual * 3 + odd + usual, "yaml", CHUNK)
    begun = [call.args[1:] for call in builder.call_args_list]
    assert begun == [(), (len(usual * 3), "", len(usual * 3 + odd))]
