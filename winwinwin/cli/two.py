"""The command for two batches."""

import gc
import json
from collections.abc import Callable, Sequence

from winwinwin.analysis.fingerprint import stamp
from winwinwin.cli import output
from winwinwin.cli.many import GARBAGE, checked_dimension, input_files, run
from winwinwin.cli.rulebooks import judge_by
from winwinwin.comparison import compare as compared
from winwinwin.render import html, markdown, plain
from winwinwin.render.blocks import Block
from winwinwin.render.comparing import comparison_object, comparison_page
from winwinwin.sources.documents import STANDARD_INPUT
from winwinwin.tally import Tally


def compare(
    before: str,
    after: str,
    *,
    by: Sequence[str],
    fail_on_worse: bool,
    input_format: str | None,
    rulebook: str | None,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    color: bool,
) -> int:
    """Judge two batches, write what moved, return the exit code."""
    gc.set_threshold(GARBAGE)
    gc.enable()
    dimensions = [checked_dimension(dimension) for dimension in by]
    judge = judge_by(rulebook, assumptions=assumptions)
    tallies = []
    output.refuse_overwriting(outputs, input_files([before, after]) if outputs else ())
    for name in (before, after):
        tally = Tally(judge.kind, dimensions)
        run([name], input_format, judge, tally, [])
        tallies.append(tally)
    comparison = compared(*tallies)
    names = [_called(name) for name in (before, after)]
    named = stamp(judge)
    blocks = comparison_page(comparison, *names, stamp=named)
    texts: dict[str, Callable[[], str]] = {
        "text": lambda: plain.paint(blocks),
        "screen": lambda: output.on_screen(blocks, color=color),
        "markdown": lambda: markdown.paint(blocks),
        "html": lambda: html.page(f"{names[0]} and {names[1]}", blocks),
        "svg": lambda: _svg(blocks),
        "json": lambda: (
            json.dumps(comparison_object(comparison, *names, stamp=named), indent=2) + "\n"
        ),
    }
    output.write_all(texts, format_name, outputs)
    worst = max(tally.exit_code() for tally in tallies)
    return worst or int(fail_on_worse and comparison.is_worse)


def _called(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else name


def _svg(blocks: Sequence[Block]) -> str:
    from winwinwin.render.picture import picture  # rich costs 50 ms

    return picture(blocks)
