"""The one sum that every run has to get right: what was read is judged or invalid."""

from winwinwin.errors import Problem, WinwinwinError, count
from winwinwin.stats.tally import Tally


def must_add_up(read: int, tally: Tally, left_out: int = 0) -> None:
    """Raise WinwinwinError, so that nothing is replaced, where interactions got lost on the way.

    What a selection leaves out is neither judged nor invalid. The groups of each dimension, which an engine counts anew, have to add up to the same.
    """
    read -= left_out
    refuse_loss(read, tally.all.total, tally.invalid)
    for dimension, groups in tally.groups.items():
        judged = sum(group.total for group in groups.values())
        rest = tally.rest.get(dimension)
        refuse_loss(read, judged + (rest.group.total if rest else 0), tally.invalid)


def refuse_loss(read: int, judged: int, invalid: int, one: str = "interaction") -> None:
    """Raise WinwinwinError where what was read is not what is judged or invalid."""
    if read == judged + invalid:
        return
    what = (
        f"{count(read, one)} were read, but {judged:,} were judged and {invalid:,}"
        " are invalid: some were lost"
    )
    hint = "This is a fault of winwinwin, not of your data. Please report it."
    raise WinwinwinError(Problem(what, hint=hint))
