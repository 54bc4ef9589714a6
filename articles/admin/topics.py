"""Topics in the story form: found whatever their capitals and accents, and made on the fly by those who may."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db.models import Field, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify

from articles.admin.keys import Choices, is_key
from articles.desk.known_topics import known_to
from articles.models import Tag

NEW = "new:"
PAGE = 20
LONGEST = 100


def find(name: str) -> Tag | None:
    """The topic of that name, capitals and forms of accents aside: SQLite folds ASCII letters only."""
    wanted = _folded(name)
    exact = Tag.objects.filter(name=name.strip()).first()
    if exact is not None:
        return exact
    for pk, known in Tag.objects.values_list("pk", "name"):
        if _folded(known) == wanted:
            return Tag.objects.get(pk=pk)
    return None


def matching(
    term: str, among: QuerySet[Tag], *, offset: int = 0, limit: int = PAGE
) -> tuple[list[tuple[int, str]], bool]:
    """Those with `term` in their name, those that begin with it first, and whether there are more."""
    wanted = _folded(term)
    found = [(pk, name) for pk, name in among.values_list("pk", "name") if wanted in _folded(name)]
    found.sort(key=lambda row: (not _folded(row[1]).startswith(wanted), _folded(row[1])))
    return found[offset : offset + limit], len(found) > offset + limit


class TopicsWidget(AutocompleteSelectMultiple):
    """Asks our own endpoint, which also offers to make what is missing."""

    def get_url(self) -> str:
        return reverse(f"{self.admin_site.name}:articles_story_topics")

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Without Select2's cross for all at once: nobody wants it, and it stands in the list as no item of it."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """What is chosen; a topic still to be made is kept as such when the form comes back with an error."""
        chosen = [str(one) for one in value if one]
        keys = [one for one in chosen if is_key(one)]
        known = dict(self.choices.queryset.filter(pk__in=keys).values_list("pk", "name"))
        labels = [(one, known.get(int(one), "") if is_key(one) else _new_name(one)) for one in chosen]
        options = [
            self.create_option(name, one, label, True, index)
            for index, (one, label) in enumerate(labels)
            if label
        ]
        return [(None, options, 0)]


class TopicsField(Choices):
    """Topics by key, and new ones as `new:Name`. Gives unsaved Tags for the new; `save_new` stores them."""

    may_add = False

    def clean(self, value: Any) -> list[Tag]:  # type: ignore[override]
        posted = [str(one) for one in value or []]
        keys = [one for one in posted if not one.startswith(NEW)]
        known = super().clean(keys)
        topics = list(known)
        for name in filter(None, (_new_name(one) for one in posted)):
            topic = find(name) or self._made(name)
            if not any(_folded(topic.name) == _folded(other.name) for other in topics):
                topics.append(topic)
        return topics

    def _made(self, name: str) -> Tag:
        if not self.may_add:
            raise forms.ValidationError(
                f"“{name}” is not a topic yet, and you may not add one. Choose from the list, or ask an editor."
            )
        if len(name) > LONGEST:
            raise forms.ValidationError(f"A topic has at most {LONGEST} characters.")
        if not name.isprintable() or not slugify(name, allow_unicode=True):
            raise forms.ValidationError(
                f"“{name}” cannot be a topic: it needs letters or digits for its address."
            )
        return Tag(name=name)


def save_new(topics: list[Tag]) -> None:
    for topic in topics:
        if topic.pk is None:
            topic.save()


class TopicsMixin:
    """For the story admin: the field, and the endpoint its widget asks."""

    admin_site: AdminSite

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "topics":
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        field = TopicsField(
            known_to(request.user, timezone.now()),  # type: ignore[arg-type]
            required=False,
            label="Topics",
            help_text=db_field.help_text,
            widget=TopicsWidget(db_field, self.admin_site),
        )
        field.may_add = request.user.has_perm("articles.add_tag")
        return field

    def get_urls(self) -> list[URLPattern]:
        endpoint = path("topics/", self.admin_site.admin_view(self.topics_view), name="articles_story_topics")
        return [endpoint, *super().get_urls()]  # type: ignore[misc]

    def topics_view(self, request: HttpRequest) -> JsonResponse:
        """What Select2 asks for: `results` and whether there are more."""
        if not request.user.has_perm("articles.view_tag"):
            raise PermissionDenied
        term = _tidy(request.GET.get("term", ""))[:LONGEST]
        page = request.GET.get("page", "1")
        number = min(int(page), 1000) if page.isascii() and page.isdigit() and page != "0" else 1
        known = known_to(request.user, timezone.now())  # type: ignore[arg-type]
        found, more = matching(term, known, offset=(number - 1) * PAGE)
        results = [{"id": str(pk), "text": name} for pk, name in found]
        is_there = any(_folded(name) == _folded(term) for _, name in found)
        if number == 1 and term and request.user.has_perm("articles.add_tag") and not is_there:
            results.append({"id": f"{NEW}{term}", "text": f"{term} (new topic)"})
        return JsonResponse({"results": results, "pagination": {"more": more}})


def _new_name(value: str) -> str:
    return _tidy(value.removeprefix(NEW)) if value.startswith(NEW) else ""


def _tidy(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", _tidy(name)).casefold()
