"""Defaults of options from a file: winwinwin.toml, or [tool.winwinwin] in pyproject.toml."""

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from winwinwin.errors import Place, Problem, UsageError, quoted
from winwinwin.near import nearest
from winwinwin.output.formats import FORMATS

OWN, SHARED = "winwinwin.toml", "pyproject.toml"
NUL = "\0"
"""What no argument can hold, and a text of TOML can."""
TABLE = "tool.winwinwin"
"""The table of the shared file."""
WRITERS = {("schema",), ("form",)}
"""Commands whose output is one file, which somebody names each time."""
ONCE = {"undo", "yes"}
"""Options that no file sets: what removes a record is asked for each time."""
ON_GITHUB = "GITHUB_ACTIONS"
"""The variable that GitHub Actions sets: elsewhere nobody reads annotations by default."""

Words: TypeAlias = tuple[str, ...]
Commands: TypeAlias = Mapping[Words, Mapping[str, Any]]
"""The options of each command, by the words that call it and by their names without dashes."""


class Default(NamedTuple):
    """One option of one command that a file sets."""

    command: Words
    option: str
    """Its flag without dashes."""
    parameter: str
    value: Any
    place: Place


class Config(NamedTuple):
    """A file's defaults."""

    name: str
    defaults: tuple[Default, ...]

    @property
    def default_map(self) -> dict[str, Any]:
        """What click takes: values by parameter, nested by command."""
        nested: dict[str, Any] = {}
        for default in self.defaults:
            into = nested
            for word in default.command:
                into = into.setdefault(word, {})
            into[default.parameter] = default.value
        return nested

    def blamed(self, problem: Problem, given: Collection[str]) -> Problem:
        """Say of a problem with a value that a default has, and no argument, where it is set."""
        for default in self.defaults:
            flag, place = f"--{default.option}", problem.place
            values = default.value if isinstance(default.value, list) else [default.value]
            is_about = problem.line.startswith(f"{flag}:") or (place and place.source in values)
            if is_about and set(default.command) <= set(given) and not {flag, *values} & set(given):
                hint = f"{problem.hint} {default.option} is set in {default.place}.".lstrip()
                return replace(problem, hint=hint)
        return problem


def in_force(known: Callable[[], Commands]) -> Config | None:
    """Return the defaults of the working directory for the commands that are known; raises as `load`.

    All commands are asked for only where a file sets any.
    """
    try:
        folder = Path.cwd()
    except OSError:  # it was removed
        return None
    return load(folder, known)


def commands(command: Any, *words: str) -> Iterator[tuple[Words, dict[str, Any]]]:
    """Yield every command below a group, with its options."""
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *words, name)
    if not hasattr(command, "commands"):
        options = (each for each in command.params if each.param_type_name == "option")
        names = ((opt.removeprefix("--"), each) for each in options for opt in each.opts)
        yield words, {name: each for name, each in names if not name.startswith("-")}


def found(folder: Path) -> tuple[Path, str] | None:
    """Return the nearest file upwards that sets defaults, with its text; None where there is none.

    Raises WinwinwinError where it cannot be read.
    """
    for parent in (folder, *folder.parents):
        for name in (OWN, SHARED):
            path = parent / name
            if not os.path.isfile(path):  # noqa: PTH113  # Path.is_file raises where a folder is closed
                continue
            text = _text(path)
            if name == OWN or f"[{TABLE}" in text:
                return path, text
    return None


def _text(path: Path) -> str:
    from winwinwin.loading.bounded import whole  # few folders have a file: 3 ms
    from winwinwin.loading.paths import unreadable
    from winwinwin.parsing.tape import utf8

    try:
        return utf8(whole(path, shown(path)), shown(path))
    except OSError as error:
        raise unreadable(shown(path), error) from None


def shown(path: Path) -> str:
    """Return a path as it is named in messages: as seen from the working directory."""
    return os.path.relpath(path)


def load(folder: Path, known: Callable[[], Commands]) -> Config | None:
    """Return the defaults in force in a folder, None where no file sets any.

    Raises WinwinwinError with every key and value that is wrong, and its line.
    """
    file = found(folder)
    if file is None:
        return None
    import tomllib  # 5 ms

    path, text = file
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_not_toml(shown(path), str(error))) from None
    prefix: Words = () if path.name == OWN else tuple(TABLE.split("."))
    for at, word in enumerate(prefix, 1):
        content = content.get(word, {})
        if not isinstance(content, dict):
            what, hint = f"'{'.'.join(prefix[:at])}' is not a table", f"Write [{TABLE}]."
            raise UsageError(Problem(what, hint=hint, place=Place(shown(path))))
    reader = _Reader(shown(path), text, known())
    defaults = tuple(reader.read((), content, prefix))
    if reader.problems:
        raise UsageError(*reader.problems)
    return Config(shown(path), defaults)


def _not_toml(name: str, said: str) -> Problem:
    at = re.search(r" \(at line (\d+), column (\d+)\)", said)
    place = Place(name, int(at[1]), int(at[2])) if at else Place(name)
    what = f"is not TOML: {said[: at.start()] if at else said}".rstrip(".")
    return Problem(what, place=place)


