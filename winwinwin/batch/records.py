"""Files of records as a batch: judged one after the other, in whatever number."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from winwinwin.batch.adding_up import must_add_up
from winwinwin.batch.asking import checked_dimension
from winwinwin.batch.choosing import EMPLOYEE, Choosing, say
from winwinwin.batch.face import Judged, Rows, Source, Wanted
from winwinwin.batch.keeping import Keeping
from winwinwin.batch.other_rulebooks import OtherRulebooks
from winwinwin.batch.repeated import RepeatedIds
from winwinwin.batch.tags import Tags
from winwinwin.errors import Place, Problem, UnreadableError, UsageError, WinwinwinError
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.loading.documents import Item, read_all, read_as
from winwinwin.loading.file_layout import RECORDS
from winwinwin.loading.record_lists import ListChoice
from winwinwin.loading.shapes import PassedOverError
from winwinwin.mapping import drafting
from winwinwin.mapping.drafting import Column
from winwinwin.output import streams
from winwinwin.output.reports import Reports
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.parsing.draft import Draft
from winwinwin.record.checking import check
from winwinwin.record.interaction import Recorded
from winwinwin.rows.formats import ROWS
from winwinwin.rows.renderer import Renderer
from winwinwin.stats.tally import Tally

if TYPE_CHECKING:
    from winwinwin.mapping.records import MappedRecords

Sink: TypeAlias = tuple[Renderer, Callable[[str | bytes], object]]
"""What turns a run into text or bytes, and where these go."""

BLOCK = 64
"""Records that a step works on before the next step does: it then finds its own code in the
processor's caches, and a run takes a fifth less time."""
MOST_RECORDS = 100_000
"""Records that a draft is made from: more of them hardly hold other values."""


@dataclass(frozen=True)
class Records:
    """Interactions in files, folders and standard input."""

    source: Source
    kind: ClassVar = "files of records"
    formats: ClassVar = tuple(ROWS)
    writes_folders: ClassVar = False

    def judge(
        self, judge: Judge, wanted: Wanted, rows: Sequence[Rows] = (), prefix: str = ""
    ) -> Judged:
        """Judge record after record; raises WinwinwinError where none has what is mapped to a fact."""
        if prefix:
            raise table_option("--prefix")
        reports = Reports(self.source.max_errors)
        tally = Tally(judge.kind, [checked_dimension(dimension) for dimension in wanted.by])
        for dimension in self.source.selection.only:
            checked_dimension(dimension, "--only")
        mapped = _mapped_by(self.source.mapping) if self.source.mapping else None
        if mapped and self.source.aliases is not None and not mapped.has(EMPLOYEE):
            raise no_employee("path")
        choice = self._choice(mapped)
        items = read_all(self.source.paths, self.source.input_format, mapped or check, choice)
        keeping = Keeping(judge, wanted)
        with ExitStack() as stack:
            stack.callback(keeping.drop)
            sinks = [self._sink(each, judge, wanted, stack) for each in rows]
            is_shown = any(each.target is None for each in rows)
            followed = wanted.following.customer if wanted.following else None
            tags = Tags([*wanted.by, followed, *self.source.selection.only])
            self._write(judge, items, (tally, keeping, sinks, tags), reports, is_shown=is_shown)
            if mapped and not mapped.has_met_a_fact and (unmet := mapped.unmet()):
                raise WinwinwinError(*unmet)
            for renderer, write in sinks:
                write(renderer.end(tally))
                streams.warn(renderer.notes())
            judged = keeping.judged(tally)
        streams.flush()
        if mapped:
            reports.show(mapped.unmet())
            streams.warn(mapped.passed_lines)
        reports.end()
        return judged

    def _write(
        self,
        judge: Judge,
        items: Iterator[Item],
        to: tuple[Tally, Keeping, Sequence[Sink], Tags],
        reports: Reports,
        *,
        is_shown: bool,
    ) -> None:
        """Judge record after record, count each, and write it."""
        tally, keeping, sinks, tags = to
        repeated, choosing = RepeatedIds(), Choosing(self.source.selection, self.source.aliases)
        others = OtherRulebooks(judge)
        is_typed = awaited(self.source)
        read = 0
        for renderer, write in sinks:
            write(renderer.begin())
        has_progress = streams.at_terminal() and not (is_shown or is_typed)
        with _progress(lambda: f"{tally.total:,}") if has_progress else nullcontext():
            while block := list(islice(items, BLOCK)):
                read += len(block) - len(
                    [each for each in block if isinstance(each, UnreadableError)]
                )
                tags.take(block)
                block = choosing.of(block)
                recorded = [item for item in block if isinstance(item, Recorded)]
                repeated.take(recorded)
                others.take(recorded)
                judged = [(item, judge.outcomes(item.outcomes)) for item in recorded]
                tally.add(judged)
                keeping.add(judged)
                _fail(block, tally, reports)
                for renderer, write in sinks:
                    if text := _rendered(renderer, block, iter(judged)):
                        write(text)
            streams.warn(repeated.end() + others.end())
        must_add_up(read, tally, choosing.left_out)
        tally.selected = choosing.selected(tally.total)
        say(tally.selected, choosing.unmet())
        streams.warn("".join(f"{problem}\n" for problem in tags.unmet()))

    def _sink(self, rows: Rows, judge: Judge, wanted: Wanted, stack: ExitStack) -> Sink:
        if rows.into is not None:
            raise table_option("--into")
        renderer = ROWS[rows.format](wanted.basis(judge), rows.is_summed)
        stack.callback(renderer.drop)
        return renderer, rows.target or streams.write

    def _choice(self, mapped: "MappedRecords | None") -> ListChoice | None:
        """Return which list of a document holds the records; None where a document is what it is."""
        layout = self.source.layout
        if mapped:
            layout = layout.over(mapped.file)
            layout.refuse_unfit(RECORDS)
        return ListChoice(layout.records, mapped) if mapped or layout.records else None

    def columns(self) -> Sequence[Column]:
        """Return the dotted paths of the records. Raises what is wrong with a source."""
        awaited(self.source)
        records = []
        choice = ListChoice(self.source.layout.records)
        items = read_as(_value, self.source.paths, self.source.input_format, choice=choice)
        for item in islice(items, MOST_RECORDS + 1):
            if isinstance(item, PassedOverError):
                continue
            if isinstance(item, UnreadableError):
                raise item
            records.append(item)
        if len(records) > MOST_RECORDS:
            streams.warn(f"only the first {MOST_RECORDS:,} records are read\n")
        columns = drafting.columns_of(records)
        if not columns:
            hint = "Each record should be a mapping of keys to values."
            raise UnreadableError(
                Problem("holds no record", hint=hint, place=Place(self.source.name))
            )
        return columns


