"""The command for many interactions."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from winwinwin.analysis.fingerprint import stamp
from winwinwin.cli import garbage, output
from winwinwin.cli import options as opt
from winwinwin.cli.rulebooks import judge_by, read_by
from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    nearest,
    quoted,
)
from winwinwin.evaluation import Judge
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement, Unjudged, Verdict
from winwinwin.render.basis import Basis
from winwinwin.render.formats import GATED_FORMATS, MACHINE_FORMATS, Plain, renderer_for
from winwinwin.render.renderer import Renderer
from winwinwin.render.summary import gate_sentence
from winwinwin.sources.checking import check as check_record
from winwinwin.sources.documents import STANDARD_INPUT, find, read_all
from winwinwin.sources.shapes import PassedOverError
from winwinwin.sources.table_files import are_tables
from winwinwin.tally import DIMENSIONS, TAG, Gate, Tally, grouping

if TYPE_CHECKING:
    from winwinwin.sources.mapped import MappedRecords, Passed

Sink: TypeAlias = tuple[Renderer, Callable[[str], object]]
"""What turns a run into text, and where the text goes."""

Answer: TypeAlias = tuple[Recorded, Judgement] | Unjudged | UnreadableError
"""An interaction with its judgement, or what could not be read."""

BLOCK = 64
"""Records that a step works on before the next step does: it then finds its own code in the
processor's caches, and a run takes a fifth less time."""
EVERYTHING = 100
"""Percent of the interactions of a run."""
LIMIT = re.compile(r"(\d+(?:\.\d+)?)(%?)")

GATED = [verdict.value for verdict in Verdict if verdict is not Verdict.INVALID]
"""Verdicts that a gate can be set on; an invalid record fails a run by itself."""


def batch(
    paths: Sequence[str],
    *,
    by: Sequence[str],
    gates: Sequence[Gate],
    input_format: str | None,
    rulebook: str | None,
    mapping: str | None = None,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    quiet: bool,
    color: bool,
) -> int:
    """Judge all interactions in the paths, write them where they are wanted, return the exit code."""
    garbage.collect()
    if outputs:
        output.refuse_overwriting(outputs, [*files_of(paths, mapping), *read_by(rulebook)])
    formats = [(name, output.format_of(name, opt.RUN_FORMATS)) for name in outputs]
    judge = judge_by(rulebook, assumptions=assumptions)
    tally = Tally(judge.kind, [checked_dimension(dimension) for dimension in by])
    basis = Basis(judge.kind, judge.rulebook, partial(stamp, judge), tuple(by), tuple(gates))
    on_screen = text_renderer(color=color, lines=not outputs, summed=not quiet)
    with ExitStack() as files:
        first = (
            on_screen
            if format_name == "text"
            else renderer_for(format_name, basis, summed=not quiet)
        )
        sinks: list[Sink] = [(first, output.write)]
        for name, its_format in formats:
            wanted = partial(says_something, tally, its_format, name)
            file = files.enter_context(output.replacing(name, wanted=wanted))
            sinks.append((renderer_for(its_format, basis), file))
        watched = format_name == "text" and output.at_terminal()
        run(paths, input_format, judge, tally, sinks, mapping, watched=watched)
    return finish(tally, gates, format_name, quiet=quiet, color=color)


def says_something(tally: Tally, format_name: str, name: str) -> bool:
    """Tell whether a file is worth writing, or warn that it isn't.

    A mistyped path is no reason to lose what an earlier run wrote; CI is told of it.
    """
    if tally.total or format_name in GATED_FORMATS:
        return True
    output.warn(f"{Problem('not written: nothing was judged', place=Place(name))}\n")
    return False


def finish(
    tally: Tally, gates: Sequence[Gate], format_name: str, *, quiet: bool, color: bool
) -> int:
    """Sum up on standard error what only data was written of, name failed gates, return the code."""
    if format_name in {*MACHINE_FORMATS, *GATED_FORMATS} and not quiet:
        output.warn(text_renderer(color=color, lines=False, errors=True).end(tally))
    for gate in gates:
        if gate.excess(tally) > 0:
            output.warn(gate_sentence(gate, tally) + "\n")
    return tally.exit_code(gates)


def passed_lines(passed: "Passed") -> str:
    """Say which values a mapping has no meaning for, and how often they were passed over."""
    return "".join(
        f"{field}: {rows:,} x {value} read as not recorded\n"
        for (field, value), rows in sorted(passed.items(), key=lambda item: (item[0][0], -item[1]))
    )


def files_of(paths: Iterable[str], mapping: str | None) -> Iterator[str]:
    """Yield the files that a run reads, those of folders and globs and the mapping too."""
    if mapping is not None:
        yield mapping
    names = (name for name in paths if name != STANDARD_INPUT)
    found = chain.from_iterable(map(find, names))
    yield from (str(path) for path in found if not isinstance(path, UnreadableError))


