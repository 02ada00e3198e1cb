"""Writing a draft: the guesses as the lines of a mapping, all else as comments."""

from collections.abc import Iterable, Iterator, Sequence

from winwinwin.editors import schema_comment
from winwinwin.errors import count, printable, quoted, shortened
from winwinwin.loading.file_layout import AS_IT_SAYS, FileLayout
from winwinwin.mapping.drafting.columns import FEW, Column
from winwinwin.mapping.drafting.entries import Entry, meanings
from winwinwin.mapping.drafting.guessing import Guesses, guessed, half_keys
from winwinwin.mapping.drafting.makers import likely, unmatched
from winwinwin.mapping.model import ABOUT_FIELDS
from winwinwin.mapping.scalars import as_scalar
from winwinwin.parsing.yaml_text import quoted_scalar
from winwinwin.record.interaction import FLAT_PATHS

SHOWN = 60
"""Characters of a value or name that a comment shows."""
TWO_SIDES = ("salesperson", "customer")
NO_FACT = (
    "No fact was found: every row will be undetermined until salesperson or customer is mapped."
)
NOT_CHOSEN = "No fact is mapped yet: every row will be undetermined until a column is chosen below."
OUTCOMES_TO_COME = {
    (True, True): "Both sides are recorded: each row with both is judged.",
    (False, True): "Only the customer's side is recorded: every row will be undetermined until the"
    " salesperson's side is joined.",
    (
        True,
        False,
    ): "Only the salesperson's side is recorded: every row will be undetermined until the"
    " customer's side is joined.",
    (
        False,
        False,
    ): "Neither the customer's side nor the salesperson's is recorded: every row will be"
    " undetermined until both are joined.",
}


def draft(columns: Sequence[Column], name: str, layout: FileLayout = AS_IT_SAYS) -> str:
    """Return the text of a mapping file: the guesses, and everything else as comments.

    The layout is what it took to read the columns.
    """
    return written(guessed(columns), name, layout)


def written(guesses: Guesses, name: str, layout: FileLayout = AS_IT_SAYS) -> str:
    """Write what columns are taken for as a mapping file."""
    lines = [*_head(guesses, name), "", *_file(layout)]
    for field in (*ABOUT_FIELDS, *FLAT_PATHS):
        lines += _field(field, guesses)
    if not set(FLAT_PATHS) & (guesses.entries.keys() | _proposed(guesses)):
        lines += ["# Map a fact like this:", "#"]
        lines += ["# customer:", "#   column: NAME", "#   won: [VALUE]", "#   lost: [VALUE]", ""]
    explained = _explained(guesses).values()
    unread = [column for column in guesses.unread if column not in explained or not column.rows]
    if unread:
        lines += ["# Columns that are not mapped:", "#"]
        lines += [_described(each, f"{as_scalar(each.name)}: ") for each in unread]
    missing = [fact for fact in FLAT_PATHS if fact not in guesses.entries]
    if missing:
        lines += ["#"] if unread else []
        lines += [f"# Facts without a column: {', '.join(missing)}"]
    return "\n".join(lines).rstrip() + "\n"


def _head(guesses: Guesses, name: str) -> Iterator[str]:
    yield from schema_comment("mapping").splitlines()
    yield "#"
    yield f"# How the columns of {printable(name)} become facts: a draft. Check every line."
    if guesses.export:
        yield f"# Taken for: {guesses.export.name}."
    yield "# Values that are not listed are not recorded; `otherwise: error` refuses them."
    yield "# Numbers may be listed as ranges: {at least: 4}, {more than: 6, less than: 9}."
    yield "#"
    yield from (f"# {line}" for line in outcome(guesses))


def _file(layout: FileLayout) -> list[str]:
    """Write how the file was read, so that it is read in the same way again."""
    lines = [f"  {key}: {_setting(value)}" for key, value in layout.given().items()]
    return ["file:", *lines, ""] if lines else []


def _setting(value: str | int) -> str:
    return as_scalar(value) if isinstance(value, str) else str(value)


def outcome(guesses: Guesses) -> Iterator[str]:
    """Say what will come out, and what is left to decide."""
    if not set(FLAT_PATHS) & guesses.entries.keys():
        yield NOT_CHOSEN if _proposed(guesses) else NO_FACT
    else:
        salesperson, customer = (side in guesses.entries for side in TWO_SIDES)
        to_come = OUTCOMES_TO_COME[salesperson, customer]
        is_below = salesperson != customer and not {*guesses.rivals}.isdisjoint(TWO_SIDES)
        yield to_come.replace("is joined", "is chosen below") if is_below else to_come
    yield from _without_values(guesses)
    for field, rivals in guesses.rivals.items():
        yield f"{count(len(rivals), 'column')} may be {field}: choose one below."
    for field in guesses.asked:
        yield f"The dates of {field} may be read in two ways: choose one below."
    for name in half_keys(guesses.unread):
        yield f"{quoted(name)} is a value in some records and has keys in others: it is not mapped."
        if name in FLAT_PATHS:
            yield "(records with the keys of interactions need no mapping)"


def is_open(guesses: Guesses) -> bool:
    """Tell whether a draft asks to choose or to complete something before it says all it can."""
    is_asked = any(column.rows for column in _explained(guesses).values())
    return bool(guesses.rivals or guesses.asked or is_asked)


def _without_values(guesses: Guesses) -> Iterator[str]:
    """Say of which facts nothing is known yet, although their columns are."""
    for field, entry in guesses.entries.items():
        known = {value for values in entry.listed.values() for value in values}
        if entry.listed and known.isdisjoint(entry.columns[0].values):
            name, ends = quoted(entry.columns[0].name), " or ".join(entry.listed)
            yield f"No row has {field} yet: no value of {name} means {ends}."
    for field, column in _explained(guesses).items():
        name = quoted(column.name)
        if column.rows:
            yield f"The values of {name} are on no known scale: say below what they mean for {field}."
        else:
            yield f"{name}, which would be {field}, holds nothing."


