"""Laws of what enumeration tells of a rulebook, over random valid ones and in both modes.

Every claim is counted again here, in plain loops over the whole table.
"""

from collections import Counter
from itertools import combinations

import ladder
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rulebooks import rulebooks

from winwinwin.analysis.checks import Finding, findings
from winwinwin.analysis.difference import difference, rows
from winwinwin.analysis.table import COLUMNS, compressed, decision, decision_table, kinds, spread
from winwinwin.evaluation import Judge, fingerprint
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.judging import judge_kind
from winwinwin.kernel.rulebook import Assumption, Rulebook, builtin
from winwinwin.kernel.ruling import Rulings
from winwinwin.kernel.verdict import Verdict

BOTH_MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "not assuming"])
few = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
"""Each example judges a thousand kinds, some of them several times."""


def table(rulebook: Rulebook, assuming: bool = True) -> tuple[Judgement, ...]:
    return decision_table(Judge(rulebook, assumptions=assuming))


# The table.


@BOTH_MODES
def test_the_table_has_the_judgement_of_every_kind(assuming: bool) -> None:
    rulebook = builtin() if assuming else builtin().without_assumptions()
    whole = table(builtin(), assuming)
    assert [judgement.facts for judgement in whole] == list(every_kind())
    assert whole[::37] == tuple(
        judge_kind(kind, Rulings(rulebook)) for kind in list(every_kind())[::37]
    )


@few
@given(rulebooks(), st.booleans())
def test_the_compressed_table_expands_to_the_full_one(rulebook: Rulebook, assuming: bool) -> None:
    labels = {each.facts: decision(each) for each in table(rulebook, assuming)}
    expanded: dict[Facts, set[object]] = {kind: set() for kind in every_kind()}
    for row in compressed(labels):
        matched = [kind for kind in expanded if row.matches(kind)]
        assert len(matched) == row.kinds
        for kind in matched:
            expanded[kind].add(row.label)
    assert expanded == {kind: {label} for kind, label in labels.items()}


@few
@given(rulebooks(), st.booleans())
def test_no_row_of_the_compressed_table_can_be_left_out(rulebook: Rulebook, assuming: bool) -> None:
    found = compressed({each.facts: each.verdict for each in table(rulebook, assuming)})
    for spare in found:
        rest = [row for row in found if row is not spare]
        assert not all(any(row.matches(kind) for row in rest) for kind in every_kind())


@pytest.mark.parametrize(("assuming", "number"), [(True, 20), (False, 17)])
def test_the_built_in_table_fits_on_a_page(assuming: bool, number: int) -> None:
    labels = {each.facts: decision(each) for each in table(builtin(), assuming)}
    found = compressed(labels)
    assert len(found) == number
    assert all(
        set(values) <= set(column)
        for row in found
        for values, column in zip(row.values, COLUMNS.values(), strict=True)
    )
    blocks = [row.label for row in found]
    together = [label for place, label in enumerate(blocks) if blocks[place - 1] != label]
    assert len(together) == len(set(labels.values()))


def test_kinds_that_all_agree_are_one_row() -> None:
    [row] = compressed(dict.fromkeys(kinds(), "same"))
    assert row == (tuple(COLUMNS.values()), "same", 1026)


def test_the_spread_table_has_a_row_for_each_kind() -> None:
    found = spread({kind: place for place, kind in enumerate(kinds())})
    assert [row.label for row in found if row.matches(kinds()[17])] == [17]
    assert {row.kinds for row in found} == {1}


# The fingerprint.


