"""The commands that print what the program comes with: the template and the schema."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from winwinwin.cli import output
from winwinwin.editors import KINDS, schema_hint
from winwinwin.errors import Place, Problem, UsageError, nearest, printable, quoted
from winwinwin.sources.paths import YAML


def new(name: str | None) -> None:
    """Write the template. Raises UsageError rather than overwrite a file."""
    template = files("winwinwin").joinpath("template.yaml").read_text(encoding="utf-8")
    if name is None:
        output.write(template)
        output.flush()
        return
    if Path(name).suffix.lower() not in YAML:
        hint = "Name a file that ends like one."
        raise UsageError(
            Problem("is not a YAML file", ", ".join(YAML), hint=hint, place=Place(name))
        )
    if Path(name).exists():
        problem = Problem("is there already", hint="Name a new file.", place=Place(name))
        raise UsageError(problem)
    with output.replacing(name) as write:
        write(template)
    shown = printable(name)
    output.warn(f"{shown} is written. Judge it: winwinwin batch {shown}\n")
    output.warn(printable(schema_hint("interactions", name)) + "\n")


def schema(kind: str, outputs: Sequence[str]) -> None:
    """Write a JSON Schema to standard output, or to files. Raises UsageError for an unknown kind."""
    from winwinwin.schema import schema_of  # the template does without models

    if kind not in KINDS:
        what = f"{quoted(kind)} has no schema"
        raise UsageError(Problem(what, ", ".join(KINDS), nearest(kind, KINDS)))
    output.refuse_overwriting(outputs, [])
    text = json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"
    if not outputs:
        output.write(text)
        output.flush()
    for name in outputs:
        with output.replacing(name) as write:
            write(text)
