"""The commands about rulebooks. Each imports what it needs when it runs."""

from typing import Annotated

import typer

from winwinwin.cli import options as opt

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
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    no_color: opt.NoColor = False,
) -> None:
    """List the rules, the first that fires decides.

    \b
    winwinwin rules list
    """
    from winwinwin.cli import rules

    rules.list_rules(format, color=not no_color)


@rules_app.command("show")
def rules_show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.")],
    format: opt.PageOutputFormat = "text",  # noqa: A002  # as above
    no_color: opt.NoColor = False,
) -> None:
    """Show one rule: when it fires, what it says and why.

    \b
    winwinwin rules show beaten-customer
    """
    from winwinwin.cli import rules

    rules.show_rule(rule_id, format, color=not no_color)


