"""Groups as rows of the report's tables and charts."""

from typing import Any

from winwinwin.kernel.verdict import Verdict
from winwinwin.pages.words import FEW, share_words
from winwinwin.report.shared import Shared
from winwinwin.stats.bounds import has_verdict
from winwinwin.stats.groups import Group
from winwinwin.stats.standing import IS_WIN

IS_LOSS = has_verdict(Verdict.ORGANIZATION_LOSES)


def verdict_counts(group: Group) -> list[int]:
    return list(group.verdicts().values())


def row(name: Any, group: Group, shared: Shared) -> list[Any]:
    """Return what the row is about, its verdict counts, how many at most are wins, and losses, and its wins.

    These are the numbers of their share in words, and of its interval.
    """
    wins, losses = group.share(IS_WIN), group.share(IS_LOSS)
    counts = [*verdict_counts(group), wins.possible, losses.possible]
    return [name, *counts, shared.number(share_words(wins)), shared.interval(wins)]


def is_rate(group: Group) -> bool:
    """Tell whether a share of these interactions can be read as a rate."""
    return group.total >= FEW
