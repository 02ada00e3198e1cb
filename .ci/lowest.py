"""Print the lowest version that pyproject.toml allows of each dependency, as constraints for pip.

    python .ci/lowest.py > lowest.txt && pip install -e '.[test]' -c lowest.txt

What has no lower bound is left to pip. The build's own requirements are pip's business too.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

BOUND = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*[^;]*?>=\s*([\w.!+]+)")
"""A requirement's name and the version after its `>=`; extras and other bounds are passed over."""


def requirements(pyproject: str) -> list[str]:
    """Return what the project requires, in any of its extras."""
    project = tomllib.loads(pyproject)["project"]
    extras = project.get("optional-dependencies", {}).values()
    return [*project.get("dependencies", ()), *(each for extra in extras for each in extra)]


def constraints(required: Iterable[str]) -> Iterator[str]:
    """Yield `name==version` for each requirement that has a lower bound, once, sorted by name."""
    found = {match.groups() for each in required if (match := BOUND.match(each))}
    yield from (f"{name}=={version}" for name, version in sorted(found))


if __name__ == "__main__":
    pyproject = Path(__file__).resolve().parent.parent / "pyproject.toml"
    print(*constraints(requirements(pyproject.read_text(encoding="utf-8"))), sep="\n")
