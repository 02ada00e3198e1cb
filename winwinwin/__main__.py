"""The program as a process: `winwinwin`, or `python -m winwinwin`."""

import signal
import sys
from types import FrameType

INTERRUPTED = 130
ENDED = 128
"""What a shell adds to the number of the signal that ended a program."""


def main() -> None:
    """Run the program. Signals end it quietly, from the first moment on, and nothing half written."""
    for name in ("SIGTERM", "SIGHUP"):  # not everywhere are there both
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        from winwinwin.cli.app import main as run  # takes 50 ms

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(ENDED + number)


if __name__ == "__main__":
    main()
