"""The command for many interactions."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.options import BriefOutput, Grouping, Input, Rules, Tables
from winwinwin.cli.parameters import argument, option
from winwinwin.cli.talking import Talking
from winwinwin.output import formats, streams

WRITES = tuple(name for name in formats.FORMATS if name not in ("sql", "yaml"))
"""What some batch is written in."""


def batch(
    paths: Annotated[
        list[str] | None,
        argument("PATH...", "Files, globs, folders, or - for standard input.", completion.inputs),
    ] = None,
    *,
    reading: Input,
    tables: Tables,
    grouping: Grouping,
    fail_on: Annotated[
        list[str] | None,
        option(
            "Output",
            "Exit 1 where more than N (or N%; default 0) have the verdict; repeatable.",
            metavar="VERDICT[=N|N%]",
            offered=completion.gated,
        ),
    ] = None,
    talking: Talking,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Judge many interactions, and sum them up.

    Exits 0 when done, 1 when a --fail-on gate failed, 2 when anything could not be read.

    Examples:
    winwinwin batch week.yaml
    winwinwin batch calls/ --by employee -o verdicts.csv
    winwinwin batch 'calls/*.yaml' --fail-on organization_loses=10%
    winwinwin batch survey.csv --map survey.map.yaml -o verdicts.parquet --talk talk.csv
    cat week.jsonl | winwinwin batch - --input-format jsonl --format jsonl
    """
    from winwinwin.batch.asking import parse_gate
    from winwinwin.batch.opening import files_of, open_batch
    from winwinwin.cli import garbage
    from winwinwin.cli.destinations import SUMMED, Destinations, summed_up
    from winwinwin.pages.summary import gate_sentence

    gates = list(map(parse_gate, fail_on or ()))
    garbage.collect()
    source = tables.source(paths or (), reading)
    with open_batch(source) as found:
        destinations = Destinations(found, to, talking, tables.into)
        destinations.check([*files_of(source), *rules.files])
        wanted = destinations.wanted(grouping.by or (), gates)
        judged = destinations.write(rules.judge(), wanted, tables.prefix)
    if to.format not in SUMMED and not to.quiet:
        streams.warn(summed_up(judged, to))
    for gate in gates:
        if gate.excess(judged.tally) > 0:
            streams.warn(gate_sentence(gate, judged.tally) + "\n")
    return judged.tally.exit_code(gates)
