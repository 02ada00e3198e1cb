"""The interactions of a run of records in the order of time, kept to follow who comes after whom."""

from collections.abc import Iterable

from winwinwin.batch.asking import checked_dimension
from winwinwin.kernel.judgement import Judgement
from winwinwin.record.described import Described
from winwinwin.record.interaction import Recorded
from winwinwin.record.order import day
from winwinwin.stats.dimensions import Grouping, grouping
from winwinwin.stats.evidence.following import Followed, Following, Met, followed


def met_in(judged: Iterable[tuple[Recorded, Judgement]], wanted: Following) -> list[Met]:
    """Return what following needs of interactions."""
    employee, customer, cluster = map(_values, ("employee", wanted.customer, wanted.cluster))
    return [
        Met(
            None if about.date is None else day(about.date).toordinal(),
            employee(about),
            customer(about),
            judgement.facts,
            cluster(about),
            None if judgement.gap is None else judgement.gap.total_seconds(),
        )
        for (about, *_), judgement in judged
    ]


def _values(name: str | None) -> Grouping:
    """Return what tells interactions apart; a row of a table has columns among its tags."""

    def of_a_table(about: Described) -> str | None:
        return None if name is None else about.tags.get(name)

    try:
        of_a_record = grouping(name or "")
    except KeyError:
        return of_a_table
    return lambda about: of_a_table(about) or of_a_record(about)


class Trail:
    """Takes interactions as they are judged."""

    def __init__(self, wanted: Following) -> None:
        """Raise UsageError for what is no dimension."""
        for name, flag in ((wanted.customer, "--customer"), (wanted.cluster, "--cluster")):
            if name is not None:
                checked_dimension(name, flag)
        self._wanted = wanted
        self._met: list[Met] = []

    def add(self, judged: Iterable[tuple[Recorded, Judgement]]) -> None:
        self._met += met_in(judged, self._wanted)

    def followed(self) -> Followed:
        """Return what came after, as counts."""
        return followed(self._met, self._wanted)
