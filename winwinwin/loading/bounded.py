"""Files that are read as a whole: none is read without end, whatever its name leads to."""

from pathlib import Path

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.limits import MEGABYTE, MOST_DOCUMENT


def whole(path: Path, name: str | None = None) -> bytes:
    """Return what a file, or a pipe, holds. Raises OSError, and UnreadableError where it is too long."""
    with path.open("rb") as stream:
        found = stream.read(MOST_DOCUMENT + 1)
    if len(found) > MOST_DOCUMENT:
        what = f"holds more than {MOST_DOCUMENT // MEGABYTE} MB, too much for a file of this kind"
        raise UnreadableError(Problem(what, hint="Check its name.", place=Place(name or str(path))))
    return found
