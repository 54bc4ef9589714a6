"""Authors in the admin: the people in bylines. Managers word what readers see of them."""

from typing import Any

from django import forms

from articles.admin.addresses import AddressForm, FixedAddress
from articles.admin.lead import PictureField
from articles.models import Author, Image


class AuthorForm(AddressForm[Author]):
    picture = PictureField(Image.objects.all(), required=False, label="Portrait")

    class Meta:
        model = Author
        fields = ("name", "slug", "job_title", "biography", "picture", "user")
        widgets = {"biography": forms.Textarea(attrs={"rows": 4, "class": "words"})}
        labels = {"user": "Member of staff"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("name", "job_title"):
            if isinstance(cleaned.get(name), str):
                cleaned[name] = " ".join(cleaned[name].split())
        return cleaned


class AuthorAdmin(FixedAddress):
    form = AuthorForm
    list_display = ("name", "job_title", "slug", "user")
    list_select_related = ("user",)
    show_full_result_count = False
    search_fields = ("name", "job_title")
    ordering = ("name", "pk")
    actions = None
