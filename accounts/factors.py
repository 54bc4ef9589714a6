"""What follows when somebody sets up, removes or uses a second factor. allauth says so by signals, and only so."""

from datetime import timedelta
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import attempts, mails, people, second_factor
from accounts.attempts import Limit
from accounts.models import User

#: A code is right for half a minute; whoever looked over a shoulder comes too late.
_SPENT_FOR = timedelta(minutes=2)

_LEFT = {
    0: "That was your last recovery code: make new ones under “Second factor”.",
    1: "You have one recovery code left.",
}
_LOST = "If your app or key is lost, remove it under “Second factor” and set up another."


def connect() -> None:
    TOTP._mark_code_used = _spend
    authenticator_added.connect(_added, dispatch_uid="accounts.factors.added")
    authenticator_removed.connect(_removed, dispatch_uid="accounts.factors.removed")
    authenticator_used.connect(_used, dispatch_uid="accounts.factors.used")


def take_away(person: User) -> None:
    """Help somebody who has lost theirs: all are gone, every session has ended, and they are told so by mail."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person).delete()
        people.sign_out_everywhere(person, now=timezone.now())
    mails.post(mails.second_factor_taken_away(person), to=person)


def _spend(app: TOTP, code: str) -> bool:
    """Take a code once. allauth notes it in the cache, which processes may not share, and which may be down."""
    spent = Limit("code-spent", (str(app.instance.user_id), normalize_user_code(code)), 1, _SPENT_FOR)
    return attempts.take([spent], timezone.now()) is not None


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in second_factor.FACTORS:
        second_factor.note_as_shown(request, authenticator)
        _end_other_sessions(request, user)


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type not in second_factor.FACTORS:
        return
    if not second_factor.is_set_up(user):
        second_factor.forget_shown(request)
    _end_other_sessions(request, user)


def _used(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        authenticator.refresh_from_db()
        left = len(authenticator.wrap().get_unused_codes())
        mails.post(mails.recovery_code_used(user, left=left), to=user)
        messages.warning(request, f"{_LEFT.get(left, f'You have {left} recovery codes left.')} {_LOST}")


def _end_other_sessions(request: HttpRequest, person: User) -> None:
    """Whoever got in without what protects the account now, or with what no longer does, is out."""
    people.sign_out_everywhere(person, now=timezone.now())
    update_session_auth_hash(request, person)
