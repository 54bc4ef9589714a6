"""Uncertain mails: nobody knows whether they arrived, until somebody who asked the provider says so here.

What is mailed to staff may be about a story that whoever looks here may not know of: its subject is not shown.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alerts import handling
from alerts.admin.pages import MANAGE, allowed, page
from alerts.mails.envelope import message_id
from alerts.models import Delivery, State
from articles.admin.keys import is_key

#: Mails of one page; what is settled makes room for the others.
PAGE = 50

ANSWERS: dict[str, tuple[str, Callable[..., bool]]] = {
    "again": ("It waits to be sent again.", handling.send_again),
    "arrived": ("Noted: it arrived.", handling.it_arrived),
    "not": ("Noted: it did not arrive, and is not sent again.", handling.it_did_not),
}


@require_http_methods(["GET", "HEAD", "POST"])
def uncertain_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    allowed(request, MANAGE)
    if request.method == "POST":
        _answer(request)
        return HttpResponseRedirect(reverse("admin:alerts_uncertain"))
    now = timezone.now()
    uncertain = Delivery.objects.filter(state=State.UNCERTAIN)
    rows = uncertain.select_related("letter", "notice").order_by("pk")[:PAGE]
    context = {
        "title": "Uncertain mails",
        "rows": [(row, message_id(row), handling.may_be_sent(row, now)) for row in rows],
        "count": uncertain.count(),
    }
    return page(request, site, "uncertain", context)


def _answer(request: HttpRequest) -> None:
    key, said = request.POST.get("delivery", ""), request.POST.get("said", "")
    if not is_key(key) or said not in ANSWERS:
        raise Http404("There is no such mail.")
    delivery: Any = Delivery.objects.filter(pk=key).first()
    if delivery is None:
        raise Http404("There is no such mail.")
    words, settle = ANSWERS[said]
    if settle(delivery, by=request.user, now=timezone.now()):
        messages.success(request, words)
    else:
        messages.info(request, "Nothing was changed: it was settled meanwhile, or is too old to be sent.")
