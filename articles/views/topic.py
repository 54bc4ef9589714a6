"""A topic's page: there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.listings import EditionTag
from articles.public_pages import public_page
from articles.views.listing import described, followed, listed, listing
from articles.views.pages import page
from articles.views.subjects import topic_at

_TAGGED = listed(lambda now, topic: EditionTag.objects.filter(tag_id=topic).live(now), topic=int)


@public_page("before", keys=("topic-{slug}",))
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = topic_at(slug)
    if found is None:
        raise Http404
    stories = listing(request, _TAGGED, now=now, topic=found.pk)
    if not stories.cards:
        raise Http404
    told = stories.gaps() | described(found.name, stories, said=found.description)
    about = followed("topic", slug, found.name) | {"standfirst": found.description}
    return page("articles/topic.html", gaps=told | about)
