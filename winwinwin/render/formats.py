"""The formats by name: each turns a run, a record at a time, into text."""

from collections.abc import Callable, Sequence
from typing import Protocol

from winwinwin.errors import count, printable
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement, Unjudged
from winwinwin.render import markdown, plain
from winwinwin.render.github import Github
from winwinwin.render.junit import Junit
from winwinwin.render.records import CsvRows, JsonObjects
from winwinwin.render.summary import summary
from winwinwin.render.view import remedies_code
from winwinwin.rulebook import Stamp
from winwinwin.tally import Gate, Tally


class Renderer(Protocol):
    """Turns a run into text, piece by piece. It never writes and never judges."""

    def begin(self) -> str: ...

    def judged(self, recorded: Recorded, judgement: Judgement) -> str: ...

    def unjudged(self, unjudged: Unjudged) -> str: ...

    def end(self, tally: Tally) -> str: ...


class JsonList:
    """One list of objects, so that a whole run is one JSON text."""

    def __init__(self, stamp: Stamp) -> None:
        self._objects = JsonObjects(stamp)
        self._separator = ""

    def begin(self) -> str:
        return "["

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._item(self._objects.judged(recorded, judgement))

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._item(self._objects.unjudged(unjudged))

    def end(self, tally: Tally) -> str:  # noqa: ARG002  # a machine format carries no summary
        return "\n]\n"

    def _item(self, item: str) -> str:
        separator, self._separator = self._separator, ","
        return f"{separator}\n{item}"


class JsonLines:
    """An object a line."""

    def __init__(self, stamp: Stamp) -> None:
        self._objects = JsonObjects(stamp)

    def begin(self) -> str:
        return ""

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._objects.judged(recorded, judgement) + "\n"

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._objects.unjudged(unjudged) + "\n"

    def end(self, tally: Tally) -> str:  # noqa: ARG002  # as above
        return ""


class Csv:
    """A header and a row an interaction."""

    def __init__(self) -> None:
        self._rows = CsvRows()

    def begin(self) -> str:
        return self._rows.header()

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._rows.judged(recorded, judgement)

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._rows.unjudged(unjudged)

    def end(self, tally: Tally) -> str:  # noqa: ARG002  # as above
        return ""


class Markdown:
    """A table of interactions, then the summary."""

    def __init__(self, *, summed: bool = True) -> None:
        self._summed = summed

    def begin(self) -> str:
        columns = ("id", "triple", "verdict", "rule", "remedy")
        return f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._row(interaction_cells(recorded, judgement))

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._row(unjudged_cells(unjudged))

    def end(self, tally: Tally) -> str:
        return "\n" + markdown.paint(summary(tally)) if self._summed else ""

    def _row(self, cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(map(markdown.escape, cells))} |\n"


class Plain:
    """A line an interaction, then the summary: for a pipe."""

    def __init__(self, *, lines: bool = True, summed: bool = True) -> None:
        self._lines = lines
        self._summed = summed

    def begin(self) -> str:
        return ""

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._line(interaction_cells(recorded, judgement)) if self._lines else ""

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._line(unjudged_cells(unjudged)) if self._lines else ""

    def end(self, tally: Tally) -> str:
        between = "\n" if self._lines and tally.total else ""
        return between + plain.paint(summary(tally)) if self._summed else ""

    def _line(self, cells: tuple[str, ...]) -> str:
        name, triple, verdict, rule, remedy = map(printable, cells)
        return f"{name:<14}  {triple:<14}  {verdict:<18}  {rule:<23}  {remedy}".rstrip() + "\n"


def interaction_cells(recorded: Recorded, judgement: Judgement) -> tuple[str, ...]:
    """Return what a line on one interaction says: id, triple, verdict, rule, remedy."""
    return (
        recorded.name,
        judgement.triple,
        judgement.verdict,
        judgement.rule or "-",
        remedies_code(judgement.remedies) or "-",
    )


def unjudged_cells(unjudged: Unjudged) -> tuple[str, ...]:
    problem = unjudged.problems[0]
    more = len(unjudged.problems) - 1
    said = problem.line + (f" (and {count(more, 'more problem')})" if more else "")
    return (unjudged.name, "-", unjudged.verdict, "-", said)


MACHINE_FORMATS: dict[str, Callable[[Callable[[], Stamp]], Renderer]] = {
    "json": lambda stamp: JsonList(stamp()),
    "jsonl": lambda stamp: JsonLines(stamp()),
    "csv": lambda _: Csv(),
}
"""The formats without a summary, each made with what names the rulebook (which costs 0.1 s)."""


GATED_FORMATS: dict[str, Callable[[Sequence[Gate]], Renderer]] = {
    "junit": Junit,
    "github": Github,
}
"""The formats for CI, which tell of the gates too."""


def renderer_for(
    format_name: str,
    stamp: Callable[[], Stamp],
    gates: Sequence[Gate] = (),
    *,
    summed: bool = True,
) -> Renderer:
    """Return what writes a format; a format for people ends in the summary, or not."""
    if format_name in GATED_FORMATS:
        return GATED_FORMATS[format_name](gates)
    if format_name in MACHINE_FORMATS:
        return MACHINE_FORMATS[format_name](stamp)
    return Markdown(summed=summed) if format_name == "markdown" else Plain(summed=summed)
