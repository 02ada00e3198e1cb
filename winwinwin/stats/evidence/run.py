"""All claims of a rulebook tested on one batch."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, Outcome
from winwinwin.kernel.kinds import HAVING
from winwinwin.stats.evidence.claims import Claim, Counts, Side, booked, claims_of
from winwinwin.stats.evidence.findings import MARGIN, Finding, findings
from winwinwin.stats.evidence.following import WITHIN, Followed, Following
from winwinwin.stats.evidence.over_time import claims_over_time
from winwinwin.stats.evidence.sides import NEITHER, Share, Unit, sides_of
from winwinwin.stats.tally import Tally


class Asked(NamedTuple):
    """What a run is asked for."""

    margin: float = MARGIN
    cluster: str | None = None
    """The dimension whose interactions belong together."""
    customer: str | None = None
    """The dimension that tells customers apart."""
    within: int = WITHIN
    """Days within which they are seen again."""

    @property
    def following(self) -> Following:
        return Following(self.customer, self.within, self.cluster)


class Cell(NamedTuple):
    """What both experienced, and how often the organization is booked as won there."""

    salesperson: Outcome
    customer: Outcome
    share: Share


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is found of all claims."""

    asked: Asked
    tally: Tally
    findings: list[Finding]
    cells: list[Cell]


def all_claims(judge: Judge, asked: Asked) -> list[Claim]:
    """Return every claim of a rulebook."""
    return [*claims_of(judge), *claims_over_time(judge, asked.following)]


def evidence(
    judge: Judge, tally: Tally, asked: Asked, followed: Followed | None = None
) -> Evidence:
    """Test all claims on what was counted; the tally has groups of the cluster that is asked for."""
    counts = Counts(judge, _kinds(tally, asked.cluster), followed or Followed())
    claims = all_claims(judge, asked)
    found = findings(claims, counts, asked.margin, is_clustered=asked.cluster is not None)
    return Evidence(asked, tally, found, cells(counts))


def _kinds(tally: Tally, cluster: str | None) -> dict[str | None, Counter[Facts]]:
    if cluster is None:
        return {None: tally.all.kinds}
    return {value: group.kinds for value, group in tally.groups[cluster].items()}


def cells(counts: Counts) -> list[Cell]:
    """Share out what is booked by what salesperson and customer experienced; nothing is assumed."""
    outcomes: tuple[Outcome, ...] = ("won", "lost")
    return [
        Cell(salesperson, customer, _share(counts, salesperson, customer))
        for salesperson in outcomes
        for customer in outcomes
    ]


def _share(counts: Counts, salesperson: Outcome, customer: Outcome) -> Share:
    by, known = HAVING["salesperson"], HAVING["customer"]
    every = by[salesperson] & known[customer]
    some = (by[salesperson] | by[None]) & (known[customer] | known[None])
    side, hits = Side("", every, some), partial(booked, "won")
    units = (
        (Unit(side.results(kind, hits(kind)), NEITHER), number)
        for kinds in counts.kinds.values()
        for kind, number in kinds.items()
    )
    return sides_of(units).one
