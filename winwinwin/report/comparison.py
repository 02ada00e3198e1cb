"""The page of a comparison: the report's cards, with charts that need no script."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from markupsafe import Markup

from winwinwin.kernel.rulebook import Stamp
from winwinwin.kernel.verdict import JUDGED, WORDINGS, Verdict
from winwinwin.pages import changes, comparison, periods
from winwinwin.pages.blocks import Block, Line, Text, Title
from winwinwin.pages.groups import value_text
from winwinwin.pages.page import Page
from winwinwin.pages.shares import INTERVAL
from winwinwin.pages.words import FEW, interval_words, possible_words, sure_words, verdict_text
from winwinwin.renderers import html
from winwinwin.report import moves
from winwinwin.report.template import own, rendered
from winwinwin.stats.bounds import Bounds
from winwinwin.stats.comparison import WATCHED, Change, Comparison
from winwinwin.stats.over_time import Periods
from winwinwin.vocabulary import Tone

View: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[Text, Change, int]


def page(found: Comparison | Periods, shown: Page, stamp: Stamp) -> str:
    """Return the page of what was found, with what is said of it in any format."""
    view = _of_two(found) if isinstance(found, Comparison) else _of_periods(found)
    lines = [block for block in shown.blocks if isinstance(block, Line)]
    said = view["said"]
    return rendered(
        "comparison.html.j2",
        title=shown.title,
        policy=html.policy(),
        more_style=Markup(own("comparison.css")),  # noqa: S704  # ours
        headline=view["headline"] if found.has_two else Text("Nothing to compare", "open"),
        runs=[{"name": name, "found": share_view(it)} for name, it in view["runs"]],
        said=[words._replace(words=changes.signed(words.words)) for words in said],
        around=_painted(each for each in lines if each.label in periods.ABOUT_SOURCES),
        test=_painted(each for each in lines if each.label == changes.TEST_LABEL),
        cards=[card(**each) for each in view["cards"]],
        stamp=stamp,
        meanings=[WORDINGS[verdict] for verdict in JUDGED],
    )


def _painted(blocks: Iterable[Block]) -> Markup:
    return Markup(html.paint(blocks, top=3))  # noqa: S704  # escaped by the painter


def _of_two(found: Comparison) -> View:
    wins = found.verdicts[Verdict.WIN_WIN_WIN]
    said = [sentence(verdict, changes.change_words(it), it) for verdict, it in found.watched]
    return {
        "headline": changes.headline(found),
        "runs": [("before", wins.before), ("after", wins.after)],
        "said": said if found.has_two else [Text(comparison.NOTHING, "open")],
        "cards": _comparison_cards(found) if found.has_two else [],
    }


def _of_periods(found: Periods) -> View:
    wins = zip(found.names, found.verdicts[Verdict.WIN_WIN_WIN], strict=True)
    ends = [(name, it) for name, it in wins if it.most_of]
    said = [sentence(v, periods.trend_words(it), it.trend) for v, it in found.courses.items()]
    return {
        "headline": changes.headline(found, "over time"),
        "runs": [ends[0], ends[-1]] if found.has_two else ends,
        "said": said if found.has_two else [Text(periods.NOTHING, "open")],
        "cards": _periods_cards(found) if found.runs else [],
    }


def card(
    title: str,
    *,
    about: str = "",
    half: bool = False,
    figures: Sequence[str] = (),
    tables: Sequence[View] = (),
    said: Sequence[Text] = (),
    lists: Sequence[tuple[str, Sequence[str]]] = (),
    blocks: Sequence[Block] = (),
) -> View:
    """Return a card as the template takes it."""
    drawn = Markup("".join(figures))  # noqa: S704  # charts.py escapes what is not its own
    return {
        "title": title,
        "about": about,
        "half": half,
        "figures": drawn,
        "tables": tables,
        "said": said,
        "lists": lists,
        "painted": _painted(blocks),
    }


def sentence(verdict: Verdict, words: str, change: Change) -> Text:
    wording = WORDINGS[verdict]
    return Text(f"{wording.label} {words}", changes.tone_of(change, wording.direction))


def share_view(found: Bounds) -> View:
    """Return a share as its cell shows it, with its number where the share is not one."""
    if not found.most_of:
        return cell("-")
    number = "" if found.fewest_of < FEW else f"{found.sure:,} of {found.fewest_of:,}"
    return cell(sure_words(found), more=possible_words(found), under=number)


def change_view(change: Change | None, good: int) -> View:
    if change is None:
        return cell("")
    said = changes.judged_words(change, good)
    tone = changes.tone_of(change, good)
    return cell(changes.signed(changes.points(change)), under=said, tone=tone)


def cell(words: str, *, more: str = "", under: str = "", tone: Tone = "plain") -> View:
    """Return a cell as the template takes it: its words, what goes on after them, and a line below."""
    return {"words": words, "more": more, "under": under, "tone": tone}


def table_view(what: str, rows: Iterable[Row], title: str = "") -> View:
    cells = [
        (name, [share_view(it.before), share_view(it.after), change_view(it, good)])
        for name, it, good in rows
    ]
    return {"columns": [what, "before", "after", "change"], "title": title, "rows": cells}


def course_view(found: Periods, verdict: Verdict) -> View:
    """Return the table of a share by period, each with its change from the one before."""
    good, steps = WORDINGS[verdict].direction, found.steps[verdict]
    rows = [
        (
            Text(name),
            [
                share_view(share),
                cell("", more="", under=interval_words(share)),
                change_view(steps.get((place - 1, place)), good),
            ],
        )
        for place, (name, share) in enumerate(
            zip(found.names, found.verdicts[verdict], strict=True)
        )
    ]
    return {"columns": ["period", "share", INTERVAL, "change"], "title": "", "rows": rows}


def _comparison_cards(found: Comparison) -> Iterator[View]:
    verdicts = found.verdicts.items()
    yield {
        "title": "Verdicts",
        "figures": [moves.verdict_figure(found)],
        "tables": [
            table_view(
                "verdict", [(verdict_text(v), it, WORDINGS[v].direction) for v, it in verdicts]
            )
        ],
    }
    rules = [(Text(rule or "no single rule"), it, 0) for rule, it in found.rules.items()]
    yield {"title": "Which rule decided", "half": True, "tables": [table_view("rule", rules)]}
    if found.levers:
        levers = [table_view("if", comparison.biggest_levers(found))]
        about = "How many of the others would be WIN/WIN/WIN if this had been different."
        yield {"title": "The biggest levers", "half": True, "about": about, "tables": levers}
    for by, groups in found.groups.items():
        both = comparison.in_both(by, groups)
        tables = [
            table_view(
                by,
                [(value_text(v), groups[v][verdict], WORDINGS[verdict].direction) for v in both],
                WORDINGS[verdict].label,
            )
            for verdict in WATCHED
        ]
        yield {
            "title": f"By {by}",
            "figures": moves.group_figures(by, {v: groups[v][Verdict.WIN_WIN_WIN] for v in both}),
            "tables": tables if both else [],
            "lists": [each for each in comparison.one_side(by, groups) if each[1]],
        }


def _periods_cards(found: Periods) -> Iterator[View]:
    last = len(found.runs) - 1
    for verdict, course in found.courses.items():
        words = [sentence(verdict, periods.trend_words(course), course.trend)]
        if last > 1:
            change = found.steps[verdict][0, last]
            said = f"From first to last {changes.change_words(change)}"
            words.append(Text(said, changes.tone_of(change, WORDINGS[verdict].direction)))
        yield {
            "title": WORDINGS[verdict].label,
            "half": True,
            "figures": [moves.course_figure(found, verdict)] if found.has_two else [],
            "tables": [course_view(found, verdict)],
            "said": [each._replace(words=changes.signed(each.words)) for each in words],
        }
    groups = (block for by in found.groups for block in periods.group_blocks(by, found))
    rest = [*periods.others(found), *groups]
    for title, table in zip(rest[::2], rest[1::2], strict=True):
        if isinstance(title, Title):
            yield {"title": title.text.words, "blocks": [table]}
