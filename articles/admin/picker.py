"""The picker: a small window in which a picture is found or uploaded, and handed to the form that opened it.

The editor opens it with `CKEditorFuncNum`, a picture field without; static/desk/picker.js hands over either way.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles.admin.image_forms import ACCEPTS, TAKEN
from articles.admin.lead import told
from articles.admin.picker_address import function, picker_url, upload_url
from articles.admin.uploading import MOST
from articles.body.schema import KEY, PICTURE_URL
from articles.models import Image

PAGE = 24
FARTHEST = 500


@require_safe
def picker_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    return _page(request)


def matching(words: str) -> QuerySet[Image]:
    """Pictures that have every word of the search somewhere in their own words, newest first."""
    images = Image.objects.order_by("-uploaded_at", "-pk")
    for word in words.replace("\x00", "").split()[:8]:
        images = images.filter(
            Q(alt__icontains=word) | Q(caption__icontains=word) | Q(credit__icontains=word)
        )
    return images


def _page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    number = _number(request.GET.get("page", ""))
    found = list(matching(words)[(number - 1) * PAGE : number * PAGE + 1])
    new = _uploaded(request.GET.get("new", ""))
    may_add = request.user.has_perm("articles.add_image")
    context = {
        **admin.site.each_context(request),
        "title": "Choose a picture",
        "is_popup": True,
        "upload_url": upload_url(request) if may_add else "",
        "accepts": ACCEPTS,
        "taken": TAKEN,
        "words": words,
        "new": [_offered(image) for image in new],
        "pictures": [_offered(image) for image in found[:PAGE] if image not in new],
        "function": function(request),
        "earlier": picker_url(request, q=words, page=number - 1) if number > 1 else "",
        "later": picker_url(request, q=words, page=number + 1) if len(found) > PAGE else "",
    }
    return TemplateResponse(request, "admin/articles/image/picker.html", context)


def _uploaded(keys: str) -> list[Image]:
    """Those that were uploaded a moment ago, or found to be there already."""
    asked = [key for key in keys.split(",")[:MOST] if KEY.match(key)]
    return list(Image.objects.filter(key__in=asked).order_by("pk")) if asked else []


def _offered(image: Image) -> dict[str, Any]:
    return {
        **told(image),
        "url": PICTURE_URL.format(key=image.key),
        "size": f"{image.width} × {image.height}",
    }


def _number(text: str) -> int:
    return (
        min(int(text), FARTHEST) if text.isascii() and text.isdigit() and len(text) < 6 and text != "0" else 1
    )
