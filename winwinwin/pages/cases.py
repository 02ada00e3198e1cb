"""What running cases showed, for a person and for a program."""

import json
from collections.abc import Sequence
from typing import Any

from winwinwin.analysis.casetests import CaseResult, Mismatch, Mutant, Report
from winwinwin.analysis.table import kinds
from winwinwin.errors import count
from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.blocks import Block, Line, Table, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.pages.words import percent, share
from winwinwin.vocabulary import Tone


def cases_page(report: Report, stamp: Stamp) -> Page:
    """Show what failed, expected beside actual, and what the cases cover."""
    return Page(
        blocks=cases_blocks(report, stamp),
        data=lambda: report_object(report, len(kinds()), stamp),
        brief=lambda: [line(headline(report))],
    )


def headline(report: Report) -> str:
    held = len(report.results) - len(report.failed)
    return f"{held:,} of {count(len(report.results), 'case passes', 'cases pass')}"


def cases_blocks(report: Report, stamp: Stamp) -> list[Block]:
    failed = len(report.failed)
    tone: Tone = "lost" if failed else "won"
    covered = [rule for rule, is_covered in report.rules.items() if is_covered]
    return [
        Title(Text(f"{stamp.title}: {headline(report)}", tone)),
        *(block for result in report.failed for block in _failure(result)),
        Title(Text("What the cases cover")),
        line(f"{len(covered)} of {len(report.rules)} decide a case", label="rules"),
        *_uncovered(report),
        line(f"{report.kinds:,} of {len(kinds()):,}", label="kinds"),
        *_mutation(report),
        line(str(stamp), label="rulebook"),
    ]


def _failure(result: CaseResult) -> list[Block]:
    rows = tuple(
        (Text(mismatch.field), Text(words(mismatch.expected)), Text(words(mismatch.actual), "lost"))
        for mismatch in result.mismatches
    )
    title = Title(Text(f"{result.case.place}: {result.case.name}", "lost"))
    return [title, Table(("", "expected", "actual"), rows)]


def _uncovered(report: Report) -> list[Line]:
    never = [rule for rule, is_covered in report.rules.items() if not is_covered]
    return [line(", ".join(never), label="decide no case")] if never else []


def _mutation(report: Report) -> list[Line]:
    total = len(report.noticed) + len(report.unnoticed)
    part = percent(share(len(report.noticed), total))
    said = f"{len(report.noticed)} of {count(total, 'weakened rulebook')} noticed, {part}"
    unnoticed = [line(mutant_words(mutant), label="not noticed") for mutant in report.unnoticed]
    return [line(said, label="mutation score"), *unnoticed]


def mutant_words(mutant: Mutant) -> str:
    return (
        f"{mutant.rule} without {mutant.left_out}" if mutant.left_out else f"without {mutant.rule}"
    )


def mismatch_words(mismatch: Mismatch) -> str:
    return f"{mismatch.field}: expected {words(mismatch.expected)}, got {words(mismatch.actual)}"


def words(value: Any) -> str:
    """Write a value on one line, as JSON where it is more than a word."""
    if value is None:
        return "null"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def report_object(report: Report, kinds: int, stamp: Stamp) -> dict[str, Any]:
    return {
        "rulebook": stamp._asdict(),
        "cases": [_result_object(result) for result in report.results],
        "failed": len(report.failed),
        "rules": report.rules,
        "kinds": {"covered": report.kinds, "all": kinds},
        "mutants": _mutant_objects(report.noticed, is_noticed=True)
        + _mutant_objects(report.unnoticed, is_noticed=False),
    }


def _result_object(result: CaseResult) -> dict[str, Any]:
    case = result.case
    return {
        "name": case.name,
        "source": case.place.source,
        "line": case.place.line,
        "mismatches": [mismatch._asdict() for mismatch in result.mismatches],
    }


def _mutant_objects(mutants: Sequence[Mutant], *, is_noticed: bool) -> list[dict[str, Any]]:
    return [
        {"rule": mutant.rule, "left_out": mutant.left_out or None, "noticed": is_noticed}
        for mutant in mutants
    ]
