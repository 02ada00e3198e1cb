"""Names that stand for employees: the same from run to run, and nobody's without the key.

A number by place would change with the others in a file, and a plain hash of a name is undone by
hashing the names of the team. So the name is made by a keyed hash, and the key stays with its owner.
"""

from hashlib import sha256
from hmac import digest

from winwinwin.errors import Problem, WinwinwinError

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no word comes of it, and nothing that looks like another sign."""
LENGTH = 7
"""Signs of a name: two of 10,000 employees share one in 4 of 1,000 keys."""
ONE = "Employee"


class Aliases:
    """Names employees by a key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._aliases: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the alias of an employee. Raises WinwinwinError where another one has it already."""
        known = self._aliases.get(name)
        if known is None:
            known = self._aliases[name] = self._new(name)
        return known

    def _new(self, name: str) -> str:
        written = name.encode(errors="surrogatepass")
        number = int.from_bytes(digest(self._key, written, sha256), "big")
        signs = []
        for _ in range(LENGTH):
            number, place = divmod(number, len(SIGNS))
            signs.append(SIGNS[place])
        alias = f"{ONE} {''.join(signs)}"
        if self._names.setdefault(alias, name) != name:
            hint = "Take another key."
            raise WinwinwinError(Problem("--anonymous: two employees get one name", hint=hint))
        return alias
