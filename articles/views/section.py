"""A section's page: there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.public_pages import public_page
from articles.views.listing import described, followed, listed, listing
from articles.views.pages import page
from articles.views.subjects import section_at

_IN_SECTION = listed(lambda now, section: Edition.objects.live(now).in_section(section), section=int)


@public_page("before", keys=("section-{slug}",))
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = section_at(slug)
    if found is None:
        raise Http404
    stories = listing(request, _IN_SECTION, now=now, section=found.pk)
    if not stories.cards:
        raise Http404
    told = stories.gaps() | described(found.name, stories, said=found.description)
    about = followed("section", slug, found.name) | {"standfirst": found.description}
    said = {"here": request.path, "current": "page"}
    return page("articles/section.html", said, gaps=told | about)
