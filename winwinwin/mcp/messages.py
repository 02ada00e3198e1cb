"""Messages from standard input, as the SDK reads them."""

import json
from collections.abc import AsyncIterator
from typing import IO

import anyio
from pydantic_core import from_json

from winwinwin.errors import Problem, quoted
from winwinwin.output import streams


async def messages(stream: IO[str]) -> AsyncIterator[str]:
    """Yield each line of a stream; the SDK passes over what is not JSON without a word."""
    async for line in anyio.wrap_file(stream):
        message = whole(line)
        if message is None:
            hint = "Send one JSON object a line."
            streams.warn(f"{Problem(f'{quoted(line.strip())} is not a message', hint=hint)}\n")
        else:
            yield message


def whole(line: str) -> str | None:
    """Return a message without halves of characters, as of a quote cut in an emoji; None for no JSON."""
    if _is_read(line):
        return line
    try:
        mended = json.dumps(json.loads(line), ensure_ascii=False).encode(errors="replace").decode()
    except (ValueError, RecursionError):
        return None
    return mended if _is_read(mended) else None


def _is_read(line: str) -> bool:
    try:
        from_json(line)
    except ValueError:
        return False
    return True
