"""Sections in the admin."""

from django import forms

from articles.admin.addresses import AddressForm, FixedAddress
from articles.models import Section


class SectionForm(AddressForm[Section]):
    class Meta:
        model = Section
        fields = ("name", "slug", "description", "order")
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "words"})}


class SectionAdmin(FixedAddress):
    form = SectionForm
    list_display = ("name", "slug", "description", "order")
    ordering = ("order", "name")
    search_fields = ("name", "description")
    actions = None
