"""The commands. Each imports what it needs when it runs, so that none pays for another."""

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from winwinwin import __version__
from winwinwin.cli import garbage, output
from winwinwin.cli import options as opt
from winwinwin.cli.rules_app import rules_app
from winwinwin.errors import WinwinwinError

INVALID = 2

app = typer.Typer(
    name="winwinwin",
    help="""Judge sales and service interactions: who won, which rule decided, what would change it.

    \b
    winwinwin score -s won -c lost
    winwinwin new week.yaml
    winwinwin batch week.yaml

    The rules are those of Kit Grant's "Confusion About Win/Win". Exit codes: 0 done, 1 a gate
    failed, 2 wrong usage or something could not be read, 130 interrupted.
    """,
    no_args_is_help=True,
    rich_markup_mode=None,  # rich help costs 70 ms at every start
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(rules_app, name="rules")


def main() -> None:
    """Run the program; whatever a user can mend ends in an error of a line or two and code 2."""
    # a start looks through all installed packages for plugins of pydantic: 15 ms, and none is wanted
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # where there is no standard output, writing to it fails; what is told may go nowhere
    for name, mode in (("stdout", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whatever started the program
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            screen = stream.isatty()
            stream.reconfigure(encoding=None if screen else "utf-8", errors="backslashreplace")
    garbage.leave()
    try:
        app()
    except WinwinwinError as error:
        _end(error)
    except OSError as error:
        if error.filename is not None:
            raise
        # from typer, which writes the help
        output.abandon(sys.stdout)
        _end(output.unwritable("standard output", error))
    finally:
        garbage.spare_the_end()


def _end(error: WinwinwinError) -> NoReturn:
    output.warn("".join(f"{problem}\n" for problem in error.problems))
    sys.exit(INVALID)


def _print_version(wanted: bool) -> None:
    if wanted:
        output.write(f"winwinwin {__version__}\n")
        output.flush()
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[  # acts when it is read
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    """Say what there is beside the commands."""


@app.command()
def score(
    salesperson: opt.Salesperson = None,
    customer: opt.Customer = None,
    organization: opt.Organization = None,
    feels_good: opt.FeelsGood = None,
    believes_lost: opt.BelievesLost = None,
    customer_believes_salesperson: opt.CustomerBelieves = None,
    order: opt.Order = None,
    salesperson_won_at: opt.SalespersonWonAt = None,
    customer_won_at: opt.CustomerWonAt = None,
    organization_won_at: opt.OrganizationWonAt = None,
    id: opt.Id = None,  # noqa: A002  # the flag is --id
    format: opt.OutputFormat = "text",  # noqa: A002  # the flag is --format
    output: opt.Outputs = None,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    quiet: opt.Quiet = False,
    no_color: opt.NoColor = False,
) -> None:
    """Judge one interaction from flags.

    OUTCOME is won, lost or unknown. A flag that is left out is not recorded.

    \b
    winwinwin score -s won -c lost
    winwinwin score -s won -c won --order customer,salesperson --id C-1042
    winwinwin score -s lost -c lost --no-feels-good --format json
    """
    from winwinwin.cli import single

    flags = single.given(
        salesperson=salesperson,
        customer=customer,
        organization=organization,
        salesperson_feels_good=feels_good,
        salesperson_believes_lost_for_customer=believes_lost,
        customer_believes_salesperson=customer_believes_salesperson,
        order=order,
        salesperson_won_at=salesperson_won_at,
        customer_won_at=customer_won_at,
        organization_won_at=organization_won_at,
    )
    from winwinwin.cli.keyboard import at_keyboard

    if not flags and at_keyboard():
        from winwinwin.cli.record import interview  # brings YAML along
        from winwinwin.cli.rulebooks import judge_by

        recorded = interview(judge_by(rulebook, assumptions=not no_assumptions), id)
    else:
        recorded = single.from_flags(flags, id)
    single.score(
        recorded,
        rulebook=rulebook,
        assumptions=not no_assumptions,
        format_name=format,
        outputs=output or [],
        quiet=quiet,
        color=not no_color,
    )


@app.command()
def explain(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A file that batch reads, and then an id.")
    ] = None,
    record_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="The id of one of its interactions.")
    ] = None,
    salesperson: opt.Salesperson = None,
    customer: opt.Customer = None,
    organization: opt.Organization = None,
    feels_good: opt.FeelsGood = None,
    believes_lost: opt.BelievesLost = None,
    customer_believes_salesperson: opt.CustomerBelieves = None,
    order: opt.Order = None,
    salesperson_won_at: opt.SalespersonWonAt = None,
    customer_won_at: opt.CustomerWonAt = None,
    organization_won_at: opt.OrganizationWonAt = None,
    id: opt.Id = None,  # noqa: A002  # as above
    input_format: opt.InputFormat = None,
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    output: opt.Outputs = None,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    no_color: opt.NoColor = False,
) -> None:
    """Explain a judgement rule by rule, and what would change it.

    Of flags like score's, or of an interaction in a file by its id.

    \b
    winwinwin explain week.yaml W47-017
    winwinwin explain -s won -c lost --customer-believes-salesperson lost
    """
    from winwinwin.cli import single

    flags = single.given(
        salesperson=salesperson,
        customer=customer,
        organization=organization,
        salesperson_feels_good=feels_good,
        salesperson_believes_lost_for_customer=believes_lost,
        customer_believes_salesperson=customer_believes_salesperson,
        order=order,
        salesperson_won_at=salesperson_won_at,
        customer_won_at=customer_won_at,
        organization_won_at=organization_won_at,
    )
    if file is None:
        recorded = single.from_flags(flags, id)
    elif not (flags or output or record_id or id):
        from winwinwin.cli import listing
        from winwinwin.cli.rulebooks import judge_by

        code = listing.show(
            [file],
            only=(),
            judge=judge_by(rulebook, assumptions=not no_assumptions),
            input_format=input_format,
            format_name=format,
            color=not no_color,
        )
        raise typer.Exit(code)
    else:
        from winwinwin.cli.lookup import from_file

        recorded = from_file(file, record_id or id, flags, input_format)
    single.explain(
        recorded,
        rulebook=rulebook,
        assumptions=not no_assumptions,
        format_name=format,
        outputs=output or [],
        color=not no_color,
    )


@app.command()
def batch(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files, globs, folders, or - for standard input."),
    ] = None,
    by: opt.By = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="VERDICT[=N|N%]",
            help="Exit 1 where more than N (or N%, or none) have the verdict; repeatable.",
        ),
    ] = None,
    map: opt.Map = None,  # noqa: A002  # the flag is --map
    connect: opt.Connect = None,
    table: opt.Table = None,
    into: opt.Into = None,
    prefix: opt.Prefix = "",
    memory_limit: opt.MemoryLimit = None,
    threads: opt.Threads = None,
    input_format: opt.BatchInputFormat = None,
    format: opt.RunOutputFormat = "text",  # noqa: A002  # as above
    output: opt.Outputs = None,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    quiet: opt.Quiet = False,
    no_color: opt.NoColor = False,
) -> None:
    """Judge many interactions, and sum them up.

    \b
    winwinwin batch week.yaml
    winwinwin batch calls/ --by employee -o verdicts.csv
    winwinwin batch 'calls/*.yaml' --fail-on organization_loses=10%
    winwinwin batch survey.csv --map survey.map.yaml -o verdicts.parquet
    cat week.jsonl | winwinwin batch - --input-format jsonl --format jsonl

    Exits 0 when done, 1 when a --fail-on gate failed, 2 when anything could not be read.
    """
    from winwinwin.cli import many

    gates = [many.parse_gate(gate) for gate in fail_on or []]
    if many.is_about_a_table(paths or [], input_format, connect, table, into):
        from winwinwin.cli import tables

        source = tables.Source(
            paths=paths or [],
            input_format=input_format,
            mapping=map,
            connect=connect,
            table=table,
            memory_limit=memory_limit,
            threads=threads,
        )
        request = tables.Request(
            source=source,
            into=into,
            prefix=prefix,
            by=by or [],
            gates=gates,
            format_name=format,
            outputs=output or [],
            rulebook=rulebook,
            assumptions=not no_assumptions,
            quiet=quiet,
            color=not no_color,
        )
        raise typer.Exit(tables.batch(request))
    many.refuse_table_options(prefix=prefix, memory_limit=memory_limit, threads=threads)
    code = many.batch(
        paths or [],
        by=by or [],
        gates=gates,
        input_format=input_format,
        rulebook=rulebook,
        mapping=map,
        assumptions=not no_assumptions,
        format_name=format,
        outputs=output or [],
        quiet=quiet,
        color=not no_color,
    )
    raise typer.Exit(code)


