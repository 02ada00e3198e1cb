"""The rulebook that a command goes by: that of a file, or the built-in one."""

from typing import TYPE_CHECKING

from winwinwin.errors import Problem, UsageError
from winwinwin.rulebook import Rulebook, builtin

if TYPE_CHECKING:
    from winwinwin.evaluation import Judge


def chosen(name: str | None) -> Rulebook:
    """Return the rulebook in a file, or the built-in one for None.

    Raises WinwinwinError with every problem of the file.
    """
    if name is None:
        return builtin()
    from winwinwin.sources.rulebooks import read_rulebook

    return read_rulebook(name)


def read_by(name: str | None) -> list[str]:
    """Return the rulebook's file as a list of inputs, which no output may overwrite."""
    return [] if name is None else [name]


def named_once(argument: str | None, rulebook: str | None) -> str | None:
    """Return the rulebook that a command names by an argument or by --rulebook; None for neither.

    Raises UsageError for both.
    """
    if argument is not None and rulebook is not None:
        hint = "Name it once."
        raise UsageError(Problem("--rulebook: a rulebook is given as an argument too", hint=hint))
    return rulebook if argument is None else argument


def judge_by(name: str | None, *, assumptions: bool) -> "Judge":
    """Return a judge by the rulebook in a file, or by the built-in one; raises likewise."""
    from winwinwin.evaluation import Judge  # reading rules takes no judge

    return Judge(chosen(name), assumptions=assumptions)
