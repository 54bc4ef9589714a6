"""The picture library in the admin: upload, words and licence. A file never changes; a new one is a new picture."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.lists import OwnFilters
from accounts.models import User
from articles.admin.image_files import image_file
from articles.admin.image_forms import ImageForm, UploadForm
from articles.admin.lead import thumbnail_url
from articles.admin.picker import picker_view
from articles.models import Image
from articles.pictures import library

WORDS = ("alt", "decorative", "caption", "credit")
LICENCE = ("licence_kind", "licence_holder", "licence_scopes", "licence_ends_at", "licence_proof")
FOCUS = (("focal_x", "focal_y"),)


class ImageAdmin(OwnFilters):
    list_display = ("thumbnail", "words", "credit", "licence", "size", "uploaded_by", "uploaded_at")
    list_display_links = ("words",)
    list_filter = ("licence_kind", "decorative")
    list_select_related = ("uploaded_by",)
    list_per_page = 30
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    search_fields = ("alt", "caption", "credit", "licence_holder")
    search_help_text = "Alternative text, caption, credit or holder"
    ordering = ("-uploaded_at", "-pk")
    actions = None

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        first = ("upload",) if obj is None else ("picture",)
        return [
            (None, {"fields": first}),
            ("Words", {"fields": WORDS, "description": "Each story can use words of its own instead."}),
            ("Licence", {"fields": LICENCE}),
            ("What must stay in sight when it is cropped", {"fields": FOCUS, "classes": ("collapse",)}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[str, ...]:
        return () if obj is None else ("picture",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(
            request, obj, change, **{"form": ImageForm if change else UploadForm, **kwargs}
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("picker/", view(picker_view), name="articles_image_picker"),
            path(
                "file/<str:key>/<str:spec>.jpg", view(image_file, cacheable=True), name="articles_image_file"
            ),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Stories name pictures for ever; one whose licence ends is no longer shown."""
        return False

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Image:
        if change:
            return super().save_form(request, form, change)
        form.instance = library.store(form.accepted, by=cast("User", request.user), **form.words())
        form.save_m2m = lambda: None
        return form.instance

    def save_model(
        self, request: HttpRequest, obj: Image, form: forms.ModelForm[Image], change: bool
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Image, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the picture at once, with the words its file brought along."""
        messages.success(
            request, "The picture is in the library. Check the words: some may have come with the file."
        )
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[obj.pk]))

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> SafeString:
        return format_html(
            '<img class="thumb" src="{}" alt="" loading="lazy" decoding="async">', thumbnail_url(image)
        )

    @admin.display(description="what it shows")
    def words(self, image: Image) -> str:
        if image.decorative:
            return f"{image.caption or 'Picture'} (decorative)"
        return image.alt or image.caption or "No words yet"

    @admin.display(description="licence")
    def licence(self, image: Image) -> str:
        return image.get_licence_kind_display()

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

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
