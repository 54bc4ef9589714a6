"""Addresses in the admin: how a slug is written, and that it does not change by itself."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest

from accounts.admin.lists import OwnFilters
from articles.admin.labels import LabelledForm
from articles.desk.slugs import slug_from


class AddressForm[M: models.Model](LabelledForm[M]):
    """For what has a `slug`: made of plain letters; one that was there before stays as it is."""

    def clean_slug(self) -> str:
        written = str(self.cleaned_data["slug"]).strip()
        if not written or written == self.initial.get("slug"):
            return written
        slug = slug_from(written)
        if not slug:
            raise forms.ValidationError("Write the address in plain letters, digits and hyphens.")
        return slug


class FixedAddress(OwnFilters):
    """Suggests an address from the name of a new thing; an address that readers have does not follow a new name."""

    prepopulated_fields = {"slug": ("name",)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(super().get_prepopulated_fields(request, obj))
