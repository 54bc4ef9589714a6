"""Where a picture is used, as the desk tells it: on its page, in the list, and of a file that is there already."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from articles.admin.lead import thumbnail_url
from articles.desk.picture_uses import uses_of
from articles.models import Image


def where_used(image: Image, user: User) -> SafeString:
    uses = uses_of(image, user, timezone.now())
    return _rendered("admin/articles/image/_uses.html", {"image": image, "uses": uses})


def already(image: Image, user: User) -> SafeString:
    """That this very file is in the library, with its words and where it is used."""
    return _rendered("admin/articles/image/_already.html", already_told(image, user))


def already_told(image: Image, user: User) -> dict[str, Any]:
    return {
        "image": image,
        "url": reverse("admin:articles_image_change", args=[image.pk]),
        "thumbnail": thumbnail_url(image),
        "uses": uses_of(image, user, timezone.now()),
    }


def _rendered(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context).strip())


class _Choice(SimpleListFilter):
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return list(self.choices_of.items())

    choices_of: dict[str, str] = {}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return self.matching(queryset, value) if value in self.choices_of else queryset.none()

    def matching(self, images: QuerySet[Any], value: str) -> QuerySet[Any]:
        raise NotImplementedError


class UseFilter(_Choice):
    """Used by a story the person may know of, or as a portrait."""

    title = "use"
    parameter_name = "use"
    choices_of = {"used": "Used", "unused": "Unused"}

    def matching(self, images: QuerySet[Any], value: str) -> QuerySet[Any]:
        return images.filter(is_used=value == "used")


class LicenceFilter(_Choice):
    title = "end of the licence"
    parameter_name = "rights"
    choices_of = {"runs": "Runs", "ends": "Has an end", "ended": "Has ended"}

    def matching(self, images: QuerySet[Any], value: str) -> QuerySet[Any]:
        now = timezone.now()
        if value == "ended":
            return images.filter(licence_ends_at__lte=now)
        running = images.in_licence(now)  # type: ignore[attr-defined]
        return running.exclude(licence_ends_at=None) if value == "ends" else running
