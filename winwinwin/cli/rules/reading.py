"""The commands that show the rules."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from winwinwin.cli import completion
from winwinwin.cli.options import House, Output
from winwinwin.cli.parameters import argument, option
from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.near import nearest
from winwinwin.output import formats

if TYPE_CHECKING:
    from winwinwin.kernel.rulebook import Rulebook
    from winwinwin.pages.page import Page

WRITES = formats.in_order({*formats.PAGES, "yaml"})


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
        str | None,
        argument("ID", "The rule's id; without it, --yaml shows them all.", completion.rule_ids),
    ] = None,
    as_yaml: Annotated[
        bool,
        option(
            "Output", "Write YAML; without ID the whole rulebook, a file to start from.", "--yaml"
        ),
    ] = False,
    *,
    to: Output,
    house: House,
) -> None:
    """Show one rule: when it fires, what it says and why. Or write all of them to a file.

    Examples:
    winwinwin rules show beaten-customer
    winwinwin rules show --yaml
    winwinwin rules show -o house.yaml
    """
    from winwinwin.cli import writing

    to = to.instead("yaml", "--yaml") if as_yaml else to
    if rule_id is None and "yaml" not in to.wanted:
        hint = "Give the id of a rule, or --yaml for the whole rulebook."
        raise UsageError(Problem("No rule named", hint=hint))
    page = _whole(house) if rule_id is None else _rule(rule_id, house.book())
    writing.write(page, to, house.files)


def _whole(house: House) -> "Page":
    """Return the page of a rulebook, which can be had as its file too."""
    from winwinwin.editors import with_schema_comment
    from winwinwin.loading.rulebooks import stated
    from winwinwin.pages.rulebook import rules_page

    book = stated(house.rulebook)
    is_yaml = book.form == "yaml"  # JSON has no comments
    text = with_schema_comment("rulebook", book.text) if is_yaml else book.text
    return replace(rules_page(book.rulebook), rows={"yaml": lambda: text})


def _rule(rule_id: str, rulebook: "Rulebook") -> "Page":
    from winwinwin.pages.rulebook import rule_page

    ids = [rule.id for rule in rulebook.rules]
    if rule_id not in ids:
        what = f"no rule has the id {quoted(rule_id)}"
        hint = "`winwinwin rules list` shows them."
        raise UsageError(Problem(what, ", ".join(ids), nearest(rule_id, ids), hint))
    page = rule_page(rulebook.rule(rule_id), rulebook)
    return replace(page, rows={"yaml": lambda: _as_yaml(page.data())})


def _as_yaml(rule: dict[str, Any]) -> str:
    """Write a rule as an item of a rulebook's list."""
    import yaml

    return str(yaml.safe_dump([rule], sort_keys=False, allow_unicode=True, width=math.inf))
