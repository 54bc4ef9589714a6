"""Topics in the admin: tags as readers see them."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify

from articles.admin.addresses import FixedAddress
from articles.admin.labels import LabelledForm
from articles.admin.topics import find
from articles.desk.known_topics import known_to
from articles.models import Tag


class TagForm(LabelledForm[Tag]):
    class Meta:
        model = Tag
        fields = ("name", "slug", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "words"})}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        there = find(name)
        if there is not None and there.pk != self.instance.pk:
            raise forms.ValidationError(f"There is a topic of this name already: “{there.name}”.")
        if not name.isprintable() or not slugify(name, allow_unicode=True):
            raise forms.ValidationError("A topic needs letters or digits, and no control characters.")
        return name


class TagAdmin(FixedAddress):
    form = TagForm
    list_display = ("name", "slug", "description")
    list_per_page = 100
    show_full_result_count = False
    search_fields = ("name", "description")
    ordering = ("name",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).filter(pk__in=known_to(request.user, timezone.now()))  # type: ignore[arg-type]
