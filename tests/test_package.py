"""What is handed out: the wheel and the archive of sources hold what they should, and work."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

PLAIN = ("tests/kernel/test_judging.py", "tests/record", "tests/test_library.py")
"""Tests of the sources that need neither an engine nor a browser."""

OF_THE_HISTORY = {".pre-commit-config.yaml", ".pre-commit-hooks.yaml"}
"""What only a checkout has a use for."""


def said(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked() -> set[str]:
    """Return the files of the project, as the history has them; new ones count once they are added."""
    return set(said("git", "ls-files", "-z", cwd=ROOT).rstrip("\0").split("\0"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the archive, built from what is tracked."""
    sources = tmp_path_factory.mktemp("sources")
    for name in tracked():
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, sources / name)
    made = tmp_path_factory.mktemp("built")
    said(sys.executable, "-m", "hatchling", "build", "-d", made, cwd=sources)
    return made


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == {name for name in tracked() if name.startswith("winwinwin/")}
    assert "winwinwin/py.typed" in held


def test_the_archive_holds_all_that_is_tracked(built: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        held = {name.partition("/")[2] for name in files.getnames()}
    assert held - {"PKG-INFO"} == tracked() - OF_THE_HISTORY


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment that has the wheel, and of this one the rest."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=False)
    [wheel] = built.glob("*.whl")
    [libraries] = place.glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", place / "bin/python", "install", "-q"]
    said(*pip, "--no-deps", "--no-index", wheel, cwd=place)
    others = Path(pytest.__file__).parent.parent
    (libraries / "others.pth").write_text(f"{others}\n")  # behind its own, and without their .pth
    return place / "bin"


def test_the_installed_wheel_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples/one.yaml", tmp_path)
    where = "import winwinwin; print(winwinwin.__file__)"
    assert str(installed.parent) in said(installed / "python", "-c", where, cwd=tmp_path)
    assert "WIN" in said(installed / "winwinwin", "explain", "one.yaml", cwd=tmp_path)
    assert said(installed / "winwinwin", "new", "mine.yaml", cwd=tmp_path) == ""
    assert "beaten-customer" in said(installed / "winwinwin", "rules", "list", cwd=tmp_path)


def test_the_tests_of_the_archive_pass_with_the_installed_wheel(
    built: Path, installed: Path, tmp_path: Path
) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        files.extractall(tmp_path, filter="data")
    [sources] = tmp_path.iterdir()
    shutil.rmtree(sources / "winwinwin")
    command = [installed / "python", "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"]
    assert "[100%]" in said(*command, *PLAIN, cwd=sources, PYTEST_ADDOPTS="")
