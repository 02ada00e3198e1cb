"""Blocks as HTML: a page of its own, or a part of one."""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape as escaped
from importlib.resources import files
from typing import Any

from winwinwin.errors import printable
from winwinwin.pages.blocks import (
    Bar,
    Block,
    Cell,
    Line,
    Matrix,
    Table,
    Text,
    Title,
    Triple,
    written,
)
from winwinwin.renderers.looks import LOOKS

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main class="page">
{body}</main>
</body>
</html>
"""


IN_SCRIPT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
"""What could end a script or a line of one, written so that it can't."""


def page(title: str, blocks: Sequence[Block]) -> str:
    """Return a whole page of blocks, which asks nothing of a network."""
    return PAGE.format(title=escape(title), style=style(), body=paint(blocks, top=1))


def style() -> str:
    """Return the colours and looks that all pages share."""
    return files("winwinwin.renderers").joinpath("page.css").read_text(encoding="utf-8")


def paint(blocks: Iterable[Block], top: int = 2) -> str:
    """Return the blocks as HTML; no words from outside can be markup.

    The first title is a heading of the level `top`, those after it are below that.
    """
    least = 0
    parts = []
    for block in written(blocks, escape):
        if isinstance(block, Title):
            level, least = top + max(block.depth, least), 1
            parts.append(f"<h{level}>{_text(block.text)}</h{level}>")
        else:
            parts.append(_block(block))
    return "".join(f"{part}\n" for part in parts)


def policy(*scripts: str) -> str:
    """Return a content security policy: these scripts and no others, and no network at all."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    script_sources = f"; script-src {allowed}" if scripts else ""
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'{script_sources}"


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def embedded(value: Any) -> str:
    """Return a value as JSON that can stand in a script of a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, instead in IN_SCRIPT.items():
        text = text.replace(character, instead)
    return text


def escape(words: str) -> str:
    return escaped(printable(words))


def _block(block: Line | Table | Triple | Matrix) -> str:
    match block:
        case Triple(parties):
            cells = "".join(
                f'<div class="party {text.tone}"><b>{text.words}</b> <span>{party}</span></div>'
                for party, text in parties
            )
            return f'<div class="triple">{cells}</div>'
        case Line(parts, label):
            words = "".join(map(_text, parts))
            return f"<p><small>{label}:</small> {words}</p>" if label else f"<p>{words}</p>"
        case Table():
            return _table(block)
        case Matrix():
            return _table(block.as_table())


def _table(table: Table) -> str:
    rows = "".join(f"<tr>{_cells(row, table)}</tr>\n" for row in table.rows)
    heads = "".join(_head(column, index, table) for index, column in enumerate(table.columns))
    head = f"<thead><tr>{heads}</tr></thead>\n" if any(table.columns) else ""
    return f'<div class="wide" tabindex="0"><table>\n{head}<tbody>\n{rows}</tbody></table></div>'


def _head(column: str, index: int, table: Table) -> str:
    if not column:
        return "<td></td>"
    return f'<th scope="col"{_number(index, table)}>{column}</th>'


def _cells(row: Sequence[Cell], table: Table) -> str:
    return "".join(
        _bar(cell) if isinstance(cell, Bar) else f"<td{_number(index, table)}>{_text(cell)}</td>"
        for index, cell in enumerate(row)
    )


def _number(index: int, table: Table) -> str:
    return ' class="number"' if index in table.numeric else ""


def _bar(bar: Bar) -> str:
    width = f"{100 * bar.share:.1f}%"
    return f'<td class="bar"><i style="width:{width};background:{LOOKS[bar.tone].fill}"></i></td>'


def _text(text: Text) -> str:
    words, tone = text.words, text.tone
    return words if tone == "plain" else f'<span class="{tone}">{words}</span>'
