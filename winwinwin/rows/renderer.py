"""What turns a run into text, or bytes, a record at a time."""

from winwinwin.errors import UnreadableError
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.record.interaction import Recorded
from winwinwin.stats.tally import Tally


class Renderer:
    """Turns a run into text, piece by piece, or into bytes at its end. It never writes and never judges.

    Each format writes of what it has room for; of the rest, nothing.
    """

    def begin(self) -> str:
        return ""

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        return ""

    def unjudged(self, unjudged: Unjudged) -> str:
        return ""

    def unreadable(self, error: UnreadableError) -> str:
        return ""

    def end(self, tally: Tally) -> str | bytes:
        return ""

    def notes(self) -> str:
        """Return what is to be said of what was written, '' for nothing."""
        return ""

    def drop(self) -> None:
        """Let go of what is held, whether the run came to its end or not."""
