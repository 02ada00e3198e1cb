"""The commands that show the rules."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.options import House, Output, argument, option
from winwinwin.errors import Problem, UsageError, nearest, quoted


def list_(*, to: Output, house: House) -> None:
    """List the rules; the first that fires decides.

    Examples:
    winwinwin rules list
    winwinwin rules list --rulebook house.yaml
    """
    from winwinwin.cli import writing
    from winwinwin.pages.rulebook import rules_page

    writing.write(rules_page(house.book()), to, house.files)


def show(
    rule_id: Annotated[
        str | None, argument("ID", "The rule's id; left out with --yaml.", completion.rule_ids)
    ] = None,
    as_yaml: Annotated[
        bool, option("Output", "The whole rulebook instead, as a file to start from.", "--yaml")
    ] = False,
    *,
    to: Output,
    house: House,
) -> None:
    """Show one rule: when it fires, what it says and why. Or all of them as a file.

    Examples:
    winwinwin rules show beaten-customer
    winwinwin rules show --yaml
    """
    from winwinwin.cli import writing
    from winwinwin.output import streams
    from winwinwin.pages.rulebook import rule_page

    if as_yaml != (rule_id is None):
        what = "one rule or the whole rulebook, not both or neither"
        hint = "Give the id of a rule, or --yaml for the whole rulebook."
        raise UsageError(Problem(what, hint=hint))
    if rule_id is None:
        from winwinwin.editors import with_schema_comment
        from winwinwin.loading.rulebooks import stated

        book = stated(house.rulebook)
        is_yaml = book.form == "yaml"  # JSON has no comments
        streams.write(with_schema_comment("rulebook", book.text) if is_yaml else book.text)
        streams.flush()
        return
    rulebook = house.book()
    ids = [rule.id for rule in rulebook.rules]
    if rule_id not in ids:
        what = f"no rule has the id {quoted(rule_id)}"
        hint = "`winwinwin rules list` shows them."
        raise UsageError(Problem(what, ", ".join(ids), nearest(rule_id, ids), hint))
    writing.write(rule_page(rulebook.rule(rule_id), rulebook), to, house.files)
