"""Knows who has to show a second factor, and whether this session has.

allauth asks whoever has a second factor for it at sign-in, and makes nobody set one up. Here a session of somebody who
must have one, and has not shown it, is nobody's session on every page there is, but for the few on which the first one
is set up: what a page forgets to ask, it cannot give away (docs/decisions/0043).
"""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Role

REQUIRED_OF = frozenset({Role.MANAGER, Role.ADMINISTRATOR})

#: Recovery codes stand in for one of these, and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

#: The pages that somebody may see who has still to set up their first one.
SETTING_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_logout",
        "accounts_sign_out_everywhere",
    }
)


def is_required_of(person: User) -> bool:
    return settings.REQUIRE_SECOND_FACTOR and person.role in REQUIRED_OF


def is_set_up(person: User) -> bool:
    return is_mfa_enabled(person, FACTORS)


def is_lacking(request: HttpRequest, person: User) -> bool:
    """Whether this session has still to show what its person's role demands."""
    return is_required_of(person) and not was_shown(request, person)


def is_owed(request: HttpRequest, person: User) -> bool:
    """Whether there is none to be shown yet. Who has one cannot set up another before showing it."""
    return is_lacking(request, person) and not is_set_up(person)


def was_shown(request: HttpRequest, person: User) -> bool:
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))


def note_as_shown(request: HttpRequest, factor: Authenticator) -> None:
    """Setting one up is showing it: the code that the app gave, or what the key signed, was right."""
    record_authentication(request, factor.user, "mfa", id=factor.pk, type=factor.type)


def forget_shown(request: HttpRequest) -> None:
    """Without a factor left there is none that was shown."""
    records: list[dict[str, Any]] = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    kept = [record for record in records if record.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
