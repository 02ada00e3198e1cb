"""The commands about rulebooks. Each imports what it needs when it runs."""

from typing import Annotated

import typer

from winwinwin.cli import options as opt
from winwinwin.errors import Problem, UsageError

rules_app = typer.Typer(
    help="""Read, check, compare and test the rules.

    \b
    winwinwin rules list
    winwinwin rules show beaten-customer
    winwinwin rules table
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@rules_app.command("list")
def rules_list(
    rulebook: opt.Rulebook = None,
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    no_color: opt.NoColor = False,
) -> None:
    """List the rules, the first that fires decides.

    \b
    winwinwin rules list
    """
    from winwinwin.cli import rules

    rules.list_rules(rulebook, format, color=not no_color)


@rules_app.command("show")
def rules_show(
    rule_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="The rule's id; none with --yaml.")
    ] = None,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="The whole rulebook instead, as a file to start from.")
    ] = False,
    rulebook: opt.Rulebook = None,
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    no_color: opt.NoColor = False,
) -> None:
    """Show one rule: when it fires, what it says and why. Or all of them as a file.

    \b
    winwinwin rules show beaten-customer
    winwinwin rules show --yaml
    """
    from winwinwin.cli import rules

    if as_yaml != (rule_id is None):
        hint = "Give the id of a rule, or --yaml for all of them."
        raise UsageError(Problem("one rule or the whole rulebook is shown", hint=hint))
    if rule_id is None:
        rules.show_file(rulebook)
        return
    rules.show_rule(rule_id, rulebook, format, color=not no_color)


@rules_app.command("table")
def rules_table(
    full: Annotated[
        bool, typer.Option("--full", help="A row for every kind, for a person too.")
    ] = False,
    sql: Annotated[
        str | None,
        typer.Option(
            "--sql",
            metavar="DIALECT",
            help="Write SQL: a lookup table of all kinds, and the join that uses it.",
        ),
    ] = None,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    format: opt.TableOutputFormat = "text",  # noqa: A002  # as above
    output: opt.Outputs = None,
    no_color: opt.NoColor = False,
) -> None:
    """Write what the rules say of every kind of interaction.

    For a person, kinds that agree are merged: each row says what they have in common.

    \b
    winwinwin rules table
    winwinwin rules table --no-assumptions -o table.csv
    winwinwin rules table --sql duckdb
    """
    from winwinwin.cli import rules_table

    rules_table.table(
        rulebook,
        assumptions=not no_assumptions,
        full=full,
        dialect=sql,
        format_name=format,
        outputs=output or [],
        color=not no_color,
    )


@rules_app.command("check")
def rules_check(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A rulebook; the built-in one without."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 for a warning too, not only for an error.")
    ] = False,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    no_color: opt.NoColor = False,
) -> None:
    """Prove what a rulebook leaves open, and what in it does nothing.

    \b
    winwinwin rules check
    winwinwin rules check house.yaml
    """
    from winwinwin.cli import rules_check

    code = rules_check.check(
        file,
        rulebook=rulebook,
        assumptions=not no_assumptions,
        strict=strict,
        format_name=format,
        color=not no_color,
    )
    raise typer.Exit(code)


@rules_app.command("diff")
def rules_diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A rulebook.")],
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="B", help="Another; that of --rulebook, or the built-in one, without."
        ),
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="PATH",
            help="Compare on your interactions too, in any file that batch reads; repeatable.",
        ),
    ] = None,
    map: opt.Map = None,  # noqa: A002  # the flag is --map
    input_format: opt.BatchInputFormat = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 where the rulebooks differ.")
    ] = False,
    rulebook: opt.Rulebook = None,
    no_assumptions: opt.NoAssumptions = False,
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    no_color: opt.NoColor = False,
) -> None:
    """Compare two rulebooks over every kind of interaction.

    \b
    winwinwin rules diff house.yaml
    winwinwin rules diff old.yaml new.yaml --on week.yaml
    winwinwin rules diff house.yaml --on survey.csv --map survey.map.yaml
    """
    from winwinwin.cli import rules_diff
    from winwinwin.cli.rulebooks import named_once

    code = rules_diff.diff(
        one,
        named_once(other, rulebook),
        assumptions=not no_assumptions,
        on=on or [],
        input_format=input_format,
        mapping=map,
        exit_code=exit_code,
        format_name=format,
        color=not no_color,
    )
    raise typer.Exit(code)


@rules_app.command("test")
def rules_test(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, globs or folders of cases.")
    ],
    rulebook: opt.Rulebook = None,
    format: opt.TestOutputFormat = "text",  # noqa: A002  # as above
    output: opt.Outputs = None,
    no_color: opt.NoColor = False,
) -> None:
    """Run cases against a rulebook, and tell what they cover.

    A case has a name, facts, and what is expected: a verdict, a rule, or more.

    \b
    winwinwin rules test cases.yaml --rulebook house.yaml
    winwinwin rules test cases/ --rulebook house.yaml -o junit.xml

    Exits 0 where all cases hold, 1 where one does not, 2 where one could not be read.
    """
    from winwinwin.cli import rules_test

    code = rules_test.test(
        paths,
        rulebook,
        format_name=format,
        outputs=output or [],
        color=not no_color,
    )
    raise typer.Exit(code)
