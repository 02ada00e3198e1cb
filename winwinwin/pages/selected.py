"""What a person reads about a selection: what was asked for, and how much there is of it."""

from collections.abc import Callable, Sequence

from winwinwin.errors import SHOWN, printable, shortened
from winwinwin.pages.blocks import Line, line
from winwinwin.pages.words import interactions, listed
from winwinwin.stats.selecting import Selected, Selection
from winwinwin.stats.tally import Tally

NO_DATE = "their date is missing or could not be read"


def selection_words(selection: Selection, name_of: Callable[[str, str], str]) -> str:
    """Say what is looked at: `employee Mateo or Linh; since 2026-11-16`.

    A function names each value of a dimension.
    """
    said = [
        _one_of(dimension, [_value_words(dimension, value, name_of) for value in values])
        for dimension, values in selection.only.items()
    ]
    ends = (("since", selection.since), ("until", selection.until))
    return "; ".join([*said, *(f"{which} {end.isoformat()}" for which, end in ends if end)])


def _one_of(dimension: str, names: Sequence[str]) -> str:
    """Say a dimension and its values; an alias is called an employee already."""
    said = listed(names, "or")
    return said if said.lower().startswith(f"{dimension} ") else f"{dimension} {said}"


def _value_words(dimension: str, value: str | None, name_of: Callable[[str, str], str]) -> str:
    return "not recorded" if value is None else shortened(name_of(dimension, value), SHOWN)


def selected_words(selected: Selected) -> str:
    """Say how many interactions are looked at, and by what they were selected."""
    undated = f"; {selected.undated:,} left out: {NO_DATE}" if selected.undated else ""
    of_all = f"{selected.kept:,} of {interactions(selected.read)}"
    return printable(f"{of_all} ({selected.words}{undated})")


def dates_words(selected: Selected) -> str:
    """Say which dates there are where none of them was selected; '' where that is not why."""
    if selected.kept or not selected.dates:
        return ""
    first, last = (day.isoformat() for day in selected.dates)
    return f"the interactions are from {first}{'' if first == last else f' to {last}'}"


def selected_line(tally: Tally) -> list[Line]:
    return [line(selected_words(tally.selected), label="selected")] if tally.selected else []
