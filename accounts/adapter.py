"""How allauth behaves here: no public sign-up, our own mails, links from SITE_URL."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import mails
from accounts.models import User


class StaffAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is no longer active.",
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "enter_current_password": "That is not your current password.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That code is not right, or it is too old.",
        "invalid_password_reset": "This link no longer works. Ask for a new one.",
        "too_many_login_attempts": (
            "Too many attempts. Wait a quarter of an hour, or set a new password by e-mail."
        ),
        "rate_limited": "Too many requests. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A socket file has no address; whoever comes by one shares one count of attempts."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return "unknown"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Never the request's own host: a forged Host header must not end up in a mail."""
        uidb36, _, token = key.partition("-")
        return mails.address(
            reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        )

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Answer before the mail server does: how long it takes tells whether the address is known."""
        mails.post(mails.password_reset(user, link=context["password_reset_url"]), to=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's other notices (a factor added, a password changed) as we send ours."""
        context = {"site_name": settings.SITE_NAME, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        mails.post(mails.Letter(" ".join(subject.split()), text.strip() + "\n"), to=email)

    def forget_failed_attempts(self, request: HttpRequest, person: User) -> None:
        """Let somebody in who has just proved that the mailbox is theirs."""
        self._delete_login_attempts_cached_email(request, email=person.email)
