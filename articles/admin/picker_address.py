"""Addresses of the picker and of the pages it sends people to, which still know who opened it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse


def picker_url(request: HttpRequest, **more: Any) -> str:
    return f"{reverse('admin:articles_image_picker')}?{_query(request, more)}"


def upload_url(request: HttpRequest) -> str:
    """Where the picker sends files."""
    return f"{reverse('admin:articles_image_upload')}?{_query(request, {'picker': 1})}"


def kept(request: HttpRequest, **more: Any) -> str:
    """A query string for the next page, which leads back to the picker where this one was asked from there."""
    return _query(request, {**more, "picker": 1}) if in_picker(request) else urlencode(more)


def in_picker(request: HttpRequest) -> bool:
    return request.GET.get("picker") == "1"


def function(request: HttpRequest) -> str:
    """The number under which the editor waits for a picture; "" where a picture field opened the window."""
    number = request.GET.get("CKEditorFuncNum", "")
    return number if number.lstrip("-").isdigit() and number.isascii() and len(number) < 9 else ""


def _query(request: HttpRequest, more: dict[str, Any]) -> str:
    asker = function(request)
    return urlencode(({"CKEditorFuncNum": asker} if asker else {}) | more)
