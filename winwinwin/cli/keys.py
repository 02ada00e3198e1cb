"""The key that anonymous names are made with: a variable's, or a file's of this user."""

import os
import secrets
from pathlib import Path

from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, printable, reason
from winwinwin.output import streams

VARIABLE = "WINWINWIN_KEY"
SHORTEST = 16
"""Characters of a key that nobody guesses."""
SIZE = 32
"""Bytes of a new one."""


def key() -> bytes:
    """Return the key of this user, made at first use.

    Raises UsageError for one that could be guessed, WinwinwinError where none can be read or kept.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _checked(given.strip(), VARIABLE)
    path = _path()
    try:
        if not path.exists():
            _make(path)
        return _checked(path.read_text(encoding="utf-8").strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is not text"
        what = f"the key of anonymous names cannot be kept here: {why}"
        hint = f"Set the variable {VARIABLE} to a secret of your own."
        raise WinwinwinError(Problem(what, hint=hint, place=Place(str(path)))) from None


def _path() -> Path:
    folder = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(os.path.expanduser(folder)) / "winwinwin" / "key"  # noqa: PTH111  # where nobody has a home, Path raises


def _make(path: Path) -> None:
    """Make a key that only its owner can read, and say where: whoever has it can undo the names."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"key.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  # its mode
        file.write(f"{secrets.token_hex(SIZE)}\n")
    try:
        path.hardlink_to(part)  # of two runs at once, the first one's stays
    except FileExistsError:
        part.unlink()
        return
    except OSError:  # not every disk has links
        part.replace(path)
    else:
        part.unlink()
    streams.warn(
        f"{printable(str(path))}: made the key of anonymous names; whoever has it can undo them\n"
    )


def _checked(text: str, where: str) -> bytes:
    if len(text) < SHORTEST:
        what = f"the key of anonymous names has {len(text)} characters, and could be guessed"
        hint = f"Take a secret of at least {SHORTEST} characters."
        raise UsageError(Problem(what, hint=hint, place=Place(where)))
    return text.encode(errors="surrogatepass")
