"""How a command is made of a function: its options spliced in by groups, its help in sections."""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields
from functools import wraps
from inspect import Parameter, Signature
from itertools import pairwise
from pathlib import Path
from shlex import quote
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperCommand

from winwinwin.errors import Place, Problem, UsageError, printable, quoted

EXAMPLES = "Examples:"
"""What begins the examples in a command's docstring."""
YES_OR_NO = frozenset({"yes", "no", "y", "n", "true", "false", "1", "0"})
OTHER = "General"
"""The heading of options that belong to no section."""


class Options:
    """Options that go together: a dataclass whose fields are annotated as typer's options are."""

    section: ClassVar[str]
    """What they stand under in a command's help."""

    @classmethod
    def parameters(cls, formats: Sequence[str]) -> Iterator[Parameter]:
        """Yield what a command's signature gets of them; some depend on the command's formats."""
        del formats
        hints = get_type_hints(cls, include_extras=True)
        for field in fields(cls):  # type: ignore[arg-type]  # every subclass is a dataclass
            default = None if field.default is MISSING else field.default
            yield keyword(field.name, in_section(cls.section, hints[field.name]), default)

    @classmethod
    def made(cls, given: dict[str, Any], formats: Sequence[str]) -> "Options":
        """Make them of what a command was given."""
        del formats
        return cls(**given)


def keyword(name: str, annotation: Any, default: Any = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def in_section(section: str, annotation: Any) -> Any:
    """Put an option under a heading of the help."""
    if get_origin(annotation) is Annotated:
        _, info, *_ = get_args(annotation)
        info.rich_help_panel = info.rich_help_panel or section
    return annotation


def spliced(function: Callable[..., Any], formats: Sequence[str] = ()) -> Callable[..., Any]:
    """Return a command's function with the options of each group in its signature.

    typer reads the signature; the function gets each group as one value.
    """
    parameters = inspect.signature(function, eval_str=True).parameters
    groups = {
        name: each.annotation
        for name, each in parameters.items()
        if isinstance(each.annotation, type) and issubclass(each.annotation, Options)
    }
    spread = {name: list(group.parameters(formats)) for name, group in groups.items()}
    own = [
        part
        for name, each in parameters.items()
        for part in spread.get(name, [each.replace(kind=Parameter.KEYWORD_ONLY)])
    ]

    @wraps(function)
    def run(**given: Any) -> Any:
        made = {
            name: group.made({part.name: given.pop(part.name) for part in spread[name]}, formats)
            for name, group in groups.items()
        }
        code = function(**given, **made)
        if code:
            raise typer.Exit(code)

    run.__signature__ = Signature(own)  # type: ignore[attr-defined]  # what inspect looks at first
    run.__annotations__ = {part.name: part.annotation for part in own}
    return run


class Sections:
    """A command whose help sets its options in sections, and its examples apart."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Take the examples out of the help, which is the function's docstring."""
        text, _, examples = inspect.cleandoc(settings.get("help") or "").partition(EXAMPLES)
        self.examples = examples.strip().splitlines()
        super().__init__(*args, **settings | {"help": text.strip()})

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Name what is needed without typer's braces: `BEFORE`, not `{BEFORE}`."""
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]  # a command has it
        return [re.sub(r"^\{(.*?)(\.\.\.)?\}(\.\.\.)?$", r"\1\2", piece) for piece in pieces]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]  # a command has them
            record = parameter.get_help_record(ctx)
            if record is not None:
                is_argument = parameter.param_type_name == "argument"
                default = "Arguments" if is_argument else OTHER
                heading = getattr(parameter, "rich_help_panel", None) or default
                sections.setdefault(heading, []).append(_plain(*record))
        for heading, records in sorted(sections.items(), key=lambda item: item[0] == OTHER):
            with formatter.section(heading):
                formatter.write_dl(records)
        if hasattr(self, "commands"):
            self.format_commands(ctx, formatter)  # type: ignore[attr-defined]  # a group has them
        if self.examples:
            with formatter.section(EXAMPLES.rstrip(":")):
                for line in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{line.strip()}\n")


def _plain(name: str, about: str) -> tuple[str, str]:
    """Leave out what typer adds for programmers: `<list[str]>` and `[x>=1]`."""
    return re.sub(r" <.*>$", "", name), re.sub(
        r"  \[x[<>].*\]$|; (?:\d+<=)?x[<>].*(?=\]$)", "", about
    )


class Command(Sections, TyperCommand):
    """A single command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raise UsageError for an answer after a flag, and for an option given twice that takes one value.

        The last of the two would win.
        """
        if not ctx.resilient_parsing:  # a shell asks what may follow
            _refuse_answers(self.get_params(ctx), args)
            _, more, in_order = self.make_parser(ctx).parse_args(args=[*args])
            if more and not any(each.param_type_name == "argument" for each in self.params):
                raise UsageError(_no_argument(ctx, self.params, more[0]))
            given = Counter(each for each in in_order if _takes_one_value(each))
            for parameter, times in given.items():
                if times > 1:
                    place = Place(parameter.opts[0])
                    raise UsageError(Problem("given twice", hint="Keep one.", place=place))
        return super().parse_args(ctx, args)


def _refuse_answers(parameters: Sequence[Any], args: Sequence[str]) -> None:
    """Raise UsageError for a flag with a word for yes or no after it: it is an answer by itself."""
    pairs = [each for each in parameters if each.secondary_opts]
    for flag, word in pairwise(args):
        for each in pairs:
            if flag in (*each.opts, *each.secondary_opts) and word.lower() in YES_OR_NO:
                what = f"takes no value, but {quoted(word)} stands after it"
                hint = f"{each.opts[0]} says yes, {each.secondary_opts[0]} says no."
                raise UsageError(Problem(what, hint=hint, place=Place(flag)))


def _no_argument(ctx: Any, parameters: Sequence[Any], word: str) -> Problem:
    """Return the problem of a word after a command that takes options alone: often their file."""
    name = ctx.command_path.removeprefix(ctx.find_root().info_name).strip()
    needed = [each for each in parameters if each.required]
    files = needed or [each for each in parameters if "--output" in each.opts]
    hint = f"`winwinwin help {name}` lists them."
    if files and Path(word).suffix:
        hint = f"To name the file: winwinwin {name} {files[0].opts[0]} {quote(printable(word))}"
    return Problem(f"{quoted(word)} is no option, and {name} takes options alone", hint=hint)


def _takes_one_value(parameter: Any) -> bool:
    is_option = parameter.param_type_name == "option"
    return is_option and not (parameter.multiple or parameter.is_flag)


def add(
    app: typer.Typer, name: str, function: Callable[..., Any], formats: Sequence[str] = ()
) -> None:
    """Add a command that writes these formats."""
    app.command(name, cls=Command)(spliced(function, formats))
