"""Reading cases: interactions, with what is expected of their judgements."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import InitErrorDetails

from winwinwin.analysis.casetests import Case, as_text, expectable
from winwinwin.errors import (
    MOST_PROBLEMS,
    Path,
    Place,
    Problem,
    Problems,
    UnreadableError,
    WinwinwinError,
    quoted,
)
from winwinwin.evaluation import judge
from winwinwin.kernel.judgement import RuleStatus
from winwinwin.kernel.verdict import Verdict
from winwinwin.loading.bounded import whole
from winwinwin.loading.documents import READERS, find
from winwinwin.loading.paths import is_folder, unreadable
from winwinwin.loading.shapes import CASES, PassedOverError, misplaced
from winwinwin.loading.suffixes import FORMATS
from winwinwin.near import nearest
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.refusals import (
    details,
    problems_of,
    refusal,
    refused,
    unknown_key,
    worded_by,
)
from winwinwin.parsing.tape import Tape
from winwinwin.record.interaction import FLAT_PATHS, Interaction
from winwinwin.record.spelling import AnswerField

FIELDS = tuple(expectable(judge(Interaction())))
"""What a case can expect something of."""

STATUSES = get_args(RuleStatus)
VERDICTS = [verdict.value for verdict in Verdict if verdict is not Verdict.INVALID]


def _flat(facts: Any) -> Interaction:
    """Read facts by their flat names, under which problems are reported too."""
    if facts == {}:
        return Interaction()
    _known_keys(facts, FLAT_PATHS)
    try:
        return Interaction.from_flat(facts)
    except ValidationError as error:
        raise refused(
            [detail | {"loc": _flat_path(detail["loc"])} for detail in details(error)]
        ) from None


def _flat_path(path: Path) -> Path:
    for name, nested in FLAT_PATHS.items():
        if path[: len(nested)] == nested:
            return (name, *path[len(nested) :])
    return ()


def _expected(expected: Any) -> dict[str, Any]:
    _known_keys(expected, FIELDS)
    verdict = expected.get("verdict", VERDICTS[0])
    if verdict not in VERDICTS:
        what = f"{quoted(verdict)} is not a verdict"
        problem = Problem(what, ", ".join(VERDICTS), nearest(verdict, VERDICTS))
        raise refused([InitErrorDetails(type=refusal(problem), loc=("verdict",), input=verdict)])
    if "rules" in expected:
        _known_statuses(expected["rules"])
    return {field: as_text(value) for field, value in expected.items()}


def _known_statuses(statuses: Any) -> None:
    """Refuse anything but a mapping of rules to statuses that is not empty."""
    if not isinstance(statuses, dict) or not statuses:
        what = "holds nothing" if statuses == {} else f"{quoted(statuses)} is not a mapping"
        problem = Problem(what, hint="Write rule: status.")
        raise refused([InitErrorDetails(type=refusal(problem), loc=("rules",), input=statuses)])
    unknown = {
        rule: status
        for rule, status in statuses.items()
        if status not in (*STATUSES, None)  # a rule that does not exist has none
    }
    _refuse([("rules", rule) for rule in unknown], list(unknown.values()), _not_a_status)


def _refuse(
    paths: Sequence[Path],
    values: Sequence[Any],
    worded: Callable[[Any], Problem],
    *,
    of_key: bool = False,
) -> None:
    """Raise what is wrong with values, if any; words take time, and only the first are shown."""
    problems = list(map(worded, values[:MOST_PROBLEMS]))
    problems += problems[-1:] * len(values[MOST_PROBLEMS:])
    found = [
        InitErrorDetails(type=refusal(problem, of_key=of_key), loc=path, input=value)
        for path, value, problem in zip(paths, values, problems, strict=True)
    ]
    if found:
        raise refused(found)


def _not_a_status(status: Any) -> Problem:
    what = f"{quoted(status)} is not a status"
    return Problem(what, ", ".join(STATUSES), nearest(status, STATUSES))


def _known_keys(written: Any, known: Iterable[str]) -> None:
    """Refuse anything but a mapping of known keys that is not empty."""
    if not isinstance(written, dict) or not written:
        what = "holds nothing" if written in ({}, None) else f"{quoted(written)} is not a mapping"
        raise refusal(Problem(what, hint="Write name: value."))
    names = list(known)
    unknown = [key for key in written if key not in names]
    worded = partial(unknown_key, known=names)
    _refuse([(key,) for key in unknown], unknown, worded, of_key=True)


class _Case(BaseModel):
    """A case as it is written."""

    model_config = ConfigDict(extra="forbid")

    name: str
    facts: Annotated[Interaction, BeforeValidator(_flat)]
    expect: Annotated[dict[str, Any], BeforeValidator(_expected)]
    assumptions: AnswerField = True


_worded = worded_by({(): _Case})


def read_cases(names: Iterable[str]) -> Iterator[Case | WinwinwinError]:
    """Yield the cases in files, globs and folders; what cannot be read is yielded as an error.

    A file of a folder that holds something else is passed over, as PassedOverError says.
    """
    for name in names:
        for path in find(name):
            if isinstance(path, UnreadableError):
                yield path
            else:
                yield from _cases_in(path, is_named=not is_folder(name))


def _cases_in(path: FilePath, *, is_named: bool) -> Iterator[Case | WinwinwinError]:
    read = READERS[FORMATS.get(path.suffix.lower(), "yaml")]
    try:
        drafts = read(Tape(io.BytesIO(whole(path)), str(path)))
        first = next(drafts, None)
        if first and (other := misplaced(first.value, CASES, str(path))):
            yield WinwinwinError(other) if is_named else PassedOverError(other)
        elif first:
            yield _case(first)
            yield from map(_case, drafts)
    except UnreadableError as error:
        yield error
    except OSError as error:
        yield unreadable(str(path), error)


def _case(draft: Draft) -> Case | WinwinwinError:
    problems = Problems.of(draft.problems)
    place = Place(draft.tape.source, draft.line or None)

    def place_of(path: Path, key: bool) -> Place:
        return draft.place(path, key=key)

    if draft.value is not None or not problems:
        try:
            case = _Case.model_validate(draft.value)
        except ValidationError as error:
            problems.extend(problems_of(error, place_of, draft.value, _worded))
    if problems:
        return WinwinwinError(*problems.in_order())
    assumptions = case.assumptions is not False
    return Case(case.name, case.facts, case.expect, assumptions, place)
