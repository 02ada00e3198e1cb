"""The options that fail a run by its verdicts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options

if TYPE_CHECKING:
    from winwinwin.stats.gates import Gate


@dataclass(frozen=True)
class Gates(Options):
    """How many interactions may, or must, have a verdict."""

    section: ClassVar[str] = "Gates"

    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VERDICT[=N|N%]",
            autocompletion=completion.gated,
            help="Exit 1 if more than N (default 0) or N% have it.",
        ),
    ] = None
    require: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VERDICT=N|N%",
            autocompletion=completion.gated,
            help="Exit 1 if fewer have it; both are repeatable.",
        ),
    ] = None
    surely: Annotated[
        bool,
        typer.Option("--surely", help="Exit 1 also if the unknown could fail a gate."),
    ] = False

    def read(self) -> list["Gate"]:
        """Return the gates, each once. Raises UsageError for one that can't be read."""
        from winwinwin.batch.asking import parse_gate

        gates = (
            parse_gate(written, at_least=at_least, surely=self.surely)
            for at_least, each in ((False, self.fail_on), (True, self.require))
            for written in each or ()
        )
        return [*dict.fromkeys(gates)]
