"""What the commands for one interaction share."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from winwinwin.errors import Path, Place, Problem, UsageError, WinwinwinError
from winwinwin.evaluation import Judge
from winwinwin.pages.blocks import Block, line
from winwinwin.pages.page import Content, Page
from winwinwin.record.interaction import Interaction, Recorded, nested
from winwinwin.vocabulary import FACT, RECORDED

FLAGS: dict[Path, str] = {fact.path: fact.flags[0] for fact in RECORDED}
"""The flag that sets what is at a path of the record."""


def from_flags(
    flat: dict[str, Any], record_id: str | None, arguments: Collection[str] = ()
) -> Recorded:
    """Make an interaction of facts by flat name; some of them came as arguments, not as flags.

    Raises UsageError where there is none, WinwinwinError with every problem of their values.
    """
    if not flat:
        hint = "Give at least one, for example: -s won -c lost"
        raise UsageError(Problem("No outcome given", hint=hint))
    try:
        interaction = Interaction.from_flat(flat, id=record_id)
    except ValidationError as error:
        from winwinwin.parsing.refusals import problems_of
        from winwinwin.record.checking import worded

        named = {FACT[name].path: name.upper() for name in arguments}
        place = partial(_flag, FLAGS | named)
        problems = problems_of(error, place, nested(flat), worded)
        raise WinwinwinError(*(replace(each, field=None) for each in problems)) from None
    return Recorded.of(interaction)


def _flag(names: dict[Path, str], path: Path, _key: bool) -> Place:
    while path and path not in names:
        path = path[:-1]
    return Place(names.get(path, "--id"))  # the one text that is not a fact


def joined(written: str, more: Mapping[str, Any]) -> str:
    """Add keys to a JSON object that is written on one line."""
    from pydantic_core import to_json

    open_ended = written.removesuffix("}\n")
    return f"{open_ended},{to_json(more).decode()[1:]}\n"


def page(
    recorded: Recorded,
    judge: Judge,
    blocks: list[Block],
    *,
    is_panel: bool,
    more: Mapping[str, Any] | None = None,
) -> Page:
    """Return the page of one interaction, with more keys of JSON for what else was asked.

    What only one format needs is imported by it.
    """
    judgement = judge(recorded.outcomes)

    def brief() -> list[Block]:
        from winwinwin.rows.formats import Plain

        return [line(Plain().judged(recorded, judgement).rstrip("\n"))]

    def json_object() -> str:
        from winwinwin.rows.records import JsonObjects

        written = JsonObjects(judge.stamp, after="\n").judged(recorded, judgement)
        return joined(written, more) if more else written

    def csv_rows() -> str:
        from winwinwin.rows.records import CsvRows

        rows = CsvRows()
        return rows.header() + rows.judged(recorded, judgement)

    rows: dict[str, Content] = {"json": json_object, "jsonl": json_object, "csv": csv_rows}
    return Page(blocks=blocks, rows=rows, brief=brief, is_panel=is_panel)
