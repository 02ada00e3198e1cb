"""What interactions can be grouped by: who, where and when."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from winwinwin.record.described import Described
from winwinwin.record.order import day

Grouping: TypeAlias = Callable[[Described], str | None]


DIMENSIONS: dict[str, Grouping] = {
    "employee": lambda about: about.employee or None,
    "channel": lambda about: about.channel or None,
    "day": lambda about: _part_of_date(about, "day"),
    "week": lambda about: _part_of_date(about, "week"),
    "month": lambda about: _part_of_date(about, "month"),
}


DATE_PARTS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
"""The format of each part of a date."""


TAG = "tags."
"""The prefix of a dimension that is a tag."""


def grouping(dimension: str) -> Grouping:
    """Return a function from an interaction to its value of a dimension.

    Raises KeyError for an unknown dimension.
    """
    if dimension.startswith(TAG) and dimension != TAG:
        name = dimension.removeprefix(TAG)
        return lambda about: about.tags.get(name) or None
    return DIMENSIONS[dimension]


def _part_of_date(about: Described, part: str) -> str | None:
    return None if about.date is None else date_part(about.date, DATE_PARTS[part])


def date_part(moment: date, form: str) -> str:
    """Write a part of a date, in a format of strftime."""
    return _written(day(moment), form)


@lru_cache(maxsize=4096)  # a run repeats its dates; saves a microsecond for each
def _written(moment: date, form: str) -> str:
    years = {"%Y": moment.year, "%G": moment.isocalendar().year}
    for directive, year in years.items():  # strftime writes year 26 as 26 here and as 0026 there
        form = form.replace(directive, f"{year:04}")
    return moment.strftime(form)
