"""`rules check`, `rules diff` and `rules test` as a person, a program and CI read them."""

import csv
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, Run
from hypothesis import HealthCheck, given, settings
from rulebooks import rulebooks

from winwinwin import Interaction, Judge, read_rulebook
from winwinwin.analysis.casetests import (
    Case,
    decisions,
    effects,
    every_mutant,
    expectable,
    mutants,
    run,
)
from winwinwin.analysis.checks import SEVERITIES
from winwinwin.analysis.weakened import with_conditions
from winwinwin.errors import Place
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.pages.findings import SENTENCES

HOUSE = "examples/house.yaml"
CASES = "examples/house.cases.yaml"
IDLE = """\
title: Idle rules
source: the house
parties: [salesperson, customer, organization]
assumptions:
  - {fact: salesperson_feels_good, value: true, when: [{order: kept, salesperson: lost}], why: w}
rules:
  - {id: a, title: A, when: [{customer: lost}, {customer: lost, salesperson: won}], organization: lost, says: s, why: w}
  - {id: b, title: B, when: [{customer: lost, salesperson: lost}], organization: won, says: s, why: w}
  - {id: c, title: C, when: [{customer: lost, order: kept}], organization: won, says: s, why: w}
  - {id: d, title: D, when: [{customer: won, order: customer_first}], organization: lost, says: s, why: w}
  - {id: e, title: E, when: [{order: customer_first}], organization: lost, says: s, why: w}
  - {id: f, title: F, when: [{order: kept, customer: won}], organization: lost, says: s, why: w}
"""
FOUND = """\
Idle rules: checked on all 1,026 kinds
idle.yaml:9:5: error never-fires: rule c never fires: no interaction meets its conditions
idle.yaml:8:5: error never-decides: rule b never decides: whenever it fires, an earlier rule decides (81 kinds, such as salesperson: lost; customer: lost)
idle.yaml:11:5: error never-decides: rule e never decides: whenever it fires, an earlier rule decides (81 kinds, such as salesperson: won; customer: won; order of the wins: customer first)
idle.yaml:10:5: warning redundant-rule: removing rule d would change no verdict (81 kinds, such as salesperson: won; customer: won; order of the wins: customer first)
idle.yaml:7:48: warning idle-alternative: removing this alternative would not change when rule a fires (270 kinds, such as customer: lost)
idle.yaml:10:31: warning idle-condition: removing the condition on 'customer' would not change when rule d fires (81 kinds, such as salesperson: won; customer: won; order of the wins: customer first)
idle.yaml:12:44: warning idle-condition: removing the condition on 'customer' would not change when rule f fires (81 kinds, such as salesperson: won; customer: won; order of the wins: right)
idle.yaml:5:5: warning unused-assumption: the assumption about 'salesperson feels good about the work' is never used: its conditions are never met
idle.yaml:6:1: warning unreachable-verdict: no interaction can have the verdict 'win/win/win'
idle.yaml:6:1: warning unreachable-verdict: no interaction can have the verdict 'out of order'
"""


def test_what_does_nothing_is_reported_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "idle.yaml").write_text(IDLE)
    done = run("rules", "check", "idle.yaml", cwd=tmp_path)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(FOUND)
    *_, totals, fingerprint = done.out.splitlines()
    assert totals == "3 errors, 8 warnings, 1 note"
    book = read_rulebook(str(tmp_path / "idle.yaml"))
    assert fingerprint == f"fingerprint: {Judge(book).stamp.fingerprint}"


def test_a_check_in_json_says_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "idle.yaml").write_text(IDLE)
    text = run("rules", "check", "idle.yaml", cwd=tmp_path).out
    found = json.loads(run("rules", "check", "idle.yaml", "--format", "json", cwd=tmp_path).out)
    assert len(found) == len(text.splitlines()) - 3
    for finding, line in zip(found, text.splitlines()[1:], strict=False):
        place = f"{finding['source']}:{finding['line']}:{finding['column']}"
        head = f"{place}: {finding['severity']} {finding['id']}: {finding['message']}"
        assert line.startswith(head)
        assert (finding["example"] is None) == (finding["kinds"] == 0)
        assert finding["kinds"] == 0 or f"({finding['kinds']} kind" in line
        assert finding["example"] is None or Facts(**finding["example"]) in set(every_kind())


def many_rules(number: int) -> str:
    """Return a rulebook whose rules all fire together and disagree in turn."""
    rule = "  - {id: r%d, title: t, when: [{customer: lost}], organization: %s, says: s, why: w}\n"
    rules = (rule % (place, ("won", "lost")[place % 2]) for place in range(number))
    return IDLE.partition("assumptions")[0] + "assumptions: []\nrules:\n" + "".join(rules)


