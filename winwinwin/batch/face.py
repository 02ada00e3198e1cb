"""What every batch can do, be it files of records or a table."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.loading.file_layout import AS_IT_SAYS, FileLayout
from winwinwin.loading.paths import READ_FROM
from winwinwin.mapping.drafting import Column
from winwinwin.output.files import Target
from winwinwin.output.reports import MOST_ERRORS
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.output.together import Outputs
from winwinwin.pages.talk import Call
from winwinwin.record.interaction import Recorded
from winwinwin.rows.basis import Basis
from winwinwin.stats.aliases import Aliases
from winwinwin.stats.evidence.following import Followed, Following
from winwinwin.stats.gates import Gate
from winwinwin.stats.selecting import ALL, Selection
from winwinwin.stats.slices import Slices
from winwinwin.stats.tally import Tally

Listed: TypeAlias = tuple[Recorded, Judgement] | Unjudged
"""One interaction with its judgement, or why there is none."""


class CallSink(Protocol):
    """Takes calls to talk about, the worst first."""

    def add(self, call: Call) -> None: ...


class Source(NamedTuple):
    """Where a batch is, and how it is read."""

    paths: Sequence[str] = ()
    input_format: str | None = None
    mapping: str | None = None
    """Name of the mapping's file."""
    connect: str | None = None
    table: str | None = None
    memory_limit: str | None = None
    threads: int | None = None
    layout: FileLayout = AS_IT_SAYS
    """How the files are laid out; a mapping may say more."""
    max_errors: int = MOST_ERRORS
    """Problems to show."""
    selection: Selection = ALL
    """Which of the interactions are looked at."""
    aliases: Aliases | None = None
    """The names that stand for employees; None for their own."""

    @property
    def name(self) -> str:
        """What the user calls it."""
        if self.table is not None:
            return self.table
        names = dict.fromkeys(self.paths)
        return ", ".join(READ_FROM if path == STANDARD_INPUT else path for path in names)


class Wanted(NamedTuple):
    """What is wanted of a batch beside its rows."""

    by: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    first: int = 0
    """How many interactions to list."""
    talk: int = 0
    """How many calls to talk about to keep."""
    is_sliced: bool = False
    """Whether each group needs a tally of its own."""
    lists: Sequence[CallSink] = ()
    """What takes every call to talk about."""
    following: Following | None = None
    """Who is followed over time; None for nobody."""

    def basis(self, judge: Judge) -> Basis:
        return Basis(judge.kind, judge.rulebook, lambda: judge.stamp, self.by, self.gates)


class Rows(NamedTuple):
    """Where the judged interactions are written one by one, and how."""

    format: str
    target: Target | None = None
    """None for standard output."""
    into: tuple[str, Outputs] | None = None
    """A new table of the engine instead, and what it appears together with."""
    is_summed: bool = True
    """Whether text ends in the summary."""


class Judged(NamedTuple):
    """What a batch comes down to."""

    tally: Tally
    first: Sequence[Listed]
    talk: Sequence[Call]
    """The first calls to talk about, the worst first."""
    slices: Slices | None
    """None where no slices were wanted."""
    followed: Followed | None = None
    """None where nobody was followed."""


class Batch(Protocol):
    """Interactions to judge, wherever they are."""

    @property
    def kind(self) -> str:
        """What it is one of, as messages say it."""

    @property
    def formats(self) -> Sequence[str]:
        """The formats that its rows can be written in."""

    @property
    def writes_folders(self) -> bool:
        """Whether its rows become folders of files."""

    def judge(
        self, judge: Judge, wanted: Wanted, rows: Sequence[Rows] = (), prefix: str = ""
    ) -> Judged:
        """Judge all of it, write its rows, and count it.

        The prefix begins the names of a table's verdict columns. Raises WinwinwinError where the
        batch as a whole can't be read, UsageError for rows that can't be written so.
        """

    def columns(self) -> Sequence[Column]:
        """Return what its columns, or the dotted paths of its records, hold. Raises likewise."""
