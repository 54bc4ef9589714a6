"""security.txt: where to report that the site can be broken into (RFC 9116)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import navigation
from articles.answers import for_machines
from articles.models.pages import Purpose
from articles.public_pages import public_page
from articles.views.pages import full_url

PATH = "/.well-known/security.txt"

#: How long the answer may be believed: less than a year (RFC 9116, 2.5.5), counted from the day's beginning.
GOOD_FOR = timedelta(days=180)


@public_page()
@require_safe
def security_txt(request: HttpRequest) -> HttpResponseBase:
    """Answer with it; 404 where nobody was named, because a file without a contact is worse than none."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    policy = navigation.page_for(Purpose.SECURITY)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {_expires(timezone.now())}",
        "Preferred-Languages: en",
        f"Canonical: {full_url(PATH)}",
        *([f"Policy: {full_url(policy.url)}"] if policy else []),
    ]
    return for_machines(request, "".join(f"{line}\n" for line in lines).encode(), "text/plain; charset=utf-8")


def _expires(now: datetime) -> str:
    return f"{now + GOOD_FOR:%Y-%m-%dT00:00:00Z}"
