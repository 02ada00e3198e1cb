"""What the program says of its version. Nothing is imported for it: who asks waits for little else."""

from winwinwin import __version__

ASKED = ["--version"]
"""The arguments of somebody who asks for nothing else."""
SAID = f"winwinwin {__version__}\n"