def test_many_findings_are_grouped_for_a_person_and_whole_for_a_program(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "many.yaml").write_text(many_rules(40))
    lines = run("rules", "check", "many.yaml", cwd=tmp_path).out.splitlines()
    conflicts = [line for line in lines if "note conflict" in line]
    assert len(conflicts) == 6
    assert conflicts[-1] == (
        "and 395 more: note conflict: r0 (15), r1 (19), r2 (19), r3 (18), r4 (18), r5 (17), r6 (17), "
        "r7 (16), r8 (16), r9 (15), r10 (15), r11 (14) and 27 others (--format json has all)"
    )
    assert len(lines) < 24
    found = json.loads(run("rules", "check", "many.yaml", "--format", "json", cwd=tmp_path).out)
    assert Counter(finding["id"] for finding in found)["conflict"] == 400


def test_one_finding_more_than_a_few_is_shown_too(run: Run, tmp_path: Path) -> None:
    for number, lines in ((7, 6), (8, 6)):  # the first rule decides
        (tmp_path / "many.yaml").write_text(many_rules(number))
        out = run("rules", "check", "many.yaml", cwd=tmp_path).out
        assert out.count("error never-decides") == lines
        assert ("2 more: error never-decides: r6 and r7" in out) == (number == 8)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 0), (["--strict"], 1), ([HOUSE], 0), ([HOUSE, "--strict"], 1)],
)
def test_a_warning_fails_only_a_strict_check(run: Run, arguments: list[str], code: int) -> None:
    done = run("rules", "check", *arguments)
    assert (done.code, done.err) == (code, "")


def test_a_rulebook_without_a_finding_passes_a_strict_check(run: Run, tmp_path: Path) -> None:
    rule = "  - {id: %s, title: t, when: [{customer: %s}], organization: %s, says: s, why: w}\n"
    head = IDLE.partition("assumptions")[0] + "assumptions: []\nrules:\n"
    (tmp_path / "house.yaml").write_text(
        head + rule % ("a", "lost", "lost") + rule % ("b", "won", "won")
    )
    done = run("rules", "check", "house.yaml", "--strict", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:2] == [
        "Idle rules: checked on all 1,026 kinds",
        "0 errors, 0 warnings, 0 notes",
    ]


def test_every_finding_has_a_sentence_and_a_row_in_the_documents() -> None:
    text = (ROOT / "docs" / "rulebook.md").read_text("utf-8")
    table = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    documented = {row[0].strip("| `"): row[1] for row in table if row[1] in SEVERITIES.values()}
    assert documented == SEVERITIES
    assert [*SENTENCES] == [*SEVERITIES]


# rules diff


def test_a_difference_is_told_with_its_exit_code_only_where_that_is_asked_for(run: Run) -> None:
    shown = run("rules", "diff", HOUSE)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("60 of 1,026 kinds get a different verdict\n")
    assert run("rules", "diff", HOUSE, "--exit-code").code == 1
    same = run("rules", "diff", HOUSE, HOUSE, "--exit-code")
    assert (same.code, same.err) == (0, "")
    assert same.out.startswith("0 of 1,026 kinds get a different verdict\n")
    assert len(same.out.splitlines()) == 3


def test_a_rulebook_may_be_named_by_the_option_of_every_command_and_only_once(run: Run) -> None:
    chosen = ["--rulebook", HOUSE]
    for command in (["rules", "check"], ["rules", "diff", HOUSE]):
        assert run(*command, *chosen) == run(*command, HOUSE), command
        said = "--rulebook: a rulebook is given as an argument too. Name it once.\n"
        assert run(*command, HOUSE, *chosen) == (2, "", said), command


def test_a_difference_names_a_file_without_its_folder_unless_both_are_called_alike(
    run: Run, tmp_path: Path
) -> None:
    text = (ROOT / HOUSE).read_text("utf-8")
    names = ["old/house.yaml", "new/house.yaml", "new/other.yaml"]
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    for name in names:
        (tmp_path / name).write_text(
            text.replace("organization: won", "organization: lost"), "utf-8"
        )
    (tmp_path / names[0]).write_text(text, "utf-8")
    alike = run("rules", "diff", *names[:2], cwd=tmp_path).out
    assert "\n  by old/house.yaml  by new/house.yaml   kinds\n" in alike
    differing = run("rules", "diff", names[0], names[2], cwd=tmp_path).out
    assert "\nold/house.yaml: House rules (e1080f925d1b736a)\nnew/other.yaml: " in differing
    assert "\n  by house.yaml  by other.yaml       kinds\n" in differing


