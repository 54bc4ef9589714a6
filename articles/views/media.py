"""The door to pictures: a size of a picture goes out only while something readers may see shows it.

A draft's picture, one taken down, one whose licence ended and one that never was are told apart by nobody: all
answer with the same 404, and the cleaned master is never served at all.
"""

import re
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models.authors import Author
from articles.models.editions import Edition, EditionAuthor, EditionImage
from articles.models.images import KEY_PATTERN, Image
from articles.models.kinds import RemovalKind
from articles.pictures import renditions

NAME = re.compile(rf"(?P<key>{KEY_PATTERN})/w(?P<width>[1-9][0-9]{{1,4}})\.jpg")

#: Seconds a browser may keep a picture, and those a cache between us and many readers may: gone in a minute.
BROWSER_LIFETIME = 3600
SHARED_LIFETIME = 60

#: What the current edition of a story may say and still show its pictures: under a banner the text stays.
SHOWING = ("", RemovalKind.WITHDRAWN)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one size of a picture."""
    asked = NAME.fullmatch(name)
    now = timezone.now()
    found = _visible(asked["key"], now) if asked else None
    if asked is None or found is None or int(asked["width"]) not in renditions.widths_for(found["width"]):
        return _nothing()
    spec = renditions.spec(int(asked["width"]))
    etag = f'"{asked["key"]}-{spec}"'
    kept = get_conditional_response(request, etag=etag)
    if kept is None:
        try:
            with default_storage.open(renditions.path(asked["key"], spec)) as file:
                kept = HttpResponse(file.read(), content_type="image/jpeg")
        except FileNotFoundError:
            return _nothing()
        kept.headers["Content-Length"] = str(len(kept.content))
    return _guarded(kept, etag, _lifetime(found, now))


def _visible(key: str, now: datetime) -> dict[str, Any] | None:
    """The picture's width and the times that end its showing; None where readers may not see it. One query."""
    current = Edition.objects.current(now).filter(removal_kind__in=SHOWING)
    printed = current.filter(revision_id=OuterRef("edition__revision_id"))
    # A tombstone has no pictures of its own: what it still prints is what the edition of the same revision used.
    uses = (
        EditionImage.objects.filter(image_id=OuterRef("pk"))
        .annotate(until=Subquery(printed.values("superseded_at")[:1]))
        .filter(until__isnull=False)
    )
    signed = EditionAuthor.objects.live(now).filter(author_id=OuterRef("pk"))
    portraits = Author.objects.filter(Exists(signed), picture_id=OuterRef("pk"))
    return (
        Image.objects.in_licence(now)
        .filter(key=key)
        .annotate(until=Subquery(uses.values("until")[:1]))
        .filter(Q(until__isnull=False) | Exists(portraits))
        .values("width", "licence_ends_at", "until")
        .first()
    )


def _lifetime(found: dict[str, Any], now: datetime) -> int:
    """Seconds until the picture may have to go by itself, an hour at most."""
    ends = [at for at in (found["licence_ends_at"], found["until"]) if at is not None]
    return int(min([BROWSER_LIFETIME, *((at - now).total_seconds() for at in ends)]))


def _guarded(response: HttpResponseBase, etag: str, lifetime: int) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = (
        f"public, max-age={lifetime}, s-maxage={min(lifetime, SHARED_LIFETIME)}"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _nothing() -> HttpResponse:
    response = HttpResponse(
        "There is no such picture.\n", status=404, content_type="text/plain; charset=utf-8"
    )
    response.headers["Cache-Control"] = f"public, max-age={SHARED_LIFETIME}"
    return response
