"""NUL characters: what is no text has many, and a fault of a system leaves one."""

from pathlib import Path

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.reading.encodings import likely_encoding

NUL = b"\0"
FEW = 1 / 8
"""The share of bytes up to which they are faults in a text: characters of two bytes have more."""
WIDE = ("utf_16", "utf_32")


def refuse_nul(path: Path, head: bytes, layout: FileLayout) -> None:
    """Raise UnreadableError for what is no text in its encoding."""
    if head.count(NUL) <= len(head) * FEW:
        return
    place = Place(str(path), head.partition(NUL)[0].count(b"\n") + 1)
    likely = likely_encoding(head, is_text=False) if layout.encoding is None else None
    if likely and likely.startswith(WIDE):
        what, hint = f"looks like {likely}", f"Read it with --encoding {likely}."
    else:
        what, hint = "is no text", "Export it as CSV or Excel."
    raise UnreadableError(Problem(f"holds NUL characters, and {what}", hint=hint, place=place))
