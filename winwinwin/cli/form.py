"""The command that writes a form: a page that asks about interactions and judges them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from winwinwin.cli import completion
from winwinwin.cli.options import Rules
from winwinwin.cli.parameters import files_instead, not_text, option
from winwinwin.errors import Place, Problem, UsageError, quoted
from winwinwin.near import nearest
from winwinwin.output import files, formats, streams

if TYPE_CHECKING:
    from winwinwin.form.page import Asked

ABOUT = ("date", "employee", "channel", "notes", "id")
"""What a form can ask for beside the facts and tags."""
USUALLY = ABOUT[:-1]
"""What it asks for by default; without a question for it, each entry gets an id of its own."""
TAG = "tags."
ASKABLE = f"{', '.join(ABOUT)} or {TAG}NAME"
ASK, EMPLOYEES = "--ask", "--employees"


def form(
    output: Annotated[list[str] | None, files_instead(".html")] = None,
    ask: Annotated[
        list[str] | None,
        option(
            "Form",
            "Ask for these too: date, employee, channel, notes, id or tags.NAME, with commas; "
            "default: date, employee, channel and notes.",
            ASK,
            metavar="WHAT",
            offered=completion.words((*ABOUT, TAG)),
        ),
    ] = None,
    employees: Annotated[
        list[str] | None,
        option(
            "Form",
            "Names to choose the employee from, with commas, or semicolons where names have commas.",
            EMPLOYEES,
            metavar="NAMES",
        ),
    ] = None,
    *,
    rules: Rules,
) -> None:
    """Write a form for a phone, which asks, judges and keeps entries.

    It is one page that needs no network and no server. What it gives out, batch reads.

    Examples:
    winwinwin form -o form.html
    winwinwin form -o house.html --rulebook house.yaml --employees "Ana, Mateo"
    winwinwin form -o short.html --ask date,employee,tags.product
    """
    outputs = output or []
    for name in outputs:
        formats.of_file(name, ("html",))
    files.refuse_overwriting(outputs, rules.files)
    if not outputs and streams.at_terminal():
        what = "A form is a page, which a terminal cannot show"
        raise UsageError(Problem(what, hint="Name a file: winwinwin form -o form.html"))
    files.write_text(_page(rules, asked(ask or (), employees or ())), outputs)


def _page(rules: Rules, wanted: "Asked") -> str:
    from winwinwin.analysis.table import decision_table
    from winwinwin.form.page import page

    judge = rules.judge()
    return page(decision_table(judge), judge.rulebook, judge.stamp, wanted)


def asked(ask: Sequence[str], employees: Sequence[str]) -> "Asked":
    """Return what a form asks for beside the facts. Raises UsageError for what it can't ask."""
    from winwinwin.form.page import Asked

    names = list(dict.fromkeys(map(_checked, _listed(ask, ",")))) if ask else list(USUALLY)
    if not names:
        raise UsageError(Problem(f"{ASK}: nothing is named", ASKABLE))
    if employees and "employee" not in names:
        what = f"{EMPLOYEES}: the form does not ask for the employee"
        raise UsageError(Problem(what, hint=f"Add employee to {ASK}, or leave {EMPLOYEES} out."))
    separator = ";" if any(";" in each for each in employees) else ","
    people = list(dict.fromkeys(_listed(employees, separator)))
    if employees and not people:
        raise UsageError(Problem(f"{EMPLOYEES}: no name is given", hint="Write them with commas."))
    for person in people:
        _must_be_line(person, EMPLOYEES)
    return Asked([(name, _question(name)) for name in names], people)


def _listed(written: Iterable[str], separator: str) -> Iterator[str]:
    parts = (part.strip() for each in written for part in each.split(separator))
    return filter(None, parts)


def _checked(name: str) -> str:
    tag = name.removeprefix(TAG)
    if name in ABOUT or (tag and tag != name):
        _must_be_line(name, ASK)
        return name
    what = f"{ASK}: {quoted(name)} cannot be asked for"
    raise UsageError(Problem(what, ASKABLE, nearest(name, ABOUT)))


def _must_be_line(words: str, flag: str) -> None:
    """Raise UsageError for text that no record may hold on one line."""
    from winwinwin.record.texts import LINE  # the models take a while

    if (problem := not_text(words)) or re.search(LINE.forbidden, words):
        raise UsageError((problem or LINE.problem(words)).at(Place(flag)))


def _question(name: str) -> str:
    from winwinwin.cli.conversation import ABOUT as QUESTIONS
    from winwinwin.cli.conversation import ID

    words = {question.name: question.asks for question in (ID, *QUESTIONS)}
    return {**words, "date": "When was it?"}.get(name, name.removeprefix(TAG))
