"""What a person reads about the rulebook."""

from winwinwin.facts import PARTIES
from winwinwin.kernel.rulebook import Rule, Rulebook
from winwinwin.pages.blocks import Block, Table, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.pages.words import FACTS, consequence, organization_words, value_words


def rules_page(rulebook: Rulebook) -> Page:
    """List the rules in precedence order, then the assumptions and the order of the wins."""
    return Page(
        blocks=rules_blocks(rulebook),
        data=lambda: [rule.model_dump(mode="json") for rule in rulebook.rules],
    )


def rules_blocks(rulebook: Rulebook) -> list[Block]:
    rows = tuple(
        (
            Text(f"{place}."),
            Text(rule.id, "strong"),
            Text(consequence(rule)),
            Text(organization_words(rule), rule.organization),
            Text(rule.says),
        )
        for place, rule in enumerate(rulebook.rules, start=1)
    )
    return [
        Title(Text(f"{rulebook.title}: the first rule that fires decides", "strong")),
        Table(("", "rule", "source", "organization", "fires when"), rows),
        *_assumptions(rulebook),
        line(", then ".join(PARTIES), label="order of the wins"),
    ]


def _assumptions(rulebook: Rulebook) -> list[Block]:
    if not rulebook.assumptions:
        return [Title(Text("Nothing is assumed"))]
    return [Title(Text("Assumed if not recorded")), assumptions_table(rulebook)]


def assumptions_table(rulebook: Rulebook) -> Table:
    rows = tuple(
        (Text(FACTS[a.fact]), Text(value_words(a.value)), Text(conditions(a.when)))
        for a in rulebook.assumptions
    )
    return Table(("fact", "assumed", "when"), rows)


def rule_page(rule: Rule, rulebook: Rulebook) -> Page:
    """Show one rule in full."""
    return Page(blocks=rule_blocks(rule, rulebook), data=lambda: rule.model_dump(mode="json"))


def rule_blocks(rule: Rule, rulebook: Rulebook) -> list[Block]:
    place = rulebook.rules.index(rule) + 1
    facts = {fact for conjunction in rule.when for fact in conjunction}
    assumptions = [
        line(
            f"{FACTS[a.fact]}: {value_words(a.value)}, when {conditions(a.when)}",
            label="assumed where not recorded",
        )
        for a in rulebook.assumptions
        if a.fact in facts
    ]
    return [
        Title(Text(rule.title, "strong")),
        line(rule.id, label="id"),
        line(f"{consequence(rule)}, {rulebook.source}", label="source"),
        line(f"{place} of {len(rulebook.rules)}", label="precedence"),
        line(rule.says, label="says"),
        line(conditions(rule.when), label="fires when"),
        line(Text(organization_words(rule), rule.organization), label="organization"),
        line(rule.why, label="why"),
        *assumptions,
    ]


def conditions(alternatives: tuple[dict[str, str | bool], ...]) -> str:
    """Say when one of the alternatives holds: `customer: lost and ..., or ...`."""
    return ", or ".join(
        " and ".join(f"{FACTS[fact]}: {value_words(value)}" for fact, value in conjunction.items())
        for conjunction in alternatives
    )
