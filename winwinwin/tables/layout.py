"""Which columns of a table hold what: as a mapping says, or by the flat names of the facts."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, nearest, quoted
from winwinwin.interaction import FLAT_PATHS
from winwinwin.sources.mapping import ABOUT_FIELDS, FieldSource, Mapping
from winwinwin.sources.mapping_file import place_order
from winwinwin.tables.steps import HELPER

CLOSE = 0.88
"""How alike a column's name and a fact's are for one to be a slip of the other."""


def layout(columns: Sequence[str], mapping: Mapping | None) -> Mapping:
    """Return where the fields of a table are.

    Raises WinwinwinError for a mapped column that there is not, and for a table without a fact.
    """
    if mapping is not None:
        problems = list(_unknown(columns, mapping))
        if problems:
            raise WinwinwinError(*sorted(problems, key=place_order))
        return mapping
    facts = {name: FieldSource(name) for name in FLAT_PATHS if name in columns}
    if not facts:
        slips = [slip for _, slip in near_misses(columns)]
        hint = "Say by --map which columns are what; `winwinwin map FILE` drafts it."
        what = "no column is named like a fact"
        raise WinwinwinError(
            Problem(what, ", ".join(FLAT_PATHS), slips[0] if slips else None, hint)
        )
    about = {
        name: FieldSource(name) for name in ABOUT_FIELDS if name in columns and name != "notes"
    }
    return Mapping(facts, about)


def near_misses(columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield columns that are not read with the fact that each is nearly named like."""
    for column in columns:
        if column not in FLAT_PATHS:
            plain = column.strip().lower().replace(" ", "_").replace("-", "_")
            for fact in get_close_matches(plain, FLAT_PATHS, n=1, cutoff=CLOSE):
                if fact not in columns:
                    yield column, fact


def check_names(place: Place | None, names: Sequence[str]) -> None:
    """Raise UnreadableError for a column without a name, or with another's but for its case."""
    seen: set[str] = set()
    for index, name in enumerate(names, 1):
        if not name.strip() or name.lower() in seen:
            what = f"column {index} has {'the name of another' if name.strip() else 'no name'}"
            hint = "Give every column a name of its own."
            raise UnreadableError(Problem(f"{what}: {quoted(name)}", hint=hint, place=place))
        seen.add(name.lower())


def refuse_helpers(columns: Sequence[str]) -> None:
    """Raise UnreadableError for a column that is called like a helper column."""
    for column in columns:
        if column.lower().startswith(HELPER):
            what = f"column {quoted(column)} has a name that is taken while a table is judged"
            raise UnreadableError(Problem(what, hint=f"No name may begin with {HELPER}."))


def _unknown(columns: Sequence[str], mapping: Mapping) -> Iterator[Problem]:
    columns = [column for column in columns if not column.startswith(HELPER)]
    for name, source in mapping.sources():
        if source.column not in columns:
            near = nearest(source.column, columns)
            what = f"there is no column {quoted(source.column)}"
            yield Problem(what, ", ".join(columns), near, field=name, place=source.place)
