"""The options for lists to work off: calls to talk about, and whom to ask what."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options
from winwinwin.output import formats

if TYPE_CHECKING:
    from winwinwin.kernel.rulebook import Rulebook
    from winwinwin.output.files import Target
    from winwinwin.rows.calls import CallList

FORMATS = ("csv", "tsv", "jsonl", "xlsx")
"""What a list can be written as."""


@dataclass(frozen=True)
class Talking(Options):
    """Where the lists go."""

    section: ClassVar[str] = "Output"

    talk: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            autocompletion=completion.files(),
            help="List all calls to talk about in FILE, the worst first: .csv, .tsv, .jsonl, .xlsx.",
        ),
    ] = None
    ask: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            autocompletion=completion.files(),
            help="List in FILE whom to ask what, for each undetermined interaction.",
        ),
    ] = None

    @property
    def files(self) -> Sequence[str]:
        return [name for name in (self.talk, self.ask) if name is not None]

    def check(self) -> None:
        """Raise UsageError for a file whose suffix is not of a format."""
        for name in self.files:
            formats.of_file(name, FORMATS, "for a list")

    def opened(
        self, rulebook: "Rulebook", target_of: "Callable[[str, str], Target]"
    ) -> "Iterator[CallList]":
        """Begin the lists; a target is made for a name and a format."""
        from winwinwin.rows import calls  # few runs write a list

        for name, listing in ((self.talk, calls.TALK), (self.ask, calls.ASK)):
            if name is not None:
                its_format = formats.of_file(name, FORMATS)
                target = target_of(name, its_format)
                yield calls.call_list(listing, rulebook, its_format, target)
