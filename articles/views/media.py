"""The door to pictures: a size of a picture goes out only while something readers may see shows it.

A draft's picture, one taken down, one whose licence ended and one that never was are told apart by nobody: all
answer with the same 404, and the cleaned master is never served at all.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.images import KEY_PATTERN, Image
from articles.models.kinds import RemovalKind
from articles.models.listings import EditionAuthor, EditionImage
from articles.models.renditions import Rendition
from articles.pictures import files, renditions
from articles.pictures.renditions import Size
from articles.prepared import Prepared

NAME = re.compile(
    rf"(?P<key>{KEY_PATTERN})/w(?P<width>[1-9][0-9]{{1,4}})\.(?P<extension>{'|'.join(renditions.TYPES)})"
)

#: Seconds a browser may keep a picture, and those a cache between us and many readers may: gone in a minute.
BROWSER_LIFETIME = 3600
SHARED_LIFETIME = 60

#: Those for which another size may stand in for one that is being made.
STAND_IN_LIFETIME = 60

#: And those for which "there is no such picture" may be believed: the next moment it may be published.
NOTHING_LIFETIME = 5

#: What the current edition of a story may say and still show its pictures: under a banner the text stays.
SHOWING = ("", RemovalKind.WITHDRAWN)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one size of a picture."""
    asked = NAME.fullmatch(name)
    if asked is None:
        return _nothing()
    now = timezone.now()
    key, size = asked["key"], Size(asked["extension"], int(asked["width"]))
    for own_width, scopes, is_made, *ends in _VISIBLE(now=now, key=key, **size._asdict()):
        if scopes and size in renditions.sizes_for(own_width):
            return _made(request, key, size, is_made=is_made, lifetime=_lifetime(ends, now))
    return _nothing()


def _made(request: HttpRequest, key: str, size: Size, *, is_made: bool, lifetime: int) -> HttpResponseBase:
    """The size, or until the worker has made it the one that best stands in for it, for a minute."""
    if is_made:
        return _guarded(_file(request, key, size), lifetime)
    other = files.nearest(key, size)
    if other is None:
        return _nothing()
    return _guarded(_file(request, key, other), min(lifetime, STAND_IN_LIFETIME))


def _file(request: HttpRequest, key: str, size: Size) -> HttpResponseBase:
    """Read the file, unless the browser has it; the file of a key and size never changes."""
    etag = f'"{key}-w{size.width}-{size.extension}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            with default_storage.open(renditions.path_of(key, size)) as file:
                response = HttpResponse(file.read(), content_type=renditions.TYPES[size.extension])
        except FileNotFoundError:
            return _nothing()
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = etag
    return response


def _visible(now: datetime, key: str, extension: str, width: int) -> QuerySet[Any, Any]:
    """Ask for a picture's width, its scopes, whether this size is made, and what ends its showing.

    There is no row where readers may not see it.

    Which scope covers which use is for the page or feed to heed: all of them link to here.
    """
    current = Edition.objects.current(now).filter(removal_kind__in=SHOWING)
    printed = current.filter(revision_id=OuterRef("edition__revision_id"))
    # A tombstone has no pictures of its own: what it still prints is what the edition of the same revision used.
    uses = (
        EditionImage.objects.filter(image_id=OuterRef("pk"))
        .annotate(until=Subquery(printed.values("superseded_at")[:1]))
        .filter(until__isnull=False)
    )
    made = Rendition.objects.made().filter(image_id=OuterRef("pk"), extension=extension, width=width)
    signed = EditionAuthor.objects.live(now).filter(author_id=OuterRef("pk"))
    portraits = Author.objects.filter(Exists(signed), picture_id=OuterRef("pk"))
    return (
        Image.objects.in_licence(now)
        .filter(key=key)
        .annotate(until=Subquery(uses.values("until")[:1]), is_made=Exists(made))
        .filter(Q(until__isnull=False) | Exists(portraits))
        .order_by()
        .values_list("width", "licence_scopes", "is_made", "licence_ends_at", "until")
    )


_VISIBLE = Prepared(_visible, now=datetime, key=str, extension=str, width=int)


def _lifetime(ends: Iterable[datetime | None], now: datetime) -> int:
    """Seconds until the picture may have to go by itself, an hour at most."""
    seconds = [(at - now).total_seconds() for at in ends if at is not None]
    return int(min([BROWSER_LIFETIME, *seconds]))


def _guarded(response: HttpResponseBase, lifetime: int) -> HttpResponseBase:
    shared = min(lifetime, SHARED_LIFETIME)
    response.headers.setdefault("Cache-Control", f"public, max-age={lifetime}, s-maxage={shared}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _nothing() -> HttpResponse:
    response = HttpResponse(
        "There is no such picture.\n", status=404, content_type="text/plain; charset=utf-8"
    )
    response.headers["Cache-Control"] = f"public, max-age={NOTHING_LIFETIME}"
    return response
