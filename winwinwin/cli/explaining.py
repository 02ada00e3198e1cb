"""What explain says of one interaction, and of what else was asked about it."""

import glob
import os
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Any

from winwinwin.analysis.why import compared, slips, why_not
from winwinwin.batch.asking import verdict_named
from winwinwin.batch.face import Source
from winwinwin.batch.other_rulebooks import OtherRulebooks
from winwinwin.batch.records import awaited
from winwinwin.cli import single
from winwinwin.cli.inputs import RecordInput
from winwinwin.cli.options import Output
from winwinwin.errors import Place, Problem, UsageError, printable, quoted
from winwinwin.evaluation import Judge
from winwinwin.kernel.ruling import DECIDED
from winwinwin.loading.lookup import from_file
from winwinwin.loading.paths import no_such_file, table_format
from winwinwin.output import streams
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.pages.blocks import Block
from winwinwin.pages.interaction import explanation
from winwinwin.pages.page import Page
from winwinwin.pages.why import comparison_blocks, why_not_blocks
from winwinwin.record.interaction import Recorded
from winwinwin.rows.why import against_object, why_not_object


def refuse_table(file: str, reading: RecordInput) -> None:
    """Raise UsageError for a table: its rows get their reasons all at once."""
    # Path.is_file and Path.exists raise for a name that is too long
    is_table = table_format(Path(file)) and os.path.isfile(file)  # noqa: PTH113
    if is_table and reading.input_format is None:
        what = "is a table, and explain reads records"
        hint = f"Have the reasons of its rows listed: winwinwin batch {quote(printable(file))} --talk calls.csv"
        raise UsageError(Problem(what, hint=hint, place=Place(file)))


def refuse_lone_id(name: str) -> None:
    """Raise UsageError for a word that is no file, and like none, where an id would stand after one."""
    is_named = os.path.exists(name) or glob.has_magic(name)  # noqa: PTH110  # as above
    if name == STANDARD_INPUT or is_named or Path(name).suffix:
        return
    for problem in no_such_file(name).problems:
        if problem.nearest is None and not problem.hint:
            hint = f"An id stands after its file: winwinwin explain FILE {quote(printable(name))}"
            raise UsageError(replace(problem, hint=hint))


def in_file(file: str, wanted: str | None, facts: dict[str, Any], reading: RecordInput) -> Recorded:
    """Find an interaction in a file by its id or place; raises as `from_file` does."""
    awaited(Source([file], reading.input_format))
    return from_file(file, wanted, facts, reading.input_format)


def check(
    verdict: str | None, other: str | None, file: str | None, has_id: bool, to: Output
) -> None:
    """Raise UsageError for a question that cannot be answered: about nothing, or where it has no place."""
    for flag, asked in (("--why-not", verdict), ("--against", other)):
        if asked is None:
            continue
        if file is not None and not has_id:
            hint = f"Write FILE ID {flag} {asked}."
            raise UsageError(Problem(f"{flag}: no interaction is named", hint=hint))
        if "csv" in to.wanted:
            what = f"{flag}: a row of CSV has no place for it"
            raise UsageError(Problem(what, hint="Ask for another format, such as json."))
    if other is not None and file in (None, STANDARD_INPUT):
        what = "--against: this needs a file to look in; standard input can be read only once"
        raise UsageError(Problem(what, hint="Write FILE ID --against ID."))


def check_other(recorded: Recorded, other: Recorded | None, name: str | None) -> None:
    """Raise UsageError for an interaction that would be compared with itself."""
    if other == recorded:
        what = f"--against: {quoted(name)} is the interaction that is explained"
        raise UsageError(Problem(what, hint="Name another."))


def page(recorded: Recorded, judge: Judge, verdict: str | None, other: Recorded | None) -> Page:
    """Explain an interaction, why it has not some verdict, and what sets it apart from another."""
    judgement = judge(recorded.outcomes)
    asked: list[Block] = []
    more: dict[str, Any] = {}
    if verdict is not None:
        kept_from = why_not(judgement, verdict_named(verdict, "--why-not", DECIDED), judge)
        asked += why_not_blocks(kept_from, judgement)
        more["why_not"] = why_not_object(kept_from)
    if other is not None:
        found = compared(judgement, judge(other.outcomes), judge)
        asked += comparison_blocks(found, names(recorded, other), judgement)
        more["against"] = against_object(found, other.about.id)
    others = OtherRulebooks(judge)
    others.take(each for each in (recorded, other) if each is not None)
    streams.warn(others.end())
    about, rulebook, stamp = recorded.about, judge.rulebook, judge.stamp
    blocks = explanation(about.id, judgement, rulebook, stamp, slips(judgement, judge), asked)
    return single.page(recorded, judge, blocks, is_panel=False, more=more)


def names(one: Recorded, other: Recorded) -> tuple[str, str]:
    """Return what tells two interactions apart: their ids, or else their places."""
    if one.name != other.name:
        return one.name, other.name
    return one.place, other.place