@app.command("map")
def map_columns(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A table, or files of records, that batch reads.")
    ],
    target: Annotated[
        str | None,
        typer.Argument(metavar="MAPPING", help="Where to write it; standard output without."),
    ] = None,
    input_format: opt.BatchInputFormat = None,
) -> None:
    """Draft a mapping of a table or of records, from what they hold.

    \b
    winwinwin map survey.csv survey.map.yaml
    winwinwin map answers.jsonl answers.map.yaml
    """
    from winwinwin.cli import drafting

    drafting.draft(file, input_format, target)


@app.command()
def compare(
    before: Annotated[
        str,
        typer.Argument(
            metavar="BEFORE", help="A file, glob or folder of any kind that batch reads."
        ),
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Likewise.")],
    by: opt.By = None,
    fail_on_worse: Annotated[
        bool,
        typer.Option(
            "--fail-on-worse",
            help="Exit 1 where, by more than noise, fewer are WIN/WIN/WIN or more organizations lose.",
        ),
    ] = False,
    map: opt.Map = None,  # noqa: A002  # the flag is --map
    map_before: opt.MapBefore = None,
    map_after: opt.MapAfter = None,
    input_format: opt.BatchInputFormat = None,
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    output: opt.Outputs = None,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    quiet: opt.Quiet = False,
    no_color: opt.NoColor = False,
) -> None:
    """Compare two batches: what moved, and whether by more than noise.

    \b
    winwinwin compare last.yaml week.yaml
    winwinwin compare 'calls/*.yaml' week.yaml --by employee -o change.html
    winwinwin compare week.yaml survey.csv --map-after survey.map.yaml
    winwinwin compare last.yaml week.yaml --fail-on-worse

    Exits 0 when done, 1 when --fail-on-worse failed, 2 when anything could not be read.
    """
    from winwinwin.cli import two

    code = two.compare(
        two.Side(before, input_format, map_before or map),
        two.Side(after, input_format, map_after or map),
        by=by or [],
        fail_on_worse=fail_on_worse,
        rulebook=rulebook,
        assumptions=not no_assumptions,
        format_name=format,
        outputs=output or [],
        quiet=quiet,
        color=not no_color,
    )
    raise typer.Exit(code)


@app.command("list")
def list_records(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, globs, folders, or - for standard input."),
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="VERDICT",
            help="Only these verdicts, comma-separated; repeatable.",
        ),
    ] = None,
    input_format: opt.InputFormat = None,
    format: opt.TableOutputFormat = "text",  # noqa: A002  # as above
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    no_color: opt.NoColor = False,
) -> None:
    """List interactions: id, date, triple and verdict.

    \b
    winwinwin list week.yaml
    winwinwin list calls/ --only organization_loses,undetermined
    """
    from winwinwin.cli import listing
    from winwinwin.cli.rulebooks import judge_by

    code = listing.show(
        paths,
        only=listing.verdicts(only or []),
        judge=judge_by(rulebook, assumptions=not no_assumptions),
        input_format=input_format,
        format_name=format,
        color=not no_color,
    )
    raise typer.Exit(code)


