"""The command that asks about one interaction and adds it to a file, or takes the last one back."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options
from winwinwin.cli.facts import once
from winwinwin.cli.options import Output, Rules
from winwinwin.cli.parameters import option, text_option
from winwinwin.loading.suffixes import YAML
from winwinwin.vocabulary import FACT

ORGANIZATION = FACT["organization"]


@dataclass(frozen=True)
class About(Options):
    """What is known of the record before anything is asked."""

    section: ClassVar[str] = "Record"

    id: Annotated[str | None, text_option("--id", "ID", "What to call it.")] = None
    date: Annotated[str | None, text_option("--date", "DATE", "When it was; default: today.")] = (
        None
    )
    employee: Annotated[str | None, text_option("--employee", "NAME", "Who sold or served.")] = None
    channel: Annotated[
        str | None, text_option("--channel", "NAME", "Phone, store, or what you call it.")
    ] = None
    notes: Annotated[str | None, text_option("--notes", "TEXT", "Anything to remember.")] = None
    organization: Annotated[
        list[str] | None,
        typer.Option(*ORGANIZATION.flags, metavar="OUTCOME", help=ORGANIZATION.help),
    ] = None

    @property
    def given(self) -> dict[str, Any]:
        """What was given, by name. Raises UsageError for an outcome that was given twice."""
        outcome = once(ORGANIZATION.flags[0], self.organization)
        return {**asdict(self), "organization": outcome}


def flags_of(ctx: typer.Context) -> list[str]:
    """Return the flags on the command line: defaults that a file sets are none."""
    sources = ((each, ctx.get_parameter_source(each.name)) for each in ctx.command.params)
    return [each.opts[0] for each, source in sources if source and source.name == "COMMANDLINE"]


def record(
    ctx: typer.Context,
    to: Annotated[
        str,
        option(
            "Record",
            "The YAML file to add it to; created if it doesn't exist.",
            metavar="FILE",
            offered=completion.files(*YAML),
        ),
    ],
    *,
    about: About,
    undo: Annotated[bool, option("Record", "Take back the last record instead.", "--undo")] = False,
    yes: Annotated[bool, option("Record", "Undo without asking.", "--yes")] = False,
    shown: Output,
    rules: Rules,
) -> int:
    """Ask about one interaction and add it to a file.

    Asks only what can still change the verdict, then shows it. Enter alone: not recorded.

    Examples:
    winwinwin record --to week.yaml
    winwinwin record --to week.yaml --id C-1042 --employee Ann --channel phone
    winwinwin record --to week.yaml --undo
    """
    from winwinwin.cli import keeping, writing

    keeping.refuse_mixed(flags_of(ctx))
    if undo:
        return keeping.undo(to, sure=yes)
    return keeping.record(
        to, about.given, rules.judge(), lambda page: writing.write(page, shown, [to, *rules.files])
    )
