"""Inviting somebody to join: a link, good for seven days and one use, to set the first password."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import mails
from accounts.models import User

GOOD_FOR = timedelta(days=7)
_PURPOSE = "accounts.invitation"


class AlreadyJoined(Exception):
    """The person has a password already: what helps them is a reset."""


def invite(person: User) -> None:
    """Mail a new invitation; any earlier one stops working.

    Raises AlreadyJoined, and what mails.send raises.
    """
    if person.has_usable_password():
        raise AlreadyJoined
    person.set_unusable_password()
    person.save(update_fields=["password"])
    mails.send(mails.invitation(person, link=link(person), days=GOOD_FOR.days), to=person)


def link(person: User) -> str:
    return mails.address(reverse("accounts_invitation", args=[token(person)]))


def token(person: User) -> str:
    return signing.dumps({"person": person.pk, "seal": _seal(person)}, salt=_PURPOSE)


def invited(token: str) -> User | None:
    """The person whom this token invites, unless it is forged, too old or used."""
    try:
        claim = signing.loads(token, salt=_PURPOSE, max_age=GOOD_FOR)
        person = User.objects.get(pk=claim["person"], is_active=True)
        fits = constant_time_compare(claim["seal"], _seal(person))
    except (signing.BadSignature, User.DoesNotExist, LookupError, TypeError, ValueError):
        return None
    return person if fits and not person.has_usable_password() else None


def _seal(person: User) -> str:
    """Bind a token to the address and to the (unusable, random) password of the moment."""
    value = f"{person.password}\n{person.email}"
    return salted_hmac(_PURPOSE, value, algorithm="sha256").hexdigest()
