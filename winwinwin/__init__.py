"""Judge sales and service interactions by the rules of "Confusion About Win/Win"."""

TYPE_CHECKING = False  # typing takes 10 ms, in which Ctrl-C would show a traceback
if TYPE_CHECKING:
    from typing import Any

    from winwinwin.analysis.why import WhyNot, why_not
    from winwinwin.errors import Place, Problem, WinwinwinError
    from winwinwin.evaluation import Judge, judge
    from winwinwin.facts import Facts
    from winwinwin.kernel.judgement import Judgement, Unjudged
    from winwinwin.kernel.rulebook import Rulebook
    from winwinwin.kernel.verdict import Verdict
    from winwinwin.loading.documents import read_all
    from winwinwin.loading.rulebooks import read_rulebook
    from winwinwin.record.interaction import (
        Customer,
        Interaction,
        Organization,
        Recorded,
        Salesperson,
    )
    from winwinwin.tables import judge_table

__version__ = "0.1.0"

_HOMES = {
    "Customer": "record.interaction",
    "Facts": "facts",
    "Interaction": "record.interaction",
    "Judge": "evaluation",
    "Judgement": "kernel.judgement",
    "Organization": "record.interaction",
    "Place": "errors",
    "Problem": "errors",
    "Recorded": "record.interaction",
    "Rulebook": "kernel.rulebook",
    "Salesperson": "record.interaction",
    "Unjudged": "kernel.judgement",
    "Verdict": "kernel.verdict",
    "WhyNot": "analysis.why",
    "WinwinwinError": "errors",
    "judge": "evaluation",
    "judge_table": "tables",
    "read_all": "loading.documents",
    "read_rulebook": "loading.rulebooks",
    "why_not": "analysis.why",
}

__all__ = [
    "Customer",
    "Facts",
    "Interaction",
    "Judge",
    "Judgement",
    "Organization",
    "Place",
    "Problem",
    "Recorded",
    "Rulebook",
    "Salesperson",
    "Unjudged",
    "Verdict",
    "WhyNot",
    "WinwinwinError",
    "judge",
    "judge_table",
    "read_all",
    "read_rulebook",
    "why_not",
]


def __getattr__(name: str) -> "Any":
    """Import a public name when it is first used, so that a command pays only for what it uses."""
    if name not in _HOMES:
        raise AttributeError(f"module 'winwinwin' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"winwinwin.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names that were not used yet too."""
    return sorted({*globals(), *__all__})
