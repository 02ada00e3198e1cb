"""LibreOffice without a screen: workbooks as a person's spreadsheet reckons them."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from services import missing

PATIENCE = 120
"""Seconds that it may take, its start included."""


def recalculated(files: Iterable[Path], folder: Path) -> Path:
    """Open workbooks, reckon all formulas, and save them in a folder under the same names."""
    program = shutil.which("soffice")
    if program is None:
        missing(
            "there is no soffice: apt-get install --no-install-recommends libreoffice-calc-nogui"
        )
    home = folder / "profile"
    done = folder / "recalculated"
    command = [str(program), f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(done)]
    run = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert run.returncode == 0, run.stderr
    return done
