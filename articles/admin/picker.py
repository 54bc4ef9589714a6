"""The picker: a small window in which a picture is found or uploaded, and handed to the form that opened it.

The editor opens it with `CKEditorFuncNum`, a picture field without; static/desk/picker.js hands over either way.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from articles.admin.image_forms import QuickUploadForm
from articles.admin.lead import told
from articles.body.schema import KEY, PICTURE_URL
from articles.models import Image
from articles.pictures import library

PAGE = 24
FARTHEST = 500


def picker_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    may_add = request.user.has_perm("articles.add_image")
    form = QuickUploadForm(request.POST or None, request.FILES or None) if may_add else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            image = library.store(form.accepted, by=request.user, **form.words())  # type: ignore[arg-type]
            return HttpResponseRedirect(f"?{_kept(request, new=image.key)}")
    return _page(request, form)


def matching(words: str) -> QuerySet[Image]:
    """Pictures that have every word of the search somewhere in their own words, newest first."""
    images = Image.objects.order_by("-uploaded_at", "-pk")
    for word in words.replace("\x00", "").split()[:8]:
        images = images.filter(
            Q(alt__icontains=word) | Q(caption__icontains=word) | Q(credit__icontains=word)
        )
    return images


def _page(request: HttpRequest, form: Any) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    number = _number(request.GET.get("page", ""))
    found = list(matching(words)[(number - 1) * PAGE : number * PAGE + 1])
    new = _uploaded(request.GET.get("new", ""))
    context = {
        **admin.site.each_context(request),
        "title": "Choose a picture",
        "is_popup": True,
        "form": form,
        "words": words,
        "new": _offered(new) if new else None,
        "pictures": [_offered(image) for image in found[:PAGE] if image != new],
        "function": _function(request),
        "earlier": f"?{_kept(request, q=words, page=number - 1)}" if number > 1 else "",
        "later": f"?{_kept(request, q=words, page=number + 1)}" if len(found) > PAGE else "",
    }
    return TemplateResponse(request, "admin/articles/image/picker.html", context)


def _uploaded(key: str) -> Image | None:
    return Image.objects.filter(key=key).first() if KEY.match(key) else None


def _offered(image: Image) -> dict[str, Any]:
    return {
        **told(image),
        "url": PICTURE_URL.format(key=image.key),
        "size": f"{image.width} × {image.height}",
    }


def _kept(request: HttpRequest, **more: Any) -> str:
    """A query string that still knows who opened the picker."""
    function = _function(request)
    return urlencode(({"CKEditorFuncNum": function} if function else {}) | more)


def _function(request: HttpRequest) -> str:
    number = request.GET.get("CKEditorFuncNum", "")
    return number if number.lstrip("-").isdigit() and number.isascii() and len(number) < 9 else ""


def _number(text: str) -> int:
    return (
        min(int(text), FARTHEST) if text.isascii() and text.isdigit() and len(text) < 6 and text != "0" else 1
    )
