"""Latest: everything live, newest first."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.public_pages import public_page
from articles.views.listing import described, listed, listing
from articles.views.pages import page

_LATEST = listed(Edition.objects.live)


@public_page("before", keys=("lists",))
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    stories = listing(request, _LATEST, now=now)
    said = {"here": request.path, "current": "page"}
    return page("articles/latest.html", said, gaps=stories.gaps() | described("Latest stories", stories))
