"""What a file of text is written in, checked once over all of its bytes."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from winwinwin.errors import Place, Problem, UnreadableError, printable
from winwinwin.loading.compressed import opened

BLOCK = 1 << 18
"""Bytes read at once: of more, the system spends longer on memory than the reading takes."""
SAMPLE = 1 << 14
"""Bytes on either side of a mistake that an encoding is guessed from."""
UTF_8 = ("utf-8", "utf-8-sig", "ascii")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CENTRAL = "cp1250"
WINDOWS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257")
USUAL = (*WINDOWS, "cp932", "gb18030", "big5", "cp949", "utf_16_le", "utf_16_be")
"""What is proposed: what the systems of this world write beside UTF-8."""


def encoding_of(head: bytes, said: str | None) -> str:
    """Return the encoding of a file: what is said of it, or what its mark says, or UTF-8."""
    if said is not None:
        name = codecs.lookup(said).name
        return "utf-8-sig" if name in UTF_8 else name
    return next((name for mark, name in MARKS.items() if head.startswith(mark)), "utf-8-sig")


def is_clean(encoding: str) -> bool:
    """Tell whether DuckDB can read it as it is."""
    return encoding in UTF_8


def blocks(path: Path) -> Iterator[bytes]:
    with opened(path) as stream:
        while block := stream.read(BLOCK):
            yield block


class Decoding:
    """Decodes a file block by block."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._at = 0

    def text(self, block: bytes) -> str:
        """Return the text of the next block; the last one is empty.

        Raises UnreadableError, with the line, where the text is not in its encoding.
        """
        pending, _ = self._decoder.getstate()
        try:
            text = self._decoder.decode(block, final=not block)
        except UnicodeError as error:  # of UTF-16 without its mark a plain one
            where = self._at - len(pending) + getattr(error, "start", 0)
            raise UnreadableError(_mistake(self._path, self._encoding, where)) from None
        self._at += len(block)
        return text

    def check(self, block: bytes) -> None:
        """Do the same for UTF-8, whose text nobody needs: most of it is ASCII, which takes no time."""
        if block.isascii() and block and not self._decoder.getstate()[0]:
            self._at += len(block)
        else:
            self.text(block)


def line_at(path: Path, offset: int) -> int:
    """Return the line of a byte."""
    line, at = 1, 0
    for block in blocks(path):
        here = block[: max(offset - at, 0)]
        line += max(here.count(b"\n"), here.count(b"\r"))
        at += len(block)
        if at > offset:
            break
    return line


def _mistake(path: Path, encoding: str, offset: int) -> Problem:
    at, around = 0, b""
    for block in blocks(path):
        low, high = (max(edge - at, 0) for edge in (offset - SAMPLE, offset + SAMPLE))
        around += block[low:high]
        at += len(block)
    place = Place(str(path), line_at(path, offset))
    if not is_clean(encoding):
        return Problem(f"is not {encoding}", hint="Name another with --encoding.", place=place)
    likely = likely_encoding(around)
    if likely is None:
        return Problem("is not UTF-8", hint="Name its encoding: --encoding NAME.", place=place)
    hint = f"Read it with --encoding {likely}, or save it as UTF-8."
    return Problem(f"is not UTF-8, but looks like {likely}", hint=hint, place=place)


WESTERN = frozenset("äöüßàâæçéèêëîïôœùûáíóúñãõìò€–—‘’“”«»…°·¿¡§ºª´ \u00a0")  # noqa: RUF001  # these are meant
"""What German, French, Spanish, Dutch, Portuguese and Italian are written with beside ASCII."""


def _is_western(text: bytes) -> bool:
    """Tell whether a text is plain in the most usual encoding: others would have signs there."""
    try:
        written = text.decode(USUAL[0])
    except UnicodeDecodeError:
        return False
    return all(each.isascii() or each.lower() in WESTERN for each in written)


def likely_encoding(sample: bytes, *, is_text: bool = True) -> str | None:
    """Return the encoding that bytes are probably written in, None where nothing tells.

    With characters of two bytes they are no text by lines.
    """
    from charset_normalizer import from_bytes

    lines = [line for line in sample.splitlines(keepends=True) if not line.isascii()]
    if is_text and _is_western(b"".join(lines)):
        return USUAL[0]
    if not is_text:
        lines = [sample]
    best = from_bytes(b"".join(lines), cp_isolation=list(USUAL)).best()
    if best is None:
        return None
    is_wide = is_text and best.encoding.startswith(
        ("utf_16", "utf_32")
    )  # it has lines, so it is not
    if is_wide or (best.encoding == CENTRAL and not best.coherence):
        return USUAL[0]  # no word tells the two apart, and most files are Western
    text = str(best)
    for name in USUAL:  # several read the same; the most usual one is proposed
        try:
            if b"".join(lines).decode(name) == text:
                return name
        except UnicodeDecodeError:
            continue
    return printable(best.encoding)
