"""The commands for one interaction: from flags, or from a file by its id."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from winwinwin.cli import output
from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    nearest,
    quoted,
)
from winwinwin.evaluation import Judge
from winwinwin.interaction import FLAT_PATHS, Interaction, Recorded, nested
from winwinwin.judgement import Judgement, Unjudged
from winwinwin.readers.places import Path
from winwinwin.render import markdown, plain
from winwinwin.render.blocks import Block
from winwinwin.render.formats import Plain
from winwinwin.render.pages import explanation, panel
from winwinwin.render.records import CsvRows, JsonObjects
from winwinwin.sources.checking import problems_of
from winwinwin.sources.documents import read_all

FLAGS: dict[Path, str] = {path: f"--{name.replace('_', '-')}" for name, path in FLAT_PATHS.items()}
"""The flag that sets what stands at a path of the record."""


def given(**facts: Any) -> dict[str, Any]:
    """Return the facts that were given, by flat name."""
    return {name: value for name, value in facts.items() if value is not None}


def from_flags(flat: dict[str, Any], record_id: str | None) -> Recorded:
    """Make an interaction of facts by flat name.

    Raises UsageError where there is none, WinwinwinError with every problem of their values.
    """
    if not flat:
        hint = "Give at least one, for example: -s won -c lost"
        raise UsageError(Problem("no fact is given", hint=hint))
    try:
        interaction = Interaction.from_flat(flat, id=record_id)
    except ValidationError as error:
        raise WinwinwinError(*problems_of(error, _flag, nested(flat))) from None
    return Recorded(interaction, "", 0)


def _flag(path: Path, _key: bool) -> Place:
    while path not in FLAGS:
        path = path[:-1]
    return Place(FLAGS[path])


def from_file(
    name: str, record_id: str | None, flags: dict[str, Any], input_format: str | None
) -> Recorded:
    """Find the one interaction with an id in a file (or what else batch reads).

    Raises UsageError without an id or with flags beside it, WinwinwinError where the id is not
    there, is there twice, or is that of an invalid record.
    """
    if flags or record_id is None:
        hint = "Give a file and the id of one of its interactions, or flags alone."
        raise UsageError(Problem("a file goes with an id, and not with flags", hint=hint))
    found: list[Recorded] = []
    others: list[str] = []
    problems: list[Problem] = []
    for item in read_all([name], input_format):
        if isinstance(item, UnreadableError):
            problems += item.problems
        elif isinstance(item, Unjudged):
            problems += item.problems if item.id == record_id else ()
        elif item.interaction.id == record_id:
            found.append(item)
        elif item.interaction.id:
            others.append(item.interaction.id)
    if len(found) == 1:
        return found[0]
    if found:
        raise WinwinwinError(_several(name, record_id, found))
    raise WinwinwinError(*(problems or [_none(name, record_id, others)]))


def _several(name: str, record_id: str, found: Sequence[Recorded]) -> Problem:
    places = ", ".join(f"{recorded.source}:{recorded.line}" for recorded in found)
    what = f"{len(found)} interactions have the id {quoted(record_id)}: {places}"
    return Problem(what, hint="Give each an id of its own.", place=Place(name))


def _none(name: str, record_id: str, others: Sequence[str]) -> Problem:
    what = f"no interaction has the id {quoted(record_id)}"
    return Problem(what, nearest=nearest(record_id, others), place=Place(name))


def score(
    recorded: Recorded,
    *,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    quiet: bool,
    color: bool,
) -> None:
    """Write the verdict on one interaction; the line of a batch where quiet is asked for."""
    judge = Judge(assumptions=assumptions)
    judgement = judge(recorded.interaction)
    blocks = panel(recorded.interaction.id, judgement, judge.rulebook)
    texts = _texts(recorded, judgement, blocks)
    if quiet:
        texts["text"] = lambda: Plain().judged(recorded, judgement)
    else:
        texts["screen"] = lambda: output.on_screen(blocks, color=color, boxed=True)
    output.write_all(texts, format_name, outputs)


def explain(
    recorded: Recorded, *, assumptions: bool, format_name: str, outputs: Sequence[str], color: bool
) -> None:
    """Write the full reasoning on one interaction."""
    judge = Judge(assumptions=assumptions)
    judgement = judge(recorded.interaction)
    blocks = explanation(recorded.interaction.id, judgement, judge.rulebook)
    texts = _texts(recorded, judgement, blocks)
    texts["screen"] = lambda: output.on_screen(blocks, color=color)
    output.write_all(texts, format_name, outputs)


def _texts(
    recorded: Recorded, judgement: Judgement, blocks: Sequence[Block]
) -> dict[str, Callable[[], str]]:
    """Return what writes each format."""

    def json_object() -> str:
        return JsonObjects().judged(recorded, judgement) + "\n"

    def csv_rows() -> str:
        rows = CsvRows()
        return rows.header() + rows.judged(recorded, judgement)

    return {
        "text": lambda: plain.paint(blocks),
        "markdown": lambda: markdown.paint(blocks),
        "json": json_object,
        "jsonl": json_object,
        "csv": csv_rows,
    }
