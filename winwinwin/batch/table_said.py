"""What is said of the rows of a table: mistakes, values that mean nothing, and ids that are repeated."""

from winwinwin.batch.face import Source
from winwinwin.errors import Place, Problem, count, quoted
from winwinwin.mapping.passed import passed_lines
from winwinwin.output import streams
from winwinwin.output.reports import Reports
from winwinwin.tables.judged import JudgedTable
from winwinwin.tables.repeated import repeated_ids


def report(
    found: JudgedTable, source: Source, column: str, *, is_written: bool, prefix: str = ""
) -> None:
    """Report every row that could not be read, with the column that says so, and the rest.

    A prefix is one that the verdict columns would need.
    """
    reports = Reports(source.max_errors)
    for problem, number in found.kinds.problems.items():
        said = problem.at(problem.place or Place(source.name)).line
        reports.show([f"{said} ({count(number, 'row')})"])
    reports.end()
    if found.kinds.invalid:
        column, option = f'column "{column}"', f" --prefix {prefix}" if prefix else ""
        where = f"see their {column}" if is_written else f"use batch -o FILE{option} ({column})"
        streams.warn(f"to see which rows, {where}\n")
    streams.warn(_repeated_line(found, source))
    streams.warn(passed_lines(found.kinds.passed, found.mapping))


def _repeated_line(found: JudgedTable, source: Source) -> str:
    """Say that rows have the same id, '' where none have; no id is quoted where names are hidden."""
    repeated = repeated_ids(found)
    if repeated is None:
        return ""
    before = ": " if repeated.ids == 1 else ", such as "
    example = "" if source.aliases is not None else f"{before}{quoted(repeated.most)}"
    rows = count(repeated.rows, "row")
    what = f"{count(repeated.ids, 'id')} used twice or more, in {rows}{example}"
    hint = "Each row is judged; where they are copies, keep one."
    return f"{Problem(what, hint=hint, place=Place(source.name))}\n"
