"""What a person or a program reads about the claims of a rulebook, tested on the books."""

from collections.abc import Iterator, Sequence
from typing import Any

from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.blocks import Bar, Block, Cell, Line, Table, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.pages.selected import selected_line
from winwinwin.pages.summary import failures_line
from winwinwin.pages.words import interactions
from winwinwin.stats.bounds import Bounds, Interval
from winwinwin.stats.evidence.claims import Claim, Side
from winwinwin.stats.evidence.findings import FEW_CLUSTERS, Finding, Word
from winwinwin.stats.evidence.run import Evidence
from winwinwin.stats.evidence.sides import Share
from winwinwin.stats.tally import Tally
from winwinwin.vocabulary import Tone

SCHEMA = "winwinwin/evidence/1"
"""The version of the object below; it changes when a key changes its meaning."""
LIMITS = (
    "It shows what goes together, not what causes it.",
    "Often the same person filled in all facts of an interaction.",
    "The books may be older than the facts.",
    "The cases that are recorded may not be like the others.",
)
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
BY_SOURCE = (
    ("Consequences, rules and order", ("consequence", "house rule", "order")),
    ("Over time", ("over time",)),
    ("Assumptions", ("assumption",)),
    ("Conditions", ("condition",)),
)
"""The parts of the page, with what begins the source of their claims."""
SURE = 0.0005
HEADS = ("of", "hits", "bounds", "whatever is open", "95% interval", "")
NUMERIC = frozenset(range(2, 7))


def page(found: Evidence, source: str, stamp: Stamp, *, assumes: bool) -> Page:
    """Say what is found in a source."""
    return Page(
        title=f"Evidence in {source}",
        blocks=blocks(found, source, stamp, assumes=assumes),
        data=lambda: evidence_object(found, source, stamp, assumes=assumes),
        brief=lambda: [in_short(found)],
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
        in_short(found),
        *(block for title, sources in BY_SOURCE for block in _part(found, title, sources)),
        *_untested(found.findings),
        *_cells(found),
        line(_method(found), label="words"),
    ]


def limits(tally: Tally, *, assumes: bool) -> Iterator[str]:
    """Yield what the findings cannot say."""
    yield from LIMITS
    if assumes and any(counts["assumed"] for counts in tally.all.origins().values()):
        yield "What is assumed counts as if it were recorded; --no-assumptions leaves it open."


def in_short(found: Evidence) -> Line:
    parts: list[Text] = []
    for word, said in COUNTED.items():
        if number := found.said(word):
            parts += [Text(", ")] if parts else []
            parts.append(Text(said.format(f"{number:,}"), TONES[word]))
    return line(*parts, label="claims")


def _clusters_line(found: Evidence) -> Iterator[Line]:
    by = found.asked.cluster
    if by is None:
        return
    number = max((each.tested.clusters or 0 for each in found.findings), default=0)
    few = ": fewer than ten are too few for figures to rely on" if number < FEW_CLUSTERS else ""
    yield line(Text(f"{number:,} by {by}{few}", "open" if few else "plain"), label="clusters")


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


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def bounds_words(found: Bounds) -> str:
    if not found.most_of:
        return "-"
    low, high = percent(found.share_sure), percent(found.share_possible)
    return low if low == high else f"{low[:-1]} to {high}"


def interval_words(found: Bounds) -> str:
    if not found.most_of:
        return "-"
    low, high = (100 * end for end in found.interval)
    return f"{low:.0f} to {high:.0f}%"


def sentence(finding: Finding, margin: float) -> str:
    """Say what was found, in a sentence or two."""
    tested, claim = finding.tested, finding.claim
    said = f"{claim.hit.capitalize()}: {_side_words(claim.one, tested.sides.one)}"
    said += f", {_side_words(claim.other, tested.sides.other)}" if claim.other else ""
    if tested.recorded:
        alike = f"{claim.alike} alike, " if claim.stratum else ""
        points = f"{100 * tested.recorded.difference:+.1f} points"
        versus = "" if claim.other else " from one half"
        chance = f"by chance alone {chance_words(finding.chance)}"
        said += f"; {alike}{points}{versus} ({_interval_words(tested.interval)}{chance})"
    return " ".join([f"{said}.", *_reasons(finding, margin)])


