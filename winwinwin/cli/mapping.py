"""The command that drafts a mapping of a table, or of files of records."""

from shlex import quote
from typing import TYPE_CHECKING, Annotated

from winwinwin.cli import completion
from winwinwin.cli.inputs import Reading
from winwinwin.cli.parameters import argument, option
from winwinwin.errors import printable
from winwinwin.loading.paths import as_typed
from winwinwin.output import streams

if TYPE_CHECKING:
    from winwinwin.batch.face import Source


def map_(
    file: Annotated[
        str | None,
        argument("FILE", "A table, or a file of records, as batch reads them.", completion.inputs),
    ] = None,
    target: Annotated[
        str | None, argument("MAPPING", "A new file for the mapping; default: standard output.")
    ] = None,
    *,
    reading: Reading,
    connect: Annotated[
        str | None,
        option("Tables", "Read a table of a database; env:NAME takes $NAME.", metavar="URL"),
    ] = None,
    table: Annotated[str | None, option("Tables", "The table to read.", metavar="NAME")] = None,
) -> None:
    """Draft a mapping of a table or of records, from what they hold.

    With --connect, the only argument is the new file for the mapping.

    Examples:
    winwinwin map survey.csv survey.map.yaml
    winwinwin map answers.jsonl answers.map.yaml
    """
    from winwinwin.batch.face import Source
    from winwinwin.batch.opening import open_batch
    from winwinwin.cli.new import write_new
    from winwinwin.errors import Problem, UsageError
    from winwinwin.mapping.drafting.guessing import guessed
    from winwinwin.mapping.drafting.writing import is_open, written
    from winwinwin.output import files

    if file is None and connect is None and table is None:
        hint = "Name a file, or a table: --connect URL --table NAME."
        raise UsageError(Problem("Nothing to draft", hint=hint))
    paths = [] if file is None else [file]
    if connect is not None and target is None:
        paths, target = [], file
    if target is not None:
        files.refuse_existing(target)
    layout = reading.layout
    source = Source(paths, reading.input_format, connect=connect, table=table, layout=layout)
    with open_batch(source) as found:
        guesses = guessed(found.columns())
    text = written(guesses, source.name, layout)
    if guesses.export:
        streams.warn(f"taken for: {guesses.export.name}\n")
    next_step = _next_step(source, target or "")
    is_done = guesses.export and not is_open(guesses)
    write_new(target, text, "mapping", next_step if is_done else f"edit it, then {next_step}")


def _next_step(source: "Source", mapping: str) -> str:
    """Return the command that judges with a draft; what it takes to read the file is in the draft."""
    table = f"--connect URL --table {quote(printable(source.table or ''))}"  # the URL may hold a password
    words = ["winwinwin batch", *([table] if source.connect else map(as_typed, source.paths))]
    words.append(f"--map {as_typed(mapping)}")
    if source.input_format is not None:
        words.append(f"--input-format {source.input_format}")
    return " ".join(words)
