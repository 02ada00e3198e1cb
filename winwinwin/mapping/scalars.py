"""Texts as they are written in a mapping."""

from winwinwin.mapping.values import as_number
from winwinwin.parsing.yaml_text import quoted_scalar
from winwinwin.parsing.yaml_values import NULLS


def as_scalar(text: str) -> str:
    """Write a text in YAML: plain where that is safe, else in double quotes."""
    letters = text.replace("_", "").replace(" ", "")
    is_plain = letters.isalnum() and text == text.strip() and text not in NULLS
    is_plain = is_plain and text.isprintable() and as_number(text) is None
    return text if is_plain else quoted_scalar(text)
