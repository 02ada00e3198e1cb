"""What came of choosing rows of a table, said as it is of records."""

from winwinwin.batch.choosing import EMPLOYEE, known_of, namer, not_met, say
from winwinwin.batch.face import Source
from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.pages.selected import selection_words
from winwinwin.stats.selecting import Selected
from winwinwin.tables.judged import JudgedTable


def selected_of(found: JudgedTable, source: Source) -> Selected | None:
    """Say what came of a selection, and return it; None where there was none.

    Raises UnreadableError where it leaves nothing.
    """
    chosen = found.chosen
    if chosen is None:
        return None
    employee = found.mapping.about.get(EMPLOYEE)
    theirs = {
        name for name, column in chosen.columns.items() if employee and column == employee.column
    }
    hidden = {EMPLOYEE, *theirs} if source.aliases is not None else set()
    words = selection_words(source.selection, namer(source.aliases, hidden))
    selected = Selected(words, chosen.read, chosen.kept, chosen.undated, chosen.dates)
    unmet = (
        not_met(
            dimension,
            value,
            known_of(dimension, known, source.aliases),
            is_hidden=dimension in hidden,
        )
        for dimension, value, known in chosen.unmet
    )
    say(selected, unmet)
    if not chosen.kept:
        what = "has no interaction that is selected"
        raise UnreadableError(
            Problem(what, hint="There is nothing to judge.", place=Place(source.name))
        )
    return selected
