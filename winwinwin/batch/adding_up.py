"""The one sum that every run has to get right: what was read is judged or invalid."""

from winwinwin.errors import Problem, WinwinwinError, count
from winwinwin.stats.tally import Tally


def must_add_up(read: int, tally: Tally) -> None:
    """Raise WinwinwinError, so that nothing is replaced, where interactions got lost on the way."""
    judged = tally.all.total
    if read == judged + tally.invalid:
        return
    what = (
        f"{count(read, 'interaction')} were read, but {judged:,} were judged and {tally.invalid:,}"
        " are invalid: some were lost"
    )
    hint = "This is a fault of winwinwin, not of your data. Please report it."
    raise WinwinwinError(Problem(what, hint=hint))