@app.command()
def record(
    to: Annotated[
        str, typer.Option("--to", metavar="FILE", help="The YAML file to add it to; new or not.")
    ],
    id: opt.Id = None,  # noqa: A002  # as above
    date: opt.Date = None,
    employee: opt.Employee = None,
    channel: opt.Channel = None,
    notes: opt.Notes = None,
    organization: opt.Organization = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last record of the file back instead.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Undo without asking.")] = False,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    no_color: opt.NoColor = False,
) -> None:
    """Ask about one interaction and add it to a file.

    Asks only what can still change the verdict, then shows it. Enter alone is not recorded.

    \b
    winwinwin record --to week.yaml
    winwinwin record --to week.yaml --id C-1042 --employee Ann --channel phone
    winwinwin record --to week.yaml --undo
    """
    from winwinwin.cli import record as recording
    from winwinwin.cli.rulebooks import judge_by

    given = {
        "id": id,
        "date": date,
        "employee": employee,
        "channel": channel,
        "notes": notes,
        "organization": opt.once("--organization", organization),
    }
    recording.refuse_mixed(given, undo=undo, sure=yes)
    if undo:
        raise typer.Exit(recording.undo(to, sure=yes))
    judge = judge_by(rulebook, assumptions=not no_assumptions)
    raise typer.Exit(recording.record(to, given, judge=judge, color=not no_color))


@app.command()
def new(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="Where to write it; standard output without."),
    ] = None,
) -> None:
    """Print a commented template to fill in; it can be scored as it is.

    \b
    winwinwin new week.yaml
    """
    from winwinwin.cli import resources

    resources.new(file)


@app.command()
def schema(
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead; repeatable."),
    ] = None,
) -> None:
    """Print the JSON Schema of a file of interactions, for editors.

    \b
    winwinwin schema -o interactions.schema.json
    """
    from winwinwin.cli import resources

    resources.schema(output or [])
