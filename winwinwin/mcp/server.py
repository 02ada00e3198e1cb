"""The tools as a server on standard input and output, by the official SDK."""

import io
import logging
import os
import signal
import sys
from typing import Any, NoReturn

import anyio
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Described
from pydantic_core import to_json

from winwinwin import __version__
from winwinwin.errors import WinwinwinError, fault
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Unjudged
from winwinwin.mcp.messages import Answers, Conversation
from winwinwin.mcp.tools import SENTENCE, TOOLS, tool_named
from winwinwin.output import streams

INSTRUCTIONS = (
    "Judges sales and service conversations: who won, which rule decided, what would change it. "
    "Give only facts that the conversation states, each with the words that state it: a fact "
    "without a quote counts as not recorded. Never guess; what_to_ask_next says what to ask."
)
HARMLESS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(judge: Judge) -> None:
    """Answer until standard input ends, or a signal ends the program."""
    for name in ("mcp", "asyncio"):  # what they log would reach standard error as tracebacks
        logging.getLogger(name).addHandler(logging.NullHandler())
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            # a thread waits for input, and the loop would wait for that thread
            signal.signal(number, _end_at_once)
    try:
        anyio.run(_answer, made(judge))
    except ExceptionGroup as group:
        if (unwritten := _first_refusal(group)) is None:
            raise
        streams.stop_writing(unwritten)


def _first_refusal(error: BaseException) -> OSError | None:
    """Return what the system refused, of errors that came together."""
    if isinstance(error, BaseExceptionGroup):
        return next(filter(None, map(_first_refusal, error.exceptions)), None)
    return error if isinstance(error, OSError) else None


def _end_at_once(number: int, _frame: object) -> NoReturn:
    os._exit(128 + number)


async def _answer(server: "Server[Any]") -> None:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    conversation = Conversation()
    read: Any = conversation.messages(sys.stdin)  # it is only iterated
    async with stdio_server(read) as (asked, answers):
        counted = Answers(answers, conversation)
        await server.run(asked, counted, server.create_initialization_options())


def made(judge: Judge) -> "Server[Any]":
    """Return the server that judges by a rulebook."""

    async def listed(
        _context: "ServerRequestContext[Any]", _page: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=described())

    async def called(
        _context: "ServerRequestContext[Any]", call: CallToolRequestParams
    ) -> CallToolResult:
        return answer(call.name, call.arguments or {}, judge)

    return Server(
        "winwinwin",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def described() -> list[Described]:
    return [
        Described(
            name=name, description=tool.says, input_schema=tool.schema(), annotations=HARMLESS
        )
        for name, tool in TOOLS.items()
    ]


def answer(name: str, arguments: dict[str, Any], judge: Judge) -> CallToolResult:
    """Answer a call; what is wrong with it, and a fault of the program, is an answer too."""
    try:
        found = tool_named(name).answer(arguments, judge)
        return _result(found[SENTENCE], found)
    except WinwinwinError as error:
        said = "\n".join(problem.line for problem in error.problems)
        return _result(said, Unjudged(None, error.problems).to_dict(), is_error=True)
    except Exception as error:  # noqa: BLE001  # an agent should read of it, not lose its server
        streams.warn(f"{fault(error)}\n")
        return CallToolResult(content=[TextContent(text=fault(error))], is_error=True)


def _result(said: str, found: dict[str, Any], *, is_error: bool = False) -> CallToolResult:
    """Say something and give its object, once more as text for clients that read only that."""
    texts = [TextContent(text=said), TextContent(text=to_json(found).decode())]
    return CallToolResult(content=texts, structured_content=found, is_error=is_error)
