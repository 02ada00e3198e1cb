"""Questions and answers about one interaction, whoever asks and wherever the answers go."""

import re
import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError

from winwinwin.cli.keyboard import Dialogue
from winwinwin.cli.parameters import not_text
from winwinwin.errors import Place, Problem, UsageError, quoted
from winwinwin.evaluation import Judge
from winwinwin.facts import word
from winwinwin.parsing.refusals import problems_of
from winwinwin.record.checking import worded
from winwinwin.record.interaction import Interaction, nested
from winwinwin.record.spelling import read_answer
from winwinwin.record.texts import LINE
from winwinwin.vocabulary import ASKED_FIRST, FACT, FACTS, Fact

Take: TypeAlias = Callable[[str], Sequence[Problem]]
"""Takes an answer, or returns what is wrong with it."""

EXPLAIN = "?"
KEYS = f"Enter: not known. {EXPLAIN}: explain the question.\n"
"""What is shown before the first question."""
YES_OR_NO = "yes/no"
WIDTH = 78
"""Columns of an explanation."""
NUMBERED = re.compile(r"(.*?)([0-9]{1,18})", re.DOTALL)
DATED = re.compile(r"\d{4}-\d{2}-\d{2}(-\d+)?")


class Question(NamedTuple):
    """One thing that is asked."""

    name: str
    asks: str
    means: str
    """What `?` shows."""
    accepted: str = ""
    """What may be answered, or what Enter alone takes; empty where that is any text."""

    @property
    def prompt(self) -> str:
        return f"{self.asks} [{self.accepted}] " if self.accepted else f"{self.asks} "


def fact_question(fact: Fact) -> Question:
    """Return the question about a fact that a rule may look at."""
    if fact.name == "order":
        accepted = "salesperson, customer"
    else:
        accepted = YES_OR_NO if fact.is_answer else "/".join(map(word, fact.values))
    return Question(fact.name, fact.question, fact.means, accepted)


QUESTIONS = {fact.name: fact_question(fact) for fact in FACTS if fact.question}
"""The questions that judge, by fact."""
ID = Question(
    "id",
    "What is its id?",
    "A name for this record, unique in the file: `winwinwin explain FILE ID` shows it again. Enter takes the one in brackets.",
)
ABOUT = (
    Question(
        "employee",
        "Who sold or served?",
        "The person's name, spelled the same each time: `winwinwin batch FILE --by employee` groups by it.",
    ),
    Question(
        "channel",
        "Which channel?",
        "For example phone, store or visit: `winwinwin batch FILE --by channel` groups by it.",
    ),
    Question(
        "notes",
        "Any notes?",
        "Anything worth remembering; it never changes the verdict.",
    ),
)
"""What is asked about the interaction itself; no rule looks at it."""


class Conversation:
    """An interaction as far as it is known; an answer that cannot be taken is asked for again."""

    def __init__(self, judge: Judge, dialogue: Dialogue, taken: Collection[str] = ()) -> None:
        """Ask what a judge needs. An id that is taken is refused."""
        self._judge = judge
        self._dialogue = dialogue
        self._taken = taken
        self._facts: dict[str, Any] = {}
        self._about: dict[str, Any] = {}
        self._has_about = False
        """Whether anything was answered about the interaction itself."""

    @property
    def is_empty(self) -> bool:
        """Whether no fact is known, and nothing else was answered."""
        return not (self.interaction.recorded or self._has_about)

    @property
    def interaction(self) -> Interaction:
        return Interaction.from_flat(self._facts, **self._about)

    def take(self, given: Mapping[str, str | None]) -> None:
        """Take what flags gave. Raises UsageError where one of them is wrong."""
        for name, value in given.items():
            if value is None:
                continue
            if problems := self._setter(name)(value):
                flag = Place(f"--{name}")
                raise UsageError(*(problem.at(flag) for problem in problems))

    def ask_facts(self) -> None:
        """Ask for the two outcomes, and then for what can still change the verdict."""
        self._dialogue.say(KEYS)
        asked = []
        while fact := next((fact for fact in self._wanted() if fact not in asked), None):
            self._ask_for(QUESTIONS[fact])
            asked.append(fact)

    def ask_about(self, given: Mapping[str, str | None], proposal: str) -> None:
        """Ask for whatever else was not given; Enter takes the id that is proposed."""
        for question in (ID._replace(accepted=proposal), *ABOUT):
            if given.get(question.name) is None:
                default = proposal if question.name == ID.name else ""
                self._has_about |= bool(self._ask_for(question, default))

    def _wanted(self) -> tuple[str, ...]:
        return (*ASKED_FIRST, *self._judge.kind(self.interaction.facts).needs)

    def _ask_for(self, question: Question, default: str = "") -> str:
        take = self._setter(question.name)
        return answered(question, self._dialogue, lambda words: take(words or default))

    def _setter(self, name: str) -> Take:
        """Return what takes an answer, or returns what is wrong with it and forgets it."""
        into = self._facts if name in FACT else self._about

        def take(answer: str) -> Sequence[Problem]:
            if problem := self._refused(name, answer):
                return [problem]
            into[name] = answer or None
            try:
                _ = self.interaction
            except ValidationError as error:
                written = nested(self._facts) | self._about
                del into[name]
                return problems_of(error, lambda _path, _key: None, written, worded)
            return []

        return take

    def _refused(self, name: str, answer: str) -> Problem | None:
        if name == ID.name and answer in self._taken:
            return id_taken(answer)
        return not_text(answer)


