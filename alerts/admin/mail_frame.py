"""A mail inside a frame of the desk: its own policy, its pictures through a door that staff have, light or dark."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.csp import CSP

from alerts.mails.words import Words
from articles.admin.preview import for_the_desk

#: A mail brings its styles along and nothing else; pictures are ours, and nothing runs.
POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "img-src": [CSP.SELF],
    "style-src": [CSP.UNSAFE_INLINE],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}

#: What a mail asks its program, and the answer for each scheme that somebody wants to see it in.
_ASKED = "@media (prefers-color-scheme: dark)"
SCHEMES = {"light": "@media not all", "dark": "@media all"}


def framed(words: Words, *, scheme: str, is_public: bool) -> HttpResponse:
    """The HTML of a mail. Where it `is_public`, readers' own pictures; else those that only the desk can see."""
    html = words.html.replace(_ASKED, SCHEMES.get(scheme, SCHEMES["light"]))
    html = html.replace(f'src="{settings.SITE_URL}/', 'src="/')
    opened = html.replace("<head>", '<head><base target="_blank">', 1) if is_public else for_the_desk(html)
    return HttpResponse(opened)
