"""Interactions as a workbook, a row each, and their summary."""

import io
from typing import Any

from winwinwin.errors import printable
from winwinwin.kernel.judgement import Judgement, Unjudged, seconds
from winwinwin.pages.summary import summary
from winwinwin.record.interaction import Recorded
from winwinwin.rows.records import COLUMNS, tags_text, verdict_columns, written
from winwinwin.rows.renderer import Renderer
from winwinwin.rows.workbook import Workbook
from winwinwin.stats.tally import Tally


class Xlsx(Renderer):
    """The columns of CSV; the file is made at the end."""

    def __init__(self) -> None:
        """Begin a workbook. Raises MissingExtraError without XlsxWriter."""
        self._file = io.BytesIO()
        self._book = Workbook(COLUMNS, self._file, "verdict")

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        about = recorded.about
        row = {
            "id": about.id,
            "date": about.date,
            "employee": about.employee,
            "channel": about.channel,
            "tags": tags_text(about),
            "about_notes": about.notes,
            **{name: _typed(value) for name, value in recorded.outcomes.recorded.items()},
            **verdict_columns(judgement),
            "gap_seconds": seconds(judgement.gap),
        }
        return self._add(row)

    def unjudged(self, unjudged: Unjudged) -> str:
        problem = "; ".join(problem.line for problem in unjudged.problems)
        name = printable(unjudged.id or "")  # it may be what is wrong
        return self._add({"id": name, "verdict": unjudged.verdict.value, "problem": problem})

    def end(self, tally: Tally) -> bytes:
        self._book.sum_up(summary(tally))
        self._book.close()
        return self._file.getvalue()

    def notes(self) -> str:
        return self._book.notes

    def drop(self) -> None:
        self._book.drop()

    def _add(self, row: dict[str, Any]) -> str:
        self._book.add(row.get(column) for column in COLUMNS)
        return ""


def _typed(value: Any) -> Any:
    """Return a recorded value that a sheet has a type for as it is, any other as it is written."""
    return written(value) if isinstance(value, tuple) else value
