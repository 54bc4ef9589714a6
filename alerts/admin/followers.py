"""Followers: how many follow each section, topic and author, and how often they hear of it."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alerts import followers
from alerts.admin.pages import PEOPLE, SEE, allowed, page
from alerts.models import Follows

TITLES = {
    Follows.EVERYTHING: "Everything",
    Follows.SECTION: "Sections",
    Follows.TOPIC: "Topics",
    Follows.AUTHOR: "Authors",
}


@require_safe
def followers_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    allowed(request, SEE, PEOPLE)
    lists = [(what.value, title, followers.followed(what)) for what, title in TITLES.items()]
    context = {
        "title": "Followers",
        "numbers": followers.numbers(timezone.now()),
        "lists": lists,
        "most": followers.MOST,
    }
    return page(request, site, "followers", context)
