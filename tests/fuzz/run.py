"""Attempt for some minutes: `PYTHONPATH=tests python tests/fuzz/run.py MINUTES [TARGET ...]`.

Each target has an equal part of the time. Exits 1 where anything was found; what was found last
is tried first in the next run.
"""

import random
import sys
import time

import attempts
from hypothesis import HealthCheck, given, seed, settings
from targets import TARGETS

AT_ONCE = 50
"""Attempts between two looks at the clock."""
MOST_FINDS = 3
"""Rounds with a find after which a target is left: it would only be found again."""


def finds_of(target: str, seconds: float) -> list[str]:
    """Attempt one kind for some time, and return what was found, each with a smallest attempt."""
    found: list[str] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(found) < MOST_FINDS:
        number = random.SystemRandom().getrandbits(32)

        @seed(number)
        @settings(max_examples=AT_ONCE, deadline=None, suppress_health_check=list(HealthCheck))
        @given(TARGETS[target])
        def attempt(attempt: attempts.Attempt) -> None:
            attempts.check(attempt)

        try:
            attempt()
        except BaseException as error:  # whatever it is, it is a find
            if isinstance(error, KeyboardInterrupt):
                raise
            errors = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
            for each in errors:
                notes = "\n".join(getattr(each, "__notes__", ()))
                found.append(f"{type(each).__name__}: {each}\n{notes}\n")
                print(f"--- {target}, seed {number}\n{found[-1]}", flush=True)
    return found


def main(minutes: str, *targets: str) -> None:
    chosen = targets or tuple(TARGETS)
    lines = []
    total = 0
    for target in chosen:
        before, begun = attempts.executions, time.monotonic()
        finds = len({*finds_of(target, 60 * float(minutes) / len(chosen))})
        made, took = attempts.executions - before, time.monotonic() - begun
        total += finds
        lines.append(f"{target:12} {made:>9,} executions {took:>6.0f} s {finds:>4} finds")
        print(lines[-1], flush=True)
    print("\n" + "\n".join(lines))
    sys.exit(total > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
