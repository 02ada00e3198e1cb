"""The command line: help, flags, errors, and what a real process does at its edges."""

import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from commands import COMMANDS
from conftest import ROOT, Run
from looks import colours

from winwinwin import __version__
from winwinwin.cli.single import FLAGS

SCREEN = 75
"""Lines of help that fit on a screen."""


each_command = pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "-")


# Help.


def test_the_commands_are_those_of_the_design() -> None:
    groups = {(), ("rules",)}
    assert {" ".join(words) for words in COMMANDS.keys() - groups} == {
        "score",
        "explain",
        "batch",
        "compare",
        "evidence",
        "list",
        "record",
        "rules list",
        "rules show",
        "rules table",
        "rules check",
        "rules diff",
        "rules test",
        "rules export",
        "form",
        "new",
        "map",
        "schema",
        "mcp",
        "config",
        "help",
        "version",
    }


@each_command
def test_help_fits_on_a_screen_shows_examples_and_says_every_option(
    run: Run, words: tuple[str, ...]
) -> None:
    shown = run(*words, "--help")
    lines = shown.out.splitlines()
    assert (shown.code, shown.err) == (0, "")
    assert lines[0].startswith(" ".join(["Usage: winwinwin", *words]))
    assert examples(shown.out, *words)
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines[1:] if line.endswith("...")]
    for parameter in COMMANDS[words].params:
        said = [*parameter.opts, *parameter.secondary_opts, parameter.help]
        written = said if parameter.param_type_name == "option" else [parameter.help]
        for text in written:
            assert text
            assert text in shown.out or text in " ".join(shown.out.split())


@each_command
def test_help_has_a_short_flag(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words, "-h") == run(*words, "--help")


def lay_out(folder: Path) -> None:
    """Put the files where the examples look for them."""
    cases = folder / "cases" / "house.yaml"
    cases.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "examples" / "house.cases.yaml", cases)
    shutil.copy(cases, folder / "cases.yaml")
    for name in ("week.yaml", "last.yaml"):
        shutil.copy(ROOT / "examples" / "week.yaml", folder / name)
    for name in ("survey.csv", "survey.map.yaml", "year.csv"):
        shutil.copy(ROOT / "examples" / name, folder)
    for name in ("house.yaml", "old.yaml", "new.yaml"):
        shutil.copy(ROOT / "examples" / "house.yaml", folder / name)
    (folder / "answers.jsonl").write_text('{"answers": {"customer": "won"}}\n')


def examples(help_text: str, *words: str) -> list[str]:
    """Return the lines of a help text that show how to call a command."""
    called = " ".join(["winwinwin", *words])
    lines = [line.strip() for line in help_text.splitlines()]
    return [line for line in lines if called in line and not line.startswith("Usage")]


