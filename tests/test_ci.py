"""CI here and the action for other repositories: valid to GitHub, and doing what they promise."""

import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*"))
CI = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f".ci/{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


audit, lowest = script("audit"), script("lowest")


def checked(schema: str, *files: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.github-workflows", WORKFLOWS), ("vendor.github-actions", [ROOT / "action.yml"])],
)
def test_github_s_own_schema_takes_them(schema: str, files: list[Path], tmp_path: Path) -> None:
    assert files
    code, said = checked(schema, *files)
    assert code == 0, said
    broken = tmp_path / "broken.yml"
    broken.write_text(files[0].read_text("utf-8").replace("\n    steps:", "\n    stepz:"), "utf-8")
    broken.write_text(broken.read_text("utf-8").replace("using: composite", "using: compost"))
    assert checked(schema, broken)[0] == 1


def commands(job: str) -> list[str]:
    return [step["run"] for step in CI["jobs"][job]["steps"] if "run" in step]


def test_a_job_runs_what_ci_is_here() -> None:
    assert commands("whole") == [".ci/run"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_every_python_that_is_promised_is_tested() -> None:
    project = tomllib.loads(PYPROJECT)["project"]
    tested = CI["jobs"]["python"]["strategy"]["matrix"]["python"]
    said = [name.rpartition(" ")[2] for name in project["classifiers"] if "Python :: 3." in name]
    assert set(said) <= set(tested)
    assert tested[0] == project["requires-python"].removeprefix(">=")
    [setup] = [s["with"] for s in CI["jobs"]["lowest"]["steps"] if "setup" in s.get("uses", "")]
    assert setup["python-version"] == tested[0]


# The lowest versions.


def test_the_job_of_the_lowest_versions_installs_them() -> None:
    assert commands("lowest") == [
        "python .ci/lowest.py > lowest.txt",
        "pip install -e '.[test]' -c lowest.txt",
        "pytest",
    ]
    command = [sys.executable, ROOT / ".ci/lowest.py"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.splitlines() == [*lowest.constraints(lowest.requirements(PYPROJECT))]
    assert printed.count("pydantic==") == 1


MADE_UP = """
[project]
dependencies = ["Abc>=1.2", "d-e.f[x,y] >= 3, <4"]
[project.optional-dependencies]
one = ["winwinwin[two]", "g<3", "h<=3,>=2.0.1; python_version>='3.12'", "d-e.f[z]>=3,<4"]
two = ["i", "j; python_version >= '3.12'", "k~=1.0"]
"""


def test_a_lower_bound_becomes_the_version_and_nothing_else_does() -> None:
    made = [*lowest.constraints(lowest.requirements(MADE_UP))]
    assert made == ["Abc==1.2", "d-e.f==3", "h==2.0.1"]


def test_every_dependency_has_a_lower_bound_or_a_reason_to_have_none() -> None:
    bound = {each.partition("==")[0] for each in lowest.constraints(lowest.requirements(PYPROJECT))}
    names = {
        match[0]
        for each in lowest.requirements(PYPROJECT)
        if (match := lowest.re.match(r"[\w.-]+", each))
    }
    assert names - bound == {"winwinwin", "pandas"}  # itself, and the pandas that PySpark brings


# Known vulnerabilities.


def test_a_known_vulnerability_is_found_and_what_no_index_knows_is_counted() -> None:
    flaws = [{"id": "X-1", "fix_versions": ["1.2", "2.0"]}, {"id": "X-2", "fix_versions": []}]
    packages = [
        {"name": "a", "version": "1.0", "vulns": flaws},
        {"name": "b", "version": "3.0", "vulns": []},
        {"name": "c", "skip_reason": "Dependency not found on PyPI"},
    ]
    report = {"dependencies": packages}
    assert [*audit.found(report)] == [
        "a 1.0: X-1, fixed in 1.2, 2.0",
        "a 1.0: X-2, fixed in no version yet",
    ]
    assert audit.audited(report) == "2 of 3 packages audited"


@pytest.mark.parametrize(
    ("printed", "code", "said"),
    [
        ('{"dependencies": []}', 0, "0 of 0 packages audited\n"),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X", "fix_versions": []}]}]}', 1,
         "a 1: X, fixed in no version yet\n1 of 1 packages audited\n"),
        ("", 0, "nothing audited: no index answers\nConnectionError\n"),
    ],
)  # fmt: skip
def test_a_flaw_fails_and_silence_does_not(
    printed: str,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def answered(*_: Any, **__: Any) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess([], code, printed, "ConnectionError")

    monkeypatch.setattr(audit.subprocess, "run", answered)
    assert (audit.main(), capsys.readouterr().out) == (code, said)


# The action.


def judged(tmp_path: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """Run the script of the action's last step as GitHub does, with its inputs."""
    step = ACTION["runs"]["steps"][-1]
    environment = dict.fromkeys(step["env"], "") | inputs
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=ROOT,
        env=os.environ | environment | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_reads_every_input_that_it_has() -> None:
    used: dict[str, Any] = {}
    for step in ACTION["runs"]["steps"]:
        used |= step.get("env", {})
        assert "${{" not in step.get("run", "")
    named = {value.removeprefix("${{ inputs.").removesuffix(" }}") for value in used.values()}
    assert named - {"${{ github.action_path"} == set(ACTION["inputs"])


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ({"PATHS": "examples/one.yaml"}, 0, ""),
        ({"PATHS": "examples/one.yaml\n\nexamples/week.yaml\n"}, 0, ""),
        ({"PATHS": "examples/week.yaml", "FAIL_ON": "organization_loses=10%"}, 1, "::error"),
        ({"PATHS": "examples/week.yaml", "FAIL_ON": "organization_loses=90%\nnot_covered"}, 1, ""),
        ({"PATHS": "examples/week.yaml", "FAIL_ON": "organization_loses=90%\n"}, 0, ""),
        (
            {"PATHS": "examples/survey.csv", "ARGUMENTS": "--map=examples/survey.map.yaml"},
            0,
            "",
        ),
        ({"PATHS": "examples/week.yaml", "REQUIRE": "win_win_win=52%\n"}, 0, ""),
        ({"PATHS": "examples/week.yaml", "REQUIRE": "win_win_win=50%\nwin_win_win=27"}, 1, "27"),
        ({"PATHS": "examples/week.yaml", "FAIL_ON": "organization_loses=14"}, 0, "::notice::gate"),
        (
            {
                "PATHS": "examples/week.yaml",
                "FAIL_ON": "organization_loses=14",
                "SURELY": "true",
            },
            1,
            "::error::gate",
        ),
        ({"PATHS": "examples/broken.yaml"}, 2, "::error file=examples/broken.yaml,line=9"),
        ({"PATHS": "--help"}, 2, ""),
        ({"PATHS": "examples/one.yaml", "ARGUMENTS": "--rulebook=missing one.yaml"}, 2, ""),
        ({"PATHS": "$(touch left-behind)"}, 2, ""),
    ],
)
def test_the_action_judges_and_fails_as_batch_does(
    inputs: dict[str, str], code: int, said: str, tmp_path: Path
) -> None:
    done = judged(tmp_path, **inputs)
    assert done.returncode == code, done.stderr
    assert said in done.stdout
    assert not (ROOT / "left-behind").exists()


def test_no_two_files_of_tests_have_one_name() -> None:
    """Pytest collects only the first of them, and says so only in a run of all."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted({*names})
