"""JUnit XML, which CI servers show as tests. No text from outside can be markup."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from winwinwin.analysis.casetests import Outcome
from winwinwin.errors import Place, Problem, UnreadableError, printable
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement, Unjudged
from winwinwin.render.cases import mismatch_words
from winwinwin.render.renderer import Renderer
from winwinwin.render.summary import gate_sentence
from winwinwin.render.view import verdict_sentence
from winwinwin.tally import Gate, Tally

BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
END = "</testsuites>\n"


class Junit(Renderer):
    """A run as a suite of tests: each interaction is one, and so is each gate.

    A record that could not be read is an error, and so is a source that could not; a gate that
    failed is a failure. A verdict by itself is neither.
    """

    def __init__(self, gates: Sequence[Gate] = ()) -> None:
        self._gates = gates

    def begin(self) -> str:
        return f"{BEGIN}{suite_begin('interactions')}"

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        said = f"{judgement.triple}: {verdict_sentence(judgement)}"
        output = f"<system-out>{text(said)}</system-out>"
        place = Place(recorded.source, recorded.line or None)
        return test(recorded.name, judgement.verdict, place, output)

    def unjudged(self, unjudged: Unjudged) -> str:
        return _error(unjudged.name, unjudged.verdict, unjudged.problems)

    def unreadable(self, error: UnreadableError) -> str:
        place = error.problems[0].place
        return _error(place.source if place else "source", "sources", error.problems)

    def end(self, tally: Tally) -> str:
        gates = "".join(_gate(gate, tally) for gate in self._gates)
        return f"{gates}{SUITE_END}{END}"


def _error(name: str, group: str, problems: Sequence[Problem]) -> str:
    """Return what could not be read as a test that could not be run."""
    said = "\n".join(problem.line for problem in problems)
    return test(name, group, problems[0].place, wrong("error", problems[0].message, said))


def _gate(gate: Gate, tally: Tally) -> str:
    name = f"gate {gate.verdict.value}"
    if gate.excess(tally) <= 0:
        return test(name, "gates", None, "")
    said = gate_sentence(gate, tally)
    return test(name, "gates", None, wrong("failure", said, said))


def of_cases(outcomes: Sequence[Outcome]) -> str:
    """Return cases as a suite of tests; one that does not hold is a failure."""
    tests = "".join(map(_case, outcomes))
    return f"{BEGIN}{suite_begin('cases')}{tests}{SUITE_END}{END}"


def _case(outcome: Outcome) -> str:
    said = "\n".join(map(mismatch_words, outcome.mismatches))
    body = wrong("failure", said.partition("\n")[0], said) if said else ""
    return test(outcome.case.name, "rules", outcome.case.place, body)


SUITE_END = "</testsuite>\n"


def suite_begin(name: str) -> str:
    return f"<testsuite name={attribute(name)}>\n"


def test(name: str, group: str, place: Place | None, body: str) -> str:
    """Return one test, with what it reports as XML."""
    marks = [f"name={attribute(name)}", f"classname={attribute(group)}"]
    if place is not None and place.source:
        marks.append(f"file={attribute(place.source)}")
    if place is not None and place.line is not None:
        marks.append(f'line="{place.line}"')
    return f"<testcase {' '.join(marks)}>{body}</testcase>\n"


def wrong(kind: str, message: str, details: str) -> str:
    """Return a failure or an error."""
    return f"<{kind} message={attribute(message)}>{lines(details)}</{kind}>"


def attribute(words: str) -> str:
    return quoteattr(printable(words))


def text(words: str) -> str:
    return escape(printable(words))


def lines(words: str) -> str:
    return "\n".join(map(text, words.split("\n")))
