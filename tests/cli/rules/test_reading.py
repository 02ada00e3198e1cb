"""`rules list` and `rules show`: what a person and a program read of the rulebook."""

import json
from pathlib import Path

import pytest
import yaml
from conftest import Run

from winwinwin.evaluation import Judge
from winwinwin.kernel.rulebook import Rule, Rulebook, Stamp, builtin
from winwinwin.pages.blocks import Table, Text
from winwinwin.pages.interaction import explanation, panel
from winwinwin.pages.rulebook import rule_page, rules_page
from winwinwin.record.interaction import Interaction
from winwinwin.renderers import plain

LIST = """\
Confusion About Win/Win: the first rule that fires decides
      rule                     source         organization  fires when
  1.  disgruntled-salesperson  consequence 3  loses         The salesperson feels bad about the work, or feels they lost so that the customer could win.
  2.  beaten-customer          consequence 2  loses         The customer lost and thinks the salesperson won.
  3.  mutual-win               consequence 1  wins          The salesperson won and the customer won.

Assumed if not recorded
  fact                                          assumed  when
  salesperson feels good about the work         yes      salesperson: won
  salesperson feels they lost for the customer  yes      salesperson: lost and customer: won
  salesperson feels they lost for the customer  no       salesperson: won and customer: won, or salesperson: won and customer: lost, or salesperson: lost and customer: lost
  customer thinks the salesperson               won      salesperson: won
  customer thinks the salesperson               lost     salesperson: lost
  order of the wins                             right    salesperson: won and customer: won
order of the wins: salesperson, then customer, then organization
"""

BEATEN = """\
Beaten customer
id: beaten-customer
source: consequence 2, Kit Grant, Confusion About Win/Win
precedence: 2 of 3
says: The customer lost and thinks the salesperson won.
fires when: customer: lost and customer thinks the salesperson: won
organization: loses
why: Such a customer does not come back and warns others, so the organization always loses.
assumed where not recorded: customer thinks the salesperson: won, when salesperson: won
assumed where not recorded: customer thinks the salesperson: lost, when salesperson: lost
"""

BEATEN_MARKDOWN = """\
## Beaten customer

id: beaten-customer

source: consequence 2, Kit Grant, Confusion About Win/Win

precedence: 2 of 3

says: The customer lost and thinks the salesperson won.

fires when: customer: lost and customer thinks the salesperson: won

organization: loses

why: Such a customer does not come back and warns others, so the organization always loses.

assumed where not recorded: customer thinks the salesperson: won, when salesperson: won

assumed where not recorded: customer thinks the salesperson: lost, when salesperson: lost
"""

RULES = [
    ("disgruntled-salesperson", 3, "lost"),
    ("beaten-customer", 2, "lost"),
    ("mutual-win", 1, "won"),
]
"""Id, consequence and what each says of the organization, in precedence order."""


def test_the_rules_are_listed_in_precedence_order(run: Run) -> None:
    assert run("rules", "list") == (0, LIST, "")


def test_a_rule_is_shown_whole(run: Run) -> None:
    assert run("rules", "show", "beaten-customer") == (0, BEATEN, "")


def test_a_rule_is_shown_in_markdown(run: Run) -> None:
    shown = run("rules", "show", "beaten-customer", "--format", "markdown")
    assert shown == (0, BEATEN_MARKDOWN, "")


def test_the_list_in_json_has_every_rule_in_precedence_order(run: Run) -> None:
    listed = json.loads(run("rules", "list", "--format", "json").out)
    assert [(rule["id"], rule["consequence"], rule["organization"]) for rule in listed] == RULES
    assert [Rule.model_validate(rule) for rule in listed] == list(builtin().rules)


@pytest.mark.parametrize(("rule_id", "consequence", "organization"), RULES)
def test_a_rule_in_json_is_that_of_the_list(
    run: Run, rule_id: str, consequence: int, organization: str
) -> None:
    shown = json.loads(run("rules", "show", rule_id, "--format", "json").out)
    assert [*shown] == ["id", "title", "consequence", "when", "organization", "says", "why"]
    assert (shown["consequence"], shown["organization"]) == (consequence, organization)
    assert shown in json.loads(run("rules", "list", "--format", "json").out)


