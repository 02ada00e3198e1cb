"""Fail if an installed package has a known vulnerability; say what no index could tell.

pip install pip-audit && python .ci/audit.py
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

ASK = ("pip_audit", "--format=json", "--skip-editable", "--progress-spinner=off", "--timeout=15")
"""The module and its options; the project itself is installed to be edited."""


def found(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each vulnerability: its package, its name and the version that is free of it."""
    for package in report["dependencies"]:
        for flaw in package.get("vulns", ()):
            fixed = ", ".join(flaw["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {flaw['id']}, fixed in {fixed}"


def audited(report: Mapping[str, Any]) -> str:
    """Return how many packages an index knew."""
    known = sum("vulns" in package for package in report["dependencies"])
    return f"{known} of {len(report['dependencies'])} packages audited"


def main() -> int:
    done = subprocess.run([sys.executable, "-m", *ASK], capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        print("nothing audited: no index answers", done.stderr[-500:], sep="\n")
        return 0
    flaws = [*found(report)]
    print(*flaws, audited(report), sep="\n")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
