"""The command that compares two rulebooks."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from winwinwin.cli import completion
from winwinwin.cli.inputs import Input
from winwinwin.cli.options import BriefOutput, Rules
from winwinwin.cli.parameters import argument, option
from winwinwin.errors import INVALID

if TYPE_CHECKING:
    from winwinwin.batch.face import Source
    from winwinwin.evaluation import Judge
    from winwinwin.pages.differences import Recordings

BUILTIN = "the built-in rulebook"


def diff(
    one: Annotated[str, argument("A", "A rulebook.", completion.documents)],
    other: Annotated[
        str | None,
        argument(
            "B", "Another; default: that of --rulebook, or the built-in one.", completion.documents
        ),
    ] = None,
    *,
    on: Annotated[
        list[str] | None,
        option(
            "Input",
            "Also compare on your interactions, in any file that batch reads; repeatable.",
            metavar="PATH",
            offered=completion.inputs,
        ),
    ] = None,
    reading: Input,
    exit_code: Annotated[
        bool, option("Output", "Exit 1 where the rulebooks differ.", "--exit-code")
    ] = False,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Compare two rulebooks over every kind of interaction.

    Examples:
    winwinwin rules diff house.yaml
    winwinwin rules diff old.yaml new.yaml --on week.yaml
    winwinwin rules diff house.yaml --on survey.csv --map survey.map.yaml
    """
    from itertools import chain

    from winwinwin.analysis.difference import difference
    from winwinwin.batch.opening import files_of
    from winwinwin.cli import writing
    from winwinwin.output import files
    from winwinwin.pages.differences import Sides, difference_page

    name = rules.named_once(other)
    sources = [reading.source([path]) for path in on or ()]
    read = [one, *([name] if name else ()), *chain.from_iterable(map(files_of, sources))]
    files.refuse_overwriting(to.files, read)
    judges = rules.judge_by(one), rules.judge_by(name)
    sides = Sides(one, name or BUILTIN, (judges[0].stamp, judges[1].stamp))
    found = difference(*judges)
    recordings = _recordings(sources, judges) if sources else None
    writing.write(difference_page(sides, found, recordings), to)
    if recordings and not recordings.is_whole:
        return INVALID
    return int(exit_code and not found.is_same)


def _recordings(sources: "list[Source]", judges: "tuple[Judge, Judge]") -> "Recordings":
    """Judge interactions by both rulebooks."""
    from winwinwin.analysis.difference import VerdictPair, verdict_pair
    from winwinwin.batch.opening import count
    from winwinwin.cli import garbage
    from winwinwin.pages.differences import Recordings

    garbage.collect()
    tallies = [count(source, judges[0]) for source in sources]
    pairs: Counter[VerdictPair] = Counter()
    for tally in tallies:
        for kind, number in tally.all.kinds.items():
            pairs[verdict_pair(kind, *judges)] += number
    return Recordings(
        pairs,
        sum(tally.invalid for tally in tallies),
        sum(tally.unreadable for tally in tallies),
        not any(tally.exit_code() for tally in tallies),
    )
