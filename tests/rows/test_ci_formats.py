"""What CI reads of a run: JUnit XML, annotations for GitHub, and the hook for pre-commit."""

import json
import shlex
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from conftest import ROOT, Run

Counts = tuple[int, int, int]

NASTY = 'a"<b>&]]>,:%0A\u2028::error::x\ufffe'
REFUSED = "b\n::error::x\x1b[31m"


def suite(text: str) -> list[ET.Element]:
    return ET.fromstring(text).findall("testsuite/testcase")  # noqa: S314  # our own


def counts(element: ET.Element) -> Counts:
    """Return what an element says of its tests, failures and errors."""
    tests, failures, errors = (int(element.attrib[n]) for n in ("tests", "failures", "errors"))
    return tests, failures, errors


def recount(root: ET.Element) -> Counts:
    tests, failures, errors = (
        len(root.findall(f"testsuite/testcase{part}")) for part in ("", "/failure", "/error")
    )
    return tests, failures, errors


@pytest.mark.parametrize(
    ("arguments", "found"),
    {
        ("batch", "examples/week.yaml"): (50, 0, 0),
        ("batch", "examples/broken.yaml", "--fail-on", "organization_loses"): (13, 1, 10),
        ("batch", "examples/week.yaml", "missing.yaml", "--fail-on", "undetermined"): (52, 1, 1),
        ("rules", "test", "examples/house.cases.yaml"): (6, 2, 0),
        ("rules", "test", "examples/house.cases.yaml", "--rulebook", "examples/house.yaml"): (6, 0, 0),
    }.items(),
)  # fmt: skip
def test_in_junit_the_root_and_its_suite_carry_their_counts(
    run: Run, arguments: tuple[str, ...], found: Counts
) -> None:
    root = ET.fromstring(run(*arguments, "--format", "junit").out)  # noqa: S314  # our own
    [suite] = root
    assert counts(root) == counts(suite) == recount(root) == found


def test_in_junit_every_record_and_gate_is_a_test(run: Run) -> None:
    gates = ["--fail-on", "organization_loses", "--fail-on", "undetermined=3"]
    done = run("batch", "examples/broken.yaml", "--format", "junit", "-q", *gates)
    tests = suite(done.out)
    assert done.code == 2
    assert len(tests) == 12 + 2
    errors = {test.get("name"): test.find("error") for test in tests}
    assert [name for name, error in errors.items() if error is None] == [
        *("B-04", "B-11", "gate organization_loses=0", "gate undetermined=3"),
    ]
    first = errors["B-01"]
    assert first is not None
    said = "'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)"
    assert first.get("message") == said
    assert first.text == f"examples/broken.yaml:9:13: customer: {said}"
    assert (tests[0].get("file"), tests[0].get("line")) == ("examples/broken.yaml", "9")
    [failure] = [test.find("failure") for test in tests if test.find("failure") is not None]
    assert failure is not None
    assert (
        failure.text == "gate organization_loses=0 failed: 1 interaction (limit 0, exceeded by 1)"
    )


def test_what_is_not_read_to_its_end_passes_in_no_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl").write_bytes(b'{"salesperson":"won","customer":"won"}\n\xff\n')
    arguments = ["batch", "cut.jsonl", "missing.yaml", "-q", "--fail-on", "undetermined"]
    done = run(*arguments, "--format", "junit", cwd=tmp_path)
    assert done.code == 2
    errors = {test.get("name"): test.find("error") for test in suite(done.out)}
    assert [*errors] == ["cut.jsonl:1", "cut.jsonl", "missing.yaml", "gate undetermined=0"]
    assert [error.text for error in errors.values() if error is not None] == [
        "cut.jsonl:2:1: byte 0xff is not UTF-8. Save the file as UTF-8.",
        "missing.yaml: no such file or folder.",
    ]
    lines = run(*arguments, "--format", "github", cwd=tmp_path).out.splitlines()
    assert lines == [
        "::error file=cut.jsonl,line=2,col=1::byte 0xff is not UTF-8. Save the file as UTF-8.",
        "::error file=missing.yaml::no such file or folder.",
    ]


