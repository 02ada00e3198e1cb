"""Groups as rows of the report's tables and charts."""

from typing import Any

from winwinwin.pages.words import share_words
from winwinwin.stats.groups import Group
from winwinwin.stats.standing import IS_WIN


def verdict_counts(group: Group) -> list[int]:
    return list(group.verdicts().values())


def row(name: Any, group: Group) -> list[Any]:
    """Return what the row is about, its verdict counts, and its share of wins in words."""
    return [name, *verdict_counts(group), share_words(group.share(IS_WIN))]
