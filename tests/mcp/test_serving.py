"""The server: hostile input, what is missing, and how it ends."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import ROOT, Run

from winwinwin.limits import (
    LONGEST_NOTES,
    LONGEST_QUOTE,
    LONGEST_WORDS,
    MOST_TAGS,
    MOST_TOGETHER,
)

PROGRAM = [sys.executable, "-m", "winwinwin", "mcp"]


FAILING = """
from winwinwin.mcp.tools import TOOLS

def fail(*_):
    raise KeyError("x")
TOOLS["judge"] = TOOLS["judge"]._replace(answer=fail)
"""
"""A program in which a tool has a fault."""
TYPED = "import sys; sys.stdin.isatty = lambda: True"
"""One whose input is typed."""


def changed(change: str) -> list[str]:
    """Return the program with something changed in it first."""
    call = (
        "import sys; sys.argv[1:] = ['mcp']; from winwinwin.__main__ import main; sys.exit(main())"
    )
    return [sys.executable, "-c", f"{change}\n{call}"]


def lines(*messages: str | bytes, program: Sequence[str] = tuple(PROGRAM)) -> tuple[list[Any], str]:
    """Send lines to a server; return its answers, and what it says to a person.

    It has a process of its own: in this one there may be the loop of a browser.
    """
    sent = b"".join((each.encode() if isinstance(each, str) else each) + b"\n" for each in messages)
    done = subprocess.run(program, cwd=ROOT, input=sent, capture_output=True, check=True)
    said = done.stderr.decode()
    assert "Traceback" not in said
    return [json.loads(line) for line in done.stdout.splitlines()], said


HELLO = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": 0,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "a test", "version": "1"},
        },
    }
)


def call(number: int, arguments: str, tool: str = "judge") -> str:
    named = f'{{"name": "{tool}", "arguments": {arguments}}}'
    return f'{{"jsonrpc": "2.0", "id": {number}, "method": "tools/call", "params": {named}}}'


def test_only_protocol_is_written_whatever_comes_in() -> None:
    deep = "[" * 3000 + "]" * 3000
    answers, said = lines(
        HELLO,
        "hello",
        b"\xff\xfe",
        "",
        "[1, 2]",
        call(1, "[]"),
        call(2, '{"facts": {"customer": {"value": "won", "quote": "wow \\ud83d"}}}'),
        call(3, f'{{"facts": {{"customer": {{"value": {deep}, "quote": "a"}}}}}}'),
        call(4, f'{{"id": {"9" * 5000}}}'),
        call(5, '{"facts": {"customer": {"value": 1e999, "quote": "a"}}, "id": NaN}'),
        call(6, f'{{"facts": {{"customer": {{"value": "{"w" * 1_000_000}", "quote": "a"}}}}}}'),
        call(7, '{"facts": {"customer": {"value": "won", "quote": "\\u0000"}}}'),
        call(8, '{"facts": {"\\u202e": 1}}'),
    )
    by_number = {answer["id"]: answer for answer in answers}
    assert by_number.keys() == {0, 1, 2, 5, 6, 7, 8}
    assert "error" in by_number[1]
    notes = by_number[2]["result"]["structuredContent"]["about"]["notes"]
    assert notes == 'customer: won. "wow ?"'
    assert all(by_number[number]["result"]["isError"] for number in (5, 6, 7, 8))
    assert said.splitlines()[0] == "'hello' is not a message. Send one JSON object a line."
    assert len(said.splitlines()) == 4


def test_a_fault_of_the_program_is_an_answer_too() -> None:
    answers, said = lines(HELLO, call(1, "{}"), program=changed(FAILING))
    assert answers[1]["result"]["isError"]
    assert "This is a fault of the program" in answers[1]["result"]["content"][0]["text"]
    assert "This is a fault of the program" in said


@pytest.mark.parametrize("library", ["mcp", "anyio"])
def test_without_the_extra_it_says_how_to_install_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    ours = [name for name in sys.modules if name.startswith(("winwinwin.mcp", "mcp.", "mcp_types"))]
    for name in ours:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    said = (
        f"this needs {library}, which is not installed. Install it: pip install 'winwinwin[mcp]'\n"
    )
    assert run("mcp") == (2, "", said)


def test_a_rulebook_that_cannot_be_read_ends_it_at_once(run: Run) -> None:
    done = run("mcp", "--rulebook", "nowhere.yaml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("nowhere.yaml: ")


def test_a_person_at_a_terminal_is_told_what_it_waits_for() -> None:
    said = "Waiting for a client to speak MCP on standard input; Ctrl-C ends it.\n"
    assert lines(program=changed(TYPED)) == ([], said)


PING = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n'
PIPES: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_quietly_while_it_waits(number: signal.Signals, code: int) -> None:
    def heed() -> None:
        """Let the server hear what a shell in the background has its children ignore."""
        signal.signal(number, signal.SIG_DFL)

    started = subprocess.Popen(
        PROGRAM,
        cwd=ROOT,
        preexec_fn=heed,  # noqa: PLW1509  # it makes one system call
        **PIPES,
    )
    with started as server:
        server.stdin.write(PING)
        server.stdin.flush()
        assert server.stdout.readline() == b'{"jsonrpc":"2.0","id":1,"result":{}}\n'
        server.send_signal(number)
        assert server.wait(10) == code
        assert server.stdout.read() + server.stderr.read() == b""


def test_a_client_that_goes_away_ends_it_quietly() -> None:
    with subprocess.Popen(PROGRAM, cwd=ROOT, **PIPES) as server:
        server.stdout.close()
        server.stdin.write(PING)
        server.stdin.close()
        assert server.wait(10) == 141
        assert server.stderr.read() == b""


@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
def test_output_that_takes_nothing_is_told(where: str) -> None:
    command = f"{' '.join(PROGRAM)} {where}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, input=PING, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"standard output: cannot be written: ")


def test_input_that_is_closed_from_the_start_ends_it_quietly() -> None:
    command = f"{' '.join(PROGRAM)} <&-"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_limits_are_those_that_users_are_told() -> None:
    told = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8").partition("| at most |")[2]
    numbers = [int(row.split()[1].replace(",", "")) for row in told.splitlines()[2:]]
    assert numbers == [MOST_TOGETHER, LONGEST_QUOTE, LONGEST_NOTES, LONGEST_WORDS, MOST_TAGS]
