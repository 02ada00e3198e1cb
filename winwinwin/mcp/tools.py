"""What each tool is for, and what it answers: an object as in JSON, and one plain sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic_core import from_json

from winwinwin.analysis.why import why_not
from winwinwin.batch.asking import checked_dimension, verdict_named
from winwinwin.batch.repeated import RepeatedIds
from winwinwin.errors import Problem, WinwinwinError, count, quoted
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Judgement, Settings, Unjudged
from winwinwin.kernel.ruling import DECIDED
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.limits import MOST_TOGETHER
from winwinwin.mcp.asked import (
    BY,
    RECORDS,
    WHY_NOT,
    batch_schema,
    record_schema,
    why_not_schema,
)
from winwinwin.mcp.given import Given, read
from winwinwin.near import nearest
from winwinwin.pages.ask import ask_sentence
from winwinwin.pages.why import firmness_sentence, reasons_sentence
from winwinwin.pages.words import (
    if_had,
    interactions,
    listed,
    questions,
    unjudged_words,
    verdict_sentence,
)
from winwinwin.parsing.refusals import unknown_key
from winwinwin.rows.basis import Basis
from winwinwin.rows.figures import figures_text
from winwinwin.rows.why import why_not_object
from winwinwin.schema.parts import Schema
from winwinwin.stats.tally import Tally
from winwinwin.vocabulary import FACT

Answer = dict[str, Any]
SENTENCE = "sentence"


class Tool(NamedTuple):
    """One tool."""

    says: str
    """What an agent reads before it chooses one."""
    schema: Callable[[], Schema]
    answer: Callable[[Mapping[str, Any], Judge], Answer]
    """Raises WinwinwinError for arguments that cannot be read."""


def judged(given: Given, judge: Judge) -> Judgement:
    """Judge a record. Raises WinwinwinError with all its problems, and what has no quote."""
    if isinstance(given.record, Unjudged):
        first, *others = given.record.problems
        raise WinwinwinError(first, *others, *map(_unquoted, given.dropped))
    return judge(given.record.interaction)


def _unquoted(dropped: Any) -> Problem:
    what = f"this fact does not count, because {dropped.why}"
    return Problem(what, field=f"facts.{dropped.fact}")


def answered(given: Given, judgement: Judgement, *said: str, **more: Any) -> Answer:
    """Return the object of a judgement, and what a tool adds to it."""
    dropped = [each._asdict() for each in given.dropped]
    sentence = " ".join(filter(None, (*said, unquoted_sentence(given))))
    return judgement.to_dict() | more | {"dropped": dropped, SENTENCE: sentence}


def unquoted_sentence(given: Given) -> str:
    """Say which facts do not count for want of a quote; '' for none."""
    facts = [FACT[each.fact].label for each in given.dropped]
    return f"Not recorded, for want of a quote: {listed(facts, 'and')}." if facts else ""


def judge_one(arguments: Mapping[str, Any], judge: Judge) -> Answer:
    given = read(arguments)
    judgement = judged(given, judge)
    return answered(given, judgement, verdict_sentence(judgement))


def explain(arguments: Mapping[str, Any], judge: Judge) -> Answer:
    given = read(arguments, (WHY_NOT,))
    judgement = judged(given, judge)
    said = [verdict_sentence(judgement), reasons_sentence(judgement), firmness_sentence(judgement)]
    wanted = arguments.get(WHY_NOT)
    if wanted is None:
        return answered(given, judgement, *said)
    verdict = verdict_named(wanted if isinstance(wanted, str) else quoted(wanted), WHY_NOT, DECIDED)
    found = why_not(judgement, verdict, judge)
    if verdict is not judgement.verdict:
        said.append(_would_be(WORDINGS[verdict].label, found.changes))
    return answered(given, judgement, *said, why_not=why_not_object(found))


def _would_be(label: str, ways: Sequence[Settings]) -> str:
    if not ways:
        return f"No change to the facts would make it {label}."
    return f"It would be {label} {if_had(ways)}."


def what_to_ask_next(arguments: Mapping[str, Any], judge: Judge) -> Answer:
    given = read(arguments)
    judgement = judged(given, judge)
    asked = [
        {"fact": name, "question": FACT[name].question, "means": FACT[name].means}
        for name in judgement.needs
    ]
    said = questions(judgement.needs) or "Nothing: the verdict is decided."
    return answered(given, judgement, said, questions=asked)


def remedies(arguments: Mapping[str, Any], judge: Judge) -> Answer:
    given = read(arguments)
    judgement = judged(given, judge)
    said = _would_be("WIN/WIN/WIN", judgement.remedies)
    if judgement.verdict is Verdict.WIN_WIN_WIN:
        said = "Nothing to change: it is WIN/WIN/WIN."
    return answered(given, judgement, said)


def batch_summary(arguments: Mapping[str, Any], judge: Judge) -> Answer:
    """Sum up records as `batch --summary` does; one that cannot be read is counted and told."""
    records, by = _many(arguments)
    tally = Tally(judge.kind, by)
    problems: list[Answer] = []
    dropped: list[Answer] = []
    repeated = RepeatedIds()
    for number, each in enumerate(records, start=1):
        given = read(each)
        dropped += ({"record": number} | fact._asdict() for fact in given.dropped)
        if isinstance(given.record, Unjudged):
            tally.invalid += 1
            problems += _told(number, given.record)
        else:
            tally.add([(given.record, judge.outcomes(given.record.outcomes))])
            repeated.take([given.record._replace(source="record", line=number)])
    basis = Basis(judge.kind, judge.rulebook, lambda: judge.stamp, by)
    summed: Answer = from_json("".join(figures_text(tally, basis)))
    warnings = repeated.end().split("\n")[:-1]
    told = {"problems": problems, "dropped": dropped, "warnings": warnings}
    return summed | told | {SENTENCE: _summed(tally, len(dropped), warnings)}


def _many(arguments: Mapping[str, Any]) -> tuple[list[Any], tuple[str, ...]]:
    """Return the records, and what they are grouped by. Raises WinwinwinError where they are none."""
    known = (RECORDS, BY)
    for key in arguments:
        if key not in known:
            raise WinwinwinError(unknown_key(key, known, key))
    records, by = arguments.get(RECORDS), arguments.get(BY) or []
    accepted = f"a list of 1 to {MOST_TOGETHER:,} records"
    if not isinstance(records, list) or not records:
        raise WinwinwinError(Problem("there are no records", accepted, field=RECORDS))
    if len(records) > MOST_TOGETHER:
        what = f"{len(records):,} records are too many"
        raise WinwinwinError(Problem(what, accepted, field=RECORDS))
    if not isinstance(by, list):
        by = [by]
    return records, tuple(
        checked_dimension(each if isinstance(each, str) else quoted(each), BY) for each in by
    )


def _told(number: int, unjudged: Unjudged) -> Iterator[Answer]:
    for each in unjudged.problems:
        yield {"record": number, "field": each.field, "message": each.message}


def _summed(tally: Tally, dropped: int, warnings: Sequence[str]) -> str:
    group = tally.all
    counted = group.verdicts().items()
    found = [f"{number:,} {WORDINGS[verdict].label}" for verdict, number in counted if number]
    said = [f"{interactions(group.total)} judged{': ' if found else ''}{', '.join(found)}."]
    if tally.invalid:
        said.append(f"Not judged: {unjudged_words(tally.invalid, 0)}.")
    if asked := ask_sentence(group):
        said.append(f"{asked}.")
    if dropped:
        said.append(f"Not recorded, for want of a quote: {count(dropped, 'fact')}.")
    return " ".join(filter(None, (*said, *warnings)))


TOOLS: dict[str, Tool] = {
    "judge": Tool(
        "Judge one interaction between a salesperson and a customer by the rules: who won, which "
        "rule decided, what is missing.",
        record_schema,
        judge_one,
    ),
    "explain": Tool(
        "Say why an interaction gets its verdict: what settles it by itself, how many wrong "
        "entries would change it, and what keeps it from another verdict.",
        lambda: record_schema(why_not=why_not_schema()),
        explain,
    ),
    "what_to_ask_next": Tool(
        "Say which questions settle the verdict of an interaction that is undetermined, whatever "
        "the answers are.",
        record_schema,
        what_to_ask_next,
    ),
    "remedies": Tool(
        "Say the smallest changes that would have made it a win for everybody.",
        record_schema,
        remedies,
    ),
    "batch_summary": Tool(
        "Judge many interactions and sum them up: verdicts, rules, what to change, what to ask.",
        batch_schema,
        batch_summary,
    ),
}
"""Every tool by its name."""


def tool_named(name: str) -> Tool:
    """Return a tool. Raises WinwinwinError, which names the tools that there are."""
    if name not in TOOLS:
        what = f"{quoted(name)} is not a tool"
        raise WinwinwinError(Problem(what, ", ".join(TOOLS), nearest(name, TOOLS)))
    return TOOLS[name]
