"""The commands that write what the program comes with: the template and the schemas."""

import json
from importlib.resources import files as resources
from pathlib import Path, PurePath
from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.parameters import argument, files_instead
from winwinwin.editors import KINDS, schema_file
from winwinwin.errors import Place, Problem, UsageError, printable, quoted
from winwinwin.loading.paths import as_typed
from winwinwin.loading.suffixes import YAML
from winwinwin.near import nearest
from winwinwin.output import files, streams


def new(
    file: Annotated[
        str | None, argument("FILE", "A new file for it; default: standard output.")
    ] = None,
) -> None:
    """Write a commented template to fill in; it can be judged as is.

    Examples:
    winwinwin new week.yaml
    """
    if file is not None and Path(file).suffix.lower() not in YAML:
        hint = "Choose a name that ends so."
        raise UsageError(
            Problem("is not a YAML file", ", ".join(YAML), hint=hint, place=Place(file))
        )
    template = resources("winwinwin").joinpath("template.yaml").read_text(encoding="utf-8")
    write_new(file, template, "interactions", f"winwinwin batch {as_typed(file or '')}")


def write_new(name: str | None, text: str, kind: str, following: str) -> None:
    """Write a text to standard output, or to a new file and say what comes next.

    The kind is that of its schema. Raises UsageError rather than overwrite a file.
    """
    if name is None:
        files.write_text(text)
        return
    files.refuse_existing(name)
    with files.replacing(name) as write:
        write(text)
    streams.warn(f"Wrote {printable(name)}. Next: {following}\n")
    streams.warn(f"{_schema_hint(kind, name)}\n")


def _schema_hint(name: str, target: str) -> str:
    """Say how to have an editor check a file of this kind, which was just written."""
    beside = PurePath(target).with_name(schema_file(name))
    return f"To have an editor check it: winwinwin schema {name} -o {as_typed(str(beside))}"


def schema(
    kind: Annotated[
        str, argument("KIND", f"What the file holds: {', '.join(KINDS)}.", completion.words(KINDS))
    ] = KINDS[0],
    output: Annotated[list[str] | None, files_instead(".json")] = None,
) -> None:
    """Write the JSON Schema of a file that you write, for editors.

    Examples:
    winwinwin schema interactions -o interactions.schema.json
    winwinwin schema rulebook -o rulebook.schema.json
    """
    from winwinwin.schema import schema_of  # the template does without models

    if kind not in KINDS:
        what = f"{quoted(kind)} has no schema"
        raise UsageError(Problem(what, ", ".join(KINDS), nearest(kind, KINDS)))
    outputs = output or []
    files.refuse_overwriting(outputs, ())
    files.write_text(json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n", outputs)