def test_the_example_of_mcp_runs() -> None:
    """In a process of its own: where a browser is tested, a loop runs already."""
    asked = '{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n'
    command = [sys.executable, "-m", "winwinwin", "mcp"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["id"] == 1


@pytest.mark.parametrize("words", [words for words in COMMANDS if words != ("mcp",)], ids=" ".join)
def test_the_examples_of_the_help_run(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.yaml").write_text("{salesperson: won, customer: won, employee: Ana}")
    for example in examples(run(*words, "--help").out, *words):
        piped, _, called = example.rpartition("winwinwin ")
        stdin = '{"salesperson": "won", "customer": "won"}' if piped else ""
        lay_out(tmp_path)
        if "record" in words:
            stdin = "won\nwon\n\n\n\n\n"
        if called.startswith(("new", "map")):  # they write a new file
            (tmp_path / "week.yaml").unlink()
            (tmp_path / "survey.map.yaml").unlink()
        before = set(tmp_path.rglob("*"))
        done = run(*shlex.split(called), cwd=tmp_path, stdin=stdin)
        assert done.code == 0, example
        assert done.out or set(tmp_path.rglob("*")) - before, example


@pytest.mark.parametrize("words", [(), ("rules",)])
def test_a_group_without_a_command_shows_its_help(run: Run, words: tuple[str, ...]) -> None:
    shown = run(*words)
    assert (shown.code, shown.out + shown.err) == (2, run(*words, "--help").out)


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version") == (0, f"winwinwin {__version__}\n", "")


# Usage errors.

PARTY_KEYS = "(salesperson, customer, organization)"
FORMATS = "(text, json, jsonl, csv, markdown, html, svg)"
SUFFIXES = "(.txt, .json, .jsonl, .ndjson, .csv, .md, .html, .svg)"
PAGES = "(text, json, markdown, html, svg)"
RUN_FORMATS = "(text, json, jsonl, csv, tsv, parquet, xlsx, markdown, html, svg, junit, github)"
RUN_SUFFIXES = "(.txt, .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .xlsx, .md, .html, .svg, .xml)"
VERDICTS = "(win_win_win, out_of_order, organization_loses, not_covered, undetermined)"
FILE_AND_ID = "Either a file and the id of one of its interactions, or flags."

MISTAKES = {
    "rules show": "No rule named. Give the id of a rule, or --yaml for the whole rulebook.",
    "rules show --yaml --format json": "--yaml and --format json: one output can't have two formats. Leave one out, or write a file with -o FILE.",
    "rules table --sql duckdb --format csv": "--sql and --format csv: one output can't have two formats. Leave one out, or write a file with -o FILE.",
    "score": "No outcome given. Give at least one, for example: -s won -c lost",
    "score --id A-1": "No outcome given. Give at least one, for example: -s won -c lost",
    "score -s wun": "--salesperson: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)",
    "score -s x --customer-won-at noon -c 3": "--salesperson: 'x' is not an outcome. (won, lost or unknown)\n"
    "--customer: '3' is not an outcome. (won, lost or unknown)\n"
    "--customer-won-at: 'noon' is not a date. (2026-11-23 or 2026-11-23T14:30)",
    "score --customer-believes-salesperson losst": "--customer-believes-salesperson: 'losst' is not an outcome. Did you mean 'lost'? (won, lost or unknown)",
    "score -s won --order customer": "--order: 'customer' has a place in the order but is not recorded as won. Record customer: won, or remove it from the order.",
    "score -s won --order salesperson,custmer": f"--order: 'custmer' is not a party. Did you mean 'customer'? {PARTY_KEYS}",
    "score -s won --order salesperson>salesperson": "--order: 'salesperson' is in the order twice. Name each party at most once.",
    "score -s won --customer-won-at 2026-11-02": "--customer-won-at: the customer has a time of winning but is not recorded as won. Record customer as won, or remove the time.",
    "score -s won -c won --salesperson-won-at 2026-11-02T09:00 --customer-won-at 2026-11-02T09:00Z": "--customer-won-at: this time has a zone, but the salesperson's has none. Give every time of an interaction a zone, or none of them.",
    "score -s won -c won --order customer,salesperson --salesperson-won-at 2026-11-01 --customer-won-at 2026-11-02": "--order: the order puts the customer before the salesperson, but the times say otherwise. Correct one of them.",
    "score -s won --format jsn": f"--format: 'jsn' is not a format here. Did you mean 'json'? {FORMATS}",
    "score -s won --format md": f"--format: 'md' is not a format here. Did you mean 'markdown'? {FORMATS}",
    "score -s won -o a.markdown": "a.markdown: '.markdown' is not the suffix of a format here. Did you mean '.md'? (.txt, .json, .jsonl, .ndjson, .csv, .md, .html, .svg)",
    "score -s won --format ''": f"--format: '' is not a format here. {FORMATS}",
    "score -s won -o v.jsonn": f"v.jsonn: '.jsonn' is not the suffix of a format here. Did you mean '.json'? {SUFFIXES}",
    "score -s won -o -": f"-: has no suffix that names a format. {SUFFIXES}",
    "score -s won -o a.csv -o ./a.csv": "./a.csv: is already read or written by this run. Choose another name.",
    "explain": "No outcome given. Give at least one, for example: -s won -c lost",
    "explain examples/week.yaml W47-001 -s won": FILE_AND_ID,
    "explain examples/week.yaml W47-01": "examples/week.yaml: no interaction has the id 'W47-01'. Did you mean 'W47-010'? (or W47-011, W47-012, W47-013, W47-014)",
    "explain examples/week.yaml 17": "examples/week.yaml: no interaction has the id or place '17'. Did you mean 'W47-017'? A number is a line of the file. (or examples/week.yaml:21, examples/week.yaml:32)",
    "explain examples/weak.yaml W47-001": "examples/weak.yaml: no such file or folder. Did you mean 'week.yaml'?",
    "explain examples/week.yaml W47-001 -o examples/week.yaml": f"examples/week.yaml: '.yaml' is not the suffix of a format here. {SUFFIXES}",
    "explain examples/week.yaml --why-not win_win_win": "--why-not: no interaction is named. Write FILE ID --why-not win_win_win.",
    "explain examples/week.yaml W47-001 --against W47-001": "--against: 'W47-001' is the interaction that is explained. Name another.",
    "explain -s won --why-not undetermined": "--why-not: 'undetermined' is not a verdict here. (win_win_win, out_of_order, organization_loses, not_covered)",
    "explain - A --against B": "--against: this needs a file to look in; standard input can be read only once. Write FILE ID --against ID.",
    "explain -s won --against B": "--against: this needs a file to look in; standard input can be read only once. Write FILE ID --against ID.",
    "explain -s won -c won --why-not not_covered --format csv": "--why-not: a row of CSV has no place for it. Ask for another format, such as json.",
    "explain -s won --why-not wun": "--why-not: 'wun' is not a verdict. (win_win_win, out_of_order, organization_loses, not_covered)",
    "explain -s won --format junit": f"--format: 'junit' is not a format here. {FORMATS}",
    "explain - A --input-format yam": "--input-format: 'yam' is not a format here. Did you mean 'yaml'? (yaml, json, jsonl)",
    "batch examples/week.yaml --format xml": f"--format: 'xml' is not a format here. Did you mean 'junit'? {RUN_FORMATS}",
    "batch examples/week.yaml -o a.yaml": f"a.yaml: '.yaml' is not the suffix of a format here. {RUN_SUFFIXES}",
    "batch examples/week.yaml --by employe": "--by: 'employe' is not a dimension. Did you mean 'employee'? (employee, channel, day, week, month, tags.NAME)",
    "batch examples/week.yaml --by tags.": "--by: 'tags.' is not a dimension. Did you mean 'tags.NAME'? (employee, channel, day, week, month, tags.NAME)",
    "batch examples/week.yaml --fail-on organisation_loses": f"--fail-on: 'organisation_loses' is not a verdict. Did you mean 'organization_loses'? {VERDICTS}",
    "batch examples/week.yaml --fail-on invalid": f"--fail-on: 'invalid' is not a verdict here. {VERDICTS}",
    "batch examples/week.yaml --fail-on not_covered=": "--fail-on: '' is not a limit. Write a number of interactions, or a percentage.",
    "batch examples/week.yaml --fail-on not_covered=many": "--fail-on: 'many' is not a limit. Write a number of interactions, or a percentage.",
    "batch examples/week.yaml --fail-on not_covered=-1": "--fail-on: '-1' is not a limit. Write a number of interactions, or a percentage.",
    "batch examples/week.yaml --fail-on not_covered=100.1%": "--fail-on: '100.1%' is more than all. Write a percentage from 0 to 100.",
    "batch examples/week.yaml --fail-on not_covered=nan": "--fail-on: 'nan' is not a limit. Write a number of interactions, or a percentage.",
    "batch examples/week.yaml --fail-on not_covered=0.1": "--fail-on: '0.1' is not a number of interactions. Did you mean 10%?",
    "batch examples/week.yaml --fail-on not_covered=0.125": "--fail-on: '0.125' is not a number of interactions. Did you mean 12.5%?",
    "batch examples/week.yaml --fail-on not_covered=1.0": "--fail-on: '1.0' is not a number of interactions. Did you mean 100%?",
    "batch examples/week.yaml --fail-on not_covered=0.0": "--fail-on: '0.0' is not a number of interactions. Did you mean 0%?",
    "batch examples/week.yaml --fail-on not_covered=2.5": "--fail-on: '2.5' is not a number of interactions. Write a whole number.",
    "batch examples/week.yaml --max-errors abc": "--max-errors: 'abc' is not a whole number. Write digits.",
    "batch examples/survey.csv --threads=1.5": "--threads: '1.5' is not a whole number. Write digits.",
    "batch examples/week.yaml --require win_win_win=0.6": "--require: '0.6' is not a number of interactions. Did you mean 60%?",
    "batch examples/week.yaml --require win_win_win": "--require: win_win_win has no limit. Write win_win_win=N or win_win_win=N%.",
    "batch examples/week.yaml --require win_win_win=+5": "--require: '+5' is not a limit. Write a number of interactions, or a percentage.",
    "batch examples/week.yaml --require win_win_win=101%": "--require: '101%' is more than all. Write a percentage from 0 to 100.",
    "batch examples/week.yaml --require wins=1": f"--require: 'wins' is not a verdict. {VERDICTS}",
    "batch examples/week.yaml --fail-on not_covered=1%%": "--fail-on: '1%%' is not a limit. Write a number of interactions, or a percentage.",
    "rules show beaten-custmer": "no rule has the id 'beaten-custmer'. Did you mean 'beaten-customer'? `winwinwin rules list` shows them. (disgruntled-salesperson, beaten-customer, mutual-win)",
    "rules show x": "no rule has the id 'x'. `winwinwin rules list` shows them. (disgruntled-salesperson, beaten-customer, mutual-win)",
    "rules list --format csv": f"--format: 'csv' is not a format here. {PAGES}",
    "rules list -o rules.csv": "rules.csv: '.csv' is not the suffix of a format here. (.txt, .json, .md, .html, .svg)",
    "batch examples/week.yaml --format tsv": "--format: 'tsv' is not a format for files of records. (text, json, jsonl, csv, xlsx, markdown, html, svg, junit, github)",
    "score won -s won": "--salesperson: given twice. Keep the argument or the flag.",
    "schema intractions": "'intractions' has no schema. Did you mean 'interactions'? (interactions, rulebook, cases, mapping)",
    "help scor": "'scor' is not a command. Did you mean 'score'? (score, explain, batch, compare, evidence, list, record, form, new, map, schema, mcp, config, help, version, rules)",
    "map": "Nothing to draft. Name a file, or a table: --connect URL --table NAME.",
    "new week": "week: is not a YAML file. Choose a name that ends so. (.yaml, .yml)",
    "new examples/": "examples/: is not a YAML file. Choose a name that ends so. (.yaml, .yml)",
    "new week.csv": "week.csv: is not a YAML file. Choose a name that ends so. (.yaml, .yml)",
    "new examples/one.yaml": "examples/one.yaml: already exists. Choose another name.",
    "schema -o no/such/s.json": "no/such/s.json: cannot be written: no such file or directory.",
    "report": "'report' is not a command. Use: winwinwin batch FILE -o report.html",
    "check": "'check' is not a command. Use: winwinwin rules check",
    "rules score": "'score' is not a command. Use: winwinwin score",
    "pyproject.toml": "'pyproject.toml' is not a command. Use: winwinwin batch pyproject.toml",
    "schema -o s.json -o s.json": "s.json: is already read or written by this run. Choose another name.",
}


@pytest.mark.parametrize("written", MISTAKES)
def test_a_mistake_is_told_with_what_to_do(run: Run, written: str) -> None:
    before = sorted(ROOT.iterdir())
    done = run(*shlex.split(written))
    assert done == (2, "", f"{MISTAKES[written]}\n")
    assert sorted(ROOT.iterdir()) == before


@pytest.mark.parametrize(
    ("written", "said"),
    {
        "scor": "No such command 'scor'. Did you mean 'score', 'record'?",
        "x" * 300: "No such command 'xxx",
        "score --salespersn won": "No such option: --salespersn",
        "score won lost won": "unexpected extra argument",
        "explain a b c": "unexpected extra argument",
    }.items(),
)
def test_a_command_line_that_cannot_be_parsed_is_a_usage_error(
    run: Run, written: str, said: str
) -> None:
    done = run(*written.split())
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert ("--salesperson" in done.err.replace("--salespersn", "")) == ("salespersn" in written)
    assert re.search(r"^Try 'winwinwin.* -h' for help\.$", done.err, re.MULTILINE)


# Score and explain as text.

PANEL = """\
C-1042
WIN/WIN/WIN (salesperson, customer, organization)
Everybody won, but in the wrong order: customer first.
rule: mutual-win (consequence 1). The salesperson won and the customer won.
assumed: salesperson feels good about the work: yes; salesperson feels they lost for the customer: no; customer thinks the salesperson: won
remedy: it would be WIN/WIN/WIN if they had won in the right order
note: Putting the customer first turns service into servitude, and standards and sales fall.
books: The books say the organization lost; the rules say it won.
"""

EXPLANATION = """\
Interaction
LOSE/LOSE/LOSE (salesperson, customer, organization)
The organization loses.
rule: beaten-customer (consequence 2). The customer lost and thinks the salesperson won.
rulebook: Confusion About Win/Win (bc191029b6a3e682)

What alone settles it
Together these settle it, and nothing else matters: the customer lost and the customer thinks the salesperson won.

How firm it is
One wrong entry would change it:
if the customer had thought the salesperson lost: undetermined

What is known
  fact                                          value         origin
  salesperson                                   lost          recorded
  customer                                      lost          recorded
  organization (books)                          not recorded  not needed
  salesperson feels good about the work         not recorded  missing
  salesperson feels they lost for the customer  no            assumed
  customer thinks the salesperson               won           recorded
  order of the wins                             not recorded  not needed
assumed: salesperson feels they lost for the customer: no, because they did not lose while the customer won

The rules: the first that fires decides

1. Disgruntled salesperson (disgruntled-salesperson, consequence 3): may still fire
The salesperson feels bad about the work, or feels they lost so that the customer could win. Then the organization loses. Those feelings spill over to clients, co-workers and family, and the organization ends up with disgruntled people.
         fact                                          needed  found         origin
  if     salesperson feels good about the work         no      not recorded  missing
  or if  salesperson feels they lost for the customer  yes     no            assumed
depends on: salesperson feels good about the work

2. Beaten customer (beaten-customer, consequence 2): fired and decides
The customer lost and thinks the salesperson won. Then the organization loses. Such a customer does not come back and warns others, so the organization always loses.
       fact                             needed  found  origin
  if   customer                         lost    lost   recorded
  and  customer thinks the salesperson  won     won    recorded

3. Mutual win (mutual-win, consequence 1): did not fire
The salesperson won and the customer won. Then the organization wins. When both win, the organization wins too.
       fact         needed  found  origin
  if   salesperson  won     lost   recorded
  and  customer     won     lost   recorded
why not: salesperson: lost, not won; customer: lost, not won

Order and time
order: not recorded; the right order is salesperson, then customer, then organization
gap: not recorded; it needs both times

What else the source says
note: A salesperson who never gets a win soon leaves the business.

What would make it WIN/WIN/WIN
remedy: it would be WIN/WIN/WIN if the salesperson had won and the customer had won
"""


def test_score_says_the_verdict_the_rule_and_the_remedy(run: Run) -> None:
    flags = "-s won -c won --organization lost --order customer,salesperson --id C-1042"
    assert run("score", *flags.split()) == (0, PANEL, "")


def test_score_is_a_line_where_quiet_is_asked_for(run: Run) -> None:
    line = "A-1             WIN/LOSE/LOSE   organization_loses  beaten-customer          customer=won\n"
    assert run("score", "-s", "won", "-c", "lost", "--id", "A-1", "-q") == (0, line, "")


def test_explain_shows_every_rule_and_why_it_did_not_decide(run: Run) -> None:
    flags = "-s lost -c lost --customer-believes-salesperson won"
    assert run("explain", *flags.split()) == (0, EXPLANATION, "")


SAID = {
    "-s won -c won --no-feels-good": "That the salesperson does not feel good about the work settles it; nothing else matters.",
    "-s won -c lost": "Together these settle it, and nothing else matters: the customer lost and the customer thinks the salesperson won (assumed).",
    "-s lost --customer-believes-salesperson won --feels-good": "No facts settle it alone: it rests on what is assumed of those that are missing.",
    "-s won -c won --no-feels-good --believes-lost": "Only 2 wrong entries together would change it:",
    "-c won --no-assumptions": "Nothing that is recorded settles it yet.",
    "-s won -c won --why-not organization_loses": "The verdict would be organization loses if the salesperson had lost",
    "-s won -c lost --why-not win_win_win": "beaten-customer: stands in the way: it fires (customer: lost; customer thinks the salesperson: won)",
    "-s won -c lost --why-not Organization-Loses": "The verdict is organization loses.",
    "-s won -c lost --no-feels-good": "why: It fires too, but an earlier rule decides.",
    "-c lost --no-assumptions": "depends on: customer thinks the salesperson",
    "-s won -c won --no-assumptions": "why: It fires, but the missing facts could still change the verdict.",
    "-c lost": "depends on: salesperson; customer thinks the salesperson",
    "-s won": "ask: Did the customer win or lose, in their own view?",
    "-s won -c won": "Nothing to change: it already is.",
    "-s won -c won --customer-believes-salesperson lost": "order: not recorded; assumed to be in the right order: salesperson, then customer, then organization",
    "-s won -c won --order salesperson,customer": "order: in the right order: salesperson, then customer, then organization",
    "-s won -c won --organization won --order organization,salesperson": "order: organization too early; the right order is salesperson, then customer, then organization",
    "-s won -c won --salesperson-won-at 2026-11-02T10:00 --customer-won-at 2026-11-02T10:20": "gap: 20 min from the salesperson's win to the customer's (the shorter the better)",
    "-s won -c won --salesperson-won-at 2026-11-03 --customer-won-at 2026-11-02": "gap: -1 d from the salesperson's win to the customer's (the customer won first)",
    "-s lost --customer-believes-salesperson won": "rule: disgruntled-salesperson or beaten-customer: one of them fires, whatever the missing facts are",
    "-s won -c lost --organization lost": "books: The books agree: the organization lost.",
    "-s won -c lost --customer-believes-salesperson lost": "No rule fires: the rules don't cover this case.",
    "-c won": "Too little is recorded for a verdict. It could still be win/win/win or organization loses.",
    "-s unknown": "Too little is recorded for a verdict. It could still be win/win/win, organization loses or not covered.",
}


@pytest.mark.parametrize("flags", SAID)
def test_explain_says_what_follows_from_the_facts(run: Run, flags: str) -> None:
    assert SAID[flags] in run("explain", *shlex.split(flags)).out.splitlines()


# Explain an interaction of a file.


@pytest.mark.parametrize("name", ["week.yaml", "."])
def test_an_interaction_is_found_in_a_file_or_folder_by_its_id(run: Run, name: str) -> None:
    shown = run("explain", f"examples/{name}", "W47-045")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("W47-045\nLOSE/?/LOSE (salesperson, customer, organization)\n")


def test_a_good_record_of_a_broken_file_is_explained(run: Run) -> None:
    shown = run("explain", "examples/broken.yaml", "B-11")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("B-11\nWIN/LOSE/LOSE")


def test_an_invalid_record_is_explained_by_what_is_wrong_with_it(run: Run) -> None:
    said = """\
examples/broken.yaml:37:43: salesperson.feels_good: 'maybe' is not yes or no. (yes, y, true, 1 or no, n, false, 0)
   37 |   salesperson: {outcome: won, feels_good: maybe}
      |                                           ^
"""
    assert run("explain", "examples/broken.yaml", "B-05") == (2, "", said)


def test_an_id_that_is_there_twice_is_an_error_that_says_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {id: A, salesperson: won}\n- {id: A, salesperson: lost}\n")
    said = (
        "a.yaml: 2 interactions have the id 'A': a.yaml:1, a.yaml:2. "
        "Give each an id of its own, or explain one by its place.\n"
    )
    assert run("explain", "a.yaml", "A", cwd=tmp_path) == (2, "", said)


def test_records_without_an_id_are_passed_over(run: Run) -> None:
    records = "- salesperson: won\n- {id: A-1, salesperson: won}\n- {id: A-2, salesperson: x}\n"
    said = "standard input: no interaction has the id 'A-3'. Did you mean 'A-1'?\n"
    assert run("explain", "-", "A-3", stdin=records) == (2, "", said)


def test_an_id_may_be_that_of_a_record_that_cannot_be_read(run: Run) -> None:
    records = "- id: A\n  notes: 'it's late'\n- {id: B, salesperson: won}\n"
    done = run("explain", "-", "A", stdin=records)
    assert (done.code, done.out) == (2, "")
    missed, mistake = done.err.splitlines()[:2]
    assert missed == "standard input: no interaction has the id 'A'."
    assert mistake.startswith("standard input:2:14: not YAML")


def test_an_id_in_standard_input_is_found(run: Run) -> None:
    shown = run(
        "explain",
        "-",
        "B",
        "--input-format",
        "jsonl",
        stdin='{"id":"A"}\n{"id":"B","customer":"w"}',
    )
    assert shown.out.startswith("B\n?/WIN/? (salesperson, customer, organization)\n")


def test_a_file_that_cannot_be_read_whole_says_so_before_an_id_is_missed(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text('[{"id": "A"}, {"id": "B"')
    shown = run("explain", "a.json", "C", cwd=tmp_path)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("a.json:1:")
    assert "no interaction has the id" not in shown.err


def test_the_file_that_is_explained_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    record = '{"id": "A", "salesperson": "won"}'
    (tmp_path / "a.json").write_text(record)
    said = "a.json: is already read or written by this run. Choose another name.\n"
    assert run("explain", "a.json", "A", "-o", "a.json", cwd=tmp_path) == (2, "", said)
    assert (tmp_path / "a.json").read_text() == record


# New and schema.

TEMPLATE = (ROOT / "winwinwin" / "template.yaml").read_text("utf-8")


def test_new_prints_the_template(run: Run) -> None:
    assert run("new") == (0, TEMPLATE, "")


def test_new_writes_a_file_that_scores_as_it_is_and_is_never_overwritten(
    run: Run, tmp_path: Path
) -> None:
    written = run("new", "my.yaml", cwd=tmp_path)
    said = "Wrote my.yaml. Next: winwinwin batch my.yaml\n"
    editor = "winwinwin schema interactions -o interactions.schema.json"
    assert written == (0, "", f"{said}To have an editor check it: {editor}\n")
    assert (tmp_path / "my.yaml").read_text() == TEMPLATE
    judged = run("batch", "my.yaml", cwd=tmp_path)
    assert (judged.code, judged.err) == (0, "")
    assert "\n3 interactions judged\n" in judged.out
    (tmp_path / "my.yaml").write_text("mine")
    said = "my.yaml: already exists. Choose another name.\n"
    assert run("new", "my.yaml", cwd=tmp_path) == (2, "", said)
    assert (tmp_path / "my.yaml").read_text() == "mine"


def test_the_schema_is_printed_or_written_to_files(run: Run, tmp_path: Path) -> None:
    printed = run("schema")
    assert json.loads(printed.out)["title"] == "Interactions for winwinwin"
    assert run("schema", "-o", "a.json", "-o", "b.json", cwd=tmp_path) == (0, "", "")
    assert (tmp_path / "a.json").read_text() == printed.out == (tmp_path / "b.json").read_text()


# Real processes.

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in {"NO_COLOR", "FORCE_COLOR", "PYTHONUNBUFFERED", "COLUMNS", "LINES"}
} | {"TERM": "xterm-256color"}
PROGRAM = [sys.executable, "-m", "winwinwin"]


def start(*arguments: str, **options: Any) -> "subprocess.Popen[str]":
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": ENVIRONMENT}
    return subprocess.Popen([*PROGRAM, *arguments], cwd=ROOT, **(pipes | options))


def finish(*arguments: str, stdin: str = "", **options: Any) -> tuple[int, str, str]:
    process = start(*arguments, stdin=subprocess.PIPE, **options)
    out, err = process.communicate(stdin, timeout=30)
    return process.returncode, out, err


def modules(*arguments: str) -> set[str]:
    """Return the modules that a command has imported at its end."""
    code = (
        "import atexit, sys\n"
        "from winwinwin.cli.app import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", ["--help", "--version"])
def test_help_and_version_import_neither_models_nor_the_judge(arguments: str) -> None:
    imported = modules(*arguments.split())
    unwanted = {"pydantic", "pydantic_core", "yaml", "rich", "winwinwin.kernel.judging"}
    assert "winwinwin.cli.app" in imported
    assert all(map(find_spec, unwanted))
    assert imported & unwanted == set()


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            "score --help",
            {"rich", "yaml", "winwinwin.record.interaction", "winwinwin.kernel.judging"},
        ),
        ("score -s won", {"rich", "winwinwin.renderers.markdown", "winwinwin.rows.records"}),
        ("score -s won --format json", {"rich", "winwinwin.renderers.markdown"}),
        ("batch examples/week.yaml", {"rich", "mcp", "anyio"}),
        ("mcp --help", {"mcp", "anyio", "winwinwin.kernel.judging"}),
        ("rules list", {"rich", "winwinwin.kernel.judging"}),
        ("new", {"rich", "yaml", "winwinwin.record.interaction", "winwinwin.kernel.judging"}),
        ("schema", {"rich", "winwinwin.kernel.judging"}),
    ],
)
def test_a_command_in_a_pipe_imports_only_what_it_uses(arguments: str, unwanted: set[str]) -> None:
    assert all(map(find_spec, unwanted))  # otherwise nothing could import them
    assert modules(*arguments.split()) & unwanted == set()


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        ("batch - --input-format json", '[{"salesperson": "won"}]', 0),
        ("batch - --fail-on undetermined", "salesperson: won", 1),
        ("batch -", "salesperson: wun", 2),
        ("score", "", 2),
    ],
)
def test_the_exit_code_tells_done_from_failed_from_wrong(
    arguments: str, stdin: str, code: int
) -> None:
    returned, _, err = finish(*arguments.split(), stdin=stdin)
    assert returned == code
    assert bool(err) == bool(code)
    assert "Traceback" not in err


