"""Pages of the title in the admin: managers word them, look at them before saving, and can put an old version back."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from accounts.admin.lists import OwnFilters
from accounts.models import User
from articles.admin.addresses import AddressForm
from articles.admin.body_field import BodyField
from articles.admin.page_versions import put_back_view, version_view, versions_view
from articles.desk import pages
from articles.models import Page
from articles.views.pages import page as readers_page
from articles.views.title_page import context


class PageForm(AddressForm[Page]):
    body = BodyField(required=False, label="Text")
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Page
        fields = ("title", "slug", "description", "purpose", "is_public", "in_footer", "order", "body")
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "words"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Compare with what its writer opened: somebody else's save is not written over unseen."""
        cleaned = super().clean() or {}
        now = Page.objects.filter(pk=self.instance.pk).values_list("version", flat=True).first()
        if now is not None and cleaned.get("seen") != now:
            self.data = cast("QueryDict", self.data).copy()
            self.data["seen"] = str(now)
            raise forms.ValidationError(
                "Somebody saved this page while you wrote. Your words stand below. Look at theirs under "
                "“Versions”, then save again to replace them."
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            for name, sentence in pages.problems(self.instance).items():
                self.add_error(name, sentence)


class PageAdmin(OwnFilters):
    form = PageForm
    list_display = ("title", "address", "is_public", "in_footer", "order", "updated_at")
    ordering = ("order", "title")
    prepopulated_fields = {"slug": ("title",)}
    search_fields = ("title", "slug")
    actions = None
    view_on_site = False
    change_form_template = "admin/articles/page/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        return [
            (None, {"fields": ("title", "body")}),
            ("Where it stands", {"fields": ("is_public", "slug", "in_footer", "order")}),
            ("For machines", {"fields": ("purpose", "description")}),
        ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Page | None = None) -> dict[str, Any]:
        return {} if obj else dict(super().get_prepopulated_fields(request, obj))

    def get_urls(self) -> list[URLPattern]:
        view, at = self.admin_site.admin_view, "<path:object_id>/versions/"
        with_admin = {"model_admin": self}
        return [
            path(at, view(versions_view), with_admin, name="articles_page_versions"),
            path(f"{at}<int:number>/", view(version_view), with_admin, name="articles_page_version"),
            path(f"{at}<int:number>/back/", view(put_back_view), with_admin, name="articles_page_back"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its address led readers here: a page is unpublished, never deleted."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method == "POST" and "_preview" in request.POST:
            seen = self._preview(request, object_id)
            if seen is not None:
                return seen
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        if not pages.save(obj, by=cast("User", request.user), now=timezone.now()):
            messages.info(request, "The page says what it said before: nothing was saved.")

    @admin.display(description="address")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    def _preview(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """What readers would get of what stands in the form; None where the form must say first what is wrong."""
        page = self.get_object(request, object_id) if object_id else None
        allowed = self.has_change_permission(request, page) if page else self.has_add_permission(request)
        if not allowed or (object_id and page is None):
            return None
        form = self.get_form(request, page, change=page is not None)(request.POST, instance=page)
        return as_readers_see(request, pages.unsaved(form.instance)) if form.is_valid() else None


@csp_override({**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]})
def as_readers_see(request: HttpRequest, page: Page) -> HttpResponse:
    return readers_page("articles/title_page.html", context(page))
