"""What attempts are made of: sound examples with something changed in them, and junk."""

from typing import Any, AnyStr

from conftest import ROOT
from hypothesis import strategies as st

from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.record.spelling import ANSWERS, OUTCOMES

EXAMPLES = {
    path.name: path.read_text("utf-8")[:3000] for path in sorted((ROOT / "examples").glob("*.yaml"))
}
WORDS = st.sampled_from(
    [
        *FLAT_PATHS, *OUTCOMES, *ANSWERS, "id", "date", "tags", "notes", "interactions", "outcome",
        "won_at", "feels_good", "column", "won", "lost", "true", "false", "when", "split", "all of",
        "at least", "at most", "more than", "less than", "not recorded", "otherwise", "error",
        "format", "join", "file", "on", "long", "sheet", "records", "question", "answer", "title",
        "source", "parties", "rules", "assumptions", "fact", "value", "why", "says", "organization",
        "consequence", "expect", "facts", "name", "verdict", "rule", "*", "a", "2026-11-23",
        "2026-11-23T10:00Z", "23.11.2026 9:05", "%d.%m.%Y", "epoch seconds", "a[0].b", "a[b=c]",
        "1,5", "7", "-0", "1e999", "50%", "=1+1",
    ]
)  # fmt: skip
ODD = (
    "- ", "\n", "\n- ", "\n  ", ": ", ", ", "[", "]", "{", "}", "'", '"', "|\n", "&a ", "*a", "!!str ",
    "<<: ", "\t", "\r", "\\", "\\ud800", "\0", "\x1b[2J", "\x85", "\u2028", "\ufeff", "\u202e", "ü", "日本",
    "😀", "~", "null", "NaN", "1e5", "010", ";", "|", "x" * 200, "\n---\n", "# ", "%",
)  # fmt: skip
TEXTS = st.one_of(WORDS, st.sampled_from(ODD), st.text(max_size=12))
SCALARS = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.integers(-9, 9)
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
PLACES = st.integers(0, 1 << 20)


def edits(pieces: st.SearchStrategy[AnyStr]) -> st.SearchStrategy[list[tuple[int, int, AnyStr]]]:
    """Draw what to put where, and in place of how much."""
    lengths = st.sampled_from([0, 0, 1, 2, 5, 40, 1 << 20])
    return st.lists(st.tuples(PLACES, lengths, pieces), max_size=4)


def edited(content: AnyStr, changes: list[tuple[int, int, AnyStr]]) -> AnyStr:
    for place, length, piece in changes:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at + length :]
    return content


def texts_like(*sound: str) -> st.SearchStrategy[bytes]:
    """Draw a text with some changes, at times not in UTF-8."""
    text = st.builds(edited, st.sampled_from(sound), edits(TEXTS))
    encodings = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"])
    return st.builds(lambda text, name: text.encode(name, "replace"), text, encodings)


def bytes_like(sound: bytes) -> st.SearchStrategy[bytes]:
    return st.builds(edited, st.just(sound), edits(st.binary(max_size=6)))


@st.composite
def values_like(draw: st.DrawFn, sound: Any) -> Any:
    """Draw a value with some part of it replaced, left out or added."""
    if not isinstance(sound, dict | list) or not sound or draw(st.integers(0, 5)) == 0:
        return draw(JUNK)
    parts = list(sound.items()) if isinstance(sound, dict) else list(enumerate(sound))
    at = draw(st.integers(0, len(parts) - 1))
    key, value = parts[at]
    how = draw(st.sampled_from(["within", "within", "within", "key", "out", "more"]))
    if how == "within":
        parts[at] = (key, draw(values_like(value)))
    elif how == "key":
        parts[at] = (draw(TEXTS), value)
    elif how == "more":
        parts.insert(at, (draw(TEXTS), draw(JUNK)))
    else:
        del parts[at]
    return dict(parts) if isinstance(sound, dict) else [part for _, part in parts]
