"""The command that proves what a rulebook leaves open, and what in it does nothing."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.options import BriefOutput, Rules
from winwinwin.cli.parameters import argument, option


def check(
    file: Annotated[
        str | None, argument("FILE", "A rulebook; default: the built-in one.", completion.documents)
    ] = None,
    *,
    strict: Annotated[
        bool, option("Output", "Exit 1 for a warning too, not only for an error.", "--strict")
    ] = False,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Prove what a rulebook leaves open, and what in it does nothing.

    Examples:
    winwinwin rules check
    winwinwin rules check house.yaml
    """
    from winwinwin.analysis.checks import findings
    from winwinwin.cli import writing
    from winwinwin.errors import Place
    from winwinwin.evaluation import Judge
    from winwinwin.loading.rulebooks import stated
    from winwinwin.pages.findings import Placed, findings_page

    name = rules.named_once(file)
    book = stated(name)
    judge = Judge(book.rulebook, assumptions=not rules.no_assumptions)
    found = [
        Placed(finding, book.place(finding.part, True) or Place(name or ""))
        for finding in findings(judge)
    ]
    writing.write(findings_page(found, judge.stamp), to, [name] if name else [])
    grave = {"error", "warning"} if strict else {"error"}
    return int(any(placed.finding.severity in grave for placed in found))
