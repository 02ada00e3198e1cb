"""What a run's figures rest on, for renderers that count or explain by themselves."""

from collections.abc import Callable
from typing import NamedTuple

from winwinwin.kernel.rulebook import Rulebook, Stamp
from winwinwin.stats.gates import Gate
from winwinwin.stats.groups import JudgeKind


class Basis(NamedTuple):
    """The judge of a run, and what is asked of it."""

    judge: JudgeKind
    rulebook: Rulebook
    """What the judge judges by; its assumptions are empty where they are turned off."""
    stamp: Callable[[], Stamp]
    """Returns what names the rulebook, which takes 0.03 s."""
    by: tuple[str, ...] = ()
    """The dimensions that were asked for."""
    gates: tuple[Gate, ...] = ()
