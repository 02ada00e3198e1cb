"""The options that say which interactions are looked at, and how their employees are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options
from winwinwin.cli.parameters import text_option

if TYPE_CHECKING:
    from winwinwin.batch.face import Source
    from winwinwin.kernel.verdict import Verdict


@dataclass(frozen=True)
class Filters(Options):
    """Which interactions are looked at, and whether their employees are named."""

    section: ClassVar[str] = "Filters"

    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=VALUE",
            autocompletion=completion.filters,
            help="Only where WHAT (see batch --by) is VALUE; repeatable.",
        ),
    ] = None
    since: Annotated[
        str | None,
        text_option("--since", "DATE", "Only from a day, week or month on: 2026-11-16, 2026-W47."),
    ] = None
    until: Annotated[
        str | None, text_option("--until", "DATE", "Only to the end of a day, week or month.")
    ] = None
    last: Annotated[
        str | None,
        typer.Option(
            metavar="LENGTH",
            autocompletion=completion.lengths,
            help="Only the last 7d, 4w, week, month, quarter or year.",
        ),
    ] = None
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Give employees other names, always the same ones.")
    ] = False

    @property
    def dimensions(self) -> Sequence[str]:
        """What --only says about dimensions."""
        return self.only or ()

    def of(self, source: "Source") -> "Source":
        """Return a source of which only so much is looked at. Raises UsageError for what can't be."""
        from winwinwin.batch.filtering import selection_of

        chosen = selection_of(self.dimensions, self.since, self.until, self.last, today())
        if not self.anonymous:
            return source._replace(selection=chosen)
        from winwinwin.cli.keys import key
        from winwinwin.stats.aliases import Aliases  # few runs need what hashes

        return source._replace(selection=chosen, aliases=Aliases(key()))


@dataclass(frozen=True)
class ListFilters(Filters):
    """The same for a list, which can be one of some verdicts, too."""

    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VERDICT|WHAT=VALUE",
            autocompletion=completion.verdicts_and_filters,
            help="Only these verdicts, comma-separated, or where WHAT (see batch --by) is VALUE; repeatable.",
        ),
    ] = None

    @property
    def dimensions(self) -> Sequence[str]:
        return [each for each in self.only or () if "=" in each]

    @property
    def verdicts(self) -> "frozenset[Verdict]":
        """The verdicts to list, none for all. Raises UsageError for another word."""
        from winwinwin.cli.listing import verdicts

        return verdicts(each for each in self.only or () if "=" not in each)


def today() -> date:
    """Return the day that it is here."""
    return datetime.now(UTC).astimezone().date()
