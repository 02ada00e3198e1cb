"""Files that judge by themselves, and by another rulebook than the run."""

from collections.abc import Mapping

from winwinwin.batch.other_rulebooks import HINT, MOST_SHOWN
from winwinwin.errors import Place, Problem, printable, shortened
from winwinwin.evaluation import Judge
from winwinwin.kernel.rulebook import Stamp


def judged_otherwise(stamps: Mapping[str, Stamp], judge: Judge) -> str:
    """Warn of each file whose rows another rulebook judged; '' for none."""
    others = (each for each in stamps.items() if each[1].fingerprint != judge.stamp.fingerprint)
    return "".join(f"{_warning(*each, judge.stamp)}\n" for each in others)


def _warning(name: str, stamp: Stamp, own: Stamp) -> Problem:
    shown = Stamp(*(shortened(printable(each), MOST_SHOWN) for each in stamp))
    what = f"its rows were judged by {shown} in the sheet, here by {own}"
    return Problem(what, hint=HINT, place=Place(name))
