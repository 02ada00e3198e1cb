"""The flags of the facts, made from the table of facts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from inspect import Parameter
from typing import Annotated, Any, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options, in_section, keyword
from winwinwin.errors import Place, Problem, UsageError
from winwinwin.vocabulary import RECORDED, Fact


@dataclass(frozen=True)
class Given(Options):
    """The facts that flags give, by flat name; whatever was left out is not among them."""

    section: ClassVar[str] = "Facts"

    facts: dict[str, Any] = field(default_factory=dict)

    def beside(self, **arguments: str | None) -> dict[str, Any]:
        """Return the facts with those of arguments. Raises UsageError for one given twice."""
        for name, value in arguments.items():
            if value is not None and name in self.facts:
                hint = "Keep the argument or the flag."
                raise UsageError(Problem("given twice", hint=hint, place=Place(f"--{name}")))
        given = {name: value for name, value in arguments.items() if value is not None}
        return given | self.facts

    @classmethod
    def parameters(cls, formats: Sequence[str]) -> Iterator[Parameter]:
        del formats
        for fact in RECORDED:
            yield keyword(fact.name, in_section(cls.section, flag(fact)))

    @classmethod
    def made(cls, given: dict[str, Any], formats: Sequence[str]) -> "Given":
        """Keep what was given. Raises UsageError for a fact that was given twice."""
        del formats
        values = {fact.name: once(fact.flags[0], given[fact.name]) for fact in RECORDED}
        return cls({name: value for name, value in values.items() if value is not None})


def flag(fact: Fact) -> Any:
    """Make the flag of a fact; it can be repeated only so that this can be refused."""
    if fact.is_answer:
        both = f"{fact.flags[0]}/--no-{fact.flags[0].removeprefix('--')}"
        return Annotated[list[bool] | None, typer.Option(both, help=fact.help)]
    if "won" in fact.values:
        metavar, complete = "OUTCOME", completion.outcomes
    else:
        metavar, complete = ("PARTIES" if fact.values else "TIME"), completion.words(())
    return Annotated[
        list[str] | None,
        typer.Option(*fact.flags, metavar=metavar, autocompletion=complete, help=fact.help),
    ]


def once(name: str, values: Collection[Any] | None) -> Any:
    """Return the value of a flag, None where it wasn't given. Raises UsageError where it was twice.

    typer would take the last of several, and silently forget the first.
    """
    if not values:
        return None
    if len(values) > 1:
        is_list = name == "--order"
        hint = "Name the parties once, comma-separated." if is_list else "Keep one."
        raise UsageError(Problem("given twice", hint=hint, place=Place(name)))
    [value] = values
    return value
