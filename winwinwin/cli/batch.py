"""The command for many interactions."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.filters import Filters
from winwinwin.cli.gates import Gates
from winwinwin.cli.inputs import Input
from winwinwin.cli.options import BriefOutput, Grouping, Rules
from winwinwin.cli.parameters import argument, option
from winwinwin.cli.tables import Tables
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
    filters: Filters,
    grouping: Grouping,
    gates: Gates,
    summary: Annotated[
        str | None,
        option(
            "Output",
            "Also write every figure of the summary as JSON.",
            metavar="FILE.json",
            offered=completion.files(".json"),
        ),
    ] = None,
    talking: Talking,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Judge many interactions, and sum them up.

    Exits 0 when done, 1 when a gate failed, 2 when anything could not be read.

    Examples:
    winwinwin batch week.yaml
    winwinwin batch calls/ --by employee -o verdicts.csv
    winwinwin batch week.yaml --only employee=Mateo --since 2026-11-18
    winwinwin batch 'calls/*.yaml' --fail-on organization_loses=10%
    winwinwin batch survey.csv --map survey.map.yaml --talk talk.csv
    cat week.jsonl | winwinwin batch - --input-format jsonl --format jsonl
    """
    from winwinwin.batch.face import Wanted
    from winwinwin.batch.opening import files_of, open_batch
    from winwinwin.cli import garbage
    from winwinwin.cli.destinations import SUMMED, Destinations, summed_up
    from winwinwin.cli.telling import told_to_ci
    from winwinwin.pages.gates import gates_said
    from winwinwin.rows.basis import Basis

    set_gates = gates.read()
    garbage.collect()
    source = filters.of(tables.source(paths or (), reading))

    def basis() -> Basis:
        return Wanted(gates=tuple(set_gates)).basis(rules.judge())

    with told_to_ci(to, basis, source), open_batch(source) as found:
        destinations = Destinations(found, to, talking, tables.into, summary)
        destinations.check([*files_of(source), *rules.files])
        wanted = destinations.wanted(grouping.by or (), set_gates)
        judged = destinations.write(rules.judge(), wanted, tables.prefix)
    if to.format not in SUMMED and not to.quiet:
        streams.warn(summed_up(judged, to))
    for checked, said in gates_said(set_gates, judged.tally.all):
        if checked.fails or not to.quiet:
            streams.warn(f"{said}\n")
    return judged.tally.exit_code(set_gates)
