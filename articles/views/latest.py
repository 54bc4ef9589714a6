"""Latest: everything live, newest first."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.public_pages import public_page
from articles.views.listing import described, listing
from articles.views.pages import page


@public_page("before", keys=("lists",))
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    stories = listing(request, Edition.objects.live(now), now=now)
    context = {"listing": stories, "here": request.path, "current": "page"}
    return page("articles/latest.html", context | described("Latest stories", stories))
