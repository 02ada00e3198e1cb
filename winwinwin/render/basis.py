"""What a run's figures rest on, for renderers that count or explain by themselves."""

from typing import NamedTuple

from winwinwin.rulebook import Rulebook
from winwinwin.tally import JudgeKind


class Basis(NamedTuple):
    """The judge of a run, and what is asked of it."""

    judge: JudgeKind
    rulebook: Rulebook
    """What the judge judges by; its assumptions are empty where they are turned off."""
    by: tuple[str, ...] = ()
    """The dimensions that were asked for."""
    fingerprint: str | None = None
    """The rulebook's, None where it is not to be shown."""
