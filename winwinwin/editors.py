"""The line by which an editor finds the JSON Schema of a file.

It names a file beside the one that is edited. That works without a network, in every folder and for
the version that is installed, and `winwinwin schema NAME -o FILE` writes it. An address on the web
would have to be there for each version, and would tell somebody else what is opened and when.
"""

KINDS = ("interactions", "rulebook", "cases", "mapping")
"""What a file that a person writes may hold."""

SUFFIX = ".schema.json"
COMMENT = "# yaml-language-server: $schema="


def schema_file(name: str) -> str:
    """Return the file that holds the schema of interactions, a rulebook, cases or a mapping."""
    return f"{name}{SUFFIX}"


def schema_command(name: str) -> str:
    """Return the command that writes this file."""
    return f"winwinwin schema {name} -o {schema_file(name)}"


def schema_comment(name: str) -> str:
    """Return the first lines of a file of this kind: where its schema is, and what writes that."""
    return f"{COMMENT}{schema_file(name)}\n# (that file: {schema_command(name)})\n"


def with_schema_comment(name: str, text: str) -> str:
    """Begin a YAML text with these lines, unless it names a schema already."""
    return text if COMMENT in text else schema_comment(name) + text
