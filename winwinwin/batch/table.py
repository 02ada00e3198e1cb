"""A table as a batch: its kinds are judged once, and its engine does the rest."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from winwinwin.batch.adding_up import must_add_up
from winwinwin.batch.choosing import EMPLOYEE
from winwinwin.batch.chosen import selected_of
from winwinwin.batch.face import Judged, Listed, Rows, Source, Wanted
from winwinwin.batch.judged_before import judged_otherwise
from winwinwin.batch.keeping import ALWAYS, kept_of
from winwinwin.batch.opened import Opened, named, no_engine
from winwinwin.batch.records import no_employee
from winwinwin.batch.table_said import report
from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    count,
    printable,
)
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Unjudged
from winwinwin.mapping.drafting import Column
from winwinwin.mapping.model import FieldSource
from winwinwin.output import streams
from winwinwin.output.files import BUFFER
from winwinwin.output.formats import CI
from winwinwin.output.leftovers import temporary_folder
from winwinwin.output.progress import progress, share_of
from winwinwin.pages.summary import summary
from winwinwin.pages.talk import Call, call_of, rank
from winwinwin.record.interaction import Interaction, Recorded
from winwinwin.rows.basis import Basis
from winwinwin.rows.formats import ROWS
from winwinwin.stats.dimensions import TAG, grouping
from winwinwin.stats.slices import PERIODS, Slices
from winwinwin.stats.tally import Tally
from winwinwin.tables import columns, engines, writing
from winwinwin.tables.following import followed_in
from winwinwin.tables.judged import JudgedTable, judge_rows
from winwinwin.tables.kinds import Combination
from winwinwin.tables.layout import near_misses_said, refuse_helpers
from winwinwin.tables.listed import listed
from winwinwin.tables.marks import readable, unmarked
from winwinwin.tables.slicing import slices_of
from winwinwin.tables.structs import laid_out
from winwinwin.tables.traits import Traits, traits
from winwinwin.tables.verdicts import FREE_PREFIX, LookUp, joined, refuse_clash, taken


@dataclass(frozen=True)
class Table:
    """Rows of files, of a database or of a cluster."""

    source: Source
    opened: Opened

    @property
    def traits(self) -> Traits:
        return traits(self.opened.engine)

    @property
    def kind(self) -> str:
        return "tables of a cluster" if self.writes_folders else "tables"

    @property
    def formats(self) -> Sequence[str]:
        return (*self.traits.rows, *CI)

    @property
    def writes_folders(self) -> bool:
        return self.traits.writes_folders

    def columns(self) -> Sequence[Column]:
        found = self.opened.asked(lambda: columns.columns_of(readable(self.opened.table)))
        asked = self.opened.questions
        return [column._replace(question=asked.get(column.name, "")) for column in found]

    def judge(
        self, judge: Judge, wanted: Wanted, rows: Sequence[Rows] = (), prefix: str = ""
    ) -> Judged:
        """Find the kinds, judge each, write the rows with their verdicts, and count them."""
        data = [each for each in rows if each.format not in CI]
        self._check(data, prefix)
        is_enumerated = not any(each.into for each in rows)
        look_up = (
            listed(self.opened.engine, enumerated=is_enumerated) if self.traits.is_local else joined
        )
        found, tally = self._counted(judge, wanted, look_up)
        others = "" if data or not taken(self.opened.table.columns, prefix) else FREE_PREFIX
        report(
            found, self.source, f"{others or prefix}problem", is_written=bool(data), prefix=others
        )
        shown = [*wanted.by, *ALWAYS]
        slices = slices_of(found, shown, tally.spread, look_up) if wanted.is_sliced else None
        if slices:
            must_add_up(found.kinds.total, slices.whole)
        first = [_item(*row) for row in found.first(wanted.first)]
        following = wanted.following
        followed = followed_in(found, following, look_up) if following else None
        judged = Judged(tally, first, self._talked(found, slices, wanted), slices, followed)
        self.opened.watch.refuse_changed()
        for each in data:
            self._write(each, found, look_up, prefix, tally)
        for each in rows:
            if each.format in CI:
                (each.target or streams.write)(
                    self._for_ci(each, found, wanted.basis(judge), tally)
                )
        return judged

    def _for_ci(self, rows: Rows, found: JudgedTable, basis: Basis, tally: Tally) -> str:
        """Return the mistakes, those that rows share once, and the gates: rows have no line to mark."""
        renderer = ROWS[rows.format](basis, rows.is_summed)
        mistakes = (
            Unjudged(None, tuple(self._said(problem, number) for problem in problems))
            for problems, number in found.kinds.invalid.items()
        )
        parts = [renderer.begin(), *map(renderer.unjudged, mistakes), renderer.end(tally)]
        return "".join(map(str, parts))

    def _said(self, problem: Problem, number: int) -> Problem:
        """Return a problem of rows, with their table and number."""
        what = f"{problem.what} ({count(number, 'row')})"
        return replace(problem, what=what, place=problem.place or Place(self.source.name))

    def _check(self, rows: Sequence[Rows], prefix: str) -> None:
        """Raise WinwinwinError for what could not be written, before anything is counted."""
        if rows:
            refuse_clash(self.opened.table.columns, prefix)
        for each in rows:
            if each.into is not None:
                if not self.source.connect:
                    raise no_engine("--into")
                engines.refuse_existing(self.opened.engine, each.into[0])
            elif each.target is not None and self.writes_folders:
                writing.refuse_folder(each.target.name)
            elif self.writes_folders:
                what = f"--format: a cluster's rows are not written as {each.format} here"
                hint = "Write a folder or a table: -o FILE, --into NAME."
                raise UsageError(Problem(what, hint=hint))

    def _counted(self, judge: Judge, wanted: Wanted, look_up: LookUp) -> tuple[JudgedTable, Tally]:
        mapping = self.opened.mapping
        if mapping is None:
            lines = near_misses_said(self.opened.table.columns)
            streams.warn("".join(f"{line}\n" for line in lines))
        streams.warn(judged_otherwise(self.opened.stamps, judge))
        with named(self.source.name), self._progress("counting"):
            refuse_helpers(unmarked(self.opened.table.columns))
            if self.source.aliases is not None and EMPLOYEE not in self._about:
                raise no_employee("column")
            dimensions = self._dimensions(wanted)
            found = self.opened.asked(lambda: self._judged(judge, dimensions))
            selected = selected_of(found, self.source)
            if not found.kinds.total:
                hint = "There is nothing to judge."
                raise UnreadableError(
                    Problem("has no rows", hint=hint, place=Place(self.source.name))
                )
            tally = found.tally(look_up, wanted.by)
            tally.selected = selected
            must_add_up(found.read, tally, found.read - selected.kept if selected else 0)
            return found, tally

    def _judged(self, judge: Judge, dimensions: Sequence[str]) -> JudgedTable:
        source = self.source
        its = (self.opened.table, self.opened.mapping)
        found = judge_rows(*its, judge, dimensions, source.selection, source.aliases, is_ours=True)
        self.opened.refuse_fewer(found.read)
        return found

    def _dimensions(self, wanted: Wanted) -> Sequence[str]:
        """Return what is counted apart: what was asked for, and what slices are made by anyway."""
        if not wanted.is_sliced:
            return wanted.by
        own = self.opened.table.columns
        about = self._about
        known = [name for name in ALWAYS if name in about or name in own]
        trend = [period for period in PERIODS if "date" in about and period not in own][:1]
        return list(dict.fromkeys([*wanted.by, *known, *trend]))

    @property
    def _about(self) -> Map[str, FieldSource]:
        return laid_out(self.opened.table, self.opened.mapping)[1].about

    def _talked(self, found: JudgedTable, slices: Slices | None, wanted: Wanted) -> list[Call]:
        """Return the worst calls, and give all to what lists them."""
        if not (wanted.talk or wanted.lists):
            return []
        periods = {each.name for each in found.by if each.part}
        groupings = {
            name: grouping(name if name in periods else f"{TAG}{name}")
            for name in (slices.dimensions if slices else ())
        }
        worst = found.worst(rank, None if wanted.lists else wanted.talk)
        calls = (
            call_of(about.described, about.id or "-", combination.judgement, groupings)
            for about, combination in worst
            if combination.judgement is not None
        )
        return kept_of(calls, wanted.talk, wanted.lists)

    def _write(
        self, rows: Rows, found: JudgedTable, look_up: LookUp, prefix: str, tally: Tally
    ) -> None:
        """Write the rows where they are wanted, and say how many of them."""
        engine, verdicts = self.opened.engine, found.rows(prefix, look_up)
        if rows.into is not None:
            name, outputs = rows.into
            table = outputs.add(engines.NewTable(engine, name))
            self._write_all(name, found, partial(table.fill, verdicts))
        elif rows.target is not None:
            name, path = rows.target.name, rows.target.path
            write = self._writer(rows.format, verdicts, path, prefix, name, tally)
            self._write_all(name, found, write)
        else:
            with temporary_folder() as folder:
                path = Path(folder) / f"rows.{rows.format}"
                self._writer(rows.format, verdicts, path, prefix, self.source.name, tally)()
                self.opened.watch.refuse_changed()
                _to_standard_output(path)

    def _writer(
        self, its_format: str, verdicts: Any, path: Path, prefix: str, name: str, tally: Tally
    ) -> Callable[[], int]:
        """Return what writes the rows to a file and returns their number."""
        engine = self.opened.engine
        if its_format != "xlsx":
            its = (verdicts, path, its_format, prefix, self.source.memory_limit)
            return partial(writing.write_file, engine, *its)
        from winwinwin.rows.workbook import refuse_too_large
        from winwinwin.tables.workbook import write_workbook

        refuse_too_large(tally.total, verdicts.columns, name)

        def write() -> int:
            column = f"{prefix}verdict"
            try:
                written, notes = write_workbook(engine, verdicts, path, column, summary(tally))
            except OSError as error:
                raise streams.unwritable(name, error) from None
            streams.warn(f"{printable(name)}: {notes}" if notes else "")
            return written

        return write

    def _write_all(self, name: str, found: JudgedTable, write: Callable[[], int]) -> None:
        """Write all rows. Raises WinwinwinError where fewer or more were written than read."""
        with self._progress(f"writing {name}"):
            written = write()
        self.opened.watch.refuse_changed()
        read = found.kinds.total
        streams.warn(f"{printable(name)}: {count(read, 'row')} read, {written:,} written\n")
        if written != read:
            what = f"{count(read, 'row')} were read and {written:,} written"
            hint = "The table changed meanwhile."
            raise WinwinwinError(Problem(what, hint=hint, place=Place(name)))

    @contextmanager
    def _progress(self, doing: str) -> Iterator[None]:
        engine = self.opened.engine
        percentage = engine.con.query_progress if self.traits.is_local else None
        said = f"{doing} {self.source.name}" if doing == "counting" else doing
        with progress(said, partial(share_of, percentage)):
            yield


def _item(interaction: Interaction, combination: Combination) -> Listed:
    if combination.judgement is None:
        return Unjudged(interaction.id, combination.problems)
    return Recorded.of(interaction), replace(combination.judgement, gap=combination.gap)


def _to_standard_output(path: Path) -> None:
    with path.open("rb") as rows:
        text = TextIOWrapper(rows, "utf-8", "backslashreplace", newline="")
        while block := (text if streams.at_terminal() else rows).read(BUFFER):
            streams.write(block)
    streams.flush()
