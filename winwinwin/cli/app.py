"""The program: its commands, how it starts, and how it ends."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperGroup
from typer.main import get_command

from winwinwin.cli import garbage
from winwinwin.cli.batch import WRITES as BATCH_WRITES
from winwinwin.cli.batch import batch
from winwinwin.cli.command import Sections, add
from winwinwin.cli.compare import compare
from winwinwin.cli.config import Config, in_force
from winwinwin.cli.configuration import config
from winwinwin.cli.evidence import evidence
from winwinwin.cli.explain import explain
from winwinwin.cli.help import help_, version
from winwinwin.cli.list import WRITES as LIST_WRITES
from winwinwin.cli.list import list_ as list_records
from winwinwin.cli.mapping import map_
from winwinwin.cli.new import new, schema
from winwinwin.cli.record import record
from winwinwin.cli.rules.cases import WRITES as CASE_WRITES
from winwinwin.cli.rules.cases import test
from winwinwin.cli.rules.check import check
from winwinwin.cli.rules.diff import diff
from winwinwin.cli.rules.reading import WRITES as RULE_WRITES
from winwinwin.cli.rules.reading import list_, show
from winwinwin.cli.rules.table import WRITES as TABLE_WRITES
from winwinwin.cli.rules.table import table
from winwinwin.cli.score import WRITES as SCORE_WRITES
from winwinwin.cli.score import score
from winwinwin.errors import DEBUG, WinwinwinError, refused
from winwinwin.output import streams
from winwinwin.output.formats import PAGES
from winwinwin.output.reports import Reports
from winwinwin.parsing.tape import unencodable

INVALID = 2
WITHOUT_DEFAULTS = {"--version", "help", "version"}, {"-h", "--help", "--no-defaults"}
"""First words, and words anywhere, that do without defaults: these may be what is wrong."""
COMPLETING = "_WINWINWIN_COMPLETE"
"""The variable by which a shell asks for completion."""


class Group(Sections, TyperGroup):
    """Commands, with examples of them set apart."""


def _group(about: str) -> typer.Typer:
    return typer.Typer(
        cls=Group,
        help=about,
        no_args_is_help=True,
        rich_markup_mode=None,  # rich help costs 70 ms at every start
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


app = _group(
    """Judge sales and service interactions: who won, which rule decided, what would change it.

    The rules are those of Kit Grant's "Confusion About Win/Win". Exit codes: 0 done, 1 a gate
    failed, 2 wrong usage or something could not be read, 70 a fault of the program, 130 interrupted.

    Examples:
    winwinwin score won lost
    winwinwin new week.yaml
    winwinwin batch week.yaml
    """
)
rules_app = _group(
    """Read, check, compare and test the rules.

    Examples:
    winwinwin rules list
    winwinwin rules show beaten-customer
    winwinwin rules table
    """
)
COMMANDS: tuple[tuple[typer.Typer, Callable[..., Any], Sequence[str]], ...] = (
    (app, score, SCORE_WRITES),
    (app, explain, SCORE_WRITES),
    (app, batch, BATCH_WRITES),
    (app, compare, PAGES),
    (app, evidence, PAGES),
    (app, list_records, LIST_WRITES),
    (app, record, SCORE_WRITES),
    (app, new, ()),
    (app, map_, ()),
    (app, schema, ()),
    (app, config, PAGES),
    (app, help_, ()),
    (app, version, ()),
    (rules_app, list_, PAGES),
    (rules_app, show, RULE_WRITES),
    (rules_app, table, TABLE_WRITES),
    (rules_app, check, PAGES),
    (rules_app, diff, PAGES),
    (rules_app, test, CASE_WRITES),
)
"""Every command, with the formats that it writes."""
for place, command, formats in COMMANDS:
    add(place, command, formats)
app.add_typer(rules_app, name="rules")


def main() -> None:
    """Run the program; whatever a user can correct ends in an error of a line or two and code 2."""
    # a start looks through all installed packages for plugins of pydantic: 15 ms for nothing
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # where a stream is closed, writing to it would fail
    for name, mode in (("stdout", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whatever started the program
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    garbage.leave()
    defaults = None
    try:
        program_command = get_command(app)
        defaults = _defaults(program_command)
        default_map = defaults.default_map if defaults else None
        code = program_command(default_map=default_map, standalone_mode=False)
        sys.exit(code or 0)
    except ClickException as error:  # typer's own words, with what was typed
        said = io.StringIO()
        error.show(said)
        streams.warn(said.getvalue())
        sys.exit(error.exit_code)
    except Exception as error:
        if worded := _worded(error):
            _end(worded, defaults)
        if COMPLETING not in os.environ:
            raise
        sys.exit(INVALID)  # a shell asks, and whoever types there would read the report
    finally:
        garbage.spare_the_end()


def _defaults(command: Any) -> Config | None:
    """Return the defaults that a file sets; none for whoever only asks for help."""
    first, anywhere = WITHOUT_DEFAULTS
    if first.intersection(sys.argv[1:2]) or anywhere.intersection(sys.argv):
        return None
    if COMPLETING in os.environ:
        return None
    return in_force(command)


def _worded(error: Exception) -> WinwinwinError | None:
    """Return what a user can correct; None for a fault of the program."""
    if isinstance(error, WinwinwinError):
        return error
    if isinstance(error, UnicodeEncodeError):
        return unencodable(error, sys.argv)
    if isinstance(error, OSError) and error.errno is not None:
        return streams.unflushed() or refused(error)
    return None


def _end(error: WinwinwinError, defaults: Config | None) -> NoReturn:
    reports = Reports()
    given = sys.argv[1:]
    reports.show(defaults.blamed(each, given) if defaults else each for each in error.problems)
    reports.end()
    sys.exit(INVALID)


def _print_version(wanted: bool) -> None:
    if wanted:
        version()
        raise typer.Exit


@app.callback()
def program(
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
