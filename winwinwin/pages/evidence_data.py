"""What a program reads about the claims of a rulebook, tested on the books."""

from typing import Any

from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.evidence_words import limits, sentence
from winwinwin.stats.bounds import Bounds, rounded
from winwinwin.stats.evidence.claims import Side
from winwinwin.stats.evidence.findings import Finding
from winwinwin.stats.evidence.run import Evidence
from winwinwin.stats.evidence.sides import Share, ends

SCHEMA = "winwinwin/evidence/1"
"""The version of the object below; it changes when a key changes its meaning."""


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
        "one": side_object(claim.one, tested.sides.one),
        "other": side_object(claim.other, tested.sides.other) if claim.other else None,
        "difference": rounded(recorded.difference) if recorded else None,
        "interval": interval.to_dict() if interval else None,
        "probability": rounded(finding.chance) if recorded else None,
        "probability_beyond_margin": rounded(finding.beyond) if recorded else None,
        "more": None if finding.turns else finding.more,
        "clusters": tested.clusters,
    }


def side_object(side: Side, share: Share) -> dict[str, Any]:
    return {"is": side.words, **share_object(share)}


def share_object(share: Share) -> dict[str, Any]:
    part = share.recorded
    return {
        "hits": part.hits,
        "total": part.total,
        "share": rounded(part.share) if part.total else None,
        "bounds": _ends(share.sided),
        "bounds_whatever_is_open": _ends(share.whole),
        "interval": share.whole.interval.to_dict(),
    }


def _ends(found: Bounds) -> dict[str, float] | None:
    both = ends(found)
    return None if both is None else both.to_dict()
