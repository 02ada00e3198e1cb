"""The groups of each dimension that a run is grouped by, and which stand out from the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from winwinwin.errors import quoted
from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.blocks import Bar, Block, Cell, Text, Title, line
from winwinwin.pages.shares import SHARE_COLUMNS, share_cells, shares_table
from winwinwin.pages.words import listed
from winwinwin.stats.bounds import Bounds
from winwinwin.stats.groups import Group, together
from winwinwin.stats.standing import IS_WIN, Standing, standings
from winwinwin.stats.tally import Tally

NO_VALUE = "(not recorded)"
MOST_GROUPS = 100
"""Groups of a dimension that are listed likewise; --summary has all of them."""
MOST_NAMED = 10
"""Groups that a sentence names."""


def groups_blocks(tally: Tally) -> Iterator[Block]:
    for by, groups in tally.groups.items():
        if groups:
            yield from group_blocks(by, groups)


def group_blocks(by: str, groups: Mapping[str | None, Group]) -> Iterator[Block]:
    """Show the verdicts of each value of a dimension, then of all, and say which stand out."""
    found = standings(by, groups)
    everything = together(found[0].group.judge, groups.values())
    yield Title(Text(f"By {by}"))
    rows = [group_row(value_text(one.value), one.group, one.wins) for one in found[:MOST_GROUPS]]
    if len(found) > 1:
        rows.append(group_row(Text("all", "strong"), everything, everything.share(IS_WIN)))
    labels = [WORDINGS[verdict].label for verdict in JUDGED]
    columns = (by, "judged", *labels, "win share", *SHARE_COLUMNS[2:], "")
    yield shares_table(columns, rows)
    if more := found[MOST_GROUPS:]:
        yield line(f"and {len(more):,} more, which --summary FILE.json lists")
    yield from map(line, group_sentences(by, found))


def value_text(value: str | None) -> Text:
    return Text(NO_VALUE, "muted") if value is None else Text(value)


def group_row(name: Text, group: Group, wins: Bounds) -> tuple[Cell, ...]:
    counts = group.verdicts()
    numbers = [Text(f"{counts[v]:,}", WORDINGS[v].tone if counts[v] else "muted") for v in JUDGED]
    _, *shares = share_cells(wins)
    return (name, Text(f"{group.total:,}"), *numbers, *shares, Bar(wins.share_sure, "won"))


def group_sentences(by: str, found: Sequence[Standing]) -> list[str]:
    """Say which groups stand out, and which may be one."""
    names = [one.value for one in found if one.value is not None]
    return [said for said in (standing_sentence(by, found), alike_sentence(names)) if said]


def alike_sentence(names: Iterable[str]) -> str:
    """Name the groups whose names differ only in capitals or blanks; '' if there are none."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        alike[" ".join(normalize("NFKC", name).casefold().split())].append(quoted(name))
    found = [listed(same[:MOST_NAMED], "and") for same in alike.values() if same[1:]]
    if not found:
        return ""
    more = [f"and {len(found) - MOST_NAMED:,} more"] if found[MOST_NAMED:] else []
    which = "; ".join([*found[:MOST_NAMED], *more])
    return f"Names that differ only in capitals or blanks count as different: {which}."


def standing_sentence(by: str, found: Sequence[Standing]) -> str:
    """Say which groups of a dimension stand out from the rest; '' where there is nothing to compare."""
    if len(found) < 2:  # noqa: PLR2004  # one group has no rest
        return ""
    sides = {
        side: named([one for one in found if one.stands_out and one.is_above is above])
        for side, above in (("below", False), ("above", True))
    }
    said = [f"{names} {side} the rest" for side, names in sides.items() if names]
    if not said:
        no = "No one" if by == "employee" else "None"
        return f"{no} stands out from the rest by more than chance."
    return f"By more than chance: {listed(said, 'and')}."


def named(groups: Sequence[Standing]) -> str:
    """Name groups as a sentence does; of many, the first."""
    names = [str(one.value) for one in groups[:MOST_NAMED]]
    more = [f"{len(groups) - MOST_NAMED:,} more"] if groups[MOST_NAMED:] else []
    return listed([*names, *more], "and")
