"""Every command and where it is, and the program made of those that a start needs."""

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from shlex import quote
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from winwinwin.cli.command import Sections, add
from winwinwin.errors import DEBUG, Problem, UsageError, printable, quoted
from winwinwin.output.formats import OF_ONE, PAGES


class Group(Sections, TyperGroup):
    """Commands, with examples of them set apart."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that a first word calls. Raises UsageError where it is known to mean another."""
        word = args[0]
        if word not in self.commands and (meant := _meant(word)):
            problem = Problem(f"{quoted(word)} is not a command", hint=f"Use: winwinwin {meant}")
            raise UsageError(problem)
        return super().resolve_command(ctx, args)


class Entry(NamedTuple):
    """One command."""

    words: tuple[str, ...]
    """Those that call it."""
    home: str
    """Its module in this package, and its function there."""
    writes: str | Sequence[str] = ()
    """The formats that it writes, or their name in its module."""
    sees_all: bool = False
    """Whether it looks at the others."""

    def load(self) -> tuple[Callable[..., Any], Sequence[str]]:
        """Import it: return its function, and the formats that it writes."""
        module, _, function = self.home.partition(":")
        home = import_module(f"winwinwin.cli.{module}")
        writes = getattr(home, self.writes) if isinstance(self.writes, str) else self.writes
        return getattr(home, function), writes


COMMANDS = (
    Entry(("score",), "score:score", OF_ONE),
    Entry(("explain",), "explain:explain", OF_ONE),
    Entry(("batch",), "batch:batch", "WRITES"),
    Entry(("compare",), "compare:compare", PAGES),
    Entry(("evidence",), "evidence:evidence", PAGES),
    Entry(("list",), "list:list_", "WRITES"),
    Entry(("record",), "record:record", OF_ONE),
    Entry(("form",), "form:form"),
    Entry(("new",), "new:new"),
    Entry(("map",), "mapping:map_"),
    Entry(("schema",), "new:schema"),
    Entry(("mcp",), "mcp:mcp"),
    Entry(("config",), "configuration:config", PAGES, sees_all=True),
    Entry(("help",), "help:help_", sees_all=True),
    Entry(("version",), "help:version"),
    Entry(("rules", "list"), "rules.reading:list_", PAGES),
    Entry(("rules", "show"), "rules.reading:show", "WRITES"),
    Entry(("rules", "table"), "rules.table:table", "WRITES"),
    Entry(("rules", "check"), "rules.check:check", PAGES),
    Entry(("rules", "diff"), "rules.diff:diff", PAGES),
    Entry(("rules", "test"), "rules.cases:test", "WRITES"),
    Entry(("rules", "export"), "rules.export:export"),
)
WORDED_SO = {"report": "batch FILE -o report.html", "judge": "score"}
"""What people call a command by."""
ABOUT = """Judge sales and service interactions: who won, which rule decided, what would change it.

    The rules are those of Kit Grant's "Confusion About Win/Win". Exit codes: 0 done, 1 a gate
    failed, 2 wrong usage or something could not be read, 70 a fault of the program, 130 interrupted.

    Examples:
    winwinwin score won lost
    winwinwin new week.yaml
    winwinwin batch week.yaml
    """
ABOUT_RULES = """Read, check, compare and test the rules.

    Examples:
    winwinwin rules list
    winwinwin rules show beaten-customer
    winwinwin rules table
    """


def program(called: str = "") -> typer.Typer:
    """Return the program with every command, or with those alone that a first word calls."""
    commands = [each for each in COMMANDS if each.words[0] == called and not each.sees_all]
    app, rules = _group(ABOUT), _group(ABOUT_RULES)
    app.callback()(_before_a_command)
    for command in commands or COMMANDS:
        *group, name = command.words
        add(rules if group else app, name, *command.load())
    if rules.registered_commands:
        app.add_typer(rules, name="rules")
    return app


def _meant(word: str) -> str:
    """Return the command that a word means which calls none, '' where it may be any."""
    if os.path.isfile(word):  # noqa: PTH113  # Path.is_file raises for a name that is too long
        return f"batch {quote(printable(word))}"
    of_rules = (" ".join(each.words) for each in COMMANDS if each.words[-1] == word)
    return WORDED_SO.get(word) or next(of_rules, "")


def _group(about: str) -> typer.Typer:
    return typer.Typer(
        cls=Group,
        help=about,
        no_args_is_help=True,
        rich_markup_mode=None,  # rich help costs 70 ms at every start
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _print_version(wanted: bool) -> None:
    if wanted:
        from winwinwin.cli.help import version

        version()
        raise typer.Exit


def _before_a_command(
    version: Annotated[  # acts when it is read
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
    no_defaults: Annotated[  # acts before anything is read
        bool, typer.Option("--no-defaults", help="Ignore the defaults that a file sets.")
    ] = False,
    debug: Annotated[  # acts where the program ends
        bool, typer.Option(DEBUG, help="Show where the program itself failed.")
    ] = False,
) -> None:
    """Take the options that come before a command."""
