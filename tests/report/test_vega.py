"""The script of the charts is put together once, and then kept beside the compiled modules."""

import sys
from pathlib import Path

import pytest
import vl_convert

from winwinwin.report import vega

SCRIPT = "made()"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make a short script in place of the long one; return what it was made of, each time."""
    asked: list[str] = []

    def bundle(snippet: str) -> str:
        asked.append(snippet)
        return SCRIPT

    monkeypatch.setattr(vl_convert, "javascript_bundle", bundle)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return asked


def bundled() -> str:
    vega.bundle.cache_clear()
    try:
        return vega.bundle()
    finally:
        vega.bundle.cache_clear()


def test_the_script_is_made_once(made: list[str]) -> None:
    assert [bundled(), bundled()] == [SCRIPT, SCRIPT]
    assert made == [vega.DRAWS]
    assert [path.name for path in vega.kept_at().parent.iterdir()] == [vega.kept_at().name]


@pytest.mark.parametrize("damage", [b"", b"x", b"made()\nmade()", b"\xff\n\xff"])
def test_what_is_kept_is_used_only_whole(made: list[str], damage: bytes) -> None:
    bundled()
    vega.kept_at().write_bytes(damage or vega.kept_at().read_bytes()[:-1])
    assert bundled() == SCRIPT
    assert len(made) == 2


def test_where_nothing_can_be_kept_it_is_made_each_time(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    assert [bundled(), bundled()] == [SCRIPT, SCRIPT]
    assert len(made) == 2


def test_nothing_is_kept_where_python_keeps_nothing(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [bundled(), bundled()] == [SCRIPT, SCRIPT]
    assert len(made) == 2


def test_a_script_that_would_end_its_element_is_refused(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda _: "'</SCRIPT>'")
    with pytest.raises(ValueError, match="cannot stand in a page"):
        bundled()
    assert not vega.kept_at().exists()
    assert made == []