def test_a_difference_is_counted_on_tables_and_standard_input_too(run: Run, tmp_path: Path) -> None:
    survey = ["--on", "examples/survey.csv", "--map", "examples/survey.map.yaml"]
    on = json.loads(run("rules", "diff", HOUSE, *survey, "--format", "json").out)["on"]
    verdicts = []
    for name, chosen in (("house.csv", ["--rulebook", HOUSE]), ("builtin.csv", [])):
        run("batch", survey[1], *survey[2:], *chosen, "-q", "-o", tmp_path / name)
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            verdicts.append([row["verdict"] for row in csv.DictReader(file)])
    pairs = Counter(pair for pair in zip(*verdicts, strict=True) if pair[0] != pair[1])
    assert (on["interactions"], on["changed"], on["invalid"]) == (320, pairs.total(), 0)
    assert {(c["one"], c["other"]): c["number"] for c in on["changes"]} == pairs
    week = (ROOT / "examples" / "week.yaml").read_bytes()
    piped = run("rules", "diff", HOUSE, "--on", "-", stdin=week)
    assert piped == run("rules", "diff", HOUSE, "--on", "examples/week.yaml")


def test_a_difference_on_several_files_counts_them_together(run: Run) -> None:
    files = ["examples/week.yaml", "examples/one.yaml"]
    arguments = [word for file in files for word in ("--on", file)]
    shown = run("rules", "diff", HOUSE, *arguments)
    assert (shown.code, shown.err) == (0, "")
    assert "\n2 of 51 interactions get a different verdict\n" in shown.out


def test_a_difference_in_json_lists_every_kind_that_changes(run: Run) -> None:
    found = json.loads(
        run("rules", "diff", HOUSE, "--format", "json", "--on", "examples/week.yaml").out
    )
    one, other = Judge(read_rulebook(str(ROOT / HOUSE))), Judge()
    assert found["kinds"] == [
        {"facts": kind._asdict(), "one": one.kind(kind).verdict, "other": other.kind(kind).verdict}
        for kind in every_kind()
        if one.kind(kind).verdict != other.kind(kind).verdict
    ]
    assert found["changed"] == sum(change["number"] for change in found["changes"]) == 60
    assert (found["same"], found["one"]["source"]) == (False, HOUSE)
    assert found["on"]["interactions"] == 50
    assert found["on"]["changed"] == sum(c["number"] for c in found["on"]["changes"]) == 2


def test_without_assumptions_rulebooks_are_compared_without_them(run: Run) -> None:
    shown = run("rules", "diff", HOUSE, "--no-assumptions").out
    house = read_rulebook(str(ROOT / HOUSE))
    one, other = (Judge(book, assumptions=False) for book in (house, None))
    differing = sum(one.kind(kind).verdict != other.kind(kind).verdict for kind in every_kind())
    assert differing != 60
    assert shown.splitlines()[0] == f"{differing} of 1,026 kinds get a different verdict"


def test_a_difference_on_what_cannot_be_read_ends_with_two(run: Run) -> None:
    done = run("rules", "diff", HOUSE, "--on", "examples/broken.yaml", "--on", "missing.yaml")
    assert done.code == 2
    assert "not judged: 10 invalid records and 1 unreadable source\n" in done.out
    assert "examples/broken.yaml:9:13: customer: 'wun' is not an outcome." in done.err
    assert "missing.yaml: no such file or folder." in done.err
    assert json.loads(run("rules", "diff", HOUSE, "--format", "json").out)["on"] is None


# rules test


def test_cases_that_hold_end_with_zero_and_one_that_fails_with_one(run: Run) -> None:
    held = run("rules", "test", CASES, "--rulebook", HOUSE)
    assert (held.code, held.err) == (0, "")
    assert held.out.startswith("House rules: 6 of 6 cases pass\n")
    failed = run("rules", "test", CASES)
    assert (failed.code, failed.err) == (1, "")
    assert "\n  verdict  organization_loses  undetermined\n" in failed.out


def test_the_cases_of_the_project_hold_and_notice_every_weakened_rule(run: Run) -> None:
    done = run("rules", "test", "tests/cases")
    assert (done.code, done.err) == (0, "")
    assert "mutation score: 10 of 10 weakened rulebooks noticed, 100%\n" in done.out
    assert "rules: 3 of 3 decide a case\n" in done.out
    assert "not noticed" not in done.out