def interviewed(judge: Judge, dialogue: Dialogue) -> Interaction | None:
    """Ask what happened, to judge it; None where nothing was answered. Raises EOFError."""
    conversation = Conversation(judge, dialogue)
    conversation.ask_facts()
    return None if conversation.is_empty else conversation.interaction


def recorded(
    judge: Judge, given: Mapping[str, str | None], taken: Sequence[str], dialogue: Dialogue
) -> Interaction | None:
    """Ask what happened and for what else was not given, beside ids that are taken.

    The day is today's unless it is given. Returns None where nothing was answered and no fact was
    given. Raises UsageError where what is given is wrong, EOFError where the answers end.
    """
    conversation = Conversation(judge, dialogue, frozenset(taken))
    today = date.today().isoformat()  # noqa: DTZ011  # the day it is here
    conversation.take({**given, "date": given.get("date") or today})
    conversation.ask_facts()
    day = conversation.interaction.date
    conversation.ask_about(given, proposed_id(taken, day.isoformat()[:10] if day else today))
    return None if conversation.is_empty else conversation.interaction


def answered(question: Question, dialogue: Dialogue, take: Take) -> str:
    """Ask until an answer can be taken, and return it. Raises EOFError where there is none."""
    while True:
        answer = dialogue.ask(question.prompt).strip()
        if answer == EXPLAIN:
            dialogue.say(explanation(question))
        elif problems := take(answer):
            dialogue.say("".join(f"  {problem.message}\n" for problem in problems))
        else:
            return answer


def explanation(question: Question) -> str:
    """Return what a question means, in lines that fit a terminal."""
    lines = textwrap.wrap(question.means, WIDTH - 2, break_on_hyphens=False)
    return textwrap.indent("\n".join(lines), "  ") + "\n"


def confirmed(asks: str, means: str, dialogue: Dialogue) -> bool:
    """Ask for a yes; Enter alone is a no. Raises EOFError where there is no answer."""

    def take(answer: str) -> Sequence[Problem]:
        try:
            read_answer(answer)
        except ValueError:
            return [Problem(f"{quoted(answer)} is neither yes nor no", "yes, y or no, n")]
        return []

    question = Question("", asks, means, YES_OR_NO)
    return bool(read_answer(answered(question, dialogue, take)))


def proposed_id(taken: Sequence[str], day: str) -> str:
    """Return a likely next id: one more than the last of the file's numbered ids, or the day's.

    `W47-050` leads to `W47-051`. Ids by date, and files without numbered ids, lead to `2026-11-26-1`.
    """
    numbered = [match for name in taken if (match := NUMBERED.fullmatch(name))]
    last = numbered[-1] if numbered else None
    if last is None or DATED.fullmatch(last[0]) or re.search(LINE.forbidden, last[0]):
        prefix, width = f"{day}-", 1
    else:
        prefix, width = last[1], len(last[2])
    numbers = [int(match[2]) for match in numbered if match[1] == prefix]
    return f"{prefix}{max(numbers, default=0) + 1:0{width}}"


def id_taken(name: str) -> Problem:
    return Problem(f"the id {quoted(name)} is taken", hint="Choose another one.")
