"""The rules of rulebook.yaml and what names them, as tests/builtin.py writes them."""

from typing import Any

RULEBOOK: dict[str, Any] = {
    "title": "Confusion About Win/Win",
    "source": "Kit Grant, Confusion About Win/Win",
    "parties": ("salesperson", "customer", "organization"),
    "assumptions": (
        {
            "fact": "salesperson_feels_good",
            "value": True,
            "when": ({"salesperson": "won"},),
            "why": "they won",
        },
        {
            "fact": "salesperson_believes_lost_for_customer",
            "value": True,
            "when": ({"salesperson": "lost", "customer": "won"},),
            "why": "they lost while the customer won",
        },
        {
            "fact": "salesperson_believes_lost_for_customer",
            "value": False,
            "when": (
                {"salesperson": "won", "customer": "won"},
                {"salesperson": "won", "customer": "lost"},
                {"salesperson": "lost", "customer": "lost"},
            ),
            "why": "they did not lose while the customer won",
        },
        {
            "fact": "customer_believes_salesperson",
            "value": "won",
            "when": ({"salesperson": "won"},),
            "why": "the salesperson won",
        },
        {
            "fact": "customer_believes_salesperson",
            "value": "lost",
            "when": ({"salesperson": "lost"},),
            "why": "the salesperson lost",
        },
        {
            "fact": "order",
            "value": "kept",
            "when": ({"salesperson": "won", "customer": "won"},),
            "why": "both won and no other order is recorded",
        },
    ),
    "rules": (
        {
            "id": "disgruntled-salesperson",
            "title": "Disgruntled salesperson",
            "consequence": 3,
            "when": (
                {"salesperson_feels_good": False},
                {"salesperson_believes_lost_for_customer": True},
            ),
            "organization": "lost",
            "says": "The salesperson feels bad about the work, or feels they lost so that the customer could win.",
            "why": "Those feelings spill over to clients, co-workers and family, and the organization ends up with disgruntled people.",
        },
        {
            "id": "beaten-customer",
            "title": "Beaten customer",
            "consequence": 2,
            "when": ({"customer": "lost", "customer_believes_salesperson": "won"},),
            "organization": "lost",
            "says": "The customer lost and thinks the salesperson won.",
            "why": "Such a customer does not come back and warns others, so the organization always loses.",
        },
        {
            "id": "mutual-win",
            "title": "Mutual win",
            "consequence": 1,
            "when": ({"salesperson": "won", "customer": "won"},),
            "organization": "won",
            "says": "The salesperson won and the customer won.",
            "why": "When both win, the organization wins too.",
        },
    ),
    "notes": (
        {
            "id": "salesperson_lost",
            "when": ({"salesperson": "lost"},),
            "says": "A salesperson who never gets a win soon leaves the business.",
        },
        {
            "id": "customer_first",
            "when": ({"order": "customer_first"},),
            "says": "Putting the customer first turns service into servitude, and standards and sales fall.",
        },
    ),
}
FINGERPRINTS = {True: "bc191029b6a3e682", False: "fbc5cf0e2cabdbd7"}
"""With the assumptions, and without."""