def awaited(source: Source) -> bool:
    """Say that a run waits for someone to type, where it does."""
    is_typed = STANDARD_INPUT in source.paths and bool(sys.stdin and sys.stdin.isatty())
    if is_typed:
        its_format = (source.input_format or "yaml").upper()
        streams.warn(f"Reading {its_format} from the keyboard; Ctrl-D ends it.\n")
    return is_typed


def _mapped_by(mapping: str) -> "MappedRecords":
    from winwinwin.mapping.file import load_mapping, warnings_of
    from winwinwin.mapping.records import MappedRecords  # few runs have one: 8 ms

    loaded = load_mapping(mapping)
    streams.warn(warnings_of(loaded, mapping))
    return MappedRecords(loaded)


def table_option(flag: str) -> UsageError:
    """Return the error for an option that means nothing to files of records."""
    hint = "Leave it out: these are files of records."
    return UsageError(Problem(f"{flag}: this is for tables", hint=hint))


def no_employee(kind: str) -> UsageError:
    """Return the error for employees that are to be renamed, and that nothing names."""
    what = f"--anonymous: no {kind} holds the employee, so no name would be replaced"
    hint = f"Map it: employee: {kind.upper()}, or leave --anonymous out."
    return UsageError(Problem(what, hint=hint))


def _value(draft: Draft) -> Any:
    return draft.value


def _fail(items: Iterable[Item], tally: Tally, reports: Reports) -> None:
    """Count what could not be read, and report it at once."""
    for item in items:
        if isinstance(item, Recorded):
            continue
        reports.show(item.problems)
        if isinstance(item, Unjudged):
            tally.invalid += 1
        else:
            tally.unreadable += not isinstance(item, PassedOverError)


def _rendered(
    renderer: Renderer, items: Iterable[Item], judged: Iterator[tuple[Recorded, Judgement]]
) -> str:
    """Write what was read, each interaction with the next judgement."""
    return "".join(
        [
            renderer.judged(*next(judged))
            if isinstance(item, Recorded)
            else _failed(renderer, item)
            for item in items
        ]
    )


def _failed(renderer: Renderer, item: Unjudged | UnreadableError) -> str:
    if isinstance(item, Unjudged):
        return renderer.unjudged(item)
    return "" if isinstance(item, PassedOverError) else renderer.unreadable(item)


def _progress(how_far: Callable[[], str]) -> AbstractContextManager[None]:
    from winwinwin.output.progress import progress  # threads take 2 ms

    return progress("judging", how_far)