def _proposed(guesses: Guesses) -> set[str]:
    """Return the facts for which columns compete, or for which one has to be explained."""
    explained = {field for field, column in _explained(guesses).items() if column.rows}
    return set(FLAT_PATHS) & (guesses.rivals.keys() | explained)


def _explained(guesses: Guesses) -> dict[str, Column]:
    """Return the columns of a known export that would be facts if somebody said what they hold."""
    found = unmatched(guesses.export, guesses.unread)
    taken = guesses.entries.keys() | guesses.rivals.keys()
    return {field: column for field, column in found.items() if field not in taken}


def _field(field: str, guesses: Guesses) -> list[str]:
    if field in guesses.entries:
        return [*_entry(guesses.entries[field]), ""]
    if field in guesses.rivals:
        choices = [line for rival in guesses.rivals[field] for line in ("", *_entry(rival))]
        which = f"Which column is {field}? Uncomment one:"
        return [f"# {which}", *map(_commented, choices), ""]
    if field in guesses.asked:
        column, dates = guesses.asked[field]
        choices = [
            line
            for each in dates.candidates
            for line in (_dated(field, column, each), *_left_out(dates.left_out(each)))
        ]
        doubt = f"{dates.doubt[0].upper()}{dates.doubt[1:]}"
        return [f"# {doubt}. Uncomment one:", _described(column), *map(_commented, choices), ""]
    column_to_explain = _explained(guesses).get(field)
    if column_to_explain and column_to_explain.rows:
        return [*_question(field, column_to_explain), ""]
    return []


def _question(field: str, column: Column) -> list[str]:
    """Ask what the values of a column mean, with those that are known."""
    listed = likely(field, column).items()
    values = ((key, ", ".join(map(as_scalar, known)) or "VALUE") for key, known in listed)
    return [
        f"# Which of these values is which for {field}? Complete the lists, and uncomment them:",
        _described(column),
        f"# {field}:",
        f"#   column: {as_scalar(column.name)}",
        *(f"#   {key}: [{written}]" for key, written in values),
    ]


def _commented(line: str) -> str:
    return line if line.startswith("#") else f"# {line}".rstrip()


def _entry(entry: Entry) -> list[str]:
    """Write a field's part of the mapping."""
    if entry.conditions:
        return [f"{entry.field}:", *_conditions(entry)]
    [column] = entry.columns
    if not entry.listed and entry.cut is None:
        written = _dated(entry.field, column, entry.formats)
        return [written, _described(column), *_left_out(entry.unlisted)]
    lines = [f"{entry.field}:", f"  column: {as_scalar(column.name)}"]
    if column.question:
        lines += [f"  # {_shown(column.question)}"]
    lines += [_described(column, indent="  ")]
    if entry.cut:
        good, bad = meanings(entry.field)
        cut = entry.cut
        taken = f"  # taken for a scale from {cut.low} to {cut.high} on which more is better"
        ranges = [f"  {good}: {{at least: {cut.won:g}}}", f"  {bad}: {{at most: {cut.lost:g}}}"]
        return [*lines, taken, *ranges]
    listed = (
        f"  {key}: [{', '.join(map(as_scalar, values))}]" for key, values in entry.listed.items()
    )
    return [*lines, *listed, *_unlisted(entry)]


def _unlisted(entry: Entry) -> list[str]:
    if not entry.unlisted:
        return []
    return [f"  # not recorded: {', '.join(map(_shown, entry.unlisted))}"]


def _left_out(values: Sequence[str]) -> list[str]:
    """Say which dates stay unread."""
    if not values:
        return []
    shown = [*map(_shown, values[:FEW]), *(["…"] if len(values) > FEW else [])]
    return [f"# not read: {', '.join(shown)}. Add a format for them, or correct them."]


def _conditions(entry: Entry) -> Iterator[str]:
    for column in entry.columns:
        yield _described(column, f"{as_scalar(column.name)}: ", "  ")
    for meaning, cases in entry.conditions.items():
        yield f"  {meaning}: {{when: [{', '.join(map(_case, cases))}]}}"


def _case(case: dict[str, list[str]]) -> str:
    pairs = (f"{as_scalar(name)}: {_one_or_more(values)}" for name, values in case.items())
    return f"{{{', '.join(pairs)}}}"


def _one_or_more(values: Sequence[str]) -> str:
    items = list(map(quoted_scalar, values))
    return items[0] if len(items) == 1 else f"[{', '.join(items)}]"


def _dated(field: str, column: Column, formats: Iterable[str]) -> str:
    items = list(map(quoted_scalar, formats))
    if not items:
        return f"{field}: {as_scalar(column.name)}"
    listed = items[0] if len(items) == 1 else f"[{', '.join(items)}]"
    return f"{field}: {{column: {as_scalar(column.name)}, format: {listed}}}"


def _described(column: Column, start: str = "", indent: str = "") -> str:
    if column.numbers is not None and column.distinct > FEW:
        low, high = column.numbers
        said = f"{count(column.distinct, 'number')} from {low:g} to {high:g}"
    elif column.distinct > FEW:
        shown = ", ".join(_shown(value) for value in column.values[:3])
        said = f"{count(column.distinct, 'value')}, such as {shown}"
    else:
        said = ", ".join(_shown(value) for value in column.values) or "nothing"
    return f"{indent}# {start}{said}"


def _shown(value: str) -> str:
    return quoted(shortened(value, SHOWN))
