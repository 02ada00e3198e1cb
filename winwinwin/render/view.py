"""The words of the program: labels and sentences, shared by everything that a person reads."""

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta

from winwinwin import vocabulary
from winwinwin.errors import count
from winwinwin.facts import Facts, Setting, Value, both_won, word
from winwinwin.judgement import WORDINGS, Judgement, Remedy, RuleStatus, Verdict
from winwinwin.render.blocks import Text
from winwinwin.rulebook import Rule
from winwinwin.vocabulary import FACT, Tone

FACTS: dict[str, str] = {fact.name: fact.label for fact in vocabulary.FACTS}
"""What comes before each fact's value."""

VALUES: dict[Value | None, str] = {
    True: "yes",
    False: "no",
    "customer_first": "customer first",
    "organization_early": "organization too early",
    None: "not recorded",
}

STATUSES: dict[RuleStatus, tuple[str, Tone]] = {
    "fired": ("fired", "strong"),
    "not_fired": ("did not fire", "muted"),
    "open": ("open", "open"),
}

OUTCOME_TONES: dict[str, Tone] = {"WIN": "won", "LOSE": "lost", "?": "open"}


def value_words(value: Value | None) -> str:
    return VALUES.get(value, word(value))


BROKEN = "customer first or organization too early"
"""The orders that most rules tell only from a kept one."""


def values_words(values: Sequence[Value | None]) -> str:
    """Say the values that a fact may have: `won or ?`."""
    words = " or ".join("?" if value is None else value_words(value) for value in values)
    return words.replace(BROKEN, "broken")


def kind_words(kind: Facts) -> str:
    """Say what is recorded of a kind: `customer: lost; order of the wins: kept`."""
    recorded = kind._asdict().items()
    said = (f"{FACTS[fact]}: {value_words(value)}" for fact, value in recorded if value is not None)
    return "; ".join(said) or "nothing is recorded"


def setting_words(setting: Setting) -> str:
    return f"{FACTS[setting.fact]}: {value_words(setting.value)}"


def had(remedy: Remedy) -> str:
    """Say a remedy as what might have been: `the customer had won`, to be read after "if"."""
    return listed([FACT[change.fact].had[change.value] for change in remedy], "and")


def if_had(remedies: Iterable[Remedy]) -> str:
    """Say the alternatives one after the other: `if the customer had won, or if ...`."""
    return ", or ".join(f"if {had(remedy)}" for remedy in remedies)


def remedy_code(remedy: Remedy) -> str:
    """Write a remedy as the flat formats do: `customer=won&order=kept`."""
    return "&".join(map(str, remedy))


def remedies_code(remedies: Iterable[Remedy]) -> str:
    return ";".join(map(remedy_code, remedies))


def consequence(rule: Rule) -> str:
    return "a rule of the house" if rule.consequence is None else f"consequence {rule.consequence}"


def organization_words(rule: Rule) -> str:
    return "wins" if rule.organization == "won" else "loses"


def verdict_text(verdict: Verdict) -> Text:
    return Text(WORDINGS[verdict].label, WORDINGS[verdict].tone, whole=True)


def verdict_sentence(judgement: Judgement) -> str:
    """Say the verdict, with the order that was broken or the verdicts that can still come."""
    sentence = WORDINGS[judgement.verdict].sentence
    if judgement.organization == "won" and not both_won(judgement.facts):  # by a house rule
        sentence = sentence.replace("Everybody won", "The organization wins")
    if judgement.verdict is Verdict.OUT_OF_ORDER and judgement.order is not None:
        return f"{sentence[:-1]}: {value_words(judgement.order)}."
    if judgement.verdict is Verdict.UNDETERMINED:
        still = listed([WORDINGS[verdict].label for verdict in judgement.possible], "or")
        return f"{sentence} It can still be {still}."
    return sentence


def books_sentence(judgement: Judgement) -> str:
    """Compare the ruled outcome of the organization with the booked one; '' where it can't be."""
    if judgement.contradicts_books is None:
        return ""
    booked = value_words(judgement.facts.organization)
    if judgement.contradicts_books:
        return f"The books say {booked}: they contradict the rules."
    return f"The books say {booked} too."


def listed(words: Sequence[str], conjunction: str) -> str:
    """Join words as a sentence does: `a, b or c`."""
    if len(words) < 2:  # noqa: PLR2004  # one word has nothing to be joined to
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def duration(gap: timedelta | float) -> str:
    """Say a length of time in its two largest units; a minus sign means the customer came first."""
    seconds = round(gap.total_seconds() if isinstance(gap, timedelta) else gap)
    parts = []
    rest = abs(seconds)
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        number, rest = divmod(rest, length)
        if number:
            parts.append(f"{number} {unit}")
    sign = "-" if seconds < 0 else ""
    return sign + (" ".join(parts[:2]) or "0 s")


def percent(share: float) -> str:
    """Write a share in whole percent; a half is rounded up, as the report's script does."""
    return f"{math.floor(100 * share + 0.5)}%"


def share(number: int, total: int) -> float:
    return number / total if total else 0.0


NOT_JUDGED = "not judged"
"""What stands before the count of what could not be."""


def unjudged_words(invalid: int, unread: int) -> str:
    """Count what could not be judged: `1 invalid record and 2 unread sources`."""
    numbers = ((invalid, "invalid record"), (unread, "unread source"))
    return " and ".join(count(number, one) for number, one in numbers if number)


def interactions(number: int) -> str:
    return count(number, "interaction")