class _Reader:
    """Reads tables of defaults, and notes every problem on the way."""

    def __init__(self, name: str, text: str, known: Commands) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._lines = text.splitlines()
        self._known = known

    def read(self, words: Words, table: Mapping[str, Any], path: Words) -> Iterator[Default]:
        """Yield what a table sets: for one command, or for all that are called so on."""
        below = {known[len(words)] for known in self._below(words) if len(known) > len(words)}
        for key, value in table.items():
            place = self._place(path, key)
            if key in below and isinstance(value, dict):
                yield from self.read((*words, key), value, (*path, key))
            else:
                yield from self._set(words, key.replace("_", "-"), value, place, below)

    def _below(self, words: Words) -> dict[Words, Mapping[str, Any]]:
        return {known: its for known, its in self._known.items() if known[: len(words)] == words}

    def _set(
        self, words: Words, name: str, value: Any, place: Place, below: set[str]
    ) -> Iterator[Default]:
        having = {known: its[name] for known, its in self._below(words).items() if name in its}
        if not having:
            options = {name for its in self._below(words).values() for name in its} - ONCE
            self.problems.append(_unknown(name, value, options, below).at(place))
            return
        having = {known: each for known, each in having.items() if not _is_for_once(known, name)}
        if not having:
            hint = f"Give --{name} on the command line."
            self.problems.append(Problem(f"{name} cannot be set in a file", hint=hint, place=place))
            return
        if wrong := _wrong_type(value, next(iter(having.values()))):
            self.problems.append(wrong.at(place))
            return
        fitting = [known for known in having if _fits(name, value, self._known[known])]
        if not fitting:
            choices = {word: None for option in having.values() for word in _choices(option)}
            what = f"{quoted(value)} is not a value of {name}"
            near = nearest(value, choices)
            self.problems.append(Problem(what, ", ".join(choices), near, place=place))
        for known in fitting:
            option = having[known]
            taken = self._taken(value, option)
            if value != "github" or os.environ.get(ON_GITHUB) == "true":
                yield Default(known, name, option.name, taken, place)

    def _taken(self, value: Any, option: Any) -> Any:
        """Return a value as a flag would give it; files are named as seen from the file's folder."""
        if option.multiple:
            several = value if isinstance(value, list) else [value]
            return [self._taken_one(one, option) for one in several]
        return self._taken_one(value, option)

    def _taken_one(self, value: Any, option: Any) -> Any:
        if option.metavar != "FILE":
            return value
        return os.path.normpath(os.path.join(os.path.dirname(self._name), value))  # noqa: PTH118, PTH120  # kept relative

    def _place(self, path: Words, key: str) -> Place:
        """Return the line of a key, or of the heading of a table, below the heading it is in."""
        heading = rf"\s*\[{re.escape('.'.join((*path, key)))}[\].]"
        setting = rf"\s*[\"']?{re.escape(key)}[\"']?\s*="
        inside = not path
        for number, line in enumerate(self._lines, 1):
            if re.match(heading, line):
                return Place(self._name, number, 1, line)
            if line.lstrip().startswith("["):
                inside = line.strip() == f"[{'.'.join(path)}]"
            elif inside and re.match(setting, line):
                column = len(line) - len(line.lstrip())
                return Place(self._name, number, column + 1, line, column)
        return Place(self._name)


def _is_for_once(command: Words, name: str) -> bool:
    """Tell whether an option is given each time: it removes a record, or names a new file."""
    return name in ONCE or (name == "output" and command in WRITERS)


def _unknown(name: str, value: Any, options: Collection[str], below: Collection[str]) -> Problem:
    """Return the problem with a key that is neither an option nor, as a table, a command."""
    if name in below:
        what, hint = f"{quoted(name)} is a command", f"Write [{name}], and its options below."
        return Problem(what, hint=hint)
    if name == TABLE.partition(".")[0]:
        hint = f"In {OWN}, leave [{TABLE}] out."
        return Problem(f"unknown key {quoted(name)}", hint=hint)
    if isinstance(value, dict) and below:
        hint = "`winwinwin --help` lists the commands."
        return Problem(f"unknown command {quoted(name)}", nearest=nearest(name, below), hint=hint)
    hint = "`winwinwin COMMAND --help` lists the options."
    return Problem(f"unknown key {quoted(name)}", nearest=nearest(name, options), hint=hint)


def _choices(option: Any) -> list[str]:
    """Return the words that an option takes, where these are few."""
    metavar = option.metavar or ""
    return metavar.split("|") if "|" in metavar and "=" not in metavar else []


def _fits(name: str, value: Any, options: Mapping[str, Any]) -> bool:
    """Tell whether a command can do with a value: it has the format, or that of the file's suffix."""
    choices = _choices(options[name])
    if name == "output":
        known = _choices(options["format"])
        suffixes = {end for known_one in known for end in FORMATS[known_one].suffixes}
        files = value if isinstance(value, list) else [value]
        return all(Path(file).suffix.lower() in suffixes for file in files)
    return not choices or value in choices


def _wrong_type(value: Any, option: Any) -> Problem | None:
    """Return the problem with a value of another type than an option's; None for a right one."""
    if option.is_flag:
        is_right, needed = isinstance(value, bool), "true or false, without quotes"
    elif option.multiple:
        is_right, needed = (
            isinstance(value, str) or _is_texts(value),
            "a text in quotes, or a list of these",
        )
    elif _is_number(option):
        is_right, needed = isinstance(value, int) and not isinstance(value, bool), "a whole number"
    else:
        is_right, needed = isinstance(value, str), "a text in quotes"
    if is_right and NUL in "".join(value if isinstance(value, list) else [str(value)]):
        is_right, needed = False, "a text without NUL"
    return None if is_right else Problem(f"{quoted(value)} is not a value here", needed)


def _is_number(option: Any) -> bool:
    """Tell whether an option takes a whole number; before typer 0.29 its type has the bounds."""
    bounded = (option, getattr(option, "type", None))
    return any(getattr(each, "min", None) is not None for each in bounded)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
