"""Knows which browsers have signed in to an account before: by a signed cookie, which lets nobody in.

It has two uses: a sign-in from a new one is told by mail, and guesses by others do not keep a known one out.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_PURPOSE = "accounts.devices"
_KEPT = timedelta(days=365)
#: People who share one browser; whoever has not signed in there for the longest is forgotten.
_MOST = 8


def known(request: HttpRequest, account: str) -> str:
    """Give this browser's name as that account knows it, or nothing."""
    return _names(request).get(_alias(account), "")


def remember(request: HttpRequest, response: HttpResponse, account: str) -> None:
    names, alias = _names(request), _alias(account)
    names[alias] = names.pop(alias, "") or secrets.token_urlsafe(16)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(dict(list(names.items())[-_MOST:]), salt=_PURPOSE),
        max_age=_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _names(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_PURPOSE, max_age=_KEPT
        )
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _alias(account: str) -> str:
    """Who else signs in here is not to be read in the cookie."""
    return salted_hmac(_PURPOSE, account, algorithm="sha256").hexdigest()[:16]
