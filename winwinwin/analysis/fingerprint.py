"""A short name for everything that a rulebook decides."""

from winwinwin.evaluation import Judge, fingerprint
from winwinwin.rulebook import Stamp

__all__ = ["fingerprint", "stamp"]


def stamp(judge: Judge) -> Stamp:
    """Return what names the rulebook of a judge."""
    return judge.stamp
