"""Knows what every template may say about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | bool]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "alerts_open": settings.ALERTS_OPEN,
    }
