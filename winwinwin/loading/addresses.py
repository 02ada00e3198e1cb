"""The address of a database or cluster: a URL, of which nothing that may be secret is ever shown."""

import os
import re
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from winwinwin.errors import Problem, UsageError, quoted

FROM_VARIABLE = "env:"
VARIABLE = re.compile(rf"{FROM_VARIABLE}(\w+)")
"""The name of a variable that holds the URL: arguments are seen by all users."""
HIDDEN = "***"
FILE_ENGINES = ("duckdb", "sqlite", "file")
"""Engines whose URL names a file."""

URL = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.IGNORECASE | re.DOTALL)
SERVER = re.compile(
    r"(?:[^@/?#\[\]]*@)?(?P<host>[\w.-]*|\[[\da-f:.]+\])(?::\d*)?(?P<database>(?:/[\w./~-]*)?)(?:[?#][^@]*)?",
    re.IGNORECASE,
)
FILE = re.compile(r"(?P<host>)(?P<database>[^@:?#]*)(?:[?#][^@]*)?")
"""URLs that can be read in one way only: an @, a colon or a slash elsewhere may be of a password."""
SECRET = re.compile(r"pass|pwd|secret|token|key|credential|auth", re.IGNORECASE)
"""What the names of settings that are secret have in them."""


class Address(NamedTuple):
    """A URL, and what of it may be said."""

    url: str
    scheme: str
    shown: str
    """Its scheme, host and database; only the scheme where the rest can be read in several ways."""
    secrets: frozenset[str]
    """What no message may repeat."""
    is_clear: bool
    """Whether it can be read in one way only."""

    @property
    def file(self) -> str:
        """The file that it names; empty for a server, and for a database in memory or far away."""
        name = re.split(r"[?#]", self.url.partition("://")[2])[0]
        is_elsewhere = name.startswith((":memory:", "md:", "motherduck:"))
        return "" if self.scheme not in FILE_ENGINES or is_elsewhere else name

    def may_say(self, text: str) -> bool:
        """Tell whether a text of an engine repeats nothing secret."""
        return self.is_clear and not any(secret in text for secret in self.secrets)


def address(given: str) -> Address:
    """Read what --connect is given: a URL, or the name of a variable that holds one.

    Raises UsageError where it is neither.
    """
    url = _of_variable(given) if given.startswith(FROM_VARIABLE) else given
    found = URL.fullmatch(url)
    if found is None:
        hint = "Write it like postgres://user@host/database or duckdb://file.db."
        raise UsageError(Problem("--connect: this is not a URL", hint=hint))
    scheme, rest = found[1].lower(), found[2]
    parts = (FILE if scheme in FILE_ENGINES else SERVER).fullmatch(rest)
    where = f"{parts['host']}{parts['database']}" if parts else ""
    secrets = frozenset() if rest == where else _secrets(url, rest)  # all of it is shown
    return Address(url, scheme, f"{scheme}://{where}", secrets, parts is not None)


def _of_variable(given: str) -> str:
    found = VARIABLE.fullmatch(given)
    if found is None:
        hint = "Write env: and the name of a variable that holds the URL."
        raise UsageError(Problem("--connect: this is not a variable", hint=hint))
    url = os.environ.get(found[1])
    if not url:
        hint = "Set it to the URL, and export it."
        raise UsageError(
            Problem(f"--connect: the variable {quoted(found[1])} is not set", hint=hint)
        )
    return url


def _secrets(url: str, rest: str) -> frozenset[str]:
    """Return the URL itself, its password and secret settings, as written and as read."""
    before, _, settings = rest.partition("?")
    password = before.rpartition("@")[0].partition(":")[2]
    pairs = (pair.partition("=") for pair in settings.split("&"))
    named = [value for name, _, value in pairs if SECRET.search(name)]
    written = {url, rest, settings, password, *named} - {""}
    read = written.union(map(unquote, written), map(unquote_plus, written))
    return frozenset(read | {repr(each)[1:-1] for each in read})


def shown(given: str) -> str:
    """Return what may be said of what --connect is given."""
    if VARIABLE.fullmatch(given):
        return given
    try:
        return address(given).shown
    except UsageError:
        return HIDDEN
