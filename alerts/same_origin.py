"""Knows where a form was sent from. Readers' pages set no cookie, so there is no CSRF token to ask for.

Browsers say it themselves: `Sec-Fetch-Site` since 2023, `Origin` for longer (Fetch Metadata; HTML, "Origin").
"""

from django.conf import settings
from django.http import HttpRequest


def from_elsewhere(request: HttpRequest, *, is_secret: bool = False) -> bool:
    """Whether the browser says that it was another site's form. What is no browser says nothing, and is let through.

    A page with a secret address sends `Referrer-Policy: no-referrer`, and its forms therefore the origin "null"; who
    does not know the address cannot send there at all.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and is_secret):
        return False
    return origin != settings.SITE_URL and origin.partition("://")[2] != request.get_host()
