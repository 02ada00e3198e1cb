"""Messages from standard input, as the SDK reads them, and answers that are waited for."""

import json
from collections.abc import AsyncIterator
from typing import IO, Any, Self

import anyio
from pydantic_core import from_json

from winwinwin.errors import Problem, quoted
from winwinwin.output import streams

PATIENCE = 1.0
"""Seconds in which what was asked before the end of input is answered."""


class Conversation:
    """The two streams of a client. At the end of input the SDK would drop what it has not answered yet."""

    def __init__(self) -> None:
        self._open = 0
        """Requests without an answer."""
        self._answered = anyio.Event()

    async def messages(self, stream: IO[str]) -> AsyncIterator[str]:
        """Yield each line of a stream; the SDK passes over what is not JSON without a word."""
        async for line in anyio.wrap_file(stream):
            if not line.strip():
                continue
            message = whole(line)
            if message is None:
                hint = "Send one JSON object a line."
                streams.warn(f"{Problem(f'{quoted(line.strip())} is not a message', hint=hint)}\n")
                continue
            self._open += is_request(message)
            yield message
        with anyio.move_on_after(PATIENCE):
            while self._open > 0:
                await self._answered.wait()

    def answer(self) -> None:
        """Take note that a request was answered."""
        self._open -= 1
        self._answered.set()
        self._answered = anyio.Event()


class Answers:
    """The SDK's stream of what it sends; a conversation takes note of each answer."""

    def __init__(self, stream: Any, conversation: Conversation) -> None:
        self._stream = stream
        self._conversation = conversation

    async def send(self, item: Any) -> None:
        await self._stream.send(item)
        if not hasattr(item.message, "method"):
            self._conversation.answer()

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def is_request(message: str) -> bool:
    found = from_json(message)
    return isinstance(found, dict) and {"id", "method"} <= found.keys()


def whole(line: str) -> str | None:
    """Return a message without halves of characters, as of a quote cut in an emoji; None for no JSON."""
    if _is_read(line):
        return line
    try:
        repaired = (
            json.dumps(json.loads(line), ensure_ascii=False).encode(errors="replace").decode()
        )
    except (ValueError, RecursionError):
        return None
    return repaired if _is_read(repaired) else None


def _is_read(line: str) -> bool:
    try:
        from_json(line)
    except ValueError:
        return False
    return True
