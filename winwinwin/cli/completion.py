"""What a shell offers while a command is typed."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from typer import Context

from winwinwin.loading.suffixes import FORMATS, TABLE_FORMATS

MOST = 1_000
"""Interactions of a file whose ids are offered."""


def words(offered: Iterable[str]) -> Callable[[str], list[str]]:
    """Offer words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in offered if word.startswith(incomplete)]

    return complete


outcomes = words(("won", "lost", "unknown"))
"""Offers what an outcome can be."""


def files(*suffixes: str) -> Callable[[str], list[str]]:
    """Offer folders, and files that end so; all of them where no suffix is named.

    A single folder is left to the shell, which goes on into it: after a word it sets a blank.
    """

    def complete(incomplete: str) -> list[str]:
        typed = Path(incomplete)
        folder = typed if incomplete.endswith("/") else typed.parent
        shown = folder.iterdir() if folder.is_dir() else ()
        found = sorted(
            f"{path}/" if path.is_dir() else str(path)
            for path in shown
            if str(path).startswith(incomplete.removeprefix("./"))
            and (path.is_dir() or not suffixes or path.suffix.lower() in suffixes)
        )
        return [] if len(found) == 1 and found[0].endswith("/") else found

    return complete


documents = files(*FORMATS)
"""Offers files of records, rulebooks and mappings."""
inputs = files(*FORMATS, *TABLE_FORMATS)
"""Offers tables too."""


def rule_ids(incomplete: str) -> list[str]:
    """Offer the ids of the built-in rules."""
    from winwinwin.kernel.rulebook import builtin

    return [rule.id for rule in builtin().rules if rule.id.startswith(incomplete)]


def ids(ctx: Context, incomplete: str) -> list[str]:
    """Offer the ids of the interactions in the file that was named before."""
    from itertools import islice

    from winwinwin.loading.documents import read_all
    from winwinwin.record.interaction import Recorded

    name = ctx.params.get("file")
    items = islice(read_all([name]), MOST) if name else ()
    found = (item.about.id for item in items if isinstance(item, Recorded))
    return [each for each in found if each and each.startswith(incomplete)]


def gated(incomplete: str) -> list[str]:
    """Offer the verdicts that a gate can be set on."""
    from winwinwin.kernel.verdict import JUDGED

    return words(JUDGED)(incomplete)


def decided(incomplete: str) -> list[str]:
    """Offer the verdicts that something complete can have."""
    from winwinwin.kernel.ruling import DECIDED

    return words(DECIDED)(incomplete)


def filters(incomplete: str) -> list[str]:
    """Offer what records can be filtered by."""
    from winwinwin.stats.dimensions import DIMENSIONS, TAG

    return words((*(f"{word}=" for word in DIMENSIONS), TAG))(incomplete)


def lengths(incomplete: str) -> list[str]:
    """Offer the lengths of time that a filter takes."""
    from winwinwin.stats.periods import LENGTHS

    return words(LENGTHS)(incomplete)


def verdicts_and_filters(incomplete: str) -> list[str]:
    """Offer all verdicts, and what records can be filtered by."""
    return [*verdicts(incomplete), *filters(incomplete)]


def verdicts(incomplete: str) -> list[str]:
    """Offer all verdicts."""
    from winwinwin.kernel.verdict import Verdict

    return words(Verdict)(incomplete)


def commands(ctx: Context, incomplete: str) -> list[str]:
    """Offer the commands below those that were named before."""
    found: Any = ctx.find_root().command
    for word in ctx.params.get("words") or ():
        found = getattr(found, "commands", {}).get(word)
    return words(getattr(found, "commands", {}))(incomplete)


def dimensions(incomplete: str) -> list[str]:
    """Offer what records can be grouped by."""
    from winwinwin.stats.dimensions import DIMENSIONS, TAG

    return [word for word in (*DIMENSIONS, TAG) if word.startswith(incomplete)]
