"""The command that drafts a mapping of a table, or of files of records."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.options import Reading
from winwinwin.cli.parameters import argument


def map_(
    file: Annotated[
        str,
        argument("FILE", "A table, or a file of records, as batch reads them.", completion.inputs),
    ],
    target: Annotated[
        str | None, argument("MAPPING", "A new file for the mapping; default: standard output.")
    ] = None,
    *,
    reading: Reading,
) -> None:
    """Draft a mapping of a table or of records, from what they hold.

    Examples:
    winwinwin map survey.csv survey.map.yaml
    winwinwin map answers.jsonl answers.map.yaml
    """
    from winwinwin.batch.face import Source
    from winwinwin.batch.opening import open_batch
    from winwinwin.cli.new import write_new
    from winwinwin.errors import printable
    from winwinwin.mapping import drafting
    from winwinwin.output import files

    if target is not None:
        files.refuse_existing(target)
    with open_batch(Source([file], reading.input_format, layout=reading.layout)) as found:
        text = drafting.draft(found.columns(), file)
    shown = printable(target or "")
    following = f"edit it, then winwinwin batch {printable(file)} --map {shown}"
    write_new(target, text, "mapping", following)
