"""What is said of a claim that was tested: its shares, and the finding in a sentence."""

from collections.abc import Iterator

from winwinwin.stats.bounds import Bounds, Interval
from winwinwin.stats.evidence.claims import Side
from winwinwin.stats.evidence.findings import Finding, Word
from winwinwin.stats.evidence.sides import Share, ends
from winwinwin.stats.tally import Tally

LIMITS = (
    "It shows what goes together, not what causes it.",
    "Often the same person filled in all facts of an interaction.",
    "The books may be older than the facts.",
    "The cases that are recorded may not be like the others.",
)
SURE = 0.0005
"""A chance that is no longer written out."""


def limits(tally: Tally, *, assumes: bool) -> Iterator[str]:
    """Yield what the findings cannot say."""
    yield from LIMITS
    if assumes and any(counts["assumed"] for counts in tally.all.origins().values()):
        yield "What is assumed counts as if it were recorded; --no-assumptions leaves it open."


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def bounds_words(found: Bounds) -> str:
    both = ends(found)
    if both is None:
        return "-"
    low, high = map(percent, both)
    return low if low == high else f"{low[:-1]} to {high}"


WOULD = {Word.HOLDS: "hold", Word.CONTRADICTED: "be contradicted", Word.IDLE: "be idle"}
"""What is said of a claim, after "it would"."""


def interval_words(found: Bounds) -> str:
    if ends(found) is None:
        return "-"
    low, high = (100 * end for end in found.interval)
    return f"{low:.0f} to {high:.0f}%"


def sentence(finding: Finding, margin: float) -> str:
    """Say what was found, in a sentence or two."""
    tested, claim = finding.tested, finding.claim
    said = f"{claim.hit.capitalize()}: {_side_words(claim.one, tested.sides.one)}"
    said += f", {_side_words(claim.other, tested.sides.other)}" if claim.other else ""
    if tested.recorded:
        alike = f"{claim.alike} alike, " if claim.alike else ""
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
            yield f"As recorded it would {WOULD[finding.as_recorded]}; what is not recorded leaves it open."
        if finding.more and finding.turns:
            yield (
                "What is not recorded could turn it; with everything recorded, "
                f"about {finding.more:,} more such {finding.claim.counts} would tell."
            )
        elif finding.more:
            yield f"About {finding.more:,} more such {finding.claim.counts} would tell."
        elif finding.as_recorded is Word.CANNOT_TELL:
            yield f"No number of interactions is in sight that would tell it from {100 * margin:g} points."
    if finding.claim.notice:
        yield finding.claim.notice
