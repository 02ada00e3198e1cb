"""The calls to talk about, as rows of the report: what they have in common is kept once, by kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from winwinwin.errors import printable, shortened
from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import JUDGED
from winwinwin.pages.summary import OUTCOMES
from winwinwin.pages.talk import Call, is_hidden_loss, why
from winwinwin.pages.words import had
from winwinwin.report.shared import Shared, Values, name_of
from winwinwin.stats.dimensions import DATE_PARTS, date_part
from winwinwin.stats.groups import levers_of

MOST_NOTES = 160
"""How many characters of a call's notes the page shows."""


def talk_data(
    calls: Sequence[Call], rulebook: Rulebook, values: Values, period: str, shared: Shared
) -> Mapping[str, Any]:
    """Return the kinds of the calls, and name, day, period, notes, kind and groups of each."""
    numbers: dict[Facts, int] = {}
    kinds: list[list[Any]] = []
    rows = []
    listed = {name: _places(found) for name, found in values.items() if found}
    for call in calls:
        facts = call.judgement.facts
        if facts not in numbers:
            numbers[facts] = len(kinds)
            kinds.append(kind_row(call.judgement, rulebook, shared))
        rows.append([*_about(call, period), numbers[facts], _groups(call, listed)])
    return {"kinds": kinds, "rows": rows}


def kind_row(judgement: Judgement, rulebook: Rulebook, shared: Shared) -> list[Any]:
    """Return verdict, triple, reason, whether it is a hidden loss, its cell of the matrix, its levers."""
    facts = judgement.facts
    return [
        JUDGED.index(judgement.verdict),
        judgement.triple,
        shared.number(why(judgement, rulebook)),
        int(is_hidden_loss(judgement)),
        len(OUTCOMES) * OUTCOMES.index(facts.salesperson) + OUTCOMES.index(facts.customer),
        [shared.number(had(remedy)) for remedy in levers_of(judgement)],
    ]


def _about(call: Call, period: str) -> list[str]:
    when = call.date.isoformat() if call.date else ""
    within = date_part(call.date, DATE_PARTS[period]) if call.date and period else ""
    return [name_of(call.name), when, within, shortened(printable(call.notes or ""), MOST_NOTES)]


def _places(found: Sequence[str | None]) -> dict[str | None, int]:
    return {value: place for place, value in enumerate(found)}


def _groups(call: Call, listed: Mapping[str, Mapping[str | None, int]]) -> list[int | str]:
    """Return the place of each listed value, or the name of another."""
    values = {name: call.groups.get(name) for name in listed}
    return [listed[name].get(value, name_of(value)) for name, value in values.items()]
