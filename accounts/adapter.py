"""How allauth behaves here: no public sign-up, our own mails and limits, links from SITE_URL."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import attempts, devices, mails, throttling
from accounts.addresses import normalise
from accounts.models import User

_AGAIN = {
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey or a security key",
}


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
            "Too many attempts from here. Wait a quarter of an hour, or set a new password by e-mail."
        ),
        "too_many_codes": "Too many attempts from here. Wait a quarter of an hour, then try again.",
        "rate_limited": "Too many requests. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Go on to a path of this site and nowhere else; allauth itself fails at a host with a strange slash."""
        known = url or ""
        return known.startswith("/") and known.isprintable() and url_has_allowed_host_and_scheme(known, None)

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
        """Answer before the mail server does: how long it takes tells whether the address is known.

        Where an account has had its share of mails, nothing is said either, and any of those still leads in.
        """
        if throttling.may(throttling.reset_mails(user.email)):
            mails.post(mails.password_reset(user, link=context["password_reset_url"]), to=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's other notices (a factor added, a password changed) as we send ours."""
        context = {"site_name": settings.SITE_NAME, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        mails.post(mails.Letter(" ".join(subject.split()), text.strip() + "\n"), to=email)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the guess before looking at it: of many at one moment, none is free."""
        account = normalise(credentials.get("email", ""))
        self._guess = attempts.take(throttling.guesses(request, account, kind="password"), timezone.now())
        if self._guess is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth's name for: the password was right."""
        attempts.give_back(self._guess or [])

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        if not devices.known(request, user.email) and not self._is_first_sign_in:
            mails.post(mails.new_device(user, **self._whence(request)), to=user)
        devices.remember(request, response, user.email)
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        self._is_first_sign_in = user.last_login is None
        super().login(request, user)

    def forget_failed_attempts(self, request: HttpRequest, person: User) -> None:
        """Let somebody try their new password who has just proved that the mailbox is theirs.

        Codes stay counted: the second factor is there for the day when the mailbox is somebody else's.
        """
        attempts.forget(throttling.guesses(request, person.email, kind="password"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """The ways there are, in the words of our other pages."""
        return [
            {**way, "description": _AGAIN.get(way["id"], way["description"])}
            for way in super().get_reauthentication_methods(user)
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who has just signed in, as whoever has a second factor to set up has."""
        return (
            bool(super().is_reauthentication_required(app=app, **kwargs)) and not self._has_just_signed_in()
        )

    def _has_just_signed_in(self) -> bool:
        records = get_authentication_records(self.request, self.request.user)
        return any(time.time() - record["at"] < REAUTHENTICATION_TIMEOUT for record in records)

    def _whence(self, request: HttpRequest) -> dict[str, str]:
        return {"ip": self.get_client_ip(request), "browser": self.get_http_user_agent(request)[:200]}


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or it is too old.",
        "cannot_generate_recovery_codes": "Recovery codes stand in for an app or a key: set one up first.",
    }

    def _get_site_name(self) -> str:
        """What the passkey is for, as browsers show it."""
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        return f"Key {Authenticator.objects.filter(user=user, type=type).count() + 1}"