@pytest.mark.parametrize("format_name", ["text", "jsonl", "csv"])
def test_a_closed_pipe_ends_a_run_quietly(tmp_path: Path, format_name: str) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text('{"salesperson": "won", "customer": "lost"}\n' * 20_000)
    process = start("batch", str(many), "--format", format_name, "-q")
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(30) == 141
    process.stderr.close()


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_a_run_quietly_with_nothing_half_written(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    kept = tmp_path / "verdicts.csv"
    kept.write_text("old")
    output = ["-o", str(kept), "-o", str(tmp_path / "new.json")]
    process = start("batch", "-", *output, stdin=subprocess.PIPE)
    assert process.stdin
    process.stdin.write("- {salesperson: won}\n" * 10_000)
    process.stdin.flush()
    for _ in range(1000):
        if len(list(tmp_path.glob(".*.part"))) == 2:
            break
        time.sleep(0.01)
    assert len(list(tmp_path.glob(".*.part"))) == 2
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (code, "", "")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [
        ("verdicts.csv", "old")
    ]


def at_terminal(*arguments: str, **environment: str) -> str:
    """Run the program at a terminal of its own, and return what it was sent."""
    ours, theirs = pty.openpty()
    ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs, "text": False}
    process = start(*arguments, env=ENVIRONMENT | {"COLUMNS": "80"} | environment, **ends)
    os.close(theirs)
    sent = b""
    try:
        while part := os.read(ours, 65_536):
            sent += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(30) == 0
    return sent.decode()