def _side_words(side: Side, share: Share) -> str:
    part = share.recorded
    return f"{percent(part.share)} of {part.total:,} ({side.words})"


def chance_words(chance: float) -> str:
    return "below 0.1%" if chance < SURE else f"up to {percent(chance)}"


def _interval_words(interval: Interval | None) -> str:
    if interval is None:
        return ""
    low, high = (100 * end for end in interval)
    return f"95% interval {low:+.1f} to {high:+.1f}; "


def _reasons(finding: Finding, margin: float) -> Iterator[str]:
    """Yield why no more can be told, and what would tell."""
    if finding.word is Word.CANNOT_TELL:
        if finding.as_recorded is not Word.CANNOT_TELL:
            yield f"As recorded it would be {finding.as_recorded.value}; what is not recorded could change that."
        elif finding.more:
            yield f"About {finding.more:,} more interactions would tell."
        else:
            yield f"No number of interactions is in sight that would tell it from {100 * margin:g} points."
    if finding.claim.notice:
        yield finding.claim.notice


def _untested(findings: Sequence[Finding]) -> Iterator[Block]:
    rows = [
        (Text(each.claim.id), Text(each.claim.needs))
        for each in findings
        if each.tested.recorded is None
    ]
    if rows:
        yield Title(Text("Nothing to compare"))
        yield Table(("claim", "needs, on both sides"), tuple(rows))


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
        "Hits are among what is recorded; bounds, whatever the books of those would say that have none."
    )


def evidence_object(found: Evidence, source: str, stamp: Stamp, *, assumes: bool) -> dict[str, Any]:
    """Return the evidence for JSON, field by field; shares, differences and chances are from 0 to 1."""
    return {
        "schema": SCHEMA,
        "source": source,
        "judged": found.tally.all.total,
        "invalid": found.tally.invalid,
        "unreadable": found.tally.unreadable,
        "rulebook": stamp._asdict(),
        "assumptions": assumes,
        "margin": found.asked.margin,
        "cluster": found.asked.cluster,
        "customer": found.asked.customer,
        "within_days": found.asked.within,
        "limits": list(limits(found.tally, assumes=assumes)),
        "claims": [claim_object(finding, found.asked.margin) for finding in found.findings],
        "cells": [
            {"salesperson": cell.salesperson, "customer": cell.customer, **share_object(cell.share)}
            for cell in found.cells
        ],
    }


def claim_object(finding: Finding, margin: float) -> dict[str, Any]:
    claim, tested = finding.claim, finding.tested
    recorded, interval = tested.recorded, tested.interval
    return {
        "claim": claim.id,
        "source": claim.source,
        "says": claim.says,
        "hit": claim.hit,
        "needs": claim.needs,
        "word": finding.word.value,
        "word_as_recorded": finding.as_recorded.value,
        "finding": sentence(finding, margin) if recorded else None,
        "one": side_object(claim, tested.sides.one),
        "other": side_object(claim, tested.sides.other, is_one=False) if claim.other else None,
        "difference": recorded.difference if recorded else None,
        "interval": interval._asdict() if interval else None,
        "probability": finding.chance,
        "probability_beyond_margin": finding.beyond,
        "more": finding.more,
        "clusters": tested.clusters,
    }


def side_object(claim: Claim, share: Share, *, is_one: bool = True) -> dict[str, Any]:
    side = claim.one if is_one else claim.other
    return {"is": side.words if side else None, **share_object(share)}


def share_object(share: Share) -> dict[str, Any]:
    part = share.recorded
    return {
        "hits": part.hits,
        "total": part.total,
        "share": part.share if part.total else None,
        "bounds": _ends(share.sided),
        "bounds_whatever_is_open": _ends(share.whole),
        "interval": share.whole.interval._asdict(),
    }


def _ends(found: Bounds) -> dict[str, float] | None:
    if not found.most_of:
        return None
    return {"low": found.share_sure, "high": found.share_possible}
