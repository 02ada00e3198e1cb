"""Reading the data files of the package: every scalar is text, so that `no` stays a word."""

from importlib.resources.abc import Traversable
from typing import Any

import yaml


def plain(file: Traversable) -> Any:
    """Return the lists, mappings and texts that a YAML file of the package holds."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # it makes nothing but texts
