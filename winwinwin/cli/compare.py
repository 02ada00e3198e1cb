"""The command for two batches."""

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated

from winwinwin.cli import completion
from winwinwin.cli.filters import Filters
from winwinwin.cli.options import BriefOutput, Grouping, Input, Rules
from winwinwin.cli.parameters import argument, option
from winwinwin.errors import Problem, UsageError
from winwinwin.output.streams import STANDARD_INPUT

if TYPE_CHECKING:
    from winwinwin.stats.comparison import Comparison


def compare(
    before: Annotated[
        str,
        argument(
            "BEFORE", "A file, glob or folder of any kind that batch reads.", completion.inputs
        ),
    ],
    after: Annotated[
        str, argument("AFTER", "Another one, which BEFORE is compared with.", completion.inputs)
    ],
    *,
    reading: Input,
    map_before: Annotated[
        str | None, option("Input", "The mapping of BEFORE alone.", metavar="FILE")
    ] = None,
    map_after: Annotated[
        str | None, option("Input", "The mapping of AFTER alone.", metavar="FILE")
    ] = None,
    filters: Filters,
    grouping: Grouping,
    fail_on_worse: Annotated[
        bool,
        option(
            "Output",
            "Exit 1 where significantly fewer are WIN/WIN/WIN, or more organizations lose.",
            "--fail-on-worse",
        ),
    ] = False,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Compare two batches: what changed, and whether significantly.

    Exits 0 when done, 1 when --fail-on-worse failed, 2 when anything could not be read.

    Examples:
    winwinwin compare last.yaml week.yaml
    winwinwin compare 'calls/*.yaml' week.yaml --by employee -o change.html
    winwinwin compare week.yaml survey.csv --map-after survey.map.yaml
    winwinwin compare last.yaml week.yaml --fail-on-worse
    """
    from winwinwin.batch.face import Source
    from winwinwin.batch.opening import count, files_of
    from winwinwin.cli import garbage, writing
    from winwinwin.output import files
    from winwinwin.pages.comparison import page
    from winwinwin.stats.comparison import compare as compared

    garbage.collect()
    if before == after == STANDARD_INPUT:
        hint = "Name a file for one of the two."
        raise UsageError(Problem("standard input can be read only once", hint=hint))
    if "html" in to.wanted:
        writing.need_report()
    judge = rules.judge()
    sides = [
        filters.of(
            Source(
                [path],
                reading.input_format,
                mapping or reading.map,
                layout=reading.layout,
                max_errors=reading.max_errors,
            )
        )
        for path, mapping in ((before, map_before), (after, map_after))
    ]
    files.refuse_overwriting(to.files, [*rules.files, *chain.from_iterable(map(files_of, sides))])
    tallies = [count(side, judge, grouping.by or ()) for side in sides]
    comparison = compared(*tallies)
    shown = page(comparison, sides[0].name, sides[1].name, judge.stamp)
    writing.write(replace(shown, figures=lambda: _figures(comparison)), to)
    worst = max(tally.exit_code() for tally in tallies)
    return worst or int(fail_on_worse and comparison.is_worse)


def _figures(comparison: "Comparison") -> str:
    from winwinwin.report.moves import figures  # two seconds of imports

    return figures(comparison)
