"""What CI is told of a batch that could not be read at all: its reports are written nonetheless."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from winwinwin.batch.face import Source
from winwinwin.batch.opening import files_of
from winwinwin.cli.options import Output
from winwinwin.errors import UnreadableError, UsageError, WinwinwinError
from winwinwin.output import files, streams
from winwinwin.output.formats import CI
from winwinwin.rows.basis import Basis
from winwinwin.rows.formats import ROWS
from winwinwin.stats.tally import Tally


@contextmanager
def told_to_ci(to: Output, basis: Callable[[], Basis], source: Source) -> Iterator[None]:
    """Report what ends a run before anything is written, as a source that could not be read."""
    try:
        yield
    except UsageError:
        raise
    except WinwinwinError as error:
        with suppress(WinwinwinError):  # the first one is said
            _tell(UnreadableError(*error.problems), to, basis(), source)
        raise


def _tell(error: UnreadableError, to: Output, basis: Basis, source: Source) -> None:
    named = [name for name in to.files if to.format_of(name) in CI]
    files.refuse_overwriting(named, [*source.paths, *_inputs(source)])
    if to.format in CI:
        streams.write(_report(error, to.format, basis))
        streams.flush()
    with files.together() as outputs:
        for name in named:
            outputs.add(files.target_of(name))(_report(error, to.format_of(name), basis))


def _inputs(source: Source) -> Iterable[str]:
    """Yield the files of a batch, as far as they can be found."""
    with suppress(WinwinwinError):
        yield from files_of(source)


def _report(error: UnreadableError, its_format: str, basis: Basis) -> str:
    report = ROWS[its_format](basis, False)  # to be read by CI alone
    parts = (report.begin(), report.unreadable(error), report.end(Tally(basis.judge)))
    return "".join(map(str, parts))
