"""The formulas by which a workbook to fill in judges: each row's kind has a number, which looks all up.

No formula holds a rule. The number is that of the kind among all combinations of the facts, plus 1, and
what the judge says of each stands in a table.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from winwinwin import vocabulary
from winwinwin.facts import DOMAINS, Value
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import ALL, COLUMNS, STRIDES, place
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.words import HELPED, if_had, questions, value_words, verdict_sentence

ENTRIES, KINDS = "interactions", "kinds"
"""The sheets that formulas name."""
INVALID = WORDINGS[Verdict.INVALID].label
NO_KIND = "Only who won has a place in the order of the wins."
NO_CHOICE = "An answer is not in its list."
BEFORE, AFTER = ("id", "date", "employee", "channel"), ("remarks",)
"""What is filled in around the facts. A column called notes would clash with that of the verdict."""
NAMES = (*BEFORE, *COLUMNS, *AFTER)
ORDER, KIND, NAMED = "order", "kind", "employee number"
"""What is reckoned for the others, in hidden columns: the order as `batch` reads it, the number of
the kind, and the number of an employee who is named for the first time."""
FIRST_ROW = 2
"""Of the entries, as a sheet counts."""


class Said(NamedTuple):
    """What a workbook says of a kind."""

    verdict: str
    rule: str
    why: str
    ask: str
    helped: str


HEADINGS = Said("judged as", "decided by", "why", "ask next", HELPED)
HIDDEN = (ORDER, KIND, NAMED)
RESULTS = len(NAMES)
"""The first column of what is said."""
LETTERS = {name: chr(ord("A") + column) for column, name in enumerate((*NAMES, *HEADINGS, *HIDDEN))}
"""The letter of each column; of the order, that of its hidden one."""
CHOSEN = {fact: chr(ord("A") + NAMES.index(fact)) for fact in COLUMNS}
"""The letter of the column in which each fact is chosen."""
LAST_INPUT = chr(ord("A") + RESULTS - 1)


def heading(name: str) -> str:
    """Return what a column to fill in is called: as `batch` reads it, in words."""
    words = vocabulary.FACT[name].label if name == ORDER else name.replace("_", " ")
    return words.capitalize()


def choices(fact: str) -> list[str]:
    return list(map(value_words, DOMAINS[fact]))


def said_of(judged: Mapping[int, Judgement], rulebook: Rulebook) -> Iterator[Said]:
    """Yield what is said of each combination, by its number; last of answers that are none."""
    for number in range(ALL.bit_length()):
        kind = judged.get(number)
        yield Said(INVALID, "", NO_KIND, "", "") if kind is None else _said(kind, rulebook)
    yield Said(INVALID, "", NO_CHOICE, "", "")


def by_place(judged: Iterable[Judgement]) -> dict[int, Judgement]:
    return {place(each.facts): each for each in judged}


def _said(judgement: Judgement, rulebook: Rulebook) -> Said:
    rule = judgement.rule
    return Said(
        WORDINGS[judgement.verdict].label,
        rule or "",
        rulebook.rule(rule).says if rule else verdict_sentence(judgement),
        questions(judgement.needs),
        if_had(judgement.remedies),
    )


def look_up(column: int, row: int, combinations: int) -> str:
    """Return the formula of what is said of an entry: nothing of an empty one."""
    kind = f"${LETTERS[KIND]}{row}"
    letter = chr(ord("A") + len(COLUMNS) + column)
    said = f"{KINDS}!${letter}${FIRST_ROW}:${letter}${combinations + FIRST_ROW}"
    return f'=IF({kind}="","",INDEX({said},{kind})&"")'


def kind_number(row: int, combinations: int) -> str:
    """Return the formula of the number of an entry's kind."""
    digits = "+".join(f"{STRIDES[fact]}*{_digit(fact, row)}" for fact in COLUMNS)
    none = combinations + 1
    return f'=IF(COUNTA($A{row}:${LAST_INPUT}{row})=0,"",IFERROR(1+{digits},{none}))'


def _digit(fact: str, row: int) -> str:
    """Return the place of what is chosen among a fact's values; an equals sign knows no wildcards."""
    cell, found = f"TRIM(${CHOSEN[fact]}{row})", "NA()"
    for digit, value in enumerate(COLUMNS[fact]):
        found = f'IF({cell}="{_chosen(value)}",{digit},{found})'
    return found


def _chosen(value: Value | None) -> str:
    return "" if value is None else value_words(value)


def order_written(row: int) -> str:
    """Return the formula of the order as a list of parties, whose places only winners have."""
    cell, won = f"TRIM(${CHOSEN[ORDER]}{row})", '${}{}="won"'
    seller, buyer = (won.format(CHOSEN[party], row) for party in ("salesperson", "customer"))
    both = f'IF(AND({seller},{buyer}),"salesperson, customer",IF({buyer},"customer","salesperson"))'
    found = cell
    for value, parties in (
        ("organization_early", f'"organization, "&{both}'),
        ("customer_first", '"customer, salesperson"'),
        ("kept", '"salesperson, customer"'),
    ):
        found = f'IF({cell}="{value_words(value)}",{parties},{found})'
    return f"={found}"


def employee_number(row: int, rows: int) -> str:
    """Return the formula that numbers employees where each is named first."""
    letter, own = LETTERS["employee"], LETTERS[NAMED]
    name, names = f"${letter}{row}", f"${letter}${FIRST_ROW}:${letter}${rows + 1}"
    is_first = f"IFERROR(MATCH({literally(name)},{names},0)={row - 1},FALSE)"
    return f'=IF({name}="","",IF({is_first},MAX(${own}$1:${own}{row - 1})+1,""))'


def literally(cell: str) -> str:
    """Return a formula for a text in which the wildcards of a search stand for themselves."""
    for sign in "~*?":
        cell = f'SUBSTITUTE({cell},"{sign}","~{sign}")'
    return cell
