"""The command that drafts a mapping of a table."""

from pathlib import Path
from tempfile import TemporaryDirectory

from winwinwin.cli import output
from winwinwin.errors import MissingExtraError, Place, Problem, UsageError, printable
from winwinwin.sources.table_files import find_tables


def draft(name: str, input_format: str | None, target: str | None) -> None:
    """Write a commented mapping of a table to edit. Raises UsageError rather than overwrite a file."""
    if target is not None and Path(target).exists():
        problem = Problem("is there already", hint="Name a new file.", place=Place(target))
        raise UsageError(problem)
    paths = find_tables([name], input_format)
    try:
        from winwinwin.tables import drafting, files
    except ImportError as error:
        what = f"{error.name} is not installed, which tables need"
        hint = "Install it: pip install 'winwinwin[tables]'"
        raise MissingExtraError(Problem(what, hint=hint)) from None
    with TemporaryDirectory(prefix="winwinwin-") as folder:
        engine = files.connect(folder)
        with files.explained(paths):
            text = drafting.draft(files.read(engine, paths, input_format), name)
    if target is None:
        output.write(text)
        output.flush()
        return
    with output.replacing(target) as write:
        write(text)
    shown = printable(target)
    output.warn(
        f"{shown} is written. Edit it, then: winwinwin batch {printable(name)} --map {shown}\n"
    )
