"""Write the built-in rules as Python, so that no start reads YAML: winwinwin/kernel/builtin.py.

python tests/builtin.py     # after a change to winwinwin/kernel/rulebook.yaml
"""

import subprocess
import sys
from pathlib import Path

from winwinwin import kernel
from winwinwin.evaluation import Judge, fingerprint
from winwinwin.loading.rulebooks import stated

TARGET = Path(kernel.__file__).with_name("builtin.py")
HEAD = '''"""The rules of rulebook.yaml and what names them, as tests/builtin.py writes them."""

from typing import Any
'''


def generated() -> str:
    """Return the text that the module should have."""
    book = stated(None).rulebook
    fingerprints = {
        assuming: fingerprint(Judge(book, assumptions=assuming)) for assuming in (True, False)
    }
    text = (
        f"{HEAD}\nRULEBOOK: dict[str, Any] = {book.model_dump()!r}\n"
        f"FINGERPRINTS = {fingerprints!r}\n"
        '"""With the assumptions, and without."""\n'
    )
    command = [sys.executable, "-m", "ruff", "format", "--line-length", "100", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    TARGET.write_text(generated(), "utf-8")
