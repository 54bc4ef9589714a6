"""What a picture's page shows beside its form: the picture and its crops, where it is used, its licence's record."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.admin.image_forms import SCOPE_WORDS
from articles.admin.picture_uses import where_used
from articles.models import Image
from articles.views.pictures import focus

#: Changes of a licence told on its page, the newest first.
MOST = 20


class ImagePage:
    @admin.display(description="picture")
    def picture(self, image: Image) -> SafeString:
        return format_html(
            '<img class="whole" src="{}" alt="{}"><p class="hint">{} × {}, {} kB. '
            "The file cannot be replaced, because published stories name it: "
            '<a href="{}">upload a new picture</a> and choose that in the story.</p>',
            reverse("admin:articles_image_file", args=[image.key, "w640"]),
            image.alt,
            image.width,
            image.height,
            image.byte_size // 1000,
            reverse("admin:articles_image_add"),
        )

    @admin.display(description="where it is used")
    def where_used(self, image: Any) -> SafeString:
        return where_used(image, image.asked_by)

    @admin.display(description="cropped, as cards and lead show it")
    def focal(self, image: Image) -> SafeString:
        context = {
            "image": image,
            "url": reverse("admin:articles_image_file", args=[image.key, "w640"]),
            "focus": focus(image.focal_x, image.focal_y),
        }
        return mark_safe(render_to_string("admin/articles/image/_focal.html", context))

    @admin.display(description="proof kept")
    def proof_kept(self, image: Image) -> SafeString | str:
        if not image.licence_file:
            return "None yet"
        url = reverse("admin:articles_image_proof", args=[image.pk])
        extension = str(image.licence_file.name).rpartition(".")[2].upper()
        return format_html('<a href="{}">Save the proof ({})</a>', url, extension)

    @admin.display(description="changes of the licence")
    def licence_record(self, image: Image) -> SafeString:
        rows = image.licence_changes.select_related("by")[:MOST]
        changes = [{"at": row.at, "by": row.by, "said": list(_said(row.before, row.after))} for row in rows]
        return mark_safe(render_to_string("admin/articles/image/_licence_record.html", {"changes": changes}))


def _said(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in after.items():
        label = str(getattr(Image._meta.get_field(name), "verbose_name", name))
        yield label, _shown(name, before[name]), _shown(name, value)


def _shown(name: str, value: Any) -> str:
    if name == "licence_scopes":
        return ", ".join(SCOPE_WORDS.get(scope, scope) for scope in value) or "nowhere"
    if name == "licence_kind":
        return str(dict(Image.Licence.choices).get(value, value))
    if name == "licence_file":
        return "a file" if value else "none"
    if name == "licence_ends_at":
        return _moment(value) if value else "no end"
    return str(value or "nothing")


def _moment(text: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "j F Y, H:i")
