"""A rulebook with a part left out, to find out what that part does."""

from winwinwin.kernel.rulebook import Alternatives, Rule, Rulebook


def without_rule(rulebook: Rulebook, place: int) -> Rulebook:
    rules = (*rulebook.rules[:place], *rulebook.rules[place + 1 :])
    return rulebook.unchecked(rules=rules)


def without_assumption(rulebook: Rulebook, place: int) -> Rulebook:
    assumptions = (*rulebook.assumptions[:place], *rulebook.assumptions[place + 1 :])
    return rulebook.unchecked(assumptions=assumptions)


def with_conditions(rulebook: Rulebook, place: int, when: Alternatives) -> Rulebook:
    """Return the rulebook with other conditions for one of its rules, possibly none."""
    rules = list(rulebook.rules)
    rules[place] = rules[place].unchecked(when=when)
    return rulebook.unchecked(rules=tuple(rules))


def without_alternative(rule: Rule, index: int) -> Alternatives:
    return (*rule.when[:index], *rule.when[index + 1 :])


def without_fact(rule: Rule, index: int, fact: str) -> Alternatives:
    less = {name: value for name, value in rule.when[index].items() if name != fact}
    return (*rule.when[:index], less, *rule.when[index + 1 :])
