"""Reading a workbook in a process of its own first, with little memory: what ends that one is refused.

For the kinds of workbooks in which it can't be looked up what they take.
"""

import subprocess
import sys
from typing import IO

from winwinwin.errors import Problem, UnreadableError
from winwinwin.limits import MEGABYTE, TRIED_EACH, TRIED_WITH

FATAL = 99
SCRIPT = f"""
import io, resource, sys
most = int(sys.argv[1])
hard = resource.getrlimit(resource.RLIMIT_AS)[1]
resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineWorkbook
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for name in book.sheet_names:
        book.get_sheet_by_name(name)
except MemoryError:
    sys.exit({FATAL})
except BaseException:
    pass
"""


def refuse_fatal(workbook: IO[bytes]) -> None:
    """Raise UnreadableError, without a place, for a workbook that takes too much memory."""
    if sys.platform == "win32":  # it limits no process so
        return
    workbook.seek(0)
    content = workbook.read()
    most = TRIED_WITH + TRIED_EACH * len(content)
    command = [sys.executable, "-I", "-c", SCRIPT, str(most)]
    done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603  # our own
    if done.returncode < 0 or done.returncode == FATAL:
        what = f"takes more than {most // MEGABYTE:,} MB of memory"
        hint = "Delete what stands far below or right of the table, or export it as CSV."
        raise UnreadableError(Problem(what, hint=hint))
