"""Introductions of the newsletter in the admin: managers write tomorrow's, and look at what stood in others."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.admin.lists import OwnFilters
from accounts.models import User
from alerts.models import Introduction, Notice
from articles.admin.labels import LabelledForm


class IntroductionForm(LabelledForm[Introduction]):
    class Meta:
        model = Introduction
        fields = ("on", "text")
        widgets = {
            "on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "text": forms.Textarea(attrs={"rows": 8, "class": "words"}),
        }

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on != self.initial.get("on") and on < timezone.localdate():
            raise forms.ValidationError("That day's newsletter has gone out. Choose today or a day to come.")
        return on


class IntroductionAdmin(OwnFilters):
    form = IntroductionForm
    list_display = ("on", "begins", "changed_by", "changed_at")
    list_select_related = ("changed_by",)
    ordering = ("-on",)
    search_fields = ("text",)
    actions = None

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        titled = {"title": "Write the introduction of tomorrow’s newsletter"}
        return super().add_view(request, form_url, titled | (extra_context or {}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"on": timezone.localdate() + timedelta(days=1)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readers may have been sent it: one that is not wanted is emptied, never deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: Introduction, form: Any, change: bool) -> None:
        obj.changed_by, obj.changed_at = cast("User", request.user), timezone.now()
        super().save_model(request, obj, form, change)
        seen = reverse("admin:alerts_mail_sample", args=["newsletter"])
        messages.info(request, format_html('<a href="{}">See it in the newsletter</a>', seen))
        if _begun(obj):
            messages.warning(
                request,
                "This day’s newsletter is on its way already: who has it by now does not get these words.",
            )

    @admin.display(description="begins")
    def begins(self, introduction: Introduction) -> str:
        paragraphs = introduction.paragraphs
        return paragraphs[0][:80] if paragraphs else "—"


def _begun(introduction: Introduction) -> bool:
    """Whether a newsletter of its day is made: its earlier hours have their letters."""
    return Notice.objects.filter(key__startswith=f"digest:daily:{introduction.on}:").exists()
