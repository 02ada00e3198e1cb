"""The formats by name: each turns a run, a record at a time, into text or bytes."""

from collections.abc import Callable, Sequence

from winwinwin.errors import count, printable
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.kernel.rulebook import Stamp
from winwinwin.kernel.verdict import WORDINGS
from winwinwin.pages.summary import summary
from winwinwin.pages.words import HELPED, and_more, helped, remedies_code
from winwinwin.record.interaction import Recorded
from winwinwin.renderers import markdown, plain
from winwinwin.rows.basis import Basis
from winwinwin.rows.github import Github
from winwinwin.rows.records import CsvRows, JsonObjects
from winwinwin.rows.renderer import Renderer
from winwinwin.stats.tally import Tally


class JsonList(Renderer):
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


class JsonLines(JsonObjects, Renderer):
    """An object a line."""

    def __init__(self, stamp: Stamp) -> None:
        super().__init__(stamp, after="\n")


class Csv(Renderer):
    """A header and a row an interaction."""

    def __init__(self) -> None:
        self._rows = CsvRows()

    def begin(self) -> str:
        return self._rows.header()

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._rows.judged(recorded, judgement)

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._rows.unjudged(unjudged)


class Listing(Renderer):
    """A table of interactions in Markdown."""

    def begin(self) -> str:
        columns = ("id", "triple", "verdict", "rule", HELPED)
        return f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        name, triple, _, rule, _ = interaction_cells(recorded, judgement)
        said = helped(judgement) or "-"
        return self._row((name, triple, WORDINGS[judgement.verdict].label, rule, said))

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._row(unjudged_cells(unjudged))

    def _row(self, cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(map(markdown.escape, cells))} |\n"


class Plain(Renderer):
    """A line an interaction, then the summary: for a pipe."""

    def __init__(self, *, summed: bool = True) -> None:
        self._summed = summed

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return self._line(interaction_cells(recorded, judgement))

    def unjudged(self, unjudged: Unjudged) -> str:
        return self._line(unjudged_cells(unjudged))

    def end(self, tally: Tally) -> str:
        between = "\n" if tally.total else ""
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
    more = sum(other.number for other in unjudged.problems[1:])
    said = problem.line + (f" (and {count(more, 'more problem')})" if more else "")
    return (unjudged.name, "-", unjudged.verdict, "-", said)


def _junit(basis: Basis, _: bool) -> Renderer:
    from winwinwin.rows.junit import Junit  # what escapes XML brings urllib along: 10 ms

    return Junit(basis.gates)


def _xlsx(*_: object) -> Renderer:
    from winwinwin.rows.xlsx import Xlsx  # needs an extra

    return Xlsx()


ROWS: dict[str, Callable[[Basis, bool], Renderer]] = {
    "text": lambda _, summed: Plain(summed=summed),
    "json": lambda basis, _: JsonList(basis.stamp()),
    "jsonl": lambda basis, _: JsonLines(basis.stamp()),
    "csv": lambda *_: Csv(),
    "xlsx": _xlsx,
    "junit": _junit,
    "github": lambda basis, _: Github(basis.gates),
    "listing": lambda *_: Listing(),
}
"""What writes records one by one, by format; text ends in the summary, or not."""


def listed_lines(first: Sequence[tuple[Recorded, Judgement] | Unjudged], tally: Tally) -> str:
    """Write the first interactions a line each, and count the others."""
    lines = Plain()
    written = "".join(
        lines.unjudged(item) if isinstance(item, Unjudged) else lines.judged(*item)
        for item in first
    )
    more = tally.total - len(first)
    return written + (f"{and_more(more)}\n" if first and more else "")
