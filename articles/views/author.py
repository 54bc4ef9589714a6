"""An author's page: who they are, and what they signed; there for readers once it has a live edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.body.text import shortened
from articles.models.authors import Author
from articles.models.images import Image
from articles.models.listings import EditionAuthor
from articles.public_pages import public_page
from articles.views.listing import listing
from articles.views.pages import page
from articles.views.pictures import may_be_shown, picture
from articles.views.structured_pages import author_data
from articles.views.wording import LENGTH


@public_page("before", keys=("author-{slug}",))
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Author.objects.select_related("picture"), slug=slug)
    stories = listing(request, EditionAuthor.objects.filter(author_id=found.pk).live(now), now=now)
    if not stories.cards:
        raise Http404
    portrait = found.picture if may_be_shown(found.picture, now) else None
    return page(
        "articles/author.html",
        {
            "author": found,
            "listing": stories,
            "portrait": portrait and picture(_use(portrait)),
            "image": portrait,
            "called": found.name,
            "description": _said(found),
            "structured": author_data(found, stories.cards),
        },
    )


def _said(author: Author) -> str:
    words = f"{author.name}, {author.job_title}" if author.job_title else author.name
    return shortened(" ".join(author.biography.split()), LENGTH) or f"Stories by {words}."


def _use(image: Image) -> dict[str, object]:
    """Describe a picture's use as an edition would: the name stands beside it, so that it needs no alt of its own."""
    return {
        "key": image.key,
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "focal": (image.focal_x, image.focal_y),
    }
