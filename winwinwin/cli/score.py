"""The command that judges one interaction from flags."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.facts import Given
from winwinwin.cli.options import BriefOutput, Id, Rules
from winwinwin.cli.parameters import argument


def score(
    salesperson_outcome: Annotated[
        str | None,
        argument(
            "SALESPERSON",
            "The salesperson's outcome; instead of --salesperson.",
            completion.outcomes,
        ),
    ] = None,
    customer_outcome: Annotated[
        str | None,
        argument("CUSTOMER", "The customer's outcome; instead of --customer.", completion.outcomes),
    ] = None,
    *,
    given: Given,
    id: Id = None,  # noqa: A002  # the flag is --id
    to: BriefOutput,
    rules: Rules,
) -> None:
    """Judge one interaction.

    An outcome is won, lost or unknown. Whatever is left out is not recorded. Without any outcome, a
    terminal asks for them.

    Examples:
    winwinwin score won lost
    winwinwin score -s won -c won --order customer,salesperson --id C-1042
    winwinwin score -s lost -c lost --no-feels-good --format json
    """
    from winwinwin.cli import single, writing
    from winwinwin.cli.keyboard import at_keyboard
    from winwinwin.pages.interaction import panel

    outcomes = {"salesperson": salesperson_outcome, "customer": customer_outcome}
    arguments = [name for name, value in outcomes.items() if value is not None]
    facts = given.beside(**outcomes)
    judge = rules.judge()
    if facts or not at_keyboard():
        recorded = single.from_flags(facts, id, arguments)
    else:
        from winwinwin.cli.keeping import interview

        recorded = interview(judge, id)
    blocks = panel(recorded.about.id, judge(recorded.outcomes), judge.rulebook)
    writing.write(single.page(recorded, judge, blocks, is_panel=True), to, rules.files)
