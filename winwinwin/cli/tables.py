"""The options of tables: where one is, and what its engine takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from winwinwin.cli.command import Options
from winwinwin.cli.inputs import Input

if TYPE_CHECKING:
    from winwinwin.batch.face import Source


@dataclass(frozen=True)
class Engine(Options):
    """What a table of a database, or the engine of a table, takes."""

    section: ClassVar[str] = "Tables"

    connect: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Read a table of a database; env:NAME takes $NAME."),
    ] = None
    table: Annotated[str | None, typer.Option(metavar="NAME", help="The table to read.")] = None
    memory_limit: Annotated[
        str | None,
        typer.Option(metavar="SIZE", help="Memory that the engine may use, such as 2GB."),
    ] = None
    threads: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Cores that the engine may use, up to all."),
    ] = None

    def source(self, paths: Sequence[str], reading: Input) -> "Source":
        """Return where a batch is, and how it is read."""
        return reading.source(paths)._replace(
            connect=self.connect,
            table=self.table,
            memory_limit=self.memory_limit,
            threads=self.threads,
        )


@dataclass(frozen=True)
class Tables(Engine):
    """The same where rows can be written."""

    into: Annotated[
        str | None, typer.Option(metavar="NAME", help="Also write a new table there.")
    ] = None
    prefix: Annotated[
        str, typer.Option(metavar="TEXT", help="Begin the names of the verdict columns with TEXT.")
    ] = ""
