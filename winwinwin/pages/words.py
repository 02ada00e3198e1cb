"""Labels and sentences, shared by everything that a person reads."""

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta

from winwinwin import vocabulary
from winwinwin.errors import count
from winwinwin.facts import Facts, Setting, Value, both_won, word
from winwinwin.kernel.judgement import Judgement, RuleStatus, Settings
from winwinwin.kernel.rulebook import Rule
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.blocks import Text
from winwinwin.stats.bounds import Bounds
from winwinwin.vocabulary import FACT, Tone

FACTS: dict[str, str] = {fact.name: fact.label for fact in vocabulary.FACTS}
"""The label of each fact."""

VALUES: dict[Value | None, str] = {
    True: "yes",
    False: "no",
    "kept": "right",
    "customer_first": "customer first",
    "organization_early": "organization too early",
    None: "not recorded",
}

STATUSES: dict[RuleStatus, tuple[str, Tone]] = {
    "fired": ("fired", "strong"),
    "not_fired": ("did not fire", "muted"),
    "open": ("may still fire", "open"),
}

OUTCOME_TONES: dict[str, Tone] = {"WIN": "won", "LOSE": "lost", "?": "open"}


def and_more(number: int) -> str:
    """Count what is not listed, and say how to get it."""
    return f"and {number:,} more: -o verdicts.csv writes them all"


def value_words(value: Value | None) -> str:
    return VALUES.get(value, word(value))


WRONG_ORDERS = ("customer_first", "organization_early")
"""The orders that most rules treat alike: together they are the wrong order."""


def values_words(values: Sequence[Value | None]) -> str:
    """List the values that a fact may have: `won or ?`."""
    words = {value: "?" if value is None else value_words(value) for value in values}
    if words.keys() >= set(WRONG_ORDERS):
        words |= dict.fromkeys(WRONG_ORDERS, "wrong")
    return " or ".join(dict.fromkeys(words.values()))


def kind_words(kind: Facts) -> str:
    """Say what a kind has recorded: `customer: lost; order of the wins: right`."""
    recorded = kind._asdict().items()
    said = (f"{FACTS[fact]}: {value_words(value)}" for fact, value in recorded if value is not None)
    return "; ".join(said) or "nothing recorded"


def setting_words(setting: Setting) -> str:
    return f"{FACTS[setting.fact]}: {value_words(setting.value)}"


def had(remedy: Settings) -> str:
    """Say a remedy as what might have been: `the customer had won`, to be read after "if"."""
    return listed([FACT[change.fact].had[change.value] for change in remedy], "and")


def stated(setting: Setting) -> str:
    """Say a fact with its value as a statement: `the customer won`."""
    return FACT[setting.fact].states[setting.value]


def if_had(remedies: Iterable[Settings]) -> str:
    """Say the alternatives one after the other: `if the customer had won, or if ...`."""
    return ", or ".join(f"if {had(remedy)}" for remedy in remedies)


def questions(facts: Iterable[str]) -> str:
    """Ask for facts, one after the other, in the words of the form."""
    return " ".join(FACT[fact].question for fact in facts)


HELPED = "what would have helped"
"""The heading of what `helped` says."""


def helped(judgement: Judgement) -> str:
    """Say what would have made it WIN/WIN/WIN, of the undetermined what to ask; '' for nothing."""
    if judgement.verdict is Verdict.UNDETERMINED:
        return f"Ask: {questions(judgement.needs)}"
    return if_had(judgement.remedies)


def remedy_code(remedy: Settings) -> str:
    """Write a remedy as the flat formats do: `customer=won&order=kept`."""
    return "&".join(map(str, remedy))


def remedies_code(remedies: Iterable[Settings]) -> str:
    return ";".join(map(remedy_code, remedies))


def consequence(rule: Rule) -> str:
    return "house rule" if rule.consequence is None else f"consequence {rule.consequence}"


def organization_words(rule: Rule) -> str:
    return "wins" if rule.organization == "won" else "loses"


