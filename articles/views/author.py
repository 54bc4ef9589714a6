"""An author's page: who they are, and what they signed; there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles.body.text import shortened
from articles.models.listings import EditionAuthor
from articles.public_pages import public_page
from articles.views.listing import followed, listed, listing
from articles.views.pages import page
from articles.views.structured_pages import author_data
from articles.views.subjects import Person, person_at
from articles.views.wording import LENGTH

#: How wide a portrait stands on the page (HTML 4.8.4.2.2).
_PORTRAIT = "20rem"

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
    portrait = found.portrait(now)
    told = {
        "job_title": found.job_title,
        "biography": mark_safe(linebreaks(found.biography, autoescape=True) if found.biography else ""),
        "portrait": portrait.lazy(_PORTRAIT) if portrait else "",
        "portrait_credit": found.credit if portrait else "",
        "called": found.name,
        "description": _said(found),
        "structured": author_data(found, stories.cards),
    }
    return page("articles/author.html", gaps=stories.gaps() | followed("author", slug, found.name) | told)


def _said(author: Person) -> str:
    words = f"{author.name}, {author.job_title}" if author.job_title else author.name
    return shortened(" ".join(author.biography.split()), LENGTH) or f"Stories by {words}."
