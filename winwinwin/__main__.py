"""The program as a process: `winwinwin`, or `python -m winwinwin`."""

import os
import sys

TYPE_CHECKING = False  # typing takes 10 ms, in which Ctrl-C would show a traceback
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

FAULT = 70
"""The exit code for a fault of the program itself: EX_SOFTWARE of the system's own list."""
ENDED = 128
"""What a shell adds to the number of the signal that ended a program."""
SOON = 0.01
"""Seconds after which a signal is sent again."""


ended_by: list[int] = []
"""The signals that ended the program: what one raises among imports may come out as anything."""


def main() -> None:
    """Run the program. Signals end it quietly, from the first moment on, and nothing half written.

    What nobody else has words for ends in a line and code 70; the traceback is only for --debug.
    """
    ended_by.clear()
    try:
        _on_signals(_end_at_once)  # a signal among imports may be lost, or come out as anything
        if _has_told_its_version():
            sys.exit(0)
        from winwinwin.cli.app import main as run  # takes 50 ms

        _on_signals(_end)
        run()
    except KeyboardInterrupt:  # before signals were looked after
        sys.exit(ENDED + 2)
    except SystemExit:
        _leave_if_ended()
        raise
    except BaseException as error:  # noqa: BLE001  # a panic in Rust is no Exception
        _leave_if_ended()
        _end_with(error)
    finally:
        _on_signals(_end_at_once)  # an interpreter that ends would show a traceback


def _has_told_its_version() -> bool:
    """Tell the version where nothing else is asked for; what hinders it is the program's to explain."""
    from winwinwin.cli.version import ASKED, SAID

    if sys.argv[1:] != ASKED:
        return False
    try:
        os.write(sys.stdout.fileno(), SAID.encode())  # a stream would hold back what it can't write
    except (AttributeError, OSError):  # closed, or full
        return False
    return True


def _on_signals(do: "Callable[[int, object], NoReturn]") -> None:
    """Set what a signal does, unless whoever started the program has it ignored."""
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # not everywhere are there all
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, do)


def _end_at_once(number: int, _frame: object) -> "NoReturn":
    os._exit(ENDED + number)


def _end(number: int, _frame: object) -> "NoReturn":
    ended_by.append(number)
    sys.unraisablehook = _end_again
    sys.exit(ENDED + number)


def _end_again(swallowed: "sys.UnraisableHookArgs") -> None:
    """Send the signal again, soon: it came where nothing can be raised, and the run would go on."""
    if not isinstance(swallowed.exc_value, SystemExit):
        return
    from _thread import interrupt_main
    from threading import Timer

    Timer(SOON, interrupt_main, ended_by[:1]).start()


def _leave_if_ended() -> None:
    """After a signal, leave without taking the interpreter down: an engine's threads may be at work in it."""
    if not ended_by:
        return
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # closed by whoever read it
            continue
    os._exit(ENDED + ended_by[0])


def _end_with(error: BaseException) -> None:
    """Report a fault of the program; nothing may go wrong any more."""
    from winwinwin.errors import DEBUG, fault, interruption, printable
    from winwinwin.output.streams import warn

    if stopped := interruption(error):
        raise stopped from None
    if DEBUG in sys.argv:
        from traceback import format_exception

        lines = "".join(format_exception(error)).splitlines()
        warn("".join(f"{printable(line)}\n" for line in lines))
    warn(f"{fault(error)}\n")
    sys.exit(FAULT)


if __name__ == "__main__":
    main()
