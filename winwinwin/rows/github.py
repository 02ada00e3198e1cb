"""Annotations for GitHub Actions: workflow commands that mark lines of files."""

from collections.abc import Sequence

from winwinwin.errors import Place, Problem, UnreadableError, printable
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.kernel.verdict import WORDINGS
from winwinwin.pages.gates import gates_said
from winwinwin.pages.words import verdict_sentence
from winwinwin.record.interaction import Recorded
from winwinwin.rows.renderer import Renderer
from winwinwin.stats.gates import Gate
from winwinwin.stats.tally import Tally


class Github(Renderer):
    """A run as annotations: records that could not be read, verdicts to look at, gates."""

    def __init__(self, gates: Sequence[Gate] = ()) -> None:
        self._gates = gates

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        level = WORDINGS[judgement.verdict].severity
        if not level:
            return ""
        place = Place(recorded.source, recorded.line or None)
        said = f"{judgement.triple}. {verdict_sentence(judgement)}"
        return command(level, place, f"{recorded.name}: {said}")

    def unjudged(self, unjudged: Unjudged) -> str:
        return "".join(map(problem_command, unjudged.problems))

    def unreadable(self, error: UnreadableError) -> str:
        return "".join(map(problem_command, error.problems))

    def end(self, tally: Tally) -> str:
        return "".join(
            command("error" if checked.fails else "notice", None, said)
            for checked, said in gates_said(self._gates, tally.all)
        )


def problem_command(problem: Problem) -> str:
    named = f"{problem.field}: " if problem.field else ""
    return command("error", problem.place, f"{named}{problem.message}")


def command(level: str, place: Place | None, message: str) -> str:
    """Return one annotation, at its place in a file if it has one."""
    marks = [
        f"{name}={_property(str(value))}"
        for name, value in (
            ("file", place and place.source),
            ("line", place and place.line),
            ("col", place and place.column),
        )
        if value
    ]
    head = f"{level} {','.join(marks)}".rstrip()
    return f"::{head}::{_data(message)}\n"


def _data(words: str) -> str:
    """Escape a message as the runner unescapes it; it cannot end early or begin another."""
    return printable(words).replace("%", "%25")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
