"""What a person reads about one interaction: the verdict on a panel, and the full explanation."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from winwinwin.facts import PARTIES, value_of
from winwinwin.kernel.judgement import ConditionFinding, Judgement, RuleFinding
from winwinwin.kernel.rulebook import Rulebook, Stamp
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.blocks import Block, Line, Table, Text, Title, Triple, line
from winwinwin.pages.words import (
    FACTS,
    OUTCOME_TONES,
    STATUSES,
    books_sentence,
    consequence,
    duration,
    had,
    organization_words,
    questions,
    setting_words,
    value_words,
    verdict_sentence,
)
from winwinwin.vocabulary import Tone

if TYPE_CHECKING:
    from winwinwin.analysis.why import Slip

ANONYMOUS = "Interaction"
"""The title of a record without an id."""


def panel(name: str | None, judgement: Judgement, rulebook: Rulebook) -> list[Block]:
    """Say the verdict of one interaction: who won, which rule decided, and what would change it."""
    return [
        Title(Text(name or ANONYMOUS, "strong")),
        triple(judgement, rulebook),
        line(Text(verdict_sentence(judgement), WORDINGS[judgement.verdict].tone)),
        *rule_line(judgement, rulebook),
        *assumed_line(judgement),
        *needs_line(judgement),
        *remedy_lines(judgement),
        *note_lines(judgement, rulebook),
        *books_line(judgement),
    ]


def explanation(
    name: str | None,
    judgement: Judgement,
    rulebook: Rulebook,
    stamp: Stamp,
    slips: "Iterable[Slip]" = (),
    asked: Sequence[Block] = (),
) -> list[Block]:
    """Explain a judgement to somebody who has never seen the rulebook; what was asked comes first."""
    from winwinwin.pages.why import firmness_blocks, reasons_blocks  # a panel needs none

    return [
        Title(Text(name or ANONYMOUS, "strong")),
        triple(judgement, rulebook),
        line(Text(verdict_sentence(judgement), WORDINGS[judgement.verdict].tone)),
        *rule_line(judgement, rulebook),
        *books_line(judgement),
        line(str(stamp), label="rulebook"),
        *asked,
        *reasons_blocks(judgement),
        *firmness_blocks(judgement, slips),
        Title(Text("What is known"), depth=1),
        facts_table(judgement),
        *assumption_lines(judgement, rulebook),
        Title(Text("The rules: the first that fires decides"), depth=1),
        *rules_blocks(judgement, rulebook),
        Title(Text("Order and time"), depth=1),
        order_line(judgement),
        gap_line(judgement),
        *notes_blocks(judgement, rulebook),
        Title(Text("What would make it WIN/WIN/WIN"), depth=1),
        *(needs_line(judgement)),
        *(remedy_lines(judgement) or [line("Nothing to change: it already is.")]),
    ]


def triple(judgement: Judgement, rulebook: Rulebook) -> Triple:
    shown = judgement.triple.split("/")
    return Triple(
        tuple(
            (party, Text(outcome, OUTCOME_TONES[outcome]))
            for party, outcome in zip(rulebook.parties, shown, strict=True)
        )
    )


def rule_line(judgement: Judgement, rulebook: Rulebook) -> list[Line]:
    if judgement.rule is not None:
        rule = rulebook.rule(judgement.rule)
        return [line(Text(rule.id, "strong"), f" ({consequence(rule)}). {rule.says}", label="rule")]
    if WORDINGS[judgement.verdict].organization is None:
        return []
    either = [finding.id for finding in judgement.rules if finding.status == "open"]
    return [
        line(
            f"{' or '.join(either)}: one of them fires, whatever the missing facts are",
            label="rule",
        )
    ]


def assumed_line(judgement: Judgement) -> list[Line]:
    if not judgement.assumed:
        return []
    return [line("; ".join(map(setting_words, judgement.assumed)), label="assumed")]


def needs_line(judgement: Judgement) -> list[Line]:
    if not judgement.needs:
        return []
    return [line(questions(judgement.needs), label="ask")]


def remedy_lines(judgement: Judgement) -> list[Line]:
    if judgement.verdict is Verdict.WIN_WIN_WIN:
        return []
    if not judgement.remedies:
        return [line("no change to the facts would make it WIN/WIN/WIN", label="remedy")]
    first, *others = judgement.remedies
    return [
        line("it would be WIN/WIN/WIN if ", Text(had(first), "strong"), label="remedy"),
        *(line("if ", Text(had(remedy), "strong"), label="or") for remedy in others),
    ]


def note_lines(judgement: Judgement, rulebook: Rulebook) -> list[Line]:
    return [line(note.says, label="note") for note in rulebook.notes if note.id in judgement.notes]


def books_line(judgement: Judgement) -> list[Line]:
    sentence = books_sentence(judgement)
    tone: Tone = "lost" if judgement.contradicts_books else "plain"
    return [line(Text(sentence, tone), label="books")] if sentence else []


def facts_table(judgement: Judgement) -> Table:
    """List every fact with its value and where it comes from."""
    known = judgement.known
    rows = []
    for fact, origin in judgement.origins.items():
        value = value_of(known, fact)
        tone: Tone = "muted" if value is None else "plain"
        said = Text(origin or "not needed", "muted")
        rows.append((Text(FACTS[fact]), Text(value_words(value), tone), said))
    return Table(("fact", "value", "origin"), tuple(rows))


def assumption_lines(judgement: Judgement, rulebook: Rulebook) -> list[Line]:
    assumed = set(judgement.assumed)
    return [
        line(f"{FACTS[a.fact]}: {value_words(a.value)}, because {a.why}", label="assumed")
        for a in rulebook.assumptions
        if (a.fact, a.value) in assumed
    ]


def rules_blocks(judgement: Judgement, rulebook: Rulebook) -> Iterator[Block]:
    for place, finding in enumerate(judgement.rules, start=1):
        rule = rulebook.rule(finding.id)
        status, tone = STATUSES[finding.status]
        decides = " and decides" if finding.id == judgement.rule else ""
        said = f"{place}. {rule.title} ({rule.id}, {consequence(rule)}): {status}{decides}"
        yield Title(Text(said, tone), depth=2)
        yield line(f"{rule.says} Then the organization {organization_words(rule)}. {rule.why}")
        yield conditions_table(finding)
        yield from why_not(finding, judgement, rulebook)


def conditions_table(finding: RuleFinding) -> Table:
    rows = []
    for condition in finding.conditions:
        met = condition.value == condition.wanted
        found = Text(value_words(condition.value), "strong" if met else "plain")
        rows.append(
            (
                Text(_joint(condition, finding)),
                Text(FACTS[condition.fact]),
                Text(value_words(condition.wanted)),
                found,
                Text(condition.origin, "muted"),
            )
        )
    return Table(("", "fact", "needed", "found", "origin"), tuple(rows))


def _joint(condition: ConditionFinding, finding: RuleFinding) -> str:
    """Say how a condition is joined to the one above it."""
    index = finding.conditions.index(condition)
    if index == 0:
        return "if"
    above = finding.conditions[index - 1]
    return "and" if above.alternative == condition.alternative else "or if"


def why_not(finding: RuleFinding, judgement: Judgement, rulebook: Rulebook) -> list[Line]:
    """Say why a rule did not decide."""
    if finding.id == judgement.rule:
        return []
    if finding.status == "fired" and judgement.rule is None:
        return [
            line("It fires, but the missing facts could still change the verdict.", label="why")
        ]
    if finding.status == "fired":
        return [line("It fires too, but an earlier rule decides.", label="why")]
    if finding.status == "not_fired":
        unmet = [c for c in finding.conditions if c.value is not None and c.value != c.wanted]
        reasons = "; ".join(
            f"{FACTS[c.fact]}: {value_words(c.value)}, not {value_words(c.wanted)}" for c in unmet
        )
        return [line(reasons or "the missing facts cannot make it fire", label="why not")]
    absent = [c.fact for c in finding.conditions if c.value is None]
    # what an assumption looks at counts too: once it is known, the rest may be settled
    looked_at = {
        fact
        for assumption in rulebook.assumptions
        for conjunction in assumption.when
        for fact in conjunction
        if assumption.fact in absent and judgement.origins[fact] == "missing"
    }
    missing = [fact for fact in FACTS if fact in looked_at or fact in absent]
    said = "; ".join(FACTS[fact] for fact in missing)
    return [line(said, label="depends on")]


def order_line(judgement: Judgement) -> Line:
    right = ", then ".join(PARTIES)
    assumed = dict(judgement.assumed).get("order")
    order = assumed or judgement.order
    said = f"in the right order: {right}"
    if order != "kept":
        said = f"{value_words(order)}; the right order is {right}"
    return line(f"not recorded; assumed to be {said}" if assumed else said, label="order")


def gap_line(judgement: Judgement) -> Line:
    if judgement.gap is None:
        return line("not recorded; it needs both times", label="gap")
    later = (
        "the customer won first" if judgement.gap.total_seconds() < 0 else "the shorter the better"
    )
    return line(
        f"{duration(judgement.gap)} from the salesperson's win to the customer's ({later})",
        label="gap",
    )


def notes_blocks(judgement: Judgement, rulebook: Rulebook) -> list[Block]:
    lines = note_lines(judgement, rulebook)
    return [Title(Text("What else the source says"), depth=1), *lines] if lines else []
