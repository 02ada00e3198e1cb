"""Judging interactions: each kind once, remembered outside the pure judge."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from winwinwin.errors import WinwinwinError
from winwinwin.kernel.builtin import FINGERPRINTS
from winwinwin.kernel.judgement import Judgement, Subject, Unjudged
from winwinwin.kernel.judging import judge_kind
from winwinwin.kernel.kinds import CONSISTENT, each, parted, places
from winwinwin.kernel.rulebook import Rulebook, Stamp, builtin
from winwinwin.kernel.ruling import Rulings
from winwinwin.record.described import Described
from winwinwin.record.interaction import About, Outcomes, Recorded

if TYPE_CHECKING:
    from winwinwin.record.plain import Shape

DIGITS = 16
"""Hexadecimal digits of a fingerprint: of a million rulebooks, hardly two would share one."""
RULED = ("verdict", "organization", "rule", "possible", "fired", "may fire", "assumed", "notes")
"""What a fingerprint is made of."""
WAYS_OF_WRITING = 4096
"""Facts of dicts that are remembered by how they were written."""

Record: TypeAlias = Mapping[str, Any] | Outcomes | Recorded | Unjudged | WinwinwinError
"""What `many` takes: dicts, interactions, and whatever `read_all` returns."""


class Judge:
    """A rulebook, and the kinds that it has judged so far."""

    def __init__(self, rulebook: Rulebook | None = None, *, assumptions: bool = True) -> None:
        """Judge by a rulebook, None for the built-in one, with or without its assumptions."""
        if not isinstance(rulebook, Rulebook | None):
            wanted = "a Rulebook, as read_rulebook returns it"
            raise TypeError(f"Judge() takes {wanted}, not {type(rulebook).__name__}")
        chosen = rulebook or builtin()
        self.rulebook = chosen if assumptions else chosen.without_assumptions()
        self._known = FINGERPRINTS[assumptions] if chosen is builtin() else None
        self.rulings = Rulings(self.rulebook)
        """What the rulebook says of all kinds."""
        self.kind = cache(partial(judge_kind, rulings=self.rulings))
        self._shapes: dict[tuple[Any, ...], Shape] = {}
        """Of flat dicts, by their keys."""
        self._as_written: dict[tuple[Any, ...], Judgement] = {}
        """The judgements of facts, by the keys of their dicts and how the facts were written."""

    def __reduce__(self) -> tuple[type["Judge"], tuple[Rulebook]]:
        """Be pickled, for other processes, as the rulebook alone."""
        return Judge, (self.rulebook,)

    def __call__(self, outcomes: Outcomes) -> Judgement:
        """Judge what happened in an interaction; an `Interaction` is that and more."""
        return self.kind(outcomes.facts).of(partial(_subject, outcomes, self), outcomes.gap)

    def many(self, records: Iterable[Record]) -> Iterator[Judgement | Unjudged]:
        """Judge records in order, each when it is asked for: there may be any number of them.

        A dict has facts by flat name, or parties as in files. A record that cannot be read is an
        `Unjudged`; the next ones are judged all the same. Facts that were written alike are read
        once, and share one judgement. Raises TypeError for a single record, or a name.
        """
        if isinstance(records, Mapping | str | bytes | Outcomes | Recorded):
            raise TypeError(f"many() takes a list of records, not {type(records).__name__}")
        shape_of, judged = self._shapes.get, self._as_written.get
        for number, record in enumerate(records, start=1):
            judgement = None
            if type(record) is dict and (shape := shape_of(keys := tuple(record))):
                try:
                    judgement = judged((keys, shape.facts(record)))
                    if judgement and shape.names:
                        judgement = _with_about(judgement, shape, record)
                except (TypeError, ValueError):  # not flat, or wrong
                    judgement = None
            yield judgement or self._one(record, number)

    def _one(self, record: Record, number: int) -> Judgement | Unjudged:
        from winwinwin.record.plain import unjudged  # it needs a parser; one judgement does not

        if isinstance(record, Mapping):
            with suppress(TypeError, ValueError):
                return self._plain(record)
        if isinstance(record, Recorded):
            record = record.interaction
        if isinstance(record, Outcomes):
            return self(record)
        if isinstance(record, Unjudged):
            return record
        if isinstance(record, WinwinwinError):
            return Unjudged(None, record.problems)
        return unjudged(record, number)

    def _plain(self, record: Mapping[Any, Any]) -> Judgement:
        """Judge a dict. Raises TypeError or ValueError where it is wrong."""
        from winwinwin.record.plain import Plain, Shape

        plain = Plain.of(record)
        judgement = self(Outcomes.model_validate(plain.written))
        about = About.model_validate(plain.about).described
        if plain.is_sure:
            self._remember(tuple(record), Shape.of(plain), tuple(plain.facts.values()), judgement)
        if not plain.about:
            return judgement
        return judgement.of(partial(_described, judgement, about), judgement.gap)

    def _remember(
        self, keys: tuple[Any, ...], shape: "Shape", facts: tuple[Any, ...], judgement: Judgement
    ) -> None:
        if len(self._as_written) >= WAYS_OF_WRITING:
            self._as_written.clear()
            self._shapes.clear()
        self._shapes[keys] = shape
        self._as_written[keys, facts] = judgement

    def outcomes(self, outcomes: Outcomes) -> Judgement:
        """Judge outcomes alone, as a batch does: the judgement knows no record, and is shared."""
        judgement, gap = self.kind(outcomes.facts), outcomes.gap
        return judgement if gap is None else judgement.of(None, gap)

    @cached_property
    def stamp(self) -> Stamp:
        """What names the rulebook."""
        return Stamp(self.rulebook.title, self._known or fingerprint(self))


def _with_about(judgement: Judgement, shape: "Shape", record: dict[Any, Any]) -> Judgement:
    """Return the judgement of a dict with what describes that. Raises ValueError where it is wrong."""
    values = shape.described(record)
    if shape.is_certain(values):
        return judgement.of(partial(_told, judgement, shape.names, values), judgement.gap)
    about = _about(shape.names, values)
    return judgement.of(partial(_described, judgement, about), judgement.gap)


def _described(judgement: Judgement, about: Described) -> Subject:
    subject = judgement.subject()  # type: ignore[misc]  # an interaction's judgement has one
    return subject._replace(id=about.id, about=about.about)


def _told(judgement: Judgement, names: tuple[str, ...], values: tuple[Any, ...]) -> Subject:
    return _described(judgement, _about(names, values))


def _about(names: tuple[str, ...], values: tuple[Any, ...]) -> Described:
    return About.model_validate(dict(zip(names, values, strict=True))).described


def _subject(outcomes: Outcomes, judge: Judge) -> Subject:
    about = outcomes.described if isinstance(outcomes, About) else Described()
    return Subject(about.id, outcomes.recorded, about.about, judge.stamp._asdict())


def fingerprint(judge: Judge) -> str:
    """Return a hash of the decision table: it changes exactly when the judgement of a kind does.

    What to ask and what to change are searched for in what is ruled of the other kinds, and the
    findings on a condition follow from the rule, the facts and what is assumed.
    """
    from hashlib import sha256  # 1 ms; a summary needs no fingerprint

    rulebook, says = judge.rulebook, judge.rulings.says()
    rules = [
        (rule.id, rule.consequence, [list(conjunction.items()) for conjunction in rule.when])
        for rule in rulebook.rules
    ]
    sets = [kinds for name in RULED for kinds in says[name].values()]
    words: dict[int, str] = {}
    for alike in parted(CONSISTENT, sets):
        said = repr(_words(judge.kind(next(each(alike)))))
        words.update(dict.fromkeys(places(alike), said))
    ruled = ", ".join(words[place] for place in sorted(words))
    text = f"({rulebook.parties!r}, {rules!r}, [{ruled}])"
    return sha256(text.encode()).hexdigest()[:DIGITS]


def _words(ruled: Judgement) -> tuple[object, ...]:
    settings = [tuple(setting) for setting in ruled.assumed]
    statuses = tuple(finding.status for finding in ruled.rules)
    possible = [*map(str, ruled.possible)]
    said = str(ruled.verdict), ruled.organization, ruled.rule
    return *said, possible, statuses, settings, ruled.notes


_judge = cache(Judge)


def judge(
    interaction: Outcomes, rulebook: Rulebook | None = None, *, assumptions: bool = True
) -> Judgement:
    """Judge one `Interaction` by a rulebook, None for the built-in one.

    What `read_all` returns is judged by its `outcomes`. For many interactions and a rulebook of
    your own, make one `Judge` and call it. Raises TypeError for anything else.
    """
    if not isinstance(interaction, Outcomes):
        wanted = "an Interaction, or the outcomes of a Recorded"
        raise TypeError(f"judge() takes {wanted}, not {type(interaction).__name__}")
    if rulebook is None:
        return _judge(assumptions=assumptions)(interaction)
    return Judge(rulebook, assumptions=assumptions)(interaction)
