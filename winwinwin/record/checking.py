"""Making an interaction of a record, or finding everything that is wrong with it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from winwinwin.errors import RUN_TOGETHER, Path, Problem, Problems, apart, quoted
from winwinwin.facts import PARTIES
from winwinwin.kernel.judgement import Unjudged
from winwinwin.near import nearest
from winwinwin.parsing.draft import WRAPPER, Draft
from winwinwin.parsing.refusals import PlaceOf, problems_of
from winwinwin.record.described import ABOUT, Described
from winwinwin.record.interaction import (
    FLAT_PATHS,
    About,
    Customer,
    Interaction,
    JudgedBy,
    Organization,
    Outcomes,
    Recorded,
    Salesperson,
)
from winwinwin.record.spelling import read_moment
from winwinwin.record.texts import LINE, TEXTS

MODELS: dict[Path, type[BaseModel]] = {
    (): Interaction,
    ("salesperson",): Salesperson,
    ("customer",): Customer,
    ("organization",): Organization,
    ("rulebook",): JudgedBy,
}
"""The model with the keys that a mapping at a path may have."""


OUTPUT = "winwinwin/"
"""What the name of the schema of outputs begins with."""

WAYS_OF_WRITING = 4096
"""Outcomes that are remembered by how they were written. Few differ, unless they have times."""
ONLY_TEXT = {*Outcomes.model_fields, "id", "date", "employee", "channel", "notes"}
"""Keys of a record of which nothing but text describes it."""


def check(draft: Draft) -> Recorded | Unjudged:
    """Make an interaction of a draft, or report every problem in the order of places."""
    if draft.problems:
        return _refused(draft)
    value = draft.value
    try:
        parts = _described(value), _outcomes(value), draft.tape.source, draft.line
    except (TypeError, ValueError):
        return _refused(draft)
    # a NamedTuple's own call takes twice as long
    return Recorded._make(parts)


def _described(value: Any) -> Described:
    """Read what describes a record. Raises TypeError or ValueError where it is wrong."""
    if type(value) is not dict:
        raise TypeError(value)
    if not _is_printable(value):
        about = {name: each for name, each in value.items() if name not in Outcomes.model_fields}
        return About.model_validate(about).described
    get = value.get
    moment = read_moment(get("date"))
    parts: Any = get("id"), moment, get("employee"), get("channel"), get("notes"), {}, None
    return Described._make(parts)


def _is_printable(value: dict[str, Any]) -> bool:
    """Tell whether only text describes a record that no model refuses, in a fifth of a model's time."""
    get = value.get
    texts = get("id", ""), get("employee", ""), get("channel", ""), get("notes", "")
    try:
        return "".join(texts).isprintable() and ONLY_TEXT.issuperset(value)
    except TypeError:  # a number, or None
        return False


def _outcomes(value: dict[str, Any]) -> Outcomes:
    """Read what happened in a record. Raises TypeError or ValueError where it is wrong."""
    get = value.get
    written: Any = get("salesperson"), get("customer"), get("organization"), get("order")
    try:
        known = _read.get(written)
    except TypeError:  # there are mappings or lists among them
        written = repr(written)
        known = _read.get(written)
    if known is None:
        known = Outcomes(**{name: get(name) for name in Outcomes.model_fields})
        if len(_read) >= WAYS_OF_WRITING:
            _read.clear()
        _read[written] = known
    return known


_read: dict[Any, Outcomes] = {}
"""Outcomes that were read, by how they were written."""


def _refused(draft: Draft) -> Unjudged:
    return refused(draft.value, lambda path, key: draft.place(path, key=key), draft.problems)


def refused(value: Any, place: PlaceOf, problems: Problems) -> Unjudged:
    """Return everything that is wrong with a record, after what was found before."""
    if not (problems and value is None):
        try:
            Interaction.model_validate(value)
        except ValidationError as error:
            problems = Problems.of(problems)
            problems.extend(problems_of(error, place, value, worded))
    return Unjudged(_readable_id(value), problems.in_order(), _known(value))


def renamed(found: Unjudged, names: Mapping[str, str]) -> Unjudged:
    """Return the same, its problems about fields that have other names where they were given."""
    problems = (
        replace(each, field=names.get(each.field or "", each.field)) for each in found.problems
    )
    return replace(found, problems=tuple(problems))


def _known(value: Any) -> dict[str, Any]:
    """Return what describes a record that is wrong somewhere, without what cannot be read.

    A key that is unknown may be any that is not there, misspelled.
    """
    known: dict[str, Any] = {}
    if isinstance(value, dict):
        is_whole = value.keys() <= Interaction.model_fields.keys()
        for name in ABOUT:
            if is_whole or name in value:
                with suppress(ValueError):
                    known[name] = getattr(About.model_validate({name: value.get(name)}), name)
    return known


def worded(detail: Any) -> Problem:
    """Word a mistake in a record that its field does not word itself."""
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(detail["loc"], detail["input"])
        case "model_type" | "model_attributes_type":
            if detail["loc"] == ("rulebook",):
                what = f"{quoted(detail['input'])} does not name a rulebook"
                return Problem(what, hint="Write its title and fingerprint as keys.")
            written, hint = detail["input"], "Write facts as keys, such as salesperson: won."
            if written is None:
                return Problem(
                    "this item is empty", hint=f"Remove it, or {hint[0].lower()}{hint[1:]}"
                )
            hint = run_together(written) or hint
            return Problem(f"{quoted(written)} is not an interaction", hint=hint)
        case kind:
            return TEXTS.get(kind, LINE).problem(detail["input"])


def _unknown_key(path: Path, value: Any) -> Problem:
    *parents, key = path
    if owner := _owner(key, tuple(parents)):
        return Problem("this fact belongs elsewhere", hint=f"Write it {owner}.")
    if key == WRAPPER and not parents:
        hint = f"Write {WRAPPER} alone at the top of a file, and a list under it."
        return Problem("this key lists interactions and cannot be part of one", hint=hint)
    if key == "schema" and isinstance(value, str) and value.startswith(OUTPUT):
        hint = "Judge the file that it was made from."
        return Problem("this is output of winwinwin", hint=hint)
    if hint := run_together(key) or _run_into_dash(key):
        return Problem("unknown key", hint=hint)
    if key == "<<":
        return Problem("merge keys are not supported", hint="Write the keys out.")
    keys = list(MODELS[tuple(parents)].model_fields)
    near = nearest(key, keys if parents else [*keys, WRAPPER])
    return Problem("unknown key", ", ".join(keys), near)


def run_together(written: Any) -> str:
    """Return how to write a fact whose key and value run together; '' for anything else."""
    found = RUN_TOGETHER.match(written) if isinstance(written, str) else None
    return apart(found) if found else ""


def _run_into_dash(key: Any) -> str:
    """Return how to write a key that its record's dash runs into; '' for anything else."""
    is_dashed = isinstance(key, str) and key[:1] == "-" and key[1:] in Interaction.model_fields
    return f"Put a space after the dash: - {key[1:]}." if is_dashed else ""


def _owner(key: Any, parents: Path) -> str | None:
    """Return where a fact belongs that is written in another place, as the end of a sentence."""
    if key in FLAT_PATHS:
        *into, name = FLAT_PATHS[str(key)]
        return f"as {name} under {into[0]}" if into else f"outside {parents[0]}"
    owners = [(party,) for party in PARTIES if key in MODELS[party,].model_fields]
    if len(owners) == 1 and owners[0] != parents:
        return f"under {owners[0][0]}"
    return None


def _readable_id(value: Any) -> str | None:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None
