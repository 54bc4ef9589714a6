"""The link that ends all mail: one button on a page, and one click in a mail program. It works for ever.

RFC 8058: a mail program posts `List-Unsubscribe=One-Click`, without cookie and from no page of ours, and expects an
answer that is no redirect. Whatever else is in the body, whoever has the link and posts wants to leave.
"""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alerts import links
from alerts.leaving import leave
from alerts.models.subscribers import Leaving, Subscriber
from alerts.preferences.coming_back import come_back
from alerts.preferences.views import by_link, left
from alerts.registering.sources import source
from alerts.same_origin import from_elsewhere
from alerts.tokens import Purpose
from articles.views.pages import page

#: What consents name it by.
PAGE, ONE_CLICK = "/alerts/unsubscribe/", "one click in a mail program (RFC 8058)"


@by_link(Purpose.UNSUBSCRIBE)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    subscriber = _present(subscriber)
    if request.method == "POST":
        return _sent(request, subscriber)
    if subscriber.ended_at is not None:
        return left(subscriber)
    shown = {"manage_url": links.manage_path(subscriber), "address": _hinted(subscriber.address)}
    return page("alerts/unsubscribe.html", shown)


def _present(subscriber: Subscriber) -> Subscriber:
    """Who has the mailbox now: somebody who was erased, and registered again, has old mails with this link too."""
    if subscriber.erased_at is None:
        return subscriber
    again = Subscriber.objects.staying().filter(address_hash=subscriber.address_hash)
    return again.first() or subscriber


def _sent(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    said, now = _said(request), timezone.now()
    if said.get("act") == "come back":
        if from_elsewhere(request, is_secret=True):
            return page("alerts/elsewhere.html", status=403)
        if come_back(subscriber, how=PAGE, now=now, source=source(request)):
            return HttpResponseRedirect(f"{links.manage_path(subscriber)}?done=back")
        return left(subscriber)
    by_page = said.get("act") == "leave"
    reason, how = (Leaving.UNSUBSCRIBED, PAGE) if by_page else (Leaving.ONE_CLICK, ONE_CLICK)
    return left(subscriber, just_now=leave(subscriber, reason=reason, how=how, now=now))


def _said(request: HttpRequest) -> QueryDict:
    """What was posted; nothing where it cannot be read: a mail program's slip keeps nobody here."""
    try:
        return request.POST
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return QueryDict()


def _hinted(address: str) -> str:
    """Enough to know one's mailbox by, and not enough for whoever was sent the mail on."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
