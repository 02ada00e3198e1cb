"""The commands for one interaction."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from winwinwin.cli import output
from winwinwin.cli.options import once
from winwinwin.cli.rulebooks import judge_by, read_by
from winwinwin.errors import Place, Problem, UsageError, WinwinwinError
from winwinwin.evaluation import Judge
from winwinwin.interaction import FLAT_PATHS, Interaction, Recorded, nested
from winwinwin.render import plain
from winwinwin.render.blocks import Block
from winwinwin.render.pages import ANONYMOUS, explanation, panel

Path: TypeAlias = tuple[str | int, ...]

SHORTER = {
    "salesperson_feels_good": "--feels-good",
    "salesperson_believes_lost_for_customer": "--believes-lost",
}
FLAGS: dict[Path, str] = {
    path: SHORTER.get(name, f"--{name.replace('_', '-')}") for name, path in FLAT_PATHS.items()
}
"""The flag that sets what stands at a path of the record."""


def given(**facts: Sequence[Any] | None) -> dict[str, Any]:
    """Return the facts that were given, by flat name. Raises UsageError for one given twice."""
    values = {name: once(FLAGS[FLAT_PATHS[name]], values) for name, values in facts.items()}
    return {name: value for name, value in values.items() if value is not None}


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
        from winwinwin.refusals import problems_of
        from winwinwin.sources.checking import worded

        raise WinwinwinError(*problems_of(error, _flag, nested(flat), worded)) from None
    return Recorded.of(interaction)


def _flag(path: Path, _key: bool) -> Place:
    while path not in FLAGS:
        path = path[:-1]
    return Place(FLAGS[path])


def score(
    recorded: Recorded,
    *,
    rulebook: str | None,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    quiet: bool,
    color: bool,
) -> None:
    """Write the verdict on one interaction; the line of a batch where quiet is asked for."""
    judge = judge_by(rulebook, assumptions=assumptions)
    judgement = judge(recorded.outcomes)
    blocks = panel(recorded.about.id, judgement, judge.rulebook)
    texts = _texts(recorded, judge, blocks, color=color, boxed=True)
    shown = "quiet" if quiet and format_name == "text" else format_name
    output.write_all(texts, shown, outputs, inputs=read_by(rulebook))


def explain(
    recorded: Recorded,
    *,
    rulebook: str | None,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    color: bool,
) -> None:
    """Write the full reasoning on one interaction."""
    judge = judge_by(rulebook, assumptions=assumptions)
    judgement = judge(recorded.outcomes)
    from winwinwin.analysis.fingerprint import stamp  # score needs none as text

    blocks = explanation(recorded.about.id, judgement, judge.rulebook, stamp(judge))
    texts = _texts(recorded, judge, blocks, color=color, boxed=False)
    output.write_all(texts, format_name, outputs, inputs=[recorded.source, *read_by(rulebook)])


def _texts(
    recorded: Recorded, judge: Judge, blocks: Sequence[Block], *, color: bool, boxed: bool
) -> dict[str, Callable[[], str]]:
    """Return what writes each format; what only one of them needs is imported by it."""
    judgement = judge(recorded.outcomes)

    def quiet_line() -> str:
        from winwinwin.render.formats import Plain

        return Plain().judged(recorded, judgement)

    def markdown_text() -> str:
        from winwinwin.render import markdown

        return markdown.paint(blocks)

    def json_object() -> str:
        from winwinwin.analysis.fingerprint import stamp
        from winwinwin.render.records import JsonObjects

        return JsonObjects(stamp(judge), after="\n").judged(recorded, judgement)

    def csv_rows() -> str:
        from winwinwin.render.records import CsvRows

        rows = CsvRows()
        return rows.header() + rows.judged(recorded, judgement)

    def html_page() -> str:
        from winwinwin.render import html

        return html.page(recorded.about.id or ANONYMOUS, blocks)

    def svg_picture() -> str:
        from winwinwin.render.picture import picture  # rich costs 50 ms

        return picture(blocks, boxed=boxed)

    return {
        "text": lambda: plain.paint(blocks),
        "quiet": quiet_line,
        "screen": lambda: output.on_screen(blocks, color=color, boxed=boxed),
        "markdown": markdown_text,
        "json": json_object,
        "jsonl": json_object,
        "csv": csv_rows,
        "html": html_page,
        "svg": svg_picture,
    }
