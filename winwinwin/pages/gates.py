"""What is said of gates: which failed and by how much, and what the unknown could still change."""

from collections.abc import Iterator, Sequence

from winwinwin.pages.words import interactions, once_known, undetermined
from winwinwin.stats.gates import Checked, Gate
from winwinwin.stats.groups import Group


def gate_name(gate: Gate) -> str:
    """Name a gate so that no other of a run is called the same."""
    return f"{_written(gate)}{' required' if gate.at_least else ''}"


def gates_said(gates: Sequence[Gate], group: Group) -> Iterator[tuple[Checked, str]]:
    """Yield each gate that needs a word; none where nothing was judged."""
    for gate in gates if group.total else ():
        checked = gate.on(group)
        if said := gate_sentence(checked):
            yield checked, said


def gate_sentence(checked: Checked) -> str:
    """Say whether a gate failed, or could once all is known; '' where it passes for sure."""
    name = _written(checked.gate)
    if not checked.fails:
        return f"{name} passes as recorded; {_could(checked, 'fail')}" if checked.is_open else ""
    said = f"{name} failed: {_found(checked)} ({_missed(checked)})"
    if not checked.is_open:
        return said
    return (
        f"{said}; {_could(checked, 'pass') if checked.gate.at_least else 'it passes as recorded'}"
    )


def _written(gate: Gate) -> str:
    return f"gate {gate.verdict.value}={_limit(gate)}"


def _could(checked: Checked, become: str) -> str:
    return f"{undetermined(checked.found.open)} could {become} it"


def _limit(gate: Gate) -> str:
    return f"{gate.limit:.15g}%" if gate.percent else f"{gate.limit:.15g}"


def _found(checked: Checked) -> str:
    """Say how many a gate looks at, and when that is only what they can become."""
    found = interactions(checked.number)
    if checked.gate.percent:
        found = f"{checked.measured:.1f}% of {interactions(checked.found.fewest_of)}"
    if checked.number == checked.found.sure:
        return found
    return f"up to {found} {once_known(checked.found.open)}"


def _missed(checked: Checked) -> str:
    by = f"{checked.excess:.15g}"
    if checked.gate.percent:
        shown = checked.excess >= 0.05  # noqa: PLR2004  # what .1f shows as 0.0
        by = f"{checked.excess:.1f} points" if shown else "less than 0.1 points"
    limit = _limit(checked.gate)
    if checked.gate.at_least:
        return f"at least {limit} required, {by} short"
    return f"limit {limit}, exceeded by {by}"
