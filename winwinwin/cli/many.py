"""The command for many interactions."""

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TypeAlias

from winwinwin.cli import output
from winwinwin.errors import Problem, UnreadableError, UsageError, nearest, quoted
from winwinwin.evaluation import Judge
from winwinwin.judgement import Unjudged, Verdict
from winwinwin.render.formats import RENDERERS, Plain, Renderer
from winwinwin.render.view import gate_sentence
from winwinwin.sources.documents import read_all
from winwinwin.tally import DIMENSIONS, TAG, Gate, Tally, grouping

Sink: TypeAlias = tuple[Renderer, Callable[[str], object]]
"""What turns a run into text, and where the text goes."""

LIMIT = re.compile(r"(\d+(?:\.\d+)?)(%?)")

GATED = [verdict.value for verdict in Verdict if verdict is not Verdict.INVALID]
"""Verdicts that a gate can be set on; an invalid record fails a run by itself."""


def batch(
    paths: Sequence[str],
    *,
    by: Sequence[str],
    gates: Sequence[Gate],
    input_format: str | None,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    quiet: bool,
    color: bool,
) -> int:
    """Judge all interactions in the paths, write them where they are wanted, return the exit code."""
    output.refuse_overwriting(outputs, paths)
    formats = [(name, output.format_of(name)) for name in outputs]
    judge = Judge(assumptions=assumptions)
    tally = Tally(judge.kind, [checked_dimension(dimension) for dimension in by])
    on_screen = text_renderer(color=color, lines=not outputs, summed=not quiet)
    with ExitStack() as files:
        first = on_screen if format_name == "text" else RENDERERS[format_name]()
        sinks: list[Sink] = [(first, output.write)]
        for name, its_format in formats:
            stream = files.enter_context(output.replacing(name))
            sinks.append((RENDERERS[its_format](), stream.write))
        run(paths, input_format, judge, tally, sinks)
        output.flush()
    if format_name != "text" and not quiet:
        output.warn(text_renderer(color=color, lines=False, errors=True).end(tally))
    for gate in gates:
        if gate.excess(tally) > 0:
            output.warn(gate_sentence(gate, tally) + "\n")
    return tally.exit_code(gates)


def run(
    paths: Sequence[str],
    input_format: str | None,
    judge: Judge,
    tally: Tally,
    sinks: Sequence[Sink],
) -> None:
    """Judge a record at a time, and hand each to the tally and to every sink."""
    for renderer, write in sinks:
        write(renderer.begin())
    for item in read_all(paths, input_format):
        if isinstance(item, UnreadableError):
            tally.unreadable += 1
            output.warn(f"{item}\n")
        elif isinstance(item, Unjudged):
            tally.invalid += 1
            output.warn("".join(f"{problem}\n" for problem in item.problems))
            for renderer, write in sinks:
                write(renderer.unjudged(item))
        else:
            judgement = judge(item.interaction)
            tally.add(item.interaction, judgement)
            for renderer, write in sinks:
                write(renderer.judged(item, judgement))
    for renderer, write in sinks:
        write(renderer.end(tally))


def text_renderer(
    *, color: bool, lines: bool, summed: bool = True, errors: bool = False
) -> Renderer:
    """Return what writes for a person: tables and colour at a terminal, plain lines elsewhere."""
    if not output.at_terminal(errors=errors):
        return Plain(lines=lines, summed=summed)
    from winwinwin.render.terminal import Screen  # rich costs 50 ms

    columns, rows = output.size()
    return Screen(columns, rows, color=color, lines=lines, summed=summed)


def checked_dimension(dimension: str) -> str:
    """Return a dimension that a tally can group by. Raises UsageError for any other."""
    try:
        grouping(dimension)
    except KeyError:
        known = [*DIMENSIONS, f"{TAG}NAME"]
        what = f"--by: {quoted(dimension)} is not something to group by"
        raise UsageError(Problem(what, ", ".join(known), nearest(dimension, known))) from None
    return dimension


def parse_gate(written: str) -> Gate:
    """Read VERDICT, VERDICT=N or VERDICT=N%. Raises UsageError for anything else."""
    verdict, equals, limit = written.partition("=")
    if verdict not in GATED:
        what = f"--fail-on: {quoted(verdict)} is not a verdict to fail on"
        raise UsageError(Problem(what, ", ".join(GATED), nearest(verdict, GATED)))
    number = LIMIT.fullmatch(limit if equals else "0")
    if number is None:
        hint = "Write a number of interactions, or a percentage."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is not a limit", hint=hint))
    return Gate(Verdict(verdict), float(number[1]), bool(number[2]))
