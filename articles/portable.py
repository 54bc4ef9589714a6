"""HTML that leaves the site, for feeds and programs: whole addresses, plain pictures, only those to pass on."""

import re
from collections.abc import Collection

from django.conf import settings

from articles.body.render import without

_TAG = re.compile(r'<(?:a|img)\s(?:[^<>"]|"[^"]*")*>')
#: Many programs know nothing of a choice of formats: they get the plain picture.
_CHOICE = re.compile(r"</?picture>|<source [^>]*>")
_LOCAL = re.compile(r'(\s(?:href|src)="|\ssrcset="|(?<=w),\s*)(/(?!/))')


def portable(html: str, *, withheld: Collection[str]) -> str:
    """Make a stored rendering fit to leave the site, without the pictures whose keys are `withheld`."""
    html = _CHOICE.sub("", without(html, set(withheld)))
    return _TAG.sub(lambda tag: _LOCAL.sub(rf"\1{settings.SITE_URL}\2", tag.group()), html)