def test_a_terminal_has_colour_until_it_is_unwanted() -> None:
    command = ["batch", "examples/week.yaml"]
    assert colours(at_terminal(*command))
    assert not colours(at_terminal(*command, "--no-color"))
    assert not colours(at_terminal(*command, NO_COLOR="1"))


def test_an_encoding_without_the_characters_is_no_reason_for_a_traceback() -> None:
    shown = at_terminal("batch", "examples/week.yaml", PYTHONIOENCODING="ascii")
    assert shown.isascii()
    assert "\x1b[38;5;31m############" in shown
    command = [*PROGRAM, "score", "-s", "won", "--id", "é", "-q"]
    ascii_only = ENVIRONMENT | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=ascii_only, capture_output=True, check=True)
    assert done.stdout.decode("utf-8").startswith("é  ")


def test_an_interrupt_that_comes_early_is_quiet_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("winwinwin.cli.app.get_command", interrupted)
    assert run("score", "-s", "won") == (130, "", "")


TWICE = {
    "-s won --salesperson lost": "--salesperson: given twice. Keep one.",
    "-s won -s won": "--salesperson: given twice. Keep one.",
    "--feels-good --no-feels-good": "--feels-good: given twice. Keep one.",
    "--no-believes-lost --believes-lost": "--believes-lost: given twice. Keep one.",
    "--order customer --order salesperson": "--order: given twice. Name the parties once, comma-separated.",
}