def test_in_junit_what_was_not_judged_passes_no_gate(run: Run) -> None:
    arguments = ["batch", "-", "--fail-on", "undetermined", "--format", "junit", "-q"]
    done = run(*arguments, stdin="- {customer: wun}\n")
    tests = ET.fromstring(done.out)[0]  # noqa: S314  # our own
    assert done.code == 2
    assert [(test.get("name"), test[0].tag) for test in tests][1:] == [
        ("gate undetermined=0", "error")
    ]


OPEN_GATES = (
    *("--fail-on", "organization_loses=14"),
    *("--require", "win_win_win=58%"),
    *("--require", "win_win_win=50%"),
)


def test_in_junit_a_gate_that_the_unknown_could_change_says_so(run: Run) -> None:
    done = run("batch", "examples/week.yaml", "--format", "junit", "-q", *OPEN_GATES)
    *_, most, least, kept = suite(done.out)
    assert [test.get("name") for test in (most, least, kept)] == [
        "gate organization_loses=14",
        "gate win_win_win=58% required",
        "gate win_win_win=50% required",
    ]
    assert most.findtext("system-out", "").endswith("; 4 undetermined could fail it")
    assert least.findtext("failure", "").endswith("; 3 undetermined could pass it")
    assert [*kept] == []


def test_in_github_a_gate_that_could_still_fail_is_a_notice(run: Run) -> None:
    done = run("batch", "examples/week.yaml", "--format", "github", "-q", *OPEN_GATES)
    assert done.out.splitlines()[-2:] == [
        "::notice::gate organization_loses=14 passes as recorded; 4 undetermined could fail it",
        (
            "::error::gate win_win_win=58%25 failed: 52.0%25 of 50 interactions (at least 58%25 "
            "required, 6.0 points short); 3 undetermined could pass it"
        ),
    ]


