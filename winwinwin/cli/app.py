"""The program: how it starts, and how it ends."""

import io
import os
import sys
from typing import NoReturn

from typer._click.exceptions import ClickException
from typer.main import get_command

from winwinwin.cli import garbage
from winwinwin.cli.commands import program
from winwinwin.cli.config import Config, commands, in_force
from winwinwin.errors import INVALID, Problem, UsageError, WinwinwinError, quoted, refused
from winwinwin.output import streams
from winwinwin.output.reports import Reports

WITHOUT_DEFAULTS = {"--version", "help", "version"}, {"-h", "--help", "--no-defaults"}
"""First words, and words anywhere, that do without defaults: these may be what is wrong."""
COMPLETING = "_WINWINWIN_COMPLETE"
"""The variable by which a shell asks for completion."""


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
        command = get_command(program(_called()))
        defaults = _defaults()
        default_map = defaults.default_map if defaults else None
        code = command(prog_name="winwinwin", default_map=default_map, standalone_mode=False)
        sys.exit(code or 0)
    except ClickException as error:  # typer's own words, with what was typed
        if problem := _no_number(error):
            _end(UsageError(problem), defaults)
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


def _called() -> str:
    """Return the first word, which calls a command; a shell that completes may need any of them."""
    return "" if COMPLETING in os.environ else next(iter(sys.argv[1:]), "")


def _defaults() -> Config | None:
    """Return the defaults that a file sets; none for whoever only asks for help."""
    first, anywhere = WITHOUT_DEFAULTS
    if first.intersection(sys.argv[1:2]) or anywhere.intersection(sys.argv):
        return None
    if COMPLETING in os.environ:
        return None
    return in_force(lambda: dict(commands(get_command(program()))))


def _worded(error: Exception) -> WinwinwinError | None:
    """Return what a user can correct; None for a fault of the program."""
    if isinstance(error, WinwinwinError):
        return error
    if isinstance(error, UnicodeEncodeError):
        from winwinwin.parsing.tape import unencodable

        return unencodable(error, sys.argv)
    if isinstance(error, OSError) and error.errno is not None:
        return streams.unflushed() or refused(error)
    return None


def _no_number(error: ClickException) -> Problem | None:
    """Return the problem of a value that is not a whole number; typer does not say what was typed."""
    flags = getattr(getattr(error, "param", None), "opts", ())
    if not flags or not error.message.startswith("Input should be a valid integer"):
        return None
    typed = dict(zip(sys.argv, [*sys.argv[1:], ""], strict=True))
    typed |= {flag: value for flag, _, value in (word.partition("=") for word in sys.argv) if value}
    flag = next((flag for flag in flags if flag in typed), flags[0])
    return Problem(
        f"{flag}: {quoted(typed.get(flag, ''))} is not a whole number", hint="Write digits."
    )


def _end(error: WinwinwinError, defaults: Config | None) -> NoReturn:
    reports = Reports()
    given = sys.argv[1:]
    reports.show(defaults.blamed(each, given) if defaults else each for each in error.problems)
    reports.end()
    sys.exit(INVALID)
