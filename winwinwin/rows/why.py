"""What was asked about a judgement, as objects for JSON."""

from typing import Any

from winwinwin.analysis.why import Comparison, WhyNot


def why_not_object(said: WhyNot) -> dict[str, Any]:
    return {
        "verdict": said.verdict.value,
        "changes": [dict(way) for way in said.changes],
        "rules": [
            {
                "id": each.rule,
                "part": each.part,
                "conditions": [condition._asdict() for condition in each.conditions],
            }
            for each in said.obstacles
        ],
    }


def against_object(said: Comparison, record_id: str | None) -> dict[str, Any]:
    return {
        "id": record_id,
        "verdict": said.verdict.value,
        "same": dict(said.same),
        "differs": {fact: list(pair) for fact, pair in said.differs.items()},
        "decisive": [list(facts) for facts in said.decisive],
    }
