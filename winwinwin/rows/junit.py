"""JUnit XML, which CI servers show as tests. Text from outside is never markup."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from winwinwin.analysis.casetests import CaseResult
from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, printable
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.pages.cases import mismatch_words
from winwinwin.pages.gates import gate_name, gate_sentence
from winwinwin.pages.words import verdict_sentence
from winwinwin.record.interaction import Recorded
from winwinwin.rows.renderer import Renderer
from winwinwin.stats.gates import Gate
from winwinwin.stats.tally import Tally

Result: TypeAlias = Literal["passed", "failure", "error"]


class Test(NamedTuple):
    """One test, written as XML."""

    xml: str
    result: Result


class Junit(Renderer):
    """A run as a suite of tests: each interaction is one, and so is each gate.

    A record or a source that could not be read is an error, a gate that failed is a failure. A
    verdict by itself is neither. The file begins with its counts, so its tests are held back until
    the end: about 200 bytes for each.
    """

    def __init__(self, gates: Sequence[Gate] = ()) -> None:
        self._gates = gates
        self._tests: list[Test] = []

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        said = f"{judgement.triple}: {verdict_sentence(judgement)}"
        output = f"<system-out>{text(said)}</system-out>"
        place = Place(recorded.source, recorded.line or None)
        self._tests.append(passed(recorded.name, judgement.verdict, place, output))
        return ""

    def unjudged(self, unjudged: Unjudged) -> str:
        self._tests.append(_error(unjudged.name, unjudged.verdict, unjudged.problems))
        return ""

    def unreadable(self, error: UnreadableError) -> str:
        self._tests.append(_unread(error))
        return ""

    def end(self, tally: Tally) -> str:
        gates = (_gate(gate, tally) for gate in self._gates)
        return document("interactions", [*self._tests, *gates])


def _error(name: str, group: str, problems: Sequence[Problem]) -> Test:
    """Return what could not be read as a test that could not be run."""
    said = "\n".join(problem.line for problem in problems)
    return wrong(name, group, problems[0].place, "error", (problems[0].message, said))


def _unread(error: WinwinwinError) -> Test:
    place = error.problems[0].place
    return _error(place.source if place else "source", "sources", error.problems)


def _gate(gate: Gate, tally: Tally) -> Test:
    name = gate_name(gate)
    if not tally.all.total:
        said = "nothing was judged"
        return wrong(name, "gates", None, "error", (said, said))
    checked = gate.on(tally.all)
    said = gate_sentence(checked)
    if checked.fails:
        return wrong(name, "gates", None, "failure", (said, said))
    return passed(name, "gates", None, f"<system-out>{text(said)}</system-out>" if said else "")


def of_cases(results: Iterable[CaseResult], unread: Iterable[WinwinwinError] = ()) -> str:
    """Return cases as a suite of tests: a failure where one does not hold, an error if unread."""
    return document("cases", [*map(_case, results), *map(_unread, unread)])


def _case(result: CaseResult) -> Test:
    case, found = result.case, list(map(mismatch_words, result.mismatches))
    if not found:
        return passed(case.name, "rules", case.place)
    return wrong(case.name, "rules", case.place, "failure", (found[0], "\n".join(found)))


def document(name: str, tests: Sequence[Test]) -> str:
    """Return a file with one suite; both the suite and the root carry its counts."""
    results = Counter(test.result for test in tests)
    counts = f'tests="{len(tests)}" failures="{results["failure"]}" errors="{results["error"]}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n'
        f"<testsuite name={attribute(name)} {counts}>\n"
        f"{''.join(test.xml for test in tests)}</testsuite>\n</testsuites>\n"
    )


def passed(name: str, group: str, place: Place | None, body: str = "") -> Test:
    return Test(element(name, group, place, body), "passed")


def wrong(
    name: str,
    group: str,
    place: Place | None,
    result: Literal["failure", "error"],
    said: tuple[str, str],
) -> Test:
    """Return a test that did not pass, with what is said in short and in full."""
    message, details = said
    body = f"<{result} message={attribute(message)}>{lines(details)}</{result}>"
    return Test(element(name, group, place, body), result)


def element(name: str, group: str, place: Place | None, body: str) -> str:
    """Return the element of one test; the body is XML."""
    marks = [f"name={attribute(name)}", f"classname={attribute(group)}"]
    if place is not None and place.source:
        marks.append(f"file={attribute(place.source)}")
    if place is not None and place.line is not None:
        marks.append(f'line="{place.line}"')
    return f"<testcase {' '.join(marks)}>{body}</testcase>\n"


def attribute(words: str) -> str:
    return quoteattr(printable(words))


def text(words: str) -> str:
    return escape(printable(words))


def lines(words: str) -> str:
    return "\n".join(map(text, words.split("\n")))
