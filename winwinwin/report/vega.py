"""Vega, Vega-Lite and Vega-Embed as one script, which takes more than a second to put together.

So it is kept where Python keeps this module compiled: who can write there could as well write the
program. Where nobody can, or Python was told to keep nothing, it is made anew for each report.
"""

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

import vl_convert

DRAWS = "window.vegaEmbed = vegaEmbed;"


@cache
def bundle() -> str:
    """Return the script. Raises ValueError where it could end the element that it stands in."""
    kept = kept_at()
    script = read(kept)
    if script is None:
        script = vl_convert.javascript_bundle(DRAWS)
        if "</script" in script.lower():
            raise ValueError("the bundle of vl-convert cannot stand in a page")
        if not sys.dont_write_bytecode:
            keep(kept, script)
    return script


def kept_at() -> Path:
    """Return the file that it is kept in, another one for each version of vl-convert."""
    compiled = Path(cache_from_source(__file__))
    return compiled.with_name(f"vega-{version('vl-convert-python')}.js")


def read(kept: Path) -> str | None:
    """Return what is kept after its digest; None where it is not there or not whole."""
    with suppress(OSError, ValueError):
        digest, script = kept.read_bytes().split(b"\n", 1)
        if digest.decode() == sha256(script).hexdigest():
            return script.decode()
    return None


def keep(kept: Path, script: str) -> None:
    """Keep it for the next report, whole or not at all."""
    written = script.encode()
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(sha256(written).hexdigest().encode() + b"\n" + written)
            part.replace(kept)
        finally:
            part.unlink(missing_ok=True)
