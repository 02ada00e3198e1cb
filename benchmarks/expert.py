"""What an expert would write for the same records: pydantic, if and else, json.

`expert.py yaml FILE OUT` judges what ryaml loads; `expert.py validate FILE` only reads lines of JSON.
"""

import datetime as dt
import json
import sys
from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

OUTCOMES = {
    **dict.fromkeys(("won", "win", "w"), "won"),
    **dict.fromkeys(("lost", "lose", "loss", "l"), "lost"),
    **dict.fromkeys(("unknown", "?", ""), None),
}
ANSWERS = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
    **dict.fromkeys(("unknown", "?", ""), None),
}
WORDS = {"won": "WIN", "lost": "LOSE", None: "?"}


def outcome(value: Any) -> Any:
    return None if value is None else OUTCOMES[str(value).strip().lower()]


def answer(value: Any) -> Any:
    return value if isinstance(value, bool | None) else ANSWERS[str(value).strip().lower()]


def bare(value: Any) -> Any:
    return value if isinstance(value, dict) else {"outcome": value}


Outcome = Annotated[Literal["won", "lost"] | None, BeforeValidator(outcome)]
Answer = Annotated[bool | None, BeforeValidator(answer)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Salesperson(Model):
    outcome: Outcome = None
    feels_good: Answer = None
    believes_lost_for_customer: Answer = None


class Customer(Model):
    outcome: Outcome = None
    believes_salesperson: Outcome = None


class Organization(Model):
    outcome: Outcome = None


class Record(Model):
    id: str | None = None
    date: dt.date | None = None
    employee: str | None = None
    channel: str | None = None
    notes: str | None = None
    salesperson: Annotated[Salesperson, BeforeValidator(bare)] = Salesperson()
    customer: Annotated[Customer, BeforeValidator(bare)] = Customer()
    organization: Annotated[Organization, BeforeValidator(bare)] = Organization()
    order: list[Literal["salesperson", "customer", "organization"]] | None = None


def ruled(record: Record) -> tuple[str, str | None, str | None]:
    seller, buyer = record.salesperson.outcome, record.customer.outcome
    good, sacrifice = record.salesperson.feels_good, record.salesperson.believes_lost_for_customer
    believed = record.customer.believes_salesperson or seller
    if sacrifice is None and seller and buyer:
        sacrifice = seller == "lost" and buyer == "won"
    if good is None and seller == "won":
        good = True
    if good is False or sacrifice:
        return "organization_loses", "lost", "disgruntled-salesperson"
    if buyer == "lost" and believed == "won":
        return "organization_loses", "lost", "beaten-customer"
    if seller == buyer == "won":
        order = record.order or []
        is_late = {"customer", "salesperson"} <= set(order)
        is_late = is_late and order.index("customer") < order.index("salesperson")
        return "out_of_order" if is_late else "win_win_win", "won", "mutual-win"
    is_open = seller is None or buyer is None or good is None
    return "undetermined" if is_open else "not_covered", None, None


def judged(record: Record) -> dict[str, Any]:
    verdict, organization, rule = ruled(record)
    booked = record.organization.outcome
    parties = (record.salesperson.outcome, record.customer.outcome, organization)
    return {
        "id": record.id,
        "verdict": verdict,
        "organization": organization,
        "triple": "/".join(WORDS[each] for each in parties),
        "rule": rule,
        "contradicts_books": None if None in (booked, organization) else booked != organization,
        "date": record.date and record.date.isoformat(),
        "employee": record.employee,
        "channel": record.channel,
        "notes": record.notes,
    }


def judge_yaml(source: str, target: str) -> None:
    import ryaml

    verdicts: Counter[str] = Counter()
    with open(source, encoding="utf-8") as stream, open(target, "w", 1 << 20) as out:
        for each in ryaml.load(stream):
            found = judged(Record.model_validate(each))
            verdicts[found["verdict"]] += 1
            out.write(json.dumps(found) + "\n")
    print(verdicts)


def validate(source: str) -> None:
    read = Record.__pydantic_validator__.validate_json
    with open(source, "rb") as lines:
        for line in lines:
            read(line)


{"yaml": judge_yaml, "validate": validate}[sys.argv[1]](*sys.argv[2:])
