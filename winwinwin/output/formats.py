"""The one registry of formats: their names, their suffixes, and what they can carry."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from winwinwin.errors import Place, Problem, UsageError, quoted
from winwinwin.near import nearest


class Format(NamedTuple):
    """How something is written."""

    name: str
    suffixes: tuple[str, ...]
    """Those of its files; none where it is only for standard output."""
    pages: bool
    """Whether it shows any page."""
    extra: str = ""
    """The part of the installation that it needs in any case."""
    is_text: bool = True
    """Whether a screen can show it."""


FORMATS = {
    each.name: each
    for each in (
        Format("text", (".txt",), pages=True),
        Format("json", (".json",), pages=True),
        Format("jsonl", (".jsonl", ".ndjson"), pages=False),
        Format("csv", (".csv",), pages=False),
        Format("tsv", (".tsv",), pages=False),
        Format("yaml", (".yaml", ".yml"), pages=False),
        Format("parquet", (".parquet",), pages=False, extra="tables", is_text=False),
        Format("xlsx", (".xlsx",), pages=False, extra="tables", is_text=False),
        Format("sql", (".sql",), pages=False, extra="sql"),
        Format("markdown", (".md",), pages=True),
        Format("html", (".html",), pages=True),
        Format("svg", (".svg",), pages=True),
        Format("junit", (".xml",), pages=False),
        Format("github", (), pages=False),
    )
}
"""By name."""

CI = ("junit", "github")
"""Those that report to CI what went wrong, even where nothing was judged."""

COMPRESSED = (".gz", ".zst", ".zip")
"""The suffixes of what is read, and never written."""
PAGES = tuple(name for name, each in FORMATS.items() if each.pages)
"""The formats that every command knows which shows something."""


def in_order(names: Collection[str]) -> tuple[str, ...]:
    """Return formats in the order of the registry."""
    return tuple(name for name in FORMATS if name in names)


OF_ONE = in_order({*PAGES, "jsonl", "csv"})
"""What one interaction is written in."""


def check(name: str, known: Collection[str], flag: str = "--format", where: str = "here") -> str:
    """Return a format by its name. Raises UsageError, which names those that are known here."""
    if name in known:
        return name
    what = f"{flag}: {quoted(name)} is not a format {where}"
    of_suffix = (each.name for each in FORMATS.values() if f".{name}" in each.suffixes)
    meant = next((each for each in of_suffix if each in known), None)
    near = None if name in FORMATS else meant or nearest(name, known)
    raise UsageError(Problem(what, ", ".join(known), near))


def of_file(name: str, known: Collection[str], where: str = "here") -> str:
    """Return the format of a file by its suffix.

    Raises UsageError where it is not one of those that are known here.
    """
    suffix = Path(name).suffix.lower()
    suffixes = {end: known_one for known_one in known for end in FORMATS[known_one].suffixes}
    if suffix in suffixes:
        return suffixes[suffix]
    what = f"{quoted(suffix)} is not the suffix of a format {where}"
    if not suffix:
        what = "has no suffix that names a format"
    hint = "Write it first, and compress it then." if suffix in COMPRESSED else ""
    is_known = any(suffix in each.suffixes for each in FORMATS.values())
    meant = next((end for end in suffixes if suffix[1:] == suffixes[end]), None)
    near = None if is_known else meant or nearest(suffix, suffixes)
    raise UsageError(Problem(what, ", ".join(suffixes), near, hint, place=Place(name)))
