"""The byline in the story form: rows of people, in order.

The rows of the form replace those of the database as a whole. That way people can change places, two editors'
rows never mix, and a row that somebody else took away in the meantime cannot block a save.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict

from articles.admin.keys import is_key
from articles.models import Byline, Story

PREFIX = "bylines"
MOST = 20
NOBODY = "0"  # a key no author has: what is no key at all, the stock widget cannot show again


class BylineForm(forms.ModelForm[Byline]):
    class Meta:
        model = Byline
        fields = ("author", "position")
        widgets = {"position": forms.NumberInput(attrs={"min": 0, "max": 99, "class": "position"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        # The link to the author leads away from the form; the one that adds opens a window of its own.
        author: Any = self.fields["author"].widget
        author.can_view_related = author.can_change_related = False

    def clean_position(self) -> int:
        return self.cleaned_data.get("position") or 0

    def has_changed(self) -> bool:
        """A row counts by its person; a position alone is an empty row."""
        return "author" in self.changed_data

    def validate_unique(self) -> None:
        """The database's rows are about to go: only the form's own rows are compared, by the formset."""

    def validate_constraints(self) -> None:
        """As `validate_unique`."""


class BylineFormSet(BaseInlineFormSet[Byline, Story, BylineForm]):
    """Reads what was posted as a list of people, whatever rows the database has by now."""

    new_objects: list[Byline]
    changed_objects: list[Any]
    deleted_objects: list[Any]

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        self.posted = data is not None
        super().__init__(_as_new_rows(data) if data is not None else None, *args, **kwargs)

    def clean(self) -> None:
        authors = self.people()
        twice = {author for author in authors if authors.count(author) > 1}
        if twice:
            names = ", ".join(sorted(author.name for author in twice))
            raise forms.ValidationError(f"Twice in the byline: {names}. Once is enough.")

    def people(self) -> list[Any]:
        """The authors in the order of their positions; rows without a person count for nothing."""
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        rows = [row for row in rows if row.get("author") and not row.get("DELETE")]
        return [row["author"] for row in sorted(rows, key=lambda row: row.get("position", 0))]

    def validate_unique(self) -> None:
        """`clean` says it in words."""

    def has_changed(self) -> bool:
        return self.is_valid() and self._before() != [author.pk for author in self.people()]

    def save(self, commit: bool = True) -> list[Byline]:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        if not self.has_changed():
            return []
        self.instance.bylines.all().delete()
        self.new_objects = Byline.objects.bulk_create(
            Byline(story=self.instance, author=author, position=position)
            for position, author in enumerate(self.people())
        )
        return self.new_objects

    def _before(self) -> list[int]:
        if self.instance._state.adding:
            return []
        return list(Byline.objects.filter(story=self.instance).values_list("author_id", flat=True))


class BylineInline(admin.TabularInline[Byline, Story]):
    model = Byline
    form = BylineForm
    formset = BylineFormSet  # type: ignore[assignment]
    fields = ("author", "position")
    autocomplete_fields = ("author",)
    extra = 0
    max_num = MOST
    verbose_name = "person"
    verbose_name_plural = "byline"
    template = "admin/articles/story/_byline.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who writes the story writes its byline: there is no right of its own to it."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


def _as_new_rows(data: QueryDict) -> QueryDict:
    """The posted rows less those struck out, numbered anew and tied to no row of the database."""
    total = _whole(data.get(f"{PREFIX}-TOTAL_FORMS"))
    copied = data.copy()
    for key in [key for key in copied if key.startswith(f"{PREFIX}-")]:
        del copied[key]
    kept = 0
    for number in range(min(total, 2 * MOST)):
        row = f"{PREFIX}-{number}"
        if f"{row}-author" not in data or data.get(f"{row}-DELETE"):
            continue
        author = str(data[f"{row}-author"])
        copied[f"{PREFIX}-{kept}-author"] = author if is_key(author) or not author else NOBODY
        copied[f"{PREFIX}-{kept}-position"] = data.get(f"{row}-position", "")
        kept += 1
    copied[f"{PREFIX}-TOTAL_FORMS"] = str(kept)
    copied[f"{PREFIX}-INITIAL_FORMS"] = "0"
    return copied


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