def variants(rulebook: Rulebook) -> list[Rulebook]:
    """Return rulebooks that are a little different, or only worded differently."""
    data = rulebook.model_dump()
    first, *rest = data["rules"]
    other = {"won": "lost", "lost": "won"}[first["organization"]]
    spare = {"id": "zz-spare", "when": first["when"], "organization": first["organization"]}
    words = {"title": "", "says": "", "why": ""}
    changes = [
        {"title": "another", "source": "another"},
        {"rules": [first | words, *rest]},
        {"rules": data["rules"][::-1]},
        {"rules": [first | {"organization": other}, *rest]},
        {"rules": [*data["rules"], spare | words]},
        {"rules": [first | {"when": [*first["when"], *first["when"]]}, *rest]},
        {"rules": [first | {"consequence": 99}, *rest]},
        {"notes": ()},
        {"parties": data["parties"][::-1]},
        {"assumptions": ()},
        {"assumptions": data["assumptions"][::-1]},
        {"assumptions": data["assumptions"][1:]},
    ]
    return [Rulebook.model_validate(data | change) for change in changes]


@few
@given(rulebooks(), st.integers(0, 11), st.booleans())
def test_the_fingerprint_changes_exactly_when_a_judgement_does(
    rulebook: Rulebook, number: int, assuming: bool
) -> None:
    one = Judge(rulebook, assumptions=assuming)
    other = Judge(variants(rulebook)[number], assumptions=assuming)
    is_same = decision_table(one) == decision_table(other)
    assert (fingerprint(one) == fingerprint(other)) == is_same


def test_every_kind_of_change_but_the_wording_shows_in_the_fingerprint_of_the_built_in_rules() -> (
    None
):
    now = fingerprint(Judge())
    differing = [fingerprint(Judge(variant)) != now for variant in variants(builtin())]
    assert differing == [
        *(False, False, True, True, True, True, True),
        *(True, True, True, False, True),
    ]


def test_the_fingerprints_of_the_built_in_rules_stay_what_they_are() -> None:
    assert Judge().stamp == ("Confusion About Win/Win", "bc191029b6a3e682")
    assert fingerprint(Judge(assumptions=False)) == "fbc5cf0e2cabdbd7"


# Differences.


@few
@given(rulebooks())
def test_a_rulebook_does_not_differ_from_itself(rulebook: Rulebook) -> None:
    found = difference(Judge(rulebook), Judge(rulebook.model_copy(deep=True)))
    assert found == ({}, 0, True)
    assert rows(found.changed) == []


@few
@given(rulebooks(), rulebooks(), st.booleans())
def test_a_difference_is_the_same_from_both_sides(
    first: Rulebook, second: Rulebook, assuming: bool
) -> None:
    one, other = (Judge(book, assumptions=assuming) for book in (first, second))
    there, back = difference(one, other), difference(other, one)
    assert there.changed == {kind: change[::-1] for kind, change in back.changed.items()}
    assert (there.otherwise, there.is_same) == (back.otherwise, back.is_same)
    assert there.is_same == (fingerprint(one) == fingerprint(other))


@few
@given(rulebooks(), rulebooks())
def test_the_rows_of_a_difference_match_exactly_the_kinds_that_change(
    first: Rulebook, second: Rulebook
) -> None:
    changed = difference(Judge(first), Judge(second)).changed
    judged = zip(table(first), table(second), strict=True)
    assert changed == {
        one.facts: (one.verdict, other.verdict)
        for one, other in judged
        if one.verdict != other.verdict
    }
    found = rows(changed)
    matched = {kind: {row.label for row in found if row.matches(kind)} for kind in every_kind()}
    assert {kind: labels for kind, labels in matched.items() if labels} == {
        kind: {change} for kind, change in changed.items()
    }


def test_what_differs_though_no_verdict_does_is_counted() -> None:
    data = builtin().model_dump()
    swapped = [data["rules"][1], data["rules"][0], data["rules"][2]]
    found = difference(Judge(), Judge(Rulebook.model_validate(data | {"rules": swapped})))
    assert found.changed == {}
    assert found.otherwise == sum(
        {"disgruntled-salesperson", "beaten-customer"}
        <= {finding.id for finding in judgement.rules if finding.status == "fired"}
        for judgement in table(builtin())
    )
    assert not found.is_same


# Checks.


def named(found: list[Finding], name: str) -> dict[tuple[str, ...], Finding]:
    return {finding.subjects: finding for finding in found if finding.id == name}


def fired(judgement: Judgement) -> set[str]:
    return {finding.id for finding in judgement.rules if finding.status == "fired"}


