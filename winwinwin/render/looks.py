"""What each tone looks like at a terminal."""

from rich.text import Text as RichText

from winwinwin.errors import printable
from winwinwin.render.blocks import Text
from winwinwin.vocabulary import Tone

STYLES: dict[Tone, str] = {
    "won": "green",
    "order": "magenta",
    "lost": "red",
    "open": "yellow",
    "muted": "dim",
    "strong": "bold",
    "plain": "",
}


def styled(text: Text) -> RichText:
    return RichText(printable(text.words), style=STYLES[text.tone])
