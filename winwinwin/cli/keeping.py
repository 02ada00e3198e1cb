"""The command that asks about one interaction and adds it to a file, or takes the last one back."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from winwinwin.cli import single
from winwinwin.cli.conversation import confirmed, id_taken, interviewed, recorded
from winwinwin.cli.keyboard import asking, at_keyboard
from winwinwin.errors import (
    DONE,
    INVALID,
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    printable,
    quoted,
)
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.appending import appended, held_with_room, record_lines
from winwinwin.loading.bounded import whole
from winwinwin.loading.paths import no_such_file, unreadable
from winwinwin.loading.removing import Cut, cut
from winwinwin.loading.suffixes import YAML
from winwinwin.output import files, streams
from winwinwin.output.locking import alone
from winwinwin.pages.interaction import panel
from winwinwin.pages.page import Page
from winwinwin.parsing.tape import utf8
from winwinwin.record.interaction import Interaction, Recorded

UNDO, SURE = "--undo", "--yes"
WITH_UNDO = {UNDO, SURE, "--to", "--no-color"}
"""What a record can be taken back with; all else is about a new one, or about its verdict."""


def record(
    to: str, given: Mapping[str, str | None], judge: Judge, show: Callable[[Page], object]
) -> int:
    """Ask, show the verdict, add the record to the file, and return the exit code.

    Any ending before that saves nothing. Raises WinwinwinError where the file cannot take a record.
    """
    path = yaml_file(to)
    with blaming_the_text(to, "recorded"):
        taken = ids_in(read(path), to)
    files.must_be_writable(to)
    with cancellable("saved"), asking() as dialogue:
        interaction = recorded(judge, given, taken, dialogue)
    if interaction is None:
        streams.warn("Nothing was answered; nothing was saved.\n")
        return INVALID
    added = Recorded.of(interaction)
    blocks = panel(interaction.id, judge(added.outcomes), judge.rulebook)
    try:
        show(single.page(added, judge, blocks, is_panel=True))
    finally:  # whoever reads it may be gone, and the answers must not be lost too
        _keep(path, interaction)
    return DONE


def interview(judge: Judge, record_id: str | None = None) -> Recorded:
    """Ask what happened, to judge it and save nothing.

    Raises UsageError where nothing was answered, or the answers ended.
    """
    with cancellable("judged"), asking() as dialogue:
        interaction = interviewed(judge, dialogue)
    if interaction is None:
        raise UsageError(Problem("Nothing was answered; nothing was judged"))
    return Recorded.of(interaction.model_copy(update={"id": record_id}))


def refuse_mixed(flags: Collection[str]) -> None:
    """Raise UsageError for a flag of a new record where one is taken back, and the other way round."""
    if UNDO in flags:
        what, hint = "not with --undo", "Leave it out: --undo takes back the last record."
        strangers = [flag for flag in flags if flag not in WITH_UNDO]
    else:
        what, hint = "goes with --undo only", "Leave it out, or add --undo."
        strangers = [flag for flag in flags if flag == SURE]
    for flag in strangers[:1]:
        raise UsageError(Problem(what, hint=hint, place=Place(flag)))


def undo(to: str, *, sure: bool = False) -> int:
    """Show the last record of a file, take it back once that is confirmed, return the exit code.

    Sure: without asking. Raises WinwinwinError where the file does not end with a record that can
    be cut out, or was changed while the question was open.
    """
    path = yaml_file(to)
    if not path.exists():
        raise no_such_file(to)
    content = read(path)
    with blaming_the_text(to, "removed"):
        found = cut(content, to)
    files.must_be_writable(to)
    streams.write("".join(f"{printable(line)}\n" for line in found.removed.splitlines()))
    streams.flush()
    if not (sure or _is_confirmed(to)):
        streams.warn("Nothing was removed.\n")
        return DONE
    _replace(path, content, found)
    streams.warn(f"Removed from {printable(to)}.\n")
    return DONE


def _is_confirmed(to: str) -> bool:
    means = f"This is the last record in {printable(to)}. Answer yes to remove it; Enter keeps it."
    with cancellable("removed"), asking() as dialogue:
        return confirmed("Remove this record?", means, dialogue)


def _replace(path: Path, content: str, found: Cut) -> None:
    with alone(path):
        if read(path) != content:
            what = "was changed meanwhile; nothing was removed"
            raise WinwinwinError(Problem(what, hint="Try again.", place=Place(str(path))))
        with files.replacing(str(path), lasting=True) as write:
            write(found.kept)


@contextmanager
def cancellable(done: str) -> Iterator[None]:
    """Say that nothing was done where the answers end, or where a signal ends the questions.

    Raises UsageError for the one (at a keyboard, Ctrl-D cancels), and lets the other through.
    """
    try:
        yield
    except EOFError:
        streams.warn("\n")
        why = "Cancelled" if at_keyboard() else "The answers ended early"
        raise UsageError(Problem(f"{why}; nothing was {done}")) from None
    except (KeyboardInterrupt, SystemExit):
        streams.warn(f"\nCancelled; nothing was {done}.\n")
        raise


@contextmanager
def blaming_the_text(name: str, done: str) -> Iterator[None]:
    """End the list of mistakes in a file's text with what comes of them; others say so themselves."""
    try:
        yield
    except WinwinwinError as error:
        if not any(problem.place and problem.place.line for problem in error.problems):
            raise
        hint = "Correct the file first."
        ending = Problem(f"nothing was {done}", hint=hint, place=Place(name))
        raise WinwinwinError(*error.problems, ending) from None


def yaml_file(name: str) -> Path:
    """Return a file that a record can be added to. Raises UsageError for another kind of file."""
    path = Path(name)
    if path.suffix.lower() not in YAML:
        what = f"--to: {quoted(name)} is not a YAML file"
        raise UsageError(Problem(what, ", ".join(YAML), hint="Choose a name that ends like one."))
    return path


def _keep(path: Path, interaction: Interaction) -> None:
    """Save an interaction and say so, or show what could not be saved."""
    try:
        save(path, interaction)
    except WinwinwinError:
        written = "".join(f"{line}\n" for line in record_lines(interaction))
        streams.warn(f"\nNothing was saved. This is the record:\n{written}")
        raise
    streams.warn(f"\nSaved in {printable(str(path))}.\n")


def read(path: Path) -> str:
    """Return the text of a file, '' where there is none. Raises WinwinwinError."""
    try:
        return utf8(whole(path), str(path)) if path.exists() else ""
    except OSError as error:
        raise unreadable(str(path), error) from None


def ids_in(content: str, name: str) -> list[str]:
    """Return the ids in a file that can take a record; raises WinwinwinError where it can't."""
    items = held_with_room(content, name)
    ids = (item.about.id if isinstance(item, Recorded) else _id_of(item) for item in items)
    return [each for each in ids if each]


def _id_of(item: Unjudged | UnreadableError) -> str | None:
    return item.id if isinstance(item, Unjudged) else None


def save(path: Path, interaction: Interaction) -> None:
    """Add an interaction to a file as it is now: somebody may have written there meanwhile."""
    with alone(path):
        content = read(path)
        if interaction.id and interaction.id in ids_in(content, str(path)):
            raise WinwinwinError(id_taken(interaction.id).at(Place(str(path))))
        new = appended(content, interaction, str(path))
        with files.replacing(str(path), lasting=True) as write:
            write(new)
