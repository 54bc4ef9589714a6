"""Words for where no markup can stand: descriptions for search engines, share cards and feeds."""

import re
from html import unescape

from articles.body.text import shortened

#: About what search engines and share cards print.
LENGTH = 200

_TAG = re.compile(r"<[^>]*>")
_UNREAD = re.compile(r"<figure\b.*?</figure>|<table\b.*?</table>|<h[23]\b.*?</h[23]>", re.DOTALL)


def description(standfirst: str, html: str, headline: str) -> str:
    """Give the standfirst, or where there is none the text's first words, cut between two of them."""
    return standfirst or shortened(plain(html), LENGTH) or headline


def plain(html: str) -> str:
    """Give the running words of a rendering: no crossheads, tables or captions, and no markup."""
    return " ".join(unescape(_TAG.sub(" ", _UNREAD.sub(" ", html))).split())