@pytest.mark.parametrize("flags", TWICE)
@pytest.mark.parametrize("command", ["score", "explain"])
def test_a_fact_given_twice_is_refused(run: Run, command: str, flags: str) -> None:
    assert run(command, *flags.split()) == (2, "", f"{TWICE[flags]}\n")


def test_every_fact_has_the_flag_that_is_named_for_it() -> None:
    assert set(FLAGS.values()) <= {name for each in COMMANDS["score",].params for name in each.opts}


FULL_STREAM = "standard output: cannot be written: no space left on device.\n"


@pytest.mark.parametrize("command", ["--help", "--version", "batch --help", "rules list", "new"])
def test_what_a_full_device_does_not_take_is_an_error_of_one_line(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        assert finish(*command.split(), stdout=full)[::2] == (2, FULL_STREAM)


def test_a_full_standard_error_keeps_no_data_back() -> None:
    with Path("/dev/full").open("w") as full:
        code, out, _ = finish("batch", "examples/broken.yaml", "--format", "csv", stderr=full)
        assert (code, len(out.splitlines())) == (2, 13)
        assert finish("score", "-s", "wun", stderr=full)[:2] == (2, "")


@pytest.mark.parametrize(
    ("closed", "code"), [("2>&-", 0), ("<&-", 2), (">&-", 2), ("-q -o v.csv >&-", 0)]
)
def test_a_closed_stream_is_no_reason_for_a_traceback(
    tmp_path: Path, closed: str, code: int
) -> None:
    command = f"{shlex.join(PROGRAM)} batch - {ROOT}/examples/one.yaml {closed}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        env=ENVIRONMENT,
        input="salesperson: won",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code
    if closed == ">&-":
        assert done.stderr == "standard output: cannot be written: not writable.\n"


def test_a_question_without_standard_input_is_no_reason_for_a_traceback(tmp_path: Path) -> None:
    command = f"{shlex.join(PROGRAM)} record --to {tmp_path}/r.yaml <&-"
    done = subprocess.run(
        ["sh", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr.endswith("The answers ended early; nothing was saved.\n")


ONCE = ("--talk", "--ask", "--summary", "--map", "--rulebook", "--since", "--format", "--into")


@pytest.mark.parametrize("flag", ONCE)
@pytest.mark.parametrize("joined", [False, True])
def test_an_option_with_one_value_is_given_once(run: Run, flag: str, *, joined: bool) -> None:
    """The last would win, and what was asked for first would be forgotten in silence."""
    value = "json" if flag == "--format" else "x.csv"
    again = [f"{flag}={value}"] if joined else [flag, value]
    done = run("batch", "examples/week.yaml", flag, value, *again)
    assert (done.code, done.out, done.err) == (2, "", f"{flag}: given twice. Keep one.\n")


def test_what_can_be_repeated_still_can(run: Run) -> None:
    options = ("--by", "employee", "--by", "channel", "--only", "employee=Linh", "-q", "-q")
    assert run("batch", "examples/week.yaml", *options, "--only", "employee=Mateo").code == 0
