"""The WSGI door of the site."""

import codecs
import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]*)\"?", re.IGNORECASE)


def without_odd_charset(content_type: str) -> str:
    """The Content-Type of a request, less a charset that is none of text.

    Django takes any name that Python has a codec for, such as rot13, and fails with it before any middleware could
    answer.
    """
    named = _CHARSET.search(content_type)
    if named is None or _is_of_text(named[1]):
        return content_type
    return _CHARSET.sub("", content_type)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site, whatever a request says that it is written in."""
    if "charset" in environ.get("CONTENT_TYPE", "").lower():
        environ["CONTENT_TYPE"] = without_odd_charset(environ["CONTENT_TYPE"])
    answer: Iterable[bytes] = _site(environ, start_response)
    return answer


def _is_of_text(charset: str) -> bool:
    try:
        "a".encode(charset)
    except (LookupError, ValueError):
        return False
    return codecs.lookup(charset).name not in ("idna", "punycode", "undefined")


def _built() -> Any:
    """Django, with what goes around all of it; the outermost last."""
    django = get_wsgi_application()
    from django.conf import settings
    from django.urls import get_resolver

    # Else the first request of each process reads the code of all pages, for half a second in which all others wait.
    _ = get_resolver().url_patterns

    from newsroom.access import Access
    from newsroom.page_cache import building
    from newsroom.patience import Patience

    is_behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None
    return Access(
        building.before(Patience(django)), is_behind_proxy=is_behind_proxy, writes=settings.ACCESS_LOG
    )


_site = _built()
