"""The formulas by which a workbook to fill in judges: each row's kind has a number, which looks all up.

No formula holds a rule or knows a word. The number is that of the kind among all combinations of the facts,
plus 1, and what the judge says of each stands in a table; so do the words that `batch` reads.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from winwinwin import vocabulary
from winwinwin.facts import DOMAINS, Value, is_consistent
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import COLUMNS, COMBINATIONS, STRIDES, kind_at, place
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.words import HELPED, if_had, questions, value_words, verdict_sentence
from winwinwin.record.order import WRITTEN
from winwinwin.record.spelling import ANSWERS, MISSING, NOT_RECORDED, OUTCOMES

ENTRIES, KINDS = "interactions", "kinds"
"""The sheets that formulas name."""
INVALID = WORDINGS[Verdict.INVALID].label
NO_KIND = "Only those who won have a place in the order of the wins."
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


class Spelt(NamedTuple):
    """What can be entered for some facts."""

    facts: tuple[str, ...]
    words: Mapping[str, Value | None]
    """As `batch` reads them, in small letters."""


def _letter(column: int) -> str:
    """Return the letter of one of the first 26 columns."""
    return chr(ord("A") + column)


HEADINGS = Said("judged as", "decided by", "why", "ask next", HELPED)
HIDDEN = (ORDER, KIND, NAMED)
RESULTS = len(NAMES)
"""The first column of what is said."""
LETTERS = {name: _letter(column) for column, name in enumerate((*NAMES, *HEADINGS, *HIDDEN))}
"""The letter of each column; of the order, that of its hidden one."""
CHOSEN = {fact: _letter(NAMES.index(fact)) for fact in COLUMNS}
"""The letter of the column in which each fact is chosen."""
COMMA = ", "
"""What parts the parties of an order."""
AROUND = (("\u00a0", " "), ("\ufe0f", ""))
"""What web pages and phones leave around words, and what stands for it; `TRIM` and `CLEAN` know neither."""
LAST_INPUT = _letter(RESULTS - 1)


def heading(name: str) -> str:
    """Return what a column to fill in is called: as `batch` reads it, in words."""
    words = vocabulary.FACT[name].label if name == ORDER else name.replace("_", " ")
    return words.capitalize()


def choices(fact: str) -> list[str]:
    return list(map(value_words, DOMAINS[fact]))


def said_of(judged: Iterable[Judgement], rulebook: Rulebook) -> Iterator[Said]:
    """Yield what is said of each combination, by its number; last of answers that are none."""
    by_place = {place(each.facts): each for each in judged}
    for number in range(COMBINATIONS):
        kind = by_place.get(number)
        yield Said(INVALID, "", NO_KIND, "", "") if kind is None else _said(kind, rulebook)
    yield Said(INVALID, "", NO_CHOICE, "", "")


def _said(judgement: Judgement, rulebook: Rulebook) -> Said:
    rule = judgement.rule
    return Said(
        WORDINGS[judgement.verdict].label,
        rule or "",
        rulebook.rule(rule).says if rule else verdict_sentence(judgement),
        questions(judgement.needs),
        if_had(judgement.remedies),
    )


def order_written(number: int) -> str:
    """Return the order of a combination as a list of parties; of what is no kind, one that `batch` refuses."""
    kind = kind_at(number)
    parties = WRITTEN[kind.order] if kind.order else ()
    is_kind = is_consistent(kind)
    return COMMA.join(each for each in parties if not is_kind or getattr(kind, each) == "won")


def _spelt() -> tuple[Spelt, ...]:
    answers = tuple(fact for fact in COLUMNS if vocabulary.FACT[fact].is_answer)
    outcomes = tuple(fact for fact in COLUMNS if fact not in (*answers, ORDER))
    orders: dict[str, Value | None] = {value_words(value): value for value in WRITTEN}
    orders |= dict.fromkeys(NOT_RECORDED)
    known = (Spelt(outcomes, OUTCOMES), Spelt(answers, ANSWERS), Spelt((ORDER,), orders))
    return tuple(Spelt(facts, {**words, **dict.fromkeys(MISSING)}) for facts, words in known)


SPELT = _spelt()
SAID_AT = len(COLUMNS)
"""The column of the kinds at which stands what is said of them, as XlsxWriter counts; then their orders."""
ORDERS_AT = SAID_AT + len(HEADINGS)
SPELT_AT = ORDERS_AT + 1
"""That of the words that can be entered, each followed by the place of its value from 1."""


def places(spelt: Spelt) -> Iterator[tuple[str, int]]:
    """Yield each word with the place of its value among those of its facts."""
    column = COLUMNS[spelt.facts[0]]
    return ((word, column.index(value) + 1) for word, value in spelt.words.items())


def _kinds(column: int, rows: int) -> str:
    letter = _letter(column)
    return f"{KINDS}!${letter}${FIRST_ROW}:${letter}${rows + FIRST_ROW - 1}"


def look_up(column: int, row: int) -> str:
    """Return the formula of what is said of an entry: nothing of an empty one."""
    kind = f"${LETTERS[KIND]}{row}"
    said = _kinds(SAID_AT + column, COMBINATIONS + 1)
    return f'=IF({kind}="","",INDEX({said},{kind})&"")'


def kind_number(row: int) -> str:
    """Return the formula of the number of an entry's kind."""
    digits = "+".join(_digit(fact, row) for fact in COLUMNS)
    none = COMBINATIONS + 1
    return f'=IF(COUNTA($A{row}:${LAST_INPUT}{row})=0,"",IFERROR(1+{digits},{none}))'


def _digit(fact: str, row: int) -> str:
    """Return how much what is entered adds to the number; an error where it is no word for a value."""
    steps = (str(STRIDES[fact] * digit) for digit in range(len(COLUMNS[fact])))
    return f"CHOOSE({_place(fact, row)},{','.join(steps)})"


def _place(fact: str, row: int) -> str:
    """Return the place from 1 of what is entered among a fact's values, 0 where it is no word for one."""
    number, spelt = next(each for each in enumerate(SPELT) if fact in each[1].facts)
    words, values = (_kinds(SPELT_AT + 2 * number + at, len(spelt.words)) for at in (0, 1))
    cell = f"${CHOSEN[fact]}{row}"
    for sign, plain in AROUND:
        cell = f'SUBSTITUTE({cell},"{sign}","{plain}")'
    return f"SUMPRODUCT(EXACT(LOWER(TRIM(CLEAN({cell}))),{words})*{values})"


def order_entered(row: int) -> str:
    """Return the formula of the order as `batch` reads it: a list of parties, or what is no order.

    It is there even where another answer is no word here: `batch` may read that one.
    """
    kind, cell = f"${LETTERS[KIND]}{row}", f"${CHOSEN[ORDER]}{row}"
    of_kind = f'INDEX({_kinds(ORDERS_AT, COMBINATIONS)},{kind})&""'
    lists = ",".join(f'"{COMMA.join(each)}"' for each in (*WRITTEN.values(), ()))
    alone = f"IFERROR(CHOOSE({_place(ORDER, row)},{lists}),{cell})"
    return f'=IF({kind}="","",IF({kind}>{COMBINATIONS},{alone},{of_kind}))'


def employee_number(row: int) -> str:
    """Return the formula that numbers employees where each is named first."""
    letter, own = LETTERS["employee"], LETTERS[NAMED]
    name, until = f"${letter}{row}", f"${letter}${FIRST_ROW}:${letter}{row}"
    is_first = f"SUMPRODUCT(--EXACT({name},{until}))=1"
    return f'=IF({name}="","",IF({is_first},MAX(${own}$1:${own}{row - 1})+1,""))'
