"""A section's page: there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.models.sections import Section
from articles.public_pages import public_page
from articles.views.listing import described, listing
from articles.views.pages import page


@public_page("before", keys=("section-{slug}",))
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Section, slug=slug)
    stories = listing(request, Edition.objects.live(now).in_section(found.pk), now=now)
    if not stories.cards:
        raise Http404
    told = described(found.name, stories, said=found.description)
    context = {"section": found, "listing": stories, "here": request.path, "current": "page"}
    return page("articles/section.html", context | told)
