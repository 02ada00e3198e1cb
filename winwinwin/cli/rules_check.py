"""The command that proves what a rulebook leaves open, and what in it does nothing."""

import json

from winwinwin.analysis.checks import findings
from winwinwin.analysis.fingerprint import stamp
from winwinwin.analysis.table import kinds
from winwinwin.cli import output
from winwinwin.cli.rulebooks import named_once
from winwinwin.errors import Place
from winwinwin.evaluation import Judge
from winwinwin.render import markdown, plain
from winwinwin.render.findings import Placed, finding_object, findings_page
from winwinwin.sources.rulebooks import stated


def check(
    file: str | None,
    *,
    rulebook: str | None,
    assumptions: bool,
    strict: bool,
    format_name: str,
    color: bool,
) -> int:
    """Write all findings on a rulebook; return 1 for an error, or a warning too where strict."""
    name = named_once(file, rulebook)
    book = stated(name)
    judge = Judge(book.rulebook, assumptions=assumptions)
    found = [
        Placed(finding, book.place(finding.part, True) or Place(name or ""))
        for finding in findings(judge)
    ]
    blocks = findings_page(found, len(kinds()), stamp(judge))
    output.write_all(
        {
            "text": lambda: plain.paint(blocks),
            "screen": lambda: output.on_screen(blocks, color=color),
            "markdown": lambda: markdown.paint(blocks),
            "json": lambda: json.dumps([*map(finding_object, found)], indent=2) + "\n",
        },
        format_name,
        [],
    )
    grave = {"error", "warning"} if strict else {"error"}
    return int(any(placed.finding.severity in grave for placed in found))
