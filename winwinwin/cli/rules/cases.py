"""The command that runs cases against a rulebook."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.inputs import MaxErrors
from winwinwin.cli.options import BriefOutput, House
from winwinwin.cli.parameters import argument
from winwinwin.errors import INVALID, Problem, UsageError, WinwinwinError
from winwinwin.output import formats
from winwinwin.output.reports import MOST_ERRORS, Reports

WRITES = formats.in_order({*formats.PAGES, "junit"})


def test(
    paths: Annotated[
        list[str], argument("PATH...", "Files, globs or folders of cases.", completion.documents)
    ],
    *,
    max_errors: MaxErrors = MOST_ERRORS,  # noqa: PT028  # this is a command, no test
    to: BriefOutput,
    house: House,
) -> int:
    """Run cases against a rulebook, and show what they cover.

    A case has a name, facts, and what is expected: a verdict, a rule, or more.
    Exits 0 if all cases pass, 1 if one fails, 2 if one could not be read.

    Examples:
    winwinwin rules test cases.yaml --rulebook house.yaml
    winwinwin rules test cases/ --rulebook house.yaml -o junit.xml
    """
    from dataclasses import replace

    from winwinwin.analysis.casetests import Case, run
    from winwinwin.batch.adding_up import refuse_loss
    from winwinwin.cli import writing
    from winwinwin.evaluation import Judge
    from winwinwin.loading.cases import read_cases
    from winwinwin.loading.shapes import PassedOverError
    from winwinwin.pages.cases import cases_page
    from winwinwin.rows import junit

    book = house.book()
    read = list(read_cases(paths))
    cases = [case for case in read if isinstance(case, Case)]
    errors = [error for error in read if isinstance(error, WinwinwinError)]
    reports = Reports(max_errors)
    for error in errors:
        reports.show(error.problems)
    reports.end()
    unread = [error for error in errors if not isinstance(error, PassedOverError)]
    if not read:
        hint = "A case has a name, facts and what to expect."
        raise UsageError(Problem("No case to run", hint=hint))
    if not cases and "junit" not in to.wanted:
        return INVALID
    report = run(cases, book)
    refuse_loss(len(read), len(report.results), len(errors), "case")
    page = replace(
        cases_page(report, Judge(book).stamp),
        rows={"junit": lambda: junit.of_cases(report.results, unread)},
    )
    writing.write(page, to, [*paths, *house.files])
    return INVALID if unread or not cases else int(bool(report.failed))
