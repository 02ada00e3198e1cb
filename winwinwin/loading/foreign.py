"""Files of other programs that are not read here: what each is, and how to get at what it holds."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from winwinwin.errors import Place, Problem, printable


class Kind(NamedTuple):
    """A kind of file that is not read."""

    name: str
    """What it is, with its article."""
    advice: str
    """What to do instead; {} is the file, quoted for a shell."""


def _called(suffixes: str, name: str, advice: str) -> Iterable[tuple[str, Kind]]:
    return ((suffix, Kind(name, advice)) for suffix in suffixes.split())


STATISTICS = "Export it from {} as CSV or Excel, with value labels rather than codes."
SAVE_TABLE = "Save the table in it as CSV or Excel."
DATABASE = "Name its engine and a table: --connect {}://{{}} --table NAME."
UNKNOWN_DATABASE = "Name its engine and a table (--connect URL --table NAME), or export it as CSV."
NO_TABLE = "Ask for the figures behind it as CSV or Excel."
EXPORT = "Export what it holds as CSV or Excel."

FOREIGN: Mapping[str, Kind] = dict(
    pair
    for pairs in (
        _called(".sav .zsav .por", "a file of SPSS", STATISTICS.format("SPSS")),
        _called(".dta", "a file of Stata", STATISTICS.format("Stata")),
        _called(".sas7bdat .xpt", "a file of SAS", STATISTICS.format("SAS")),
        _called(".rds .rdata", "a file of R", STATISTICS.format("R")),
        _called(".db .db3", "a database", UNKNOWN_DATABASE),
        _called(".sqlite .sqlite3", "a database of SQLite", DATABASE.format("sqlite")),
        _called(".duckdb .ddb", "a database of DuckDB", DATABASE.format("duckdb")),
        _called(".mdb .accdb", "a database of Access", "Export its table from Access as Excel."),
        _called(".pdf", "a PDF, made to be read by people", NO_TABLE),
        _called(".doc .docx .odt .rtf .pages", "a text document", SAVE_TABLE),
        _called(".ppt .pptx .odp .key", "a presentation", NO_TABLE),
        _called(".numbers", "a sheet of Numbers", "In Numbers: File, Export To, Excel (or CSV)."),
        _called(".gsheet", "a link to Google Sheets", "There: File, Download, Excel (or CSV)."),
        _called(".7z .rar .tar .tgz", "an archive", "Unpack it, and name the files in it."),
        _called(".xml", "XML", EXPORT),
        _called(".html .htm .mhtml", "a web page", "Open it in a spreadsheet, and save it as .xlsx."),
        _called(".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .svg", "a picture", NO_TABLE),
        _called(".mp3 .wav .m4a .ogg .mp4 .mov .webm", "a recording", "Record the outcomes as data: winwinwin record --to FILE asks for them."),
        _called(".eml .msg .mbox .pst", "mail", "Save the file attached to it, or record the outcomes as data."),
    )
    for pair in pairs
)  # fmt: skip
"""What is known of other files, by suffix."""

ENGINES = {"sqlite": (0, b"SQLite format 3\0"), "duckdb": (8, b"DUCK")}
"""Where and what a database's file says of itself."""


def foreign(path: Path) -> Problem | None:
    """Return the problem of a file that another program has to read, None for any other file."""
    return about(path, path.suffix.lower())


def about(path: Path, suffix: str) -> Problem | None:
    """Return the problem of a file that is what another suffix says."""
    kind = FOREIGN.get(suffix)
    if kind is None:
        return None
    if kind.advice is UNKNOWN_DATABASE:
        kind = FOREIGN.get(f".{_engine(path)}", kind)
    hint = kind.advice.format(quote(printable(str(path))))
    return Problem(f"is {kind.name}, which is not read", hint=hint, place=Place(str(path)))


def _engine(path: Path) -> str:
    """Return the engine of a database by how its file begins, '' for an unknown one."""
    try:
        with path.open("rb") as stream:
            begin = stream.read(16)
    except OSError:
        begin = b""
    return next((name for name, (at, sign) in ENGINES.items() if begin.startswith(sign, at)), "")
