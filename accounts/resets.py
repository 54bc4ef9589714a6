"""The link with which somebody sets a new password, when an administrator sends it to them."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from accounts import mails
from accounts.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Good once, until PASSWORD_RESET_TIMEOUT, and only for this purpose."""

    key_salt = "accounts.resets.ResetTokens"


def send_reset(person: User) -> None:
    """Mail a link to set a new password. Raises what mails.send raises."""
    mails.send(mails.password_reset(person, link=link(person)), to=person)


def link(person: User) -> str:
    key = ResetTokens().make_token(person)
    where = {"uidb36": user_pk_to_url_str(person), "key": key}
    return mails.address(reverse("account_reset_password_from_key", kwargs=where))
