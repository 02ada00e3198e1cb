"""The command that explains a judgement."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.facts import Given
from winwinwin.cli.inputs import RecordInput
from winwinwin.cli.options import BriefOutput, Id, Rules
from winwinwin.cli.parameters import argument


def explain(
    file: Annotated[
        str | None, argument("FILE", "A file of records.", completion.documents)
    ] = None,
    record_id: Annotated[
        str | None,
        argument("ID", "The id, or the place, of one of its interactions.", completion.ids),
    ] = None,
    *,
    given: Given,
    id: Id = None,  # noqa: A002  # the flag is --id
    reading: RecordInput,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Explain a judgement rule by rule, and what would change it.

    Takes flags like score's, or an interaction in a file; FILE alone lists its interactions.

    Examples:
    winwinwin explain week.yaml W47-017
    winwinwin explain week.yaml week.yaml:21
    winwinwin explain -s won -c lost --customer-believes-salesperson lost
    """
    from winwinwin.cli import single, writing
    from winwinwin.pages.interaction import explanation

    wanted = record_id or id
    if file is None:
        recorded = single.from_flags(given.facts, id)
    elif wanted is None and not given.facts:
        from winwinwin.cli import listing

        return listing.write(listing.source_of([file], reading), (), to, rules)
    else:
        from winwinwin.batch.face import Source
        from winwinwin.batch.records import awaited
        from winwinwin.loading.lookup import from_file

        awaited(Source([file], reading.input_format))
        recorded = from_file(file, wanted, given.facts, reading.input_format)
    judge = rules.judge()
    judgement = judge(recorded.outcomes)
    blocks = explanation(recorded.about.id, judgement, judge.rulebook, judge.stamp)
    page = single.page(recorded, judge, blocks, is_panel=False)
    writing.write(page, to, [recorded.source, *rules.files])
    return 0