def verdict_text(verdict: Verdict) -> Text:
    return Text(WORDINGS[verdict].label, WORDINGS[verdict].tone, whole=True)


def verdict_sentence(judgement: Judgement) -> str:
    """Say the verdict, with the wrong order or the verdicts that are still possible."""
    words = WORDINGS[judgement.verdict]
    sentence = words.sentence if both_won(judgement.facts) else words.without_both or words.sentence
    if judgement.verdict is Verdict.OUT_OF_ORDER and judgement.order is not None:
        return f"{sentence[:-1]}: {value_words(judgement.order)}."
    if judgement.verdict is Verdict.UNDETERMINED:
        still = listed([WORDINGS[verdict].label for verdict in judgement.possible], "or")
        return f"{sentence} It could still be {still}."
    return sentence


def books_sentence(judgement: Judgement) -> str:
    """Compare what the books and the rules say; '' where either says nothing."""
    if judgement.contradicts_books is None:
        return ""
    booked, ruled = judgement.facts.organization, judgement.organization
    if judgement.contradicts_books:
        return f"The books say the organization {booked}; the rules say it {ruled}."
    return f"The books agree: the organization {booked}."


def listed(words: Sequence[str], conjunction: str) -> str:
    """Join words as a sentence does: `a, b or c`."""
    if len(words) < 2:  # noqa: PLR2004  # one word has nothing to be joined to
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def duration(gap: timedelta | float) -> str:
    """Write a length of time in its two largest units; with a minus sign the customer came first."""
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
    """Write a share in whole percent; halves are rounded up, as in the report's script."""
    return f"{math.floor(100 * share + 0.5)}%"


FEW = 10
"""Below so many interactions a share is said as a number of them: 33% of 3 sounds like more."""


def share_words(found: Bounds) -> str:
    """Write a share with its bounds: `52%, up to 60%`, or `1 of 3, up to 2`; one where both agree."""
    return ", ".join(filter(None, (sure_words(found), possible_words(found))))


def sure_words(found: Bounds) -> str:
    """Write what a share is at least: `52%`, or `1 of 3`."""
    if found.fewest_of < FEW:
        return f"{found.sure:,} of {found.fewest_of:,}"
    return percent(found.share_sure)


def possible_words(found: Bounds) -> str:
    """Write what a share is at most, once everything is known: `up to 60%`; '' where it is the same."""
    if found.fewest_of >= FEW:
        most = percent(found.share_possible)
        return "" if most == sure_words(found) else f"up to {most}"
    if (found.possible, found.most_of) == (found.sure, found.fewest_of):
        return ""
    of = "" if found.most_of == found.fewest_of else f" of {found.most_of:,}"
    return f"up to {found.possible:,}{of}"


def undetermined(number: int) -> str:
    """Count what is undetermined: `4 undetermined`."""
    return f"{number:,} undetermined"


def once_known(number: int) -> str:
    return f"once {undetermined(number)} {'is' if number == 1 else 'are'} known"


def undecided(number: int) -> str:
    """Say that a change may be significant or not; with 0 for what other changes turn out to be."""
    return f"may be significant: {undetermined(number) if number else 'others are undetermined'}"


def is_rate(*found: Bounds) -> bool:
    """Tell whether shares are of enough interactions to be said in percent."""
    return min(each.fewest_of for each in found) >= FEW


def interval_words(found: Bounds) -> str:
    """Write the 95% interval around the bounds of a share; '' where there are too few for a rate."""
    if found.fewest_of < FEW:
        return ""
    low, high = map(percent, found.interval)
    return low if low == high else f"{low} to {high}"


def share(number: int, total: int) -> float:
    return number / total if total else 0.0


NOT_JUDGED = "not judged"
"""The label of what `unjudged_words` counts."""


def unjudged_words(invalid: int, unreadable: int) -> str:
    """Count what could not be judged: `1 invalid record and 2 unreadable sources`."""
    numbers = ((invalid, "invalid record"), (unreadable, "unreadable source"))
    return " and ".join(count(number, one) for number, one in numbers if number)


def interactions(number: int) -> str:
    return count(number, "interaction")
