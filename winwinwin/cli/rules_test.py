"""The command that runs cases against a rulebook."""

import json
from collections.abc import Sequence

from winwinwin.analysis.casetests import Case, run
from winwinwin.analysis.fingerprint import stamp
from winwinwin.analysis.table import kinds
from winwinwin.cli import output
from winwinwin.cli.rulebooks import chosen, read_by
from winwinwin.errors import Problem, UsageError, WinwinwinError
from winwinwin.evaluation import Judge
from winwinwin.render import markdown, plain
from winwinwin.render.cases import cases_page, report_object
from winwinwin.sources.cases import read_cases
from winwinwin.sources.shapes import PassedOverError

UNREAD = 2
"""The exit code where something could not be read."""


def test(
    paths: Sequence[str],
    rulebook: str | None,
    *,
    format_name: str,
    outputs: Sequence[str],
    color: bool,
) -> int:
    """Write which cases hold, and what they cover.

    Returns 2 where any case could not be read, 1 where one does not hold, else 0. Raises
    UsageError where there is none.
    """
    book = chosen(rulebook)
    read = list(read_cases(paths))
    cases = [case for case in read if isinstance(case, Case)]
    for error in read:
        if isinstance(error, WinwinwinError):
            output.warn(f"{error}\n")
    if not read:
        hint = "A case has a name, facts and what to expect."
        raise UsageError(Problem("there is no case to run", hint=hint))
    if not cases:
        return UNREAD
    report = run(cases, book)
    named = stamp(Judge(book))
    blocks = cases_page(report, len(kinds()), named)

    def junit_text() -> str:
        from winwinwin.render import junit

        return junit.of_cases(report.outcomes)

    output.write_all(
        {
            "text": lambda: plain.paint(blocks),
            "screen": lambda: output.on_screen(blocks, color=color),
            "markdown": lambda: markdown.paint(blocks),
            "json": lambda: json.dumps(report_object(report, len(kinds()), named), indent=2) + "\n",
            "junit": junit_text,
        },
        format_name,
        outputs,
        inputs=[*paths, *read_by(rulebook)],
    )
    if any(not isinstance(item, Case | PassedOverError) for item in read):
        return UNREAD
    return int(bool(report.failed))
