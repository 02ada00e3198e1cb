"""Where a judged batch goes: standard output and files, each in its format."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from winwinwin.batch.face import Batch, Judged, Rows, Wanted
from winwinwin.cli import writing
from winwinwin.cli.options import Output
from winwinwin.cli.talking import Talking
from winwinwin.errors import Place, Problem
from winwinwin.evaluation import Judge
from winwinwin.output import files, formats, streams
from winwinwin.output.together import Outputs
from winwinwin.pages.page import Page
from winwinwin.pages.run import MOST_CALLS, listing, run_blocks
from winwinwin.pages.summary import summary
from winwinwin.pages.talk import FEWEST as FEWEST_CALLS
from winwinwin.pages.talk import talk_blocks
from winwinwin.renderers import markdown, plain
from winwinwin.rows.basis import Basis
from winwinwin.rows.figures import figures_text
from winwinwin.rows.formats import listed_lines
from winwinwin.stats.gates import Gate
from winwinwin.stats.slices import Slicing

if TYPE_CHECKING:
    from winwinwin.rows.calls import CallList

SUMMED = ("text", "markdown", "html", "svg")
"""The formats that sum a batch up."""
FEWEST = 10
"""Interactions that are listed where there is no screen to fill, or only a small one."""
FRAME = 8
"""Rows of a screen that are kept free of interactions."""


class Destination(NamedTuple):
    """Standard output, or a file."""

    format: str
    target: files.Target | None = None

    def write(self, content: str | bytes) -> None:
        (self.target or streams.write)(content)


@dataclass(frozen=True)
class Destinations:
    """All that one run writes to."""

    batch: Batch
    to: Output
    talking: Talking
    into: str | None = None
    """A new table of the engine."""
    summary: str | None = None
    """A file of JSON with every figure."""

    def check(self, inputs: Iterable[str]) -> None:
        """Raise WinwinwinError for what can't be written, before anything is read."""
        known = formats.in_order({*SUMMED, *self.batch.formats})
        where = f"for {self.batch.kind}"
        formats.check(self.to.format, known, where=where)
        if not formats.FORMATS[self.to.format].is_text and streams.at_terminal():
            raise writing.no_text(self.to.format)
        for name in self.to.files:
            formats.of_file(name, known, where)
        if "html" in self.to.wanted:
            writing.need_report()
        if self.summary is not None:
            formats.of_file(self.summary, ("json",), "for a summary")
        self.talking.check()
        others = [*self.talking.files, *([] if self.summary is None else [self.summary])]
        files.refuse_overwriting([*self.to.files, *others], inputs)

    def wanted(self, by: Sequence[str], gates: Sequence[Gate]) -> Wanted:
        """Return what has to be kept of the run for the formats that sum it up."""
        talk = max(MOST_CALLS.get(name, 0) for name in self.to.wanted)
        if self._is_screen and not self.to.quiet:
            talk = max(talk, FEWEST_CALLS)
        return Wanted(tuple(by), tuple(gates), self._first(), talk, "html" in self.to.wanted)

    @property
    def _is_screen(self) -> bool:
        return self.to.format == "text" and streams.at_terminal()

    def _first(self) -> int:
        """Return how many interactions to list at once: others are written as they come."""
        if self._is_screen and self._is_listed:
            return max(streams.size()[1] - FRAME, FEWEST)
        return 0 if "text" in self.batch.formats else FEWEST

    @property
    def _is_listed(self) -> bool:
        """Whether standard output lists the interactions: nothing else holds them."""
        return not self.to.files and self.into is None

    def write(self, judge: Judge, wanted: Wanted, prefix: str) -> Judged:
        """Judge the batch and write it everywhere; files appear once all of them are whole."""
        with files.together() as outputs:
            total = [0]
            opened = self._opened(outputs, lambda: total[0])
            figures = self._opened_summary(outputs, lambda: total[0])
            rows = {place: each for place in opened if (each := self._rows(place))}
            into = [Rows("table", into=(self.into, outputs))] if self.into is not None else []
            lists = self._lists(judge, outputs, lambda: total[0])
            wanted = wanted._replace(lists=lists)
            judged = self.batch.judge(judge, wanted, [*into, *rows.values()], prefix)
            total[0] = judged.tally.total
            for one in lists:
                one.end()
            for place in opened:
                if place not in rows:
                    place.write(self._page(judged, wanted, judge, place))
            if figures is not None:
                for text in figures_text(judged.tally, wanted.basis(judge)):
                    figures(text)
            streams.flush()
        return judged

    def _opened_summary(self, outputs: Outputs, total: Callable[[], int]) -> files.Target | None:
        if self.summary is None:
            return None
        said = _wanted_file(self.summary, "json", total)
        return outputs.add(files.target_of(self.summary, wanted=said))

    def _opened(self, outputs: Outputs, total: Callable[[], int]) -> list[Destination]:
        """Open the files, before anything is judged."""
        found = [Destination(self.to.format)]
        for name in self.to.files:
            its_format = self.to.format_of(name)
            folder = self.batch.writes_folders and its_format not in (*SUMMED, *formats.CI)
            said = _wanted_file(name, its_format, total)
            target = outputs.add(files.target_of(name, folder=folder, wanted=said))
            found.append(Destination(its_format, target))
        return found

    def _lists(self, judge: Judge, outputs: Outputs, total: Callable[[], int]) -> "list[CallList]":
        def target_of(name: str, its_format: str) -> files.Target:
            return outputs.add(files.target_of(name, wanted=_wanted_file(name, its_format, total)))

        return list(self.talking.opened(judge.rulebook, target_of))

    def _rows(self, place: Destination) -> Rows | None:
        """Return how the interactions are written to a place as they come; None where it is a page."""
        is_output = place.target is None
        if place.format == "markdown" and is_output and self.to.quiet:
            return Rows("listing") if "text" in self.batch.formats else None
        if place.format not in self.batch.formats:
            return None
        if place.format != "text" or not is_output:
            return Rows(place.format, place.target)
        is_page = streams.at_terminal() or not self._is_listed
        return None if is_page else Rows("text", is_summed=not self.to.quiet)

    def _page(
        self, judged: Judged, wanted: Wanted, judge: Judge, place: Destination
    ) -> str | bytes:
        page = run_page(judged, wanted.basis(judge))
        if place.format != "text":
            return writing.content(page, place.format)
        return self._text(judged, page) if place.target is None else _lines(judged, page)

    def _text(self, judged: Judged, page: Page) -> str:
        """Return the text of standard output: a list where nothing else holds it, and the summary."""
        first = judged.first if self._is_listed else ()
        if not streams.at_terminal():
            listed = listed_lines(first, judged.tally)
            return listed if self.to.quiet else _joined(listed, plain.paint(page.blocks))
        above = listing(first, judged.tally) if self._is_listed else []
        talk = talk_blocks(judged.talk, judged.tally.all)
        below = [] if self.to.quiet else [*page.blocks, *talk]
        return writing.on_screen(Page(blocks=[*above, *below], is_wide=True), self.to)


