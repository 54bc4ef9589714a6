"""The addresses that stand in mails, whole and always from SITE_URL: a forged Host header must not end up in one."""

from django.conf import settings

from alerts.models.registrations import Registration
from alerts.models.subscribers import Subscriber
from alerts.tokens import Purpose, token


def whole(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def confirm(registration: Registration) -> str:
    return whole(f"/alerts/confirm/{registration.key}/")


def manage(subscriber: Subscriber) -> str:
    return whole(manage_path(subscriber))


def manage_path(subscriber: Subscriber) -> str:
    return f"/alerts/manage/{token(subscriber, Purpose.MANAGE)}/"


def unsubscribe(subscriber: Subscriber) -> str:
    return whole(unsubscribe_path(subscriber))


def unsubscribe_path(subscriber: Subscriber) -> str:
    return f"/alerts/unsubscribe/{token(subscriber, Purpose.UNSUBSCRIBE)}/"
