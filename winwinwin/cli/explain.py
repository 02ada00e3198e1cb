"""The command that explains a judgement."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.facts import Given
from winwinwin.cli.inputs import RecordInput
from winwinwin.cli.options import BriefOutput, Id, Rules
from winwinwin.cli.parameters import argument, option


def explain(
    file: Annotated[
        str | None, argument("FILE", "A file of records.", completion.documents)
    ] = None,
    record_id: Annotated[
        str | None,
        argument("ID", "The id of one of its interactions, or a line of it.", completion.ids),
    ] = None,
    *,
    why_not: Annotated[
        str | None,
        option(
            "Input",
            "Say what keeps it from this verdict.",
            "--why-not",
            metavar="VERDICT",
            offered=completion.decided,
        ),
    ] = None,
    against: Annotated[
        str | None,
        option("Input", "Compare it with this interaction of FILE.", "--against", metavar="ID"),
    ] = None,
    given: Given,
    id: Id = None,  # noqa: A002  # the flag is --id
    reading: RecordInput,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Explain a judgement rule by rule, and what would change it.

    It says first what settles the verdict by itself, and how few wrong entries would change it.
    Takes flags like score's, or an interaction in a file; FILE alone lists its interactions.

    Examples:
    winwinwin explain week.yaml W47-017
    winwinwin explain week.yaml W47-017 --why-not win_win_win
    winwinwin explain week.yaml W47-017 --against W47-018
    winwinwin explain -s won -c lost --customer-believes-salesperson lost
    """
    from winwinwin.cli import explaining, single, writing

    wanted = record_id or id
    has_id = wanted is not None or bool(given.facts)
    explaining.check(why_not, against, file, has_id, to)
    if file is not None:
        explaining.refuse_table(file, reading)
    if file is None:
        recorded = single.from_flags(given.facts, id)
    elif not has_id:
        from winwinwin.cli import listing

        explaining.refuse_lone_id(file)
        return listing.write(listing.source_of([file], reading), (), to, rules)
    else:
        recorded = explaining.in_file(file, wanted, given.facts, reading)
    other = explaining.in_file(file, against, {}, reading) if file and against else None
    explaining.check_other(recorded, other, against)
    page = explaining.page(recorded, rules.judge(), why_not, other)
    writing.write(page, to, [recorded.source, *rules.files])
    return 0