def _wanted_file(name: str, its_format: str, total: Callable[[], int]) -> Callable[[], bool]:
    """Return what tells in the end whether a file is worth writing, and warns where it isn't.

    A mistyped path is no reason to lose what an earlier run wrote; CI has to know of it.
    """

    def wanted() -> bool:
        if total() or its_format in formats.CI:
            return True
        streams.warn(f"{Problem('not written: nothing was judged', place=Place(name))}\n")
        return False

    return wanted


def _lines(judged: Judged, page: Page) -> str:
    return _joined(listed_lines(judged.first[:FEWEST], judged.tally), plain.paint(page.blocks))


def _joined(listed: str, summed: str) -> str:
    return f"{listed}\n{summed}" if listed else summed


def summed_up(judged: Judged, to: Output) -> str:
    """Return the summary for standard error, where only data goes to standard output."""
    blocks = summary(judged.tally)
    if not streams.at_terminal(errors=True):
        return plain.paint(blocks)
    return writing.on_screen(Page(blocks=blocks, is_wide=True), to)


def run_page(judged: Judged, basis: Basis) -> Page:
    """Return the page of a run: its summary. HTML is the report, for which slices are needed."""

    def markdown_text() -> str:
        blocks = run_blocks(judged.tally, judged.talk, basis.rulebook, basis.stamp())
        return markdown.paint(blocks)

    def report() -> str:
        from winwinwin.report.page import page  # two seconds of imports

        slices = judged.slices or Slicing(basis.judge, ()).slices
        return page(slices, judged.tally, judged.talk, basis)

    rows = {"markdown": markdown_text, "html": report}
    return Page(blocks=summary(judged.tally), rows=rows, is_wide=True)
