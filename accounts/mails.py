"""The mails that staff get about their account, one function each, and how they leave."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

logger = logging.getLogger(__name__)

# Threads of this pool are waited for when the process ends, so a reload loses no mail.
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="account-mail")


class Letter(NamedTuple):
    """What a mail says. Plain text: a short one with a link needs no more, and is trusted more."""

    subject: str
    text: str


def invitation(person: User, *, link: str, days: int) -> Letter:
    return _letter(
        f"Your invitation to {settings.SITE_NAME}",
        "invitation",
        {"person": person, "link": link, "days": days},
    )


def password_reset(person: User, *, link: str) -> Letter:
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    return _letter(
        f"Set a new password for {settings.SITE_NAME}",
        "password_reset",
        {"person": person, "link": link, "hours": hours},
    )


def new_device(person: User, *, ip: str, browser: str) -> Letter:
    return _letter(
        f"You signed in to {settings.SITE_NAME} on a new device",
        "new_device",
        {"person": person, "ip": ip, "browser": browser, "at": timezone.now()},
    )


def recovery_code_used(person: User, *, left: int) -> Letter:
    return _letter(
        f"A recovery code was used to sign in to {settings.SITE_NAME}",
        "recovery_code_used",
        {"person": person, "left": left, "link": address(reverse("mfa_index"))},
    )


def second_factor_taken_away(person: User) -> Letter:
    return _letter(
        f"Your second factor for {settings.SITE_NAME} has been taken away",
        "second_factor_taken_away",
        {"person": person, "link": address(reverse("mfa_index"))},
    )


def address_changed(person: User) -> Letter:
    """For the address that was theirs before."""
    return _letter(
        f"You sign in to {settings.SITE_NAME} with another address now", "address_changed", {"person": person}
    )


def address(path: str) -> str:
    """The public address of a path, whatever host the request came by."""
    return settings.SITE_URL.rstrip("/") + path


def send(letter: Letter, *, to: User | str) -> None:
    """Send now.

    Raises OSError (smtplib's errors are among them) when the mail server refuses, and ValueError
    for an address that no mail can be written to.
    """
    recipient = to.email if isinstance(to, User) else to
    mail = EmailMessage(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [recipient])
    mail.send(using="default")


def post(letter: Letter, *, to: User | str) -> Future[None]:
    """Send in the background; a failure is logged, and the person can ask again."""
    return _pool.submit(_send_or_log, letter, to)


def _send_or_log(letter: Letter, to: User | str) -> None:
    try:
        send(letter, to=to)
    except Exception:  # whatever it was, nobody waits for this thread's answer
        logger.exception("An account mail could not be sent.")


def _letter(subject: str, template: str, context: dict[str, object]) -> Letter:
    text = render_to_string(f"accounts/mails/{template}.txt", {**context, "site_name": settings.SITE_NAME})
    return Letter(" ".join(subject.split()), text)
