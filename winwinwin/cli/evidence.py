"""The command that tests the claims of a rulebook on the books."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import nan
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options
from winwinwin.cli.filters import Filters
from winwinwin.cli.inputs import Input
from winwinwin.cli.options import BriefOutput, Rules
from winwinwin.cli.parameters import argument, text_option
from winwinwin.cli.tables import Engine
from winwinwin.errors import Problem, UsageError, missing, quoted
from winwinwin.near import nearest

if TYPE_CHECKING:
    from winwinwin.batch.face import Listed
    from winwinwin.evaluation import Judge
    from winwinwin.pages.page import Page
    from winwinwin.stats.evidence.claims import Claim
    from winwinwin.stats.evidence.following import Following
    from winwinwin.stats.evidence.run import Asked

POINTS = 100
NUMBER = re.compile(r"[+-]?([0-9]{1,12}(\.[0-9]{0,12})?|\.[0-9]{1,12})")
WITHIN_HINT = "Write 1 to 9,999 days or weeks, such as 90d or 12w."


@dataclass(frozen=True)
class Testing(Options):
    """How the claims are tested."""

    section: ClassVar[str] = "Claims"

    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            autocompletion=completion.dimensions,
            help="Interactions with the same WHAT are alike, such as those of an employee.",
        ),
    ] = None
    customer: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            autocompletion=completion.dimensions,
            help="What tells customers apart, such as tags.account: are they seen again?",
        ),
    ] = None
    within: Annotated[str, text_option("--within", "LENGTH", "Within how long: 90d or 12w.")] = (
        "90d"
    )
    margin: Annotated[
        str,
        text_option(
            "--margin",
            "POINTS",
            "A claim that makes less than so many points of difference is idle.",
        ),
    ] = "5"
    behind: Annotated[
        str | None,
        text_option("--list", "CLAIM", "List the interactions behind one claim instead."),
    ] = None

    def asked(self) -> "Asked":
        """Return what is asked for. Raises UsageError for a margin that is none."""
        from winwinwin.stats.evidence.run import Asked
        from winwinwin.stats.periods import days_of

        margin = _points(self.margin)
        if not 0 < margin < POINTS / 2:
            what = f"--margin: {quoted(self.margin)} is not a number of points"
            raise UsageError(Problem(what, hint="Write more than 0 and less than 50, such as 5."))
        days = days_of(self.within)
        if days is None:
            what = f"--within: {quoted(self.within)} is not a length of time"
            raise UsageError(Problem(what, hint=WITHIN_HINT))
        return Asked(margin / POINTS, self.cluster, self.customer, days)

    def claim(self, judge: "Judge", asked: "Asked") -> "Claim | None":
        """Return the claim whose interactions are listed. Raises UsageError for what is none."""
        from winwinwin.stats.evidence.run import all_claims

        if self.behind is None:
            return None
        claims = {claim.id: claim for claim in all_claims(judge, asked)}
        if self.behind not in claims:
            what = f"--list: {quoted(self.behind)} is not a claim"
            whole = ", ".join(name for name in claims if "/" not in name)
            raise UsageError(Problem(what, whole, nearest(self.behind, claims)))
        return claims[self.behind]


def _points(written: str) -> float:
    """Return a number; nan for what is none."""
    return float(written) if NUMBER.fullmatch(written) else nan


@contextmanager
def _own_flag(asked: "Asked") -> Iterator[None]:
    """Name this command's flag in what is wrong with its dimension."""
    try:
        yield
    except UsageError as error:
        raise UsageError(*(_with_own_flag(each, asked) for each in error.problems)) from None


def _with_own_flag(problem: Problem, asked: "Asked") -> Problem:
    customer = asked.customer if asked.customer != asked.cluster else None
    flag = "--customer" if customer and quoted(customer) in problem.what else "--cluster"
    field = flag if problem.field == "--by" else problem.field
    return replace(problem, what=problem.what.replace("--by:", f"{flag}:", 1), field=field)


def evidence(
    paths: Annotated[
        list[str] | None,
        argument("PATH...", "Files, globs, folders, or - for standard input.", completion.inputs),
    ] = None,
    *,
    testing: Testing,
    reading: Input,
    engine: Engine,
    filters: Filters,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Test whether each claim of the rules holds in the books.

    Each gets one of four words: holds, contradicted, idle (it makes less than a margin of
    difference), or cannot tell. Exits 0 when done, 2 when anything could not be read.

    Examples:
    winwinwin evidence year.csv
    winwinwin evidence year.csv --cluster employee --until 2026-06 -o first.html
    winwinwin evidence survey.csv --map survey.map.yaml --margin 3
    winwinwin evidence year.csv --customer account --within 60d
    winwinwin evidence week.yaml --list beaten-customer
    """
    try:
        from winwinwin.stats.evidence.run import evidence as found_in
    except ModuleNotFoundError as error:
        raise missing("evidence", error) from None
    from winwinwin.batch.face import Wanted
    from winwinwin.batch.opening import files_of, open_batch
    from winwinwin.cli import garbage, writing
    from winwinwin.output import files
    from winwinwin.pages.evidence import page

    garbage.collect()
    asked = testing.asked()
    source = filters.of(engine.source(paths or (), reading))
    judge = rules.judge()
    behind = testing.claim(judge, asked)
    by = tuple(filter(None, (asked.cluster, asked.following.customer if behind else None)))
    with _own_flag(asked), open_batch(source) as batch:
        files.refuse_overwriting(to.files, [*files_of(source), *rules.files])
        judged = batch.judge(
            judge, Wanted(by, first=sys.maxsize if behind else 0, following=asked.following)
        )
    if behind:
        made = _listed(behind, judged.first, asked.following)
    else:
        found = found_in(judge, judged.tally, asked, judged.followed)
        made = page(found, source.name, judge.stamp, assumes=not rules.no_assumptions)
    writing.write(made, to)
    return judged.tally.exit_code()


def _listed(claim: "Claim", found: "Sequence[Listed]", following: "Following") -> "Page":
    """List the interactions behind a claim, with what each counts as."""
    from winwinwin.batch.trail import met_in
    from winwinwin.pages.behind import behind_page

    judged = [item for item in found if isinstance(item, tuple)]
    units = claim.behind(met_in(judged, following), following.within)
    return behind_page(claim, zip((recorded for recorded, _ in judged), units, strict=True))
