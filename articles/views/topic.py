"""A topic's page: there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.listings import EditionTag
from articles.models.topics import Tag
from articles.public_pages import public_page
from articles.views.listing import described, listing
from articles.views.pages import page


@public_page("before", keys=("topic-{slug}",))
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Tag, slug=slug)
    stories = listing(request, EditionTag.objects.filter(tag_id=found.pk).live(now), now=now)
    if not stories.cards:
        raise Http404
    told = described(found.name, stories, said=found.description)
    return page("articles/topic.html", {"topic": found, "listing": stories} | told)
