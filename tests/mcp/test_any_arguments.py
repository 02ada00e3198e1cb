"""Whatever an agent gives to a tool, it gets an answer or its mistakes."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from winwinwin import Judge
from winwinwin.mcp.asked import ABOUT
from winwinwin.mcp.server import answer
from winwinwin.mcp.tools import TOOLS
from winwinwin.vocabulary import FACT

JUDGE = Judge()
WORDS = ["won", "lost", "unknown", "yes", "2026-11-02", "customer, salesperson", "\u202e", "", " "]
texts = st.sampled_from(WORDS) | st.text(max_size=5)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)
entries = st.fixed_dictionaries({}, optional={"value": values, "quote": texts | values})
facts = st.dictionaries(st.sampled_from([*FACT, "fact"]), entries | values, max_size=4)
records = st.fixed_dictionaries(
    {},
    optional={
        "facts": facts | values,
        "why_not": texts,
        "other": values,
        **dict.fromkeys(ABOUT, values),
    },
)
batches = st.fixed_dictionaries(
    {"records": st.lists(records | values, max_size=3) | values},
    optional={"by": st.lists(texts | st.just("employee"), max_size=2) | values},
)


@settings(deadline=None)  # a busy machine is not slow code
@given(st.sampled_from([*TOOLS]), records | batches)
def test_a_tool_answers_or_says_what_is_wrong(name: str, arguments: dict[str, Any]) -> None:
    result = answer(name, arguments, JUDGE)
    said = result.structured_content
    assert said is not None, result.content[0]
    assert result.is_error == ("problems" in said and "sentence" not in said)
    assert json.loads(json.dumps(said, allow_nan=False)) == json.loads(result.content[1].text)  # type: ignore[union-attr]