@pytest.mark.parametrize("rule_id", [rule_id for rule_id, _, _ in RULES])
def test_a_rule_says_only_the_assumptions_on_its_own_facts(run: Run, rule_id: str) -> None:
    rule = builtin().rule(rule_id)
    facts = {fact for conjunction in rule.when for fact in conjunction}
    own = [assumption for assumption in builtin().assumptions if assumption.fact in facts]
    assert run("rules", "show", rule_id).out.count("assumed where not recorded: ") == len(own)


# A rulebook of the house is read the same way.

HOUSE = Rulebook.model_validate(
    {
        "title": "House rules",
        "source": "the house",
        "parties": ["customer", "salesperson", "organization"],
        "assumptions": [],
        "rules": [
            {
                "id": "never",
                "title": "Never",
                "when": [{"customer": "won", "order": "customer_first"}],
                "organization": "lost",
                "says": "The customer won, and before the salesperson.",
                "why": "We say so.",
            }
        ],
    }
)


STAMP = Stamp("House rules", "0123456789abcdef")


def test_a_rule_of_the_house_is_no_consequence_of_the_document() -> None:
    assert "  1.  never  house rule  loses" in plain.paint(rules_page(HOUSE).blocks)
    page = plain.paint(rule_page(HOUSE.rules[0], HOUSE).blocks)
    assert "\nsource: house rule, the house\n" in page
    assert "\nfires when: customer: won and order of the wins: customer first\n" in page


def test_the_parties_stand_in_the_order_of_the_house() -> None:
    judge = Judge(HOUSE)
    judgement = judge(Interaction(salesperson="lost", customer="won"))
    shown = plain.paint(panel(None, judgement, HOUSE))
    assert shown.startswith("Interaction\nWIN/LOSE/? (customer, salesperson, organization)\n")
    explained = plain.paint(explanation(None, judgement, HOUSE, STAMP))
    assert "the right order is salesperson, then customer, then organization" in explained
    assert "\nrulebook: House rules (0123456789abcdef)\n" in explained


def test_a_rule_that_what_is_missing_cannot_fire_says_so() -> None:
    judge = Judge(HOUSE)
    judgement = judge(Interaction(salesperson="lost", customer="won"))
    explained = plain.paint(explanation(None, judgement, HOUSE, STAMP))
    assert "\nwhy not: the missing facts cannot make it fire\n" in explained


def test_a_rule_in_yaml_is_an_item_of_the_rulebook_in_yaml(run: Run) -> None:
    whole = yaml.safe_load(run("rules", "show", "--yaml").out)
    for rule in whole["rules"]:
        assert yaml.safe_load(run("rules", "show", rule["id"], "--yaml").out) == [rule]


def test_the_rulebook_is_written_to_a_file_that_is_read_again(run: Run, tmp_path: Path) -> None:
    listed = run("rules", "list").out
    file = tmp_path / "house.yaml"
    assert run("rules", "show", "-o", file) == (0, listed, "")
    assert file.read_text() == run("rules", "show", "--format", "yaml").out
    assert run("rules", "list", "--rulebook", file).out == listed
    assert run("rules", "show", "-o", file, "--rulebook", file).code == 2


def test_a_table_without_headings_is_its_rows() -> None:
    table = Table(("", ""), ((Text("a"), Text("1")), (Text("bcd"), Text("22"))), frozenset({1}))
    assert plain.paint([table]) == "  a     1\n  bcd  22\n"


def test_where_no_change_wins_it_is_said() -> None:
    judge = Judge(HOUSE)
    judgement = judge(Interaction(salesperson="won", customer="won"))
    assert judgement.remedies == ()
    said = "\nremedy: no change to the facts would make it WIN/WIN/WIN\n"
    assert said in plain.paint(panel(None, judgement, HOUSE))
