"""What describes an interaction, once it is read: plain data, of which none reaches a rule."""

from collections.abc import Mapping
from datetime import date as day_or_time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from winwinwin.record.interaction import JudgedBy

ABOUT = ("date", "employee", "channel", "notes", "tags")
"""What describes an interaction besides its id and facts."""


class Described(NamedTuple):
    """What tells interactions apart and groups them; None is not recorded."""

    id: str | None = None
    date: day_or_time | None = None
    employee: str | None = None
    channel: str | None = None
    notes: str | None = None
    tags: Mapping[str, str | None] = {}
    rulebook: "JudgedBy | None" = None
    """What judged it when it was recorded."""

    @property
    def about(self) -> dict[str, Any]:
        """What is recorded here besides the id."""
        fields = self._asdict()
        found = {name: fields[name] for name in ABOUT if fields[name]}
        if self.rulebook is not None:
            found["rulebook"] = self.rulebook.model_dump(exclude_none=True)
        return found