MISTAKES = {
    "{facts: {customer: won}, expect: {verdict: not_covered}}": "1:1: 'name' is missing.",
    "{name: n, facts: {custmer: won}, expect: {rule: null}}": (
        "1:19: facts.custmer: unknown key. Did you mean 'customer'? (salesperson, customer, organization, "
        "salesperson_feels_good, salesperson_believes_lost_for_customer, customer_believes_salesperson, "
        "order, salesperson_won_at, customer_won_at, organization_won_at)"
    ),
    "{name: n, facts: {salesperson_feels_good: maybe}, expect: {rule: null}}": (
        "1:43: facts.salesperson_feels_good: 'maybe' is not yes or no. (yes, y, true, 1 or no, n, false, 0)"
    ),
    "{name: n, facts: {customer: lost, order: [customer]}, expect: {rule: null}}": (
        "1:43: facts.order: 'customer' has a place in the order but is not recorded as won. "
        "Record customer: won, or remove it from the order."
    ),
    "{name: n, facts: {}, expect: {verdict: wn}}": (
        "1:40: expect.verdict: 'wn' is not a verdict. "
        "(win_win_win, out_of_order, organization_loses, not_covered, undetermined)"
    ),
    "{name: n, facts: {}, expect: {verdct: not_covered}}": (
        "1:31: expect.verdct: unknown key. Did you mean 'verdict'? (verdict, organization, triple, rule, rules, "
        "order, gap_seconds, assumed, possible, needs, contradicts_books, notes, remedies)"
    ),
    "{name: n, facts: {}, expect: {}}": "1:30: expect: holds nothing. Write name: value.",
    "{name: n, facts: {}, expect: x}": "1:30: expect: 'x' is not a mapping. Write name: value.",
    "{name: n, facts: {}, expect: {rules: {}}}": "1:38: expect.rules: holds nothing. Write rule: status.",
    "{name: n, facts: {}, expect: {rules: {mutual-win: fird}}}": "1:51: expect.rules.mutual-win: 'fird' is not a status. Did you mean 'fired'? (fired, not_fired, open)",
    "{name: n, facts: {}, expect: {rules: x}}": "1:38: expect.rules: 'x' is not a mapping. Write rule: status.",
    "{name: n, facts: {}, expect: {rule: null}, assumption: no}": (
        "1:44: assumption: unknown key. Did you mean 'assumptions'? (name, facts, expect, assumptions)"
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_a_case_is_told_and_the_others_run(
    run: Run, case: str, tmp_path: Path
) -> None:
    good = "{name: good, facts: {salesperson: won, customer: won}, expect: {rule: mutual-win}}"
    (tmp_path / "cases.yaml").write_text(case)
    (tmp_path / "good.yaml").write_text(good)
    done = run("rules", "test", "cases.yaml", "good.yaml", cwd=tmp_path)
    assert done.code == 2
    assert done.err.splitlines()[0] == f"cases.yaml:{MISTAKES[case]}"
    assert done.out.startswith("Confusion About Win/Win: 1 of 1 case passes\n")


def test_no_case_at_all_ends_with_two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("# none\n")
    said = "No case to run. A case has a name, facts and what to expect.\n"
    assert run("rules", "test", "cases.yaml", cwd=tmp_path) == (2, "", said)
    missing = run("rules", "test", "q.txt", cwd=tmp_path)
    said = "q.txt: no such file or folder.\n"
    assert missing == (2, "", said)


def test_a_case_may_expect_any_field_without_assumptions_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text(
        json.dumps(
            [
                {
                    "name": "timed",
                    "facts": {
                        "salesperson": "won",
                        "customer": "won",
                        "organization": "lost",
                        "salesperson_won_at": "2026-11-02T10:00",
                        "customer_won_at": "2026-11-02T10:20",
                    },
                    "expect": {
                        "gap_seconds": 1200,
                        "order": "kept",
                        "contradicts_books": None,
                        "needs": [
                            "salesperson_feels_good",
                            "salesperson_believes_lost_for_customer",
                        ],
                        "remedies": [
                            {
                                "salesperson_feels_good": True,
                                "salesperson_believes_lost_for_customer": False,
                            }
                        ],
                        "rules": {"mutual-win": "fired", "no-such-rule": None},
                    },
                    "assumptions": False,
                }
            ]
        )
    )
    done = run("rules", "test", "cases.json", cwd=tmp_path)
    assert (done.code, done.err) == (0, ""), done.out


def test_a_report_in_json_and_junit_says_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    done = run("rules", "test", CASES, "--format", "json", "-o", file)
    report = json.loads(done.out)
    failing = [case["name"] for case in report["cases"] if case["mismatches"]]
    assert (done.code, report["failed"], len(failing)) == (1, 2, 2)
    assert report["kinds"] == {"covered": 6, "all": 1026}
    suite = ET.parse(file).getroot()  # noqa: S314  # our own
    tests = suite.findall("testsuite/testcase")
    assert [test.get("name") for test in tests] == [case["name"] for case in report["cases"]]
    assert [test.get("name") for test in tests if test.find("failure") is not None] == failing
    assert {test.get("file") for test in tests} == {CASES}
    failure = tests[0].find("failure")
    assert failure is not None
    assert failure.text == (
        "verdict: expected organization_loses, got undetermined\nrule: expected mutual-loss, got null"
    )


def test_in_junit_what_could_not_be_read_is_an_error(run: Run, tmp_path: Path) -> None:
    cases = tmp_path / "cases.yaml"
    case = "- {{name: {}, facts: {{salesperson: won}}, expect: {{verdict: {}}}}}\n"
    cases.write_text(case.format("good", "undetermined") + case.format("bad", "lost"))
    for text, results in ((cases.read_text(), [None, "error"]), (case.format("bad", 1), ["error"])):
        cases.write_text(text)
        done = run("rules", "test", cases, "--format", "junit")
        suite = ET.fromstring(done.out)[0]  # noqa: S314  # our own
        found = [test[0].tag if len(test) else None for test in suite]
        assert (done.code, found, suite.get("errors")) == (2, results, "1")


# The mutation score.


def case_of(kind: Facts, judge: Judge) -> Case:
    facts = {fact: value for fact, value in kind._asdict().items() if fact != "order"}
    if kind.order == "kept":
        facts["order"] = ["salesperson", "customer"]
    interaction = Interaction.from_flat(facts)
    judged = expectable(judge(interaction))
    expected = {field: judged[field] for field in ("verdict", "rule")}
    return Case(str(kind), interaction, expected, assumptions=True, place=Place("cases.yaml"))


@settings(max_examples=4, deadline=None, database=None, suppress_health_check=[*HealthCheck])
@given(rulebooks())
def test_a_mutant_counts_exactly_where_it_decides_something_otherwise(rulebook: Rulebook) -> None:
    counted = [effects(mutant.rulebook) for mutant in mutants(rulebook)]
    assert len(set(counted)) == len(counted)
    for mutant in every_mutant(rulebook):
        differs = any(
            Judge(mutant.rulebook, assumptions=mode).kind(kind).verdict
            != Judge(rulebook, assumptions=mode).kind(kind).verdict
            for mode in (True, False)
            for kind in list(every_kind())[::97]
        )
        is_counted = effects(mutant.rulebook) in counted
        assert not differs or is_counted
        assert is_counted == (decisions(mutant.rulebook) != decisions(rulebook))


def test_mutants_that_judge_alike_count_once_and_no_two_are_called_alike() -> None:
    found = [(mutant.rule, mutant.left_out) for mutant in mutants(builtin())]
    always = [left_out for rule, left_out in found if rule == "disgruntled-salesperson"]
    assert always == ["", "alternative 1", "salesperson_feels_good: false", "alternative 2"]
    conditions = ({"customer": "lost", "order": "kept"}, {"customer": "lost", "salesperson": "won"})
    book = with_conditions(builtin(), 0, conditions)
    named = [mutant.left_out for mutant in every_mutant(book) if mutant.rule == book.rules[0].id]
    assert named == [
        "",
        "alternative 1",
        "customer: lost in alternative 1",
        "order: kept",
        "alternative 2",
        "customer: lost in alternative 2",
        "salesperson: won",
    ]


def test_cases_for_every_kind_with_an_order_to_keep_notice_every_mutant_and_none_notice_none() -> (
    None
):
    judge = Judge()
    cases = [case_of(kind, judge) for kind in every_kind() if kind.order in (None, "kept")]
    everything = run(cases, builtin())
    assert (len(everything.noticed), everything.unnoticed, everything.failed) == (10, (), [])
    assert everything.kinds == len(cases)
    nothing = run([], builtin())
    assert (nothing.noticed, len(nothing.unnoticed)) == ((), 10)
    assert nothing.rules == dict.fromkeys(
        ["disgruntled-salesperson", "beaten-customer", "mutual-win"], False
    )
