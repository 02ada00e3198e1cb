"""The commands that show the rulebook."""

import json

from winwinwin.cli import output
from winwinwin.cli.rulebooks import chosen
from winwinwin.editors import with_schema_comment
from winwinwin.errors import Problem, UsageError, nearest, quoted
from winwinwin.render import markdown, plain
from winwinwin.render.blocks import Block
from winwinwin.render.reference import rule_page, rules_page


def list_rules(name: str | None, format_name: str, *, color: bool) -> None:
    """Write the rules in precedence order."""
    rulebook = chosen(name)
    data = [rule.model_dump(mode="json") for rule in rulebook.rules]
    _write(rules_page(rulebook), data, format_name, color=color)


def show_rule(rule_id: str, name: str | None, format_name: str, *, color: bool) -> None:
    """Write all there is to one rule. Raises UsageError for an id that there is not."""
    rulebook = chosen(name)
    try:
        rule = rulebook.rule(rule_id)
    except KeyError:
        ids = [rule.id for rule in rulebook.rules]
        what = f"no rule has the id {quoted(rule_id)}"
        hint = "`winwinwin rules list` shows them."
        raise UsageError(Problem(what, ", ".join(ids), nearest(rule_id, ids), hint)) from None
    _write(rule_page(rule, rulebook), rule.model_dump(mode="json"), format_name, color=color)


def show_file(name: str | None) -> None:
    """Write a whole rulebook as its file states it, comments and all."""
    from winwinwin.sources.rulebooks import stated

    book = stated(name)
    is_yaml = book.form == "yaml"  # JSON has no comments
    output.write(with_schema_comment("rulebook", book.text) if is_yaml else book.text)
    output.flush()


def _write(blocks: list[Block], data: object, format_name: str, *, color: bool) -> None:
    texts = {
        "text": lambda: plain.paint(blocks),
        "markdown": lambda: markdown.paint(blocks),
        "json": lambda: json.dumps(data, indent=2, ensure_ascii=False) + "\n",
        "screen": lambda: output.on_screen(blocks, color=color),
    }
    output.write_all(texts, format_name, [])
