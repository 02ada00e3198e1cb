"""The interactions of a run of records in the order of time, kept to follow who comes after whom."""

from collections.abc import Iterable

from winwinwin.batch.asking import checked_dimension
from winwinwin.kernel.judgement import Judgement
from winwinwin.record.interaction import Recorded
from winwinwin.record.order import day
from winwinwin.stats.dimensions import Grouping, grouping
from winwinwin.stats.evidence.following import Followed, Following, Met, followed


def _nobody(about: object) -> None:
    del about


class Trail:
    """Takes interactions as they are judged."""

    def __init__(self, wanted: Following) -> None:
        """Raise UsageError for what is no dimension."""
        self._wanted = wanted
        self._met: list[Met] = []
        named = ((wanted.customer, "--customer"), (wanted.cluster, "--cluster"))
        self._customer, self._cluster = (
            grouping(checked_dimension(name, flag)) if name else _nobody for name, flag in named
        )
        self._employee: Grouping = grouping("employee")

    def add(self, judged: Iterable[tuple[Recorded, Judgement]]) -> None:
        for (about, *_), judgement in judged:
            gap = judgement.gap
            self._met.append(
                Met(
                    None if about.date is None else day(about.date).toordinal(),
                    self._employee(about),
                    self._customer(about),
                    judgement.facts,
                    self._cluster(about),
                    None if gap is None else gap.total_seconds(),
                )
            )

    def followed(self) -> Followed:
        """Return what came after, as counts."""
        return followed(self._met, self._wanted)
