"""The command that serves agents."""

import sys

from winwinwin.cli.options import Rules
from winwinwin.errors import missing
from winwinwin.output import streams


def mcp(*, rules: Rules) -> None:
    """Serve agents that read conversations, over MCP.

    A client starts it and speaks the Model Context Protocol on its standard input and output. Its
    tools judge and explain records whose facts have quotes. No model is called.

    Examples:
    winwinwin mcp
    winwinwin mcp --rulebook house.yaml
    """
    try:
        from winwinwin.mcp.server import serve
    except ModuleNotFoundError as error:
        raise missing("mcp", error) from None
    judge = rules.judge()
    if sys.stdin is None:  # closed by whatever started the program
        return
    if sys.stdin.isatty():
        streams.warn("Waiting for a client to speak MCP on standard input; Ctrl-C ends it.\n")
    serve(judge)