def test_a_verdict_is_no_failure_in_junit(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    assert run("batch", "examples/week.yaml", "-o", file).code == 0
    tests = suite(file.read_text("utf-8"))
    assert len(tests) == 50
    assert not [test for test in tests if test.find("failure") is not None]
    assert (
        file.read_text("utf-8") == run("batch", "examples/week.yaml", "--format", "junit", "-q").out
    )
    said = {test.get("name"): test.findtext("system-out") for test in tests}
    assert said["W47-034"] == "LOSE/LOSE/?: No rule fires: the rules don't cover this case."


def test_in_github_what_asks_for_attention_is_marked_in_its_line(run: Run) -> None:
    done = run(
        "batch",
        "examples/broken.yaml",
        "--format",
        "github",
        "-q",
        "--fail-on",
        "organization_loses",
    )
    lines = done.out.splitlines()
    assert lines[0] == (
        "::error file=examples/broken.yaml,line=9,col=13::customer: 'wun' is not an outcome. "
        "Did you mean 'won'? (won, lost or unknown)"
    )
    assert (
        "::warning file=examples/broken.yaml,line=81::B-11: WIN/LOSE/LOSE. The organization loses."
        in lines
    )
    assert (
        lines[-1]
        == "::error::gate organization_loses=0 failed: 1 interaction (limit 0, exceeded by 1)"
    )
    assert not [line for line in lines if "B-04" in line]


def test_every_verdict_but_a_win_is_annotated(run: Run) -> None:
    lines = run("batch", "examples/week.yaml", "--format", "github", "-q").out.splitlines()
    levels = [line.split(" ")[0] for line in lines]
    assert (levels.count("::warning"), levels.count("::notice"), len(lines)) == (14, 10, 24)


def test_outside_text_is_neither_markup_nor_a_command(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a,b:c%.jsonl"
    lost = {"id": NASTY, "salesperson": "won", "customer": "lost"}
    records = [lost, {"id": NASTY, "customer": NASTY}, {"id": REFUSED}]
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    arguments = ["batch", file.name, "-q", "--format"]
    tests = suite(run(*arguments, "junit", cwd=tmp_path).out)
    shown = 'a"<b>&]]>,:%0A\\u2028::error::x\\ufffe'
    spelt = "b\\n::error::x\\x1b[31m"
    assert [test.get("name") for test in tests] == [shown, shown, spelt]
    first, second, third = run(*arguments, "github", cwd=tmp_path).out.splitlines()
    assert first.startswith(
        '::warning file=a%2Cb%3Ac%25.jsonl,line=1::a"<b>&]]>,:%250A\\u2028::error::x\\ufffe'
    )
    assert second.startswith("::error file=a%2Cb%3Ac%25.jsonl,line=2,col=")
    assert third == (
        "::error file=a%2Cb%3Ac%25.jsonl,line=3,col=8::"
        f"id: character 2 of '{spelt}' is a line break. Only notes may hold it."
    )


def test_the_hook_checks_files_of_interactions(run: Run) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["language"], hook["types_or"]) == (
        "winwinwin",
        "python",
        ["yaml", "json"],
    )
    assert hook["require_serial"] is True  # otherwise each process counts its gates by itself
    program, *arguments = shlex.split(hook["entry"])
    assert program == "winwinwin"
    assert run(*arguments, "examples/week.yaml", "examples/one.yaml").code == 0
    done = run(*arguments, "examples/week.yaml", "examples/broken.yaml")
    assert done.code == 2
    assert "::error file=examples/broken.yaml,line=9,col=13::" in done.out


def test_each_gate_has_a_name_of_its_own_in_junit(run: Run) -> None:
    one = "undetermined=8%"
    gates = ("--fail-on", one, "--require", one, "--fail-on", "undetermined=8", "--fail-on", one)
    done = run("batch", "examples/week.yaml", "--format", "junit", "-q", *gates)
    assert [test.get("name") for test in suite(done.out)[50:]] == [
        "gate undetermined=8%",
        "gate undetermined=8",
        "gate undetermined=8% required",
    ]


UNREAD = {
    "no file": ("gone.csv", None, "no such file or folder"),
    "no fact": ("t.csv", "a,b\n1,2\n", "no column has the name of a fact"),
    "no rows": ("t.csv", "salesperson,customer\n", "has no rows"),
    "no workbook": ("t.xlsx", "not one", "t.xlsx"),
    "no column": ("t.csv", "id,salesperson\nA,won\n", "the table has no column 'mood'"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_ci_is_told_of_a_table_that_cannot_be_read(run: Run, tmp_path: Path, name: str) -> None:
    source, content, said = UNREAD[name]
    if content is not None:
        (tmp_path / source).write_text(content)
    (tmp_path / "m.yaml").write_text("customer: {column: mood, won: good, lost: bad}\n")
    mapped = ("--map", "m.yaml") if name == "no column" else ()
    outputs = ("-o", "o.xml", "-o", "o.csv", "--fail-on", "undetermined")
    done = run("batch", source, *mapped, *outputs, "--format", "github", cwd=tmp_path)
    assert done.code == 2
    assert done.out.startswith("::error file=")
    assert said in done.out
    tests = ET.parse(tmp_path / "o.xml").getroot()[0]  # noqa: S314  # our own
    assert [(test.get("name"), test[0].tag) for test in tests] == [
        ("m.yaml" if mapped else source, "error"),
        ("gate undetermined=0", "error"),
    ]
    assert said in str(tests[0][0].text)
    assert not (tmp_path / "o.csv").exists()


def test_what_ci_is_told_of_a_table_never_goes_over_an_input(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "t.xml"
    source.write_text("a,b\n1,2\n")
    done = run("batch", source, "--input-format", "csv", "-o", source)
    assert (done.code, source.read_text()) == (2, "a,b\n1,2\n")
