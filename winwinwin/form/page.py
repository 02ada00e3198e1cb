"""The page of a form, with all that it needs; it asks nothing of a network."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from string import Template
from typing import Any, NamedTuple

from winwinwin.errors import printable
from winwinwin.form.table import lookup
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook, Stamp
from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.words import value_words
from winwinwin.record.order import WRITTEN
from winwinwin.record.texts import LINE, NOTES
from winwinwin.renderers import html
from winwinwin.vocabulary import ASKED_FIRST, FACTS, Fact

SCRIPTS = (
    "judging.js",
    "keeping.js",
    "entries.js",
    "giving.js",
    "fields.js",
    "asking.js",
    "listing.js",
    "start.js",
)
"""The parts of the page's script, in their order."""


class Asked(NamedTuple):
    """What a form asks for beside the facts."""

    about: Sequence[tuple[str, str]]
    """Fields that describe an interaction, tags as `tags.NAME`, each with its question."""
    employees: Sequence[str] = ()
    """Names to choose from; any may be typed where there are none."""


def page(judgements: Iterable[Judgement], rulebook: Rulebook, stamp: Stamp, asked: Asked) -> str:
    """Return the whole page of a form that judges as the judgements of all kinds do."""
    script = "\n".join(map(_own, SCRIPTS))
    data = {
        **lookup(judgements, rulebook),
        "facts": list(map(_fact, FACTS)),
        "first": ASKED_FIRST,
        "orders": WRITTEN,
        "verdicts": {verdict: WORDINGS[verdict].label for verdict in JUDGED},
        "tones": {verdict: WORDINGS[verdict].tone for verdict in JUDGED},
        "about": list(asked.about),
        "employees": list(asked.employees),
        "rulebook": stamp._replace(title=printable(stamp.title))._asdict(),  # records hold it
        "forbidden": {"line": LINE.forbidden, "notes": NOTES.forbidden},
    }
    return Template(_own("page.html")).substitute(
        policy=html.policy(script),
        style=html.style() + _own("form.css"),
        title=html.escape(stamp.title),
        mode="" if rulebook.assumptions else ", without its assumptions",
        fingerprint=stamp.fingerprint,
        meanings="".join(map(_meaning, JUDGED)),
        data=html.embedded(data),
        script=script,
    )


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "path": fact.path,
        "label": fact.label,
        "question": fact.question,
        "means": fact.means,
        "values": fact.values,
        "words": list(map(value_words, fact.values)),
    }


def _meaning(verdict: str) -> str:
    words = WORDINGS[verdict]  # type: ignore[index]  # a verdict is its code
    return f"<dt>{html.escape(words.label)}</dt> <dd>{html.escape(words.sentence)}</dd>"


def _own(name: str) -> str:
    return files("winwinwin.form").joinpath(name).read_text(encoding="utf-8")
