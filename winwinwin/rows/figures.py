"""Every figure of a run as one JSON object, for dashboards: docs/summary.schema.json describes it.

The same interactions give the same text, wherever and in whatever order they were read: it names no
file and no time, lists are in a defined order, and fractions are rounded.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import to_json

from winwinwin.kernel.verdict import Verdict
from winwinwin.rows.basis import Basis
from winwinwin.stats.asking import ask_next
from winwinwin.stats.bounds import (
    Bounds,
    agrees_with_books,
    decided_by,
    has_verdict,
    of_all,
    rounded,
)
from winwinwin.stats.gates import Checked
from winwinwin.stats.groups import Group
from winwinwin.stats.selecting import Selected
from winwinwin.stats.standing import Standing, standings
from winwinwin.stats.tally import GAP_EDGES, Gaps, Tally

SCHEMA = "winwinwin/summary/1"
"""The version of the object; it changes when a key changes its meaning."""


def figures_text(tally: Tally, basis: Basis) -> Iterator[str]:
    """Yield the object as JSON, a figure a line, so that two runs can be compared by `diff`."""
    yield from _pieces(figures(tally, basis), "\n")
    yield "\n"


def _pieces(value: Any, line: str) -> Iterator[str]:
    """Yield JSON as `to_json` indents it; what comes one by one is never there all at once.

    A line break comes with the spaces that begin the next line.
    """
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        for place, (key, each) in enumerate(value.items()):
            yield f"{',' if place else '{'}{inner}{_piece(key, inner)}: "
            yield from _pieces(each, inner)
        yield f"{line}}}"
    elif isinstance(value, Iterator):
        opening = "["
        for each in value:
            yield f"{opening}{inner}{_piece(each, inner)}"
            opening = ","
        yield "[]" if opening == "[" else f"{line}]"
    else:
        yield _piece(value, line)


def _piece(value: Any, line: str) -> str:
    return to_json(value, indent=2).decode().replace("\n", line)


def figures(tally: Tally, basis: Basis) -> dict[str, Any]:
    """Return the object, with the groups of each dimension as they are asked for: they may be many."""
    group = tally.all
    return {
        "schema": SCHEMA,
        "rulebook": basis.stamp()._asdict() | {"assumptions": bool(basis.rulebook.assumptions)},
        "total": tally.total,
        "judged": group.total,
        "invalid": tally.invalid,
        "unreadable": tally.unreadable,
        "selected": selected_object(tally.selected) if tally.selected else None,
        "verdicts": verdict_objects(group),
        "rules": rule_objects(group, basis),
        "levers": [
            {"remedy": dict(lever.remedy), "fixes": lever.turned} for lever in group.levers()
        ],
        "ask": [ask._asdict() for ask in ask_next(group)],
        "matrix": matrix_objects(group),
        "books": books_object(group),
        "notes": {note.id: group.notes()[note.id] for note in basis.rulebook.notes},
        "completeness": {
            fact: {origin: found[origin] for origin in ("recorded", "assumed", "missing")}
            for fact, found in group.origins().items()
        },
        "gaps": gaps_object(tally.gaps) if tally.gaps else None,
        "groups": {by: group_objects(by, groups) for by, groups in tally.groups.items()},
        "gates": [gate_object(gate.on(group)) for gate in basis.gates],
    }


def verdict_objects(group: Group) -> dict[str, Any]:
    return {
        verdict.value: share_object(
            group.share(has_verdict(verdict)), is_rate=verdict is not Verdict.UNDETERMINED
        )
        for verdict in group.verdicts()
    }


def selected_object(selected: Selected) -> dict[str, Any]:
    """Return what was asked for, of how many interactions, and how many have no date to be asked for."""
    return {"by": selected.words, "of": selected.read, "undated": selected.undated}


def rule_objects(group: Group, basis: Basis) -> list[dict[str, Any]]:
    """Return how often each rule decides, in precedence order, and last how often no single one."""
    undecided = of_all(group.rules()[None], group.total)
    return [
        *(
            {"rule": rule.id} | share_object(group.share(decided_by(rule.id)))
            for rule in basis.rulebook.rules
        ),
        {"rule": None} | share_object(undecided, is_rate=False),
    ]


def share_object(found: Bounds, *, is_rate: bool = True) -> dict[str, Any]:
    """Return a share with its bounds, and the 95% interval around both where it is a rate."""
    return {"count": found.sure, **bounds_object(found, is_rate=is_rate)}


def bounds_object(found: Bounds, *, is_rate: bool = True) -> dict[str, Any]:
    return {
        "sure": found.sure,
        "possible": found.possible,
        "share_sure": rounded(found.share_sure),
        "share_possible": rounded(found.share_possible),
        "interval": found.interval.to_dict() if is_rate else None,
    }


def matrix_objects(group: Group) -> list[dict[str, Any]]:
    """Return salesperson against customer, and how often the organization won, lost, or is open."""
    cells, outcomes = group.matrix(), ("won", "lost", None)
    return [
        {
            "salesperson": salesperson,
            "customer": customer,
            "organization": {
                ruled or "unknown": cells[salesperson, customer, ruled]  # type: ignore[index]  # outcomes
                for ruled in outcomes
            },
        }
        for salesperson in outcomes
        for customer in outcomes
    ]


def books_object(group: Group) -> dict[str, Any]:
    test = group.backtest()
    return {
        "compared": test.compared,
        "undecided": test.unruled,
        "cells": [
            {"ruled": ruled, "booked": booked, "count": test.cells[ruled, booked]}
            for ruled in ("won", "lost")
            for booked in ("won", "lost")
        ],
        "agreement": bounds_object(group.share(agrees_with_books)),
    }


def gaps_object(gaps: Gaps) -> dict[str, Any]:
    edges = (None, *GAP_EDGES, None)
    return {
        "measured": gaps.measured,
        "median_seconds": rounded(gaps.median),
        "ninth_decile_seconds": rounded(gaps.ninth_decile),
        "lengths": [
            {"from_seconds": low, "below_seconds": high, "count": number}
            for low, high, number in zip(edges, edges[1:], gaps.lengths, strict=False)
        ],
    }


def group_objects(by: str, groups: Mapping[str | None, Group]) -> Iterator[dict[str, Any]]:
    """Yield the groups of a dimension by their values, last what has none."""
    found = sorted(standings(by, groups), key=lambda one: (one.value is None, one.value or ""))
    return map(group_object, found)


def group_object(standing: Standing) -> dict[str, Any]:
    return {
        "value": standing.value,
        "total": standing.group.total,
        "verdicts": verdict_objects(standing.group),
        "probability": rounded(standing.probability),
        "stands_out": standing.stands_out,
        "may_stand_out": standing.may_stand_out,
        "is_above": standing.is_above,
    }


def gate_object(checked: Checked) -> dict[str, Any]:
    gate = checked.gate
    return {
        "verdict": gate.verdict.value,
        "direction": "at_least" if gate.at_least else "at_most",
        "limit": rounded(gate.limit, 15),
        "percent": gate.percent,
        "surely": gate.surely,
        "sure": checked.found.sure,
        "possible": checked.found.possible,
        "fails": checked.fails,
        "is_open": checked.is_open,
    }