def possible_of(rulebook: Rulebook, assuming: bool) -> list[set[Verdict]]:
    """Return what every kind can come to; alone it is told much faster than with its reasons."""
    of = ladder.remembered(rulebook if assuming else rulebook.without_assumptions())
    return [{ruling.verdict for ruling in of(kind)} for kind in every_kind()]


def verdicts_of(rulebook: Rulebook, assuming: bool) -> list[Verdict]:
    possible = possible_of(rulebook, assuming)
    return [v.pop() if len(v) == 1 else Verdict.UNDETERMINED for v in possible]


@few
@given(rulebooks(), st.booleans())
def test_gaps_conflicts_and_verdicts_hold_when_counted_again(
    rulebook: Rulebook, assuming: bool
) -> None:
    whole = table(rulebook, assuming)
    found = findings(Judge(rulebook, assumptions=assuming))
    counts = Counter(judgement.verdict for judgement in whole)
    assert [finding.kinds for finding in found if finding.id == "gap"] == (
        [counts[Verdict.NOT_COVERED]] if counts[Verdict.NOT_COVERED] else []
    )
    unreached = {v for v in ("win_win_win", "out_of_order", "organization_loses") if not counts[v]}
    assert {verdict for (verdict,) in named(found, "unreachable-verdict")} == unreached
    together = {
        (one.id, other.id): sum({one.id, other.id} <= fired(judgement) for judgement in whole)
        for one, other in combinations(rulebook.rules, 2)
        if one.organization != other.organization
    }
    conflicts = named(found, "conflict")
    assert {pair: f.kinds for pair, f in conflicts.items()} == {
        p: n for p, n in together.items() if n
    }


@few
@given(rulebooks(), st.booleans())
def test_rules_and_assumptions_that_do_nothing_do_nothing_when_counted_again(
    rulebook: Rulebook, assuming: bool
) -> None:
    judge = Judge(rulebook, assumptions=assuming)
    whole, found = decision_table(judge), findings(judge)
    for place, rule in enumerate(rulebook.rules):
        firing = sum(rule.id in fired(judgement) for judgement in whole)
        deciding = sum(judgement.rule == rule.id for judgement in whole)
        assert ((rule.id,) in named(found, "never-fires")) == (firing == 0)
        assert ((rule.id,) in named(found, "never-decides")) == (firing > 0 and deciding == 0)
        rest = (*rulebook.rules[:place], *rulebook.rules[place + 1 :])
        without = verdicts_of(rulebook.unchecked(rules=rest), assuming)
        is_idle = without == [judgement.verdict for judgement in whole]
        redundant = (rule.id,) in named(found, "redundant-rule")
        assert redundant == (is_idle and deciding > 0)
    unused = {finding.part[1] for finding in found if finding.id == "unused-assumption"}
    redundant = {f.part[1]: f.kinds for f in found if f.id == "redundant-assumption"}
    assumed = judge.rulebook.assumptions
    for place, assumption in enumerate(assumed):
        using = sum(uses(assumption, kind) for kind in every_kind())
        assert (place in unused) == (using == 0)
        rest = (*assumed[:place], *assumed[place + 1 :])
        without = possible_of(rulebook.unchecked(assumptions=rest), assuming)
        is_idle = without == [set(judgement.possible) for judgement in whole]
        assert redundant.get(place) == (using if is_idle and using else None)


def uses(assumption: Assumption, kind: Facts) -> bool:
    recorded = kind._asdict()
    met = any(conjunction.items() <= recorded.items() for conjunction in assumption.when)
    return met and recorded[assumption.fact] is None


