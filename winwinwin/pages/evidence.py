"""What a person or a program reads about the claims of a rulebook, tested on the books."""

from collections import Counter
from collections.abc import Iterator, Sequence

from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.blocks import Bar, Block, Cell, Line, Table, Text, Title, line
from winwinwin.pages.evidence_data import evidence_object
from winwinwin.pages.evidence_words import (
    bounds_words,
    interval_words,
    limits,
    percent,
    sentence,
)
from winwinwin.pages.page import Page
from winwinwin.pages.selected import selected_line
from winwinwin.pages.summary import failures_line
from winwinwin.pages.words import interactions
from winwinwin.stats.evidence.findings import FEW_CLUSTERS, Finding, Word
from winwinwin.stats.evidence.run import Evidence
from winwinwin.stats.evidence.sides import Share
from winwinwin.vocabulary import Tone

TONES: dict[Word, Tone] = {
    Word.HOLDS: "won",
    Word.CONTRADICTED: "lost",
    Word.IDLE: "order",
    Word.CANNOT_TELL: "open",
}
COUNTED = {
    Word.HOLDS: "{} hold",
    Word.CONTRADICTED: "{} contradicted",
    Word.IDLE: "{} idle",
    Word.CANNOT_TELL: "{} cannot be told",
}
ONE_COUNTED = COUNTED | {Word.HOLDS: "{} holds"}
BY_SOURCE = (
    ("Consequences, rules and order", ("consequence", "house rule", "order")),
    ("Over time", ("over time",)),
    ("Assumptions", ("assumption",)),
    ("Conditions", ("condition",)),
)
"""The parts of the page, with what begins the source of their claims."""
HEADS = ("of", "hits", "bounds", "whatever is open", "95% interval", "")
NUMERIC = frozenset(range(2, 7))


def page(found: Evidence, source: str, stamp: Stamp, *, assumes: bool) -> Page:
    """Say what is found in a source."""
    return Page(
        title=f"Evidence in {source}",
        blocks=blocks(found, source, stamp, assumes=assumes),
        data=lambda: evidence_object(found, source, stamp, assumes=assumes),
        brief=lambda: list(words_lines(found)),
    )


def blocks(found: Evidence, source: str, stamp: Stamp, *, assumes: bool) -> list[Block]:
    return [
        Title(Text("Does it hold in the books?", "strong")),
        line(" ".join(limits(found.tally, assumes=assumes)), label="bear in mind"),
        line(f"{source}, {interactions(found.tally.all.total)}", label="source"),
        *selected_line(found.tally),
        *failures_line(found.tally),
        line(str(stamp), label="rulebook"),
        *_clusters_line(found),
        *words_lines(found),
        *(block for title, sources in BY_SOURCE for block in _part(found, title, sources)),
        *_untested(found.findings),
        *_cells(found),
        line(_method(found), label="words"),
    ]


def words_lines(found: Evidence) -> Iterator[Line]:
    """Count the claims by their words: those that are made, and those of what rules are made of."""
    inner = ("assumption", "condition")
    for label, is_inner in (("claims", False), ("their parts", True)):
        words = Counter(
            each.word for each in found.findings if each.claim.source.startswith(inner) == is_inner
        )
        parts: list[Text] = []
        for word in COUNTED:
            if words[word]:
                said = (ONE_COUNTED if words[word] == 1 else COUNTED)[word]
                parts += [Text(", ")] if parts else []
                parts.append(Text(said.format(f"{words[word]:,}"), TONES[word]))
        yield line(*parts, label=label)


def _clusters_line(found: Evidence) -> Iterator[Line]:
    by = found.asked.cluster
    if by is None:
        return
    numbers = {
        each.claim.id: each.tested.clusters or 0
        for each in found.findings
        if each.tested.recorded is not None
    }
    number = max(numbers.values(), default=0)
    few = [name for name, clusters in numbers.items() if clusters < FEW_CLUSTERS]
    parts = [Text(f"{number:,} by {by}")]
    if few:
        those = "" if number < FEW_CLUSTERS else f", as for {', '.join(few)},"
        parts.append(Text(f"; fewer than ten{those} are too few for figures to rely on", "open"))
    yield line(*parts, label="clusters")


def _part(found: Evidence, title: str, sources: Sequence[str]) -> Iterator[Block]:
    mine = [
        each
        for each in found.findings
        if each.tested.recorded is not None and each.claim.source.startswith(tuple(sources))
    ]
    if not mine:
        return
    yield Title(Text(title))
    for finding in mine:
        yield line(
            Text(finding.word.value, TONES[finding.word]),
            f". {finding.claim.says} {sentence(finding, found.asked.margin)}",
            label=finding.claim.id,
        )
    rows = [row for finding in mine for row in _rows(finding)]
    yield Table(("claim", "among", *HEADS), tuple(rows), NUMERIC)


def _rows(finding: Finding) -> Iterator[tuple[Cell, ...]]:
    claim, sides = finding.claim, finding.tested.sides
    yield (Text(claim.id), *_share_cells(claim.one.words, sides.one))
    if claim.other:
        yield (Text(""), *_share_cells(claim.other.words, sides.other))


def _share_cells(words: str, share: Share) -> tuple[Cell, ...]:
    part = share.recorded
    return (
        Text(words),
        Text(f"{part.total:,}"),
        Text(percent(part.share) if part.total else "-"),
        Text(bounds_words(share.sided), "muted"),
        Text(bounds_words(share.whole), "muted"),
        Text(interval_words(share.whole), "muted"),
        Bar(part.share),
    )


def _untested(findings: Sequence[Finding]) -> Iterator[Block]:
    rows = [
        (Text(each.claim.id), Text(_lacking(each)), Text(each.claim.needs))
        for each in findings
        if each.tested.recorded is None
    ]
    if rows:
        yield Title(Text("Nothing to compare"))
        yield Table(("claim", "nothing recorded", "needs, on both sides"), tuple(rows))


def _lacking(finding: Finding) -> str:
    """Say which sides have nobody, or that both have some and no stratum does."""
    claim, sides = finding.claim, finding.tested.sides
    pairs = ((claim.one, sides.one), (claim.other, sides.other))
    empty = [side.words for side, share in pairs if side and not share.recorded.total]
    return "; ".join(empty) or f"on both sides with {claim.alike} alike"


def _cells(found: Evidence) -> Iterator[Block]:
    yield Title(Text("Booked won, by what both experienced"))
    rows = [
        (
            Text(f"salesperson {cell.salesperson}, customer {cell.customer}"),
            *_share_cells("", cell.share)[1:],
        )
        for cell in found.cells
    ]
    heads = ("", *HEADS)
    yield Table(heads, tuple(rows), frozenset(range(1, 6)))


def _method(found: Evidence) -> str:
    margin = f"{100 * found.asked.margin:g}"
    return (
        "holds or contradicted: a difference by more than chance, in the claim's direction or against it; "
        f"idle: shown to be below {margin} points, whichever way; each whatever the open ones turn out "
        "to be, at 5% for the claims of the run together (Holm). "
        "Hits are among those whose side and outcome are recorded; bounds, among those whose side is, "
        "whatever their outcomes; whatever is open, over all ways to fill in what is not recorded. "
        "The interval goes around the last. By chance alone: how probable so large a difference is "
        "where there is none, raised for the number of claims of the run."
    )
