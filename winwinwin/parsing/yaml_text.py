"""Text as a YAML scalar that means it, whatever it holds."""

ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
"""How some characters are written between double quotes; others that don't print, by number."""


def quoted_scalar(words: str) -> str:
    """Write text in double quotes, with what does not print as an escape."""
    return f'"{"".join(map(_written, words))}"'


def _written(character: str) -> str:
    shown = ESCAPES.get(character, character)
    return shown if shown.isprintable() else f"\\U{ord(character):08x}"
