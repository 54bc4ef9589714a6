"""An author's page: who they are, and what they signed; there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.body.text import shortened
from articles.models.listings import EditionAuthor
from articles.public_pages import public_page
from articles.views.listing import listed, listing
from articles.views.pages import page
from articles.views.structured_pages import author_data
from articles.views.subjects import Person, person_at
from articles.views.wording import LENGTH

_SIGNED = listed(lambda now, author: EditionAuthor.objects.filter(author_id=author).live(now), author=int)


@public_page("before", keys=("author-{slug}",))
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = person_at(slug)
    if found is None:
        raise Http404
    stories = listing(request, _SIGNED, now=now, author=found.pk)
    if not stories.cards:
        raise Http404
    return page(
        "articles/author.html",
        {
            "author": found,
            "listing": stories,
            "portrait": found.portrait(now),
            "called": found.name,
            "description": _said(found),
            "structured": author_data(found, stories.cards),
        },
    )


def _said(author: Person) -> str:
    words = f"{author.name}, {author.job_title}" if author.job_title else author.name
    return shortened(" ".join(author.biography.split()), LENGTH) or f"Stories by {words}."
