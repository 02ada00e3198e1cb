"""The command that writes the whole decision table."""

from collections.abc import Callable, Sequence

from winwinwin.analysis.fingerprint import stamp
from winwinwin.analysis.table import compressed, decision, decision_table, spread
from winwinwin.cli import output
from winwinwin.cli.rulebooks import judge_by, read_by
from winwinwin.render import decisions, markdown, plain


def table(
    rulebook: str | None,
    *,
    assumptions: bool,
    full: bool,
    dialect: str | None,
    format_name: str,
    outputs: Sequence[str],
    color: bool,
) -> None:
    """Write every kind with its judgement: few rows for a person, unless all are asked for."""
    judge = judge_by(rulebook, assumptions=assumptions)
    judged = decision_table(judge)
    named = stamp(judge)
    labels = list(map(decision, judged))
    rows = spread(labels) if full else compressed(labels)
    blocks = decisions.decisions_page(rows, len(judged), named)
    texts: dict[str, Callable[[], str]] = {
        "text": lambda: plain.paint(blocks),
        "screen": lambda: output.on_screen(blocks, color=color),
        "markdown": lambda: markdown.paint(blocks),
        "csv": lambda: decisions.flat_csv(judged),
        "json": lambda: decisions.flat_json(judged, named),
        "jsonl": lambda: decisions.flat_json_lines(judged),
    }
    if dialect is not None:
        from winwinwin.render import sql

        statements = sql.statements(map(decisions.flat_row, judged), named, dialect)
        format_name = "sql"
        texts["sql"] = lambda: statements
    binaries = {"parquet": lambda: decisions.flat_parquet(judged, named)}
    output.write_all(texts, format_name, outputs, inputs=read_by(rulebook), binaries=binaries)