def run(
    paths: Sequence[str],
    input_format: str | None,
    judge: Judge,
    tally: Tally,
    sinks: Sequence[Sink],
    mapping: str | None = None,
    *,
    watched: bool = False,
) -> None:
    """Judge record after record, read by the mapping in a file or without; hand each to all sinks.

    Watched: somebody waits at a terminal that shows nothing else meanwhile. Raises WinwinwinError
    where no record has a path that a fact is mapped to.
    """
    mapped = _mapped_by(mapping) if mapping else None
    for renderer, write in sinks:
        write(renderer.begin())
    judged = 0
    with _progress(lambda: f"{judged:,}") if watched else nullcontext():
        items = read_all(paths, input_format, mapped or check_record)
        while block := list(islice(items, BLOCK)):
            answers: list[Answer] = [
                (item, judge(item.outcomes)) if isinstance(item, Recorded) else item
                for item in block
            ]
            count(tally, answers)
            judged += len(answers)
            for renderer, write in sinks:
                if text := "".join([rendered(renderer, answer) for answer in answers]):
                    write(text)
    if mapped and not mapped.has_met_a_fact and (unmet := mapped.unmet()):
        raise WinwinwinError(*unmet)
    for renderer, write in sinks:
        write(renderer.end(tally))
    output.flush()
    if mapped:
        output.warn("".join(f"{problem}\n" for problem in mapped.unmet()))
        output.warn(passed_lines(mapped.passed))


def _progress(how_far: Callable[[], str]) -> AbstractContextManager[None]:
    from winwinwin.cli.progress import progress  # threads take 2 ms

    return progress("judging", how_far)


def _mapped_by(mapping: str) -> "MappedRecords":
    from winwinwin.sources.mapped import MappedRecords  # few runs have one: 8 ms
    from winwinwin.sources.mapping_file import load_mapping

    return MappedRecords(load_mapping(mapping))


def count(tally: Tally, answers: Sequence[Answer]) -> None:
    """Count records, and tell at once of what could not be read."""
    tally.add([(answer[0].about, answer[1]) for answer in answers if isinstance(answer, tuple)])
    for answer in answers:
        if isinstance(answer, Unjudged):
            tally.invalid += 1
            output.warn("".join(f"{problem}\n" for problem in answer.problems))
        elif isinstance(answer, UnreadableError):
            tally.unreadable += not isinstance(answer, PassedOverError)
            output.warn(f"{answer}\n")


def rendered(renderer: Renderer, answer: Answer) -> str:
    """Return what a renderer makes of a record, or of a source that can't be read."""
    if isinstance(answer, tuple):
        return renderer.judged(*answer)
    if isinstance(answer, Unjudged):
        return renderer.unjudged(answer)
    return "" if isinstance(answer, PassedOverError) else renderer.unreadable(answer)


def text_renderer(
    *, color: bool, lines: bool, summed: bool = True, errors: bool = False
) -> Renderer:
    """Return what writes for a person: tables and colour at a terminal, plain lines elsewhere."""
    if not output.at_terminal(errors=errors):
        return Plain(lines=lines, summed=summed)
    from winwinwin.render.screen import Screen  # rich costs 50 ms

    columns, rows = output.size()
    return Screen(columns, rows, color=color, lines=lines, summed=summed)


def checked_dimension(dimension: str) -> str:
    """Return a dimension that a tally can group by. Raises UsageError for any other."""
    try:
        grouping(dimension)
    except KeyError:
        known = [*DIMENSIONS, f"{TAG}NAME"]
        what = f"--by: {quoted(dimension)} is not something to group by"
        raise UsageError(Problem(what, ", ".join(known), nearest(dimension, known))) from None
    return dimension


def parse_gate(written: str) -> Gate:
    """Read VERDICT, VERDICT=N or VERDICT=N%. Raises UsageError for anything else."""
    verdict, equals, limit = written.partition("=")
    if verdict not in GATED:
        what = f"--fail-on: {quoted(verdict)} is not a verdict to fail on"
        raise UsageError(Problem(what, ", ".join(GATED), nearest(verdict, GATED)))
    number = LIMIT.fullmatch(limit if equals else "0")
    if number is None:
        hint = "Write a number of interactions, or a percentage."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is not a limit", hint=hint))
    gate = Gate(Verdict(verdict), float(number[1]), bool(number[2]))
    if gate.percent and gate.limit > EVERYTHING:
        hint = "Write a percentage from 0 to 100."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is more than all", hint=hint))
    return gate


def is_about_a_table(
    paths: Sequence[str],
    input_format: str | None,
    connect: str | None,
    table: str | None,
    into: str | None,
) -> bool:
    """Tell whether a run is about a table. Raises UsageError for a run about nothing."""
    if connect or table or into:
        return True
    if not paths:
        hint = "Name files, folders or -, or a table: --connect URL --table NAME."
        raise UsageError(Problem("nothing to judge is given", hint=hint))
    return are_tables(paths, input_format)


def refuse_table_options(**options: object) -> None:
    """Raise UsageError for an option that means nothing to files of records."""
    for name, value in options.items():
        if value:
            flag = f"--{name.replace('_', '-')}"
            hint = "Leave it out: these are files of records."
            raise UsageError(Problem(f"{flag}: this is for tables", hint=hint))
