"""How often a password or a code may be guessed: nobody gets in by guessing, and others' guesses keep nobody out.

Tries on an account are counted apart for each network they come from, and for each browser that has signed in to it
before: whoever guesses uses up their own, not the owner's. There are so many a day from each browser that was there
before, and from all that are new to an account together; whom the latter keeps out still has their own browser, a
passkey, or the mailbox (docs/decisions/0043).
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from accounts import attempts, devices
from accounts.attempts import Limit
from accounts.networks import network

_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)


def guesses(request: HttpRequest, account: str, *, kind: str) -> list[Limit]:
    """What a guess at a password or a code of this account counts against."""
    if device := devices.known(request, account):
        theirs = (account, device)
        return [Limit(f"{kind}-device", theirs, 10, _QUARTER), Limit(f"{kind}-device-day", theirs, 100, _DAY)]
    here = source(request)
    return [
        Limit(kind, (account, here), 10, _QUARTER),
        Limit(f"{kind}-network", (here,), 60, _QUARTER),
        Limit(f"{kind}-account", (account,), 100, _DAY),
    ]


def reset_mails(account: str) -> list[Limit]:
    """Mails with a link to set a new password: any one of them will do."""
    return [
        Limit("reset-mail-hour", (account,), 3, timedelta(hours=1)),
        Limit("reset-mail-day", (account,), 10, _DAY),
    ]


def requests(request: HttpRequest, kind: str) -> list[Limit]:
    """What is asked for without naming an account: a reset, the use of a link, a passkey."""
    return [Limit(kind, (source(request),), 30, _QUARTER)]


def may(limits: list[Limit]) -> bool:
    return attempts.take(limits, timezone.now()) is not None


def source(request: HttpRequest) -> str:
    """The network; behind a proxy it is told by its header (TRUST_FORWARDED_PROTO)."""
    return network(get_adapter().get_client_ip(request))
