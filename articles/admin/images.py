"""The picture library in the admin: upload, words and licence. A file never changes; a new one is a new picture."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.lists import OwnFilters
from accounts.models import User
from articles.admin.ending import ending_view
from articles.admin.image_files import image_file
from articles.admin.image_forms import ImageForm, UploadForm
from articles.admin.image_page import ImagePage
from articles.admin.image_proof import proof_file
from articles.admin.image_sizes import ImageSizes
from articles.admin.lead import thumbnail_url
from articles.admin.picker import picker_view
from articles.admin.picture_uses import LicenceFilter, UseFilter
from articles.admin.picture_words import words_view
from articles.admin.uploading import upload_view
from articles.desk.licences import record_change, terms
from articles.desk.picture_uses import with_use
from articles.models import Image
from articles.pictures import library

WORDS = ("alt", "decorative", "caption", "credit")
LICENCE = (
    *("licence_kind", "licence_holder", "licence_scopes", "licence_ends_at"),
    *("licence_note", "licence_proof"),
)
FOCUS = (("focal_x", "focal_y"),)


class ImageAdmin(ImageSizes, ImagePage, OwnFilters):
    list_display = ("thumbnail", "words", "credit", "licence", "use", "size", "uploaded_by", "uploaded_at")
    list_display_links = ("words",)
    list_filter = (UseFilter, LicenceFilter, "licence_kind", "decorative")
    list_select_related = ("uploaded_by",)
    list_per_page = 30
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    search_fields = ("alt", "caption", "credit", "licence_holder")
    search_help_text = "Alternative text, caption, credit or holder"
    ordering = ("-uploaded_at", "-pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return with_use(super().get_queryset(request), cast("User", request.user))

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        licence: tuple[Any, ...] = LICENCE
        if self.has_change_permission(request, obj) or obj is None:
            licence = (*LICENCE, "proof_upload")
        words = {"fields": WORDS, "description": "Each story can use words of its own instead."}
        if obj is None:
            return [
                (None, {"fields": ("upload", "keep_both")}),
                ("Words", words),
                ("Licence", {"fields": licence}),
            ]
        if self.has_change_permission(request, obj):
            licence = ("confirmed", *licence, "proof_kept")
        return [
            (None, {"fields": ("picture", "where_used")}),
            ("Words", words),
            ("Licence", {"fields": (*licence, "licence_record")}),
            (
                "What must stay in sight when it is cropped",
                {"fields": (*FOCUS, "focal"), "classes": ("focal",)},
            ),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[str, ...]:
        return () if obj is None else ("picture", "where_used", "proof_kept", "licence_record", "focal")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(
            request, obj, change, **{"form": ImageForm if change else UploadForm, **kwargs}
        )
        made.by = request.user  # type: ignore[attr-defined]
        return made

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Image | None:
        """The page's own methods are told who asks by the picture itself."""
        image = super().get_object(request, object_id, from_field)
        if image is not None:
            image.asked_by = request.user  # type: ignore[attr-defined]
        return image

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("picker/", view(picker_view), name="articles_image_picker"),
            path("upload/", view(upload_view), name="articles_image_upload"),
            path("words/", view(words_view), name="articles_image_words"),
            path("ending/", view(ending_view), name="articles_image_ending"),
            path("<int:pk>/proof/", view(proof_file), name="articles_image_proof"),
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
        """What changes of the licence is on record with it, or not changed at all."""
        before = terms(Image.objects.select_for_update().get(pk=obj.pk))
        cast("ImageForm", form).store_proof(obj)
        if change:
            super().save_model(request, obj, form, change)
            record_change(obj, before, by=cast("User", request.user), now=timezone.now())
        elif obj.licence_file:
            obj.save(update_fields=["licence_file"])

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

    @admin.display(description="use")
    def use(self, image: Any) -> str:
        return "Used" if image.is_used else "Unused"

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"
