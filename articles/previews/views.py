"""What somebody outside gets by a preview link: the text it was made for, and that text's pictures.

Every way not to get it has the same answer, that of an address which never was. The headers that keep it out of
caches and search engines are put on by newsroom.security, on all that is answered below /preview/.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from articles.desk import preview_links
from articles.desk.public import picture_keys
from articles.models import Image, PreviewLink
from articles.pictures import files, renditions
from articles.pictures.renditions import Size
from articles.previews import printing
from articles.views.dates import machine, written_with_time
from articles.views.errors import not_found
from articles.views.pages import page


# Exempt, because nothing here changes anything for a form to forge: what is no question is refused as such.
@csrf_exempt
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the text. A GET is a read and counted, a HEAD is none."""
    return _by_link(request, token, lambda link, now: _text(request, token, link, now))


@csrf_exempt
def picture(request: HttpRequest, token: str, key: str, width: str, extension: str) -> HttpResponse:
    """Answer with one size of a picture of the text."""
    size = Size(extension, int(width))
    return _by_link(request, token, lambda link, now: _picture(request, link, key, size, now))


def _by_link(
    request: HttpRequest, token: str, answer: Callable[[PreviewLink, datetime], HttpResponse]
) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    now = timezone.now()
    link = preview_links.opened(token, now)
    return _nothing(request) if link is None else answer(link, now)


def _text(request: HttpRequest, token: str, link: PreviewLink, now: datetime) -> HttpResponse:
    hidden = picture_keys(link.revision.as_dict()) - _may_be_shown(link, now).keys()
    shown = printing.context(link.story, link.revision, now, hidden=frozenset(hidden))
    ends = machine(link.expires_at), written_with_time(link.expires_at)
    response = page("articles/preview.html", shown | {"for_whom": link.for_whom, "ends": ends})
    response.content = printing.with_pictures_at(
        response.text,
        lambda key, spec, extension: reverse(
            "previews:picture", args=[token, key, spec.removeprefix("w"), extension]
        ),
    )
    if request.method == "GET":
        PreviewLink.objects.filter(pk=link.pk).count_read(now)
    return response


def _picture(request: HttpRequest, link: PreviewLink, key: str, size: Size, now: datetime) -> HttpResponse:
    image = _may_be_shown(link, now).get(key)
    if image is None or size not in renditions.sizes_for(image.width):
        return _nothing(request)
    there = files.nearest(key, size)
    if there is None:
        return _nothing(request)
    try:
        with default_storage.open(renditions.path_of(key, there)) as file:
            return HttpResponse(file.read(), content_type=renditions.TYPES[there.extension])
    except FileNotFoundError:
        return _nothing(request)


def _may_be_shown(link: PreviewLink, now: datetime) -> dict[str, Image]:
    """The pictures of the text, by key, less those whose licence does not cover a website now."""
    images = Image.objects.filter(key__in=picture_keys(link.revision.as_dict()))
    return {image.key: image for image in images if image.may_be_shown("web", now)}


def _nothing(request: HttpRequest) -> HttpResponse:
    return not_found(request, Http404())