@few
@given(rulebooks(), st.booleans())
def test_parts_of_rules_that_do_nothing_do_nothing_when_counted_again(
    rulebook: Rulebook, assuming: bool
) -> None:
    found = findings(Judge(rulebook, assumptions=assuming))
    skipped = {
        finding.subjects[0] for finding in found if finding.id in ("never-fires", "never-decides")
    }
    parts = {finding.part for finding in found if finding.id.startswith("idle-")}
    for place, rule in enumerate(rulebook.rules):
        if rule.id in skipped:
            assert not [part for part in parts if part[1] == place]
            continue
        now = statuses(rulebook, place, rule.when, assuming)
        for index, conjunction in enumerate(rule.when):
            when = (*rule.when[:index], *rule.when[index + 1 :])
            part = ("rules", place, "when", index)
            assert (part in parts) == (statuses(rulebook, place, when, assuming) == now)
            for fact in conjunction if part not in parts else ():
                less = {name: value for name, value in conjunction.items() if name != fact}
                when = (*rule.when[:index], less, *rule.when[index + 1 :])
                is_idle = statuses(rulebook, place, when, assuming) == now
                assert ((*part, fact) in parts) == is_idle


def statuses(
    rulebook: Rulebook, place: int, when: tuple[dict[str, str | bool], ...], assuming: bool
) -> list[set[bool]]:
    """Return whether a rule with other conditions fires in the completions of each kind."""
    rules = list(rulebook.rules)
    rules[place] = rules[place].unchecked(when=when)
    other = rulebook.unchecked(rules=tuple(rules))
    of = ladder.remembered(other if assuming else other.without_assumptions())
    return [{rules[place].id in ruling.fired for ruling in of(kind)} for kind in every_kind()]


def test_an_assumption_about_what_no_rule_looks_at_is_redundant() -> None:
    data = builtin().model_dump()
    rules = [rule for rule in data["rules"] if rule["id"] != "beaten-customer"]
    found = findings(Judge(Rulebook.model_validate(data | {"rules": rules})))
    redundant = [(f.part, f.subjects, f.kinds) for f in found if f.id == "redundant-assumption"]
    assert redundant == [
        (("assumptions", 3), ("customer_believes_salesperson",), 162),
        (("assumptions", 4), ("customer_believes_salesperson",), 90),
    ]


@few
@given(rulebooks(), st.booleans())
def test_a_finding_has_an_example_of_its_own_with_as_little_recorded_as_can_be(
    rulebook: Rulebook, assuming: bool
) -> None:
    whole = table(rulebook, assuming)
    found = findings(Judge(rulebook, assumptions=assuming))
    assert [*map(severity_place, found)] == sorted(map(severity_place, found))
    for finding in found:
        meant = {judgement.facts for judgement in whole if concerns(finding, judgement, rulebook)}
        assert finding.kinds == len(meant), finding
        least = min((recorded(kind) for kind in meant), default=None)
        assert (finding.example is None) == (least is None)
        if finding.example is not None:
            assert finding.example in meant
            assert recorded(finding.example) == least


def recorded(kind: Facts) -> int:
    return sum(value is not None for value in kind)


def concerns(finding: Finding, judgement: Judgement, rulebook: Rulebook) -> bool:
    """Tell whether a kind is among those that a finding counts, by what is documented of it."""
    match finding.id:
        case "gap":
            return judgement.verdict is Verdict.NOT_COVERED
        case "redundant-rule":
            return judgement.rule == finding.subjects[0]
        case "conflict":
            return set(finding.subjects) <= fired(judgement)
        case "redundant-assumption":
            return uses(rulebook.assumptions[int(finding.part[1])], judgement.facts)
        case "never-decides" | "idle-alternative" | "idle-condition":
            return finding.subjects[0] in fired(judgement)
        case _:  # what there is nothing of
            return False


def severity_place(finding: Finding) -> int:
    return ["error", "warning", "note"].index(finding.severity)


@pytest.mark.parametrize(("assuming", "silent", "both"), [(True, 52, 150), (False, 25, 150)])
def test_the_document_is_silent_and_its_rules_meet_just_here(
    assuming: bool, silent: int, both: int
) -> None:
    gap, conflict = findings(Judge(assumptions=assuming))
    assert (gap.id, gap.severity, gap.kinds) == ("gap", "warning", silent)
    assert (conflict.id, conflict.severity, conflict.kinds) == ("conflict", "note", both)
    assert conflict.subjects == ("disgruntled-salesperson", "mutual-win")
