"""Related stories in the story form: four places in order, each a number or an address; found and moved by buttons."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from articles.admin.front_choosing import live, scheduled
from articles.admin.keys import is_key
from articles.admin.marks import exact
from articles.desk.related import MOST, Pick, may_pick, of_known_stories, pickable, told
from articles.models import Edition, Story
from articles.search.patience import TooLongError

NAME = "related"
#: What a search offers.
OFFERED = 10
_ADDRESS = "/articles/"
_LONGEST = 300


def numbers(posted: Iterable[Any], by: User | None) -> list[int]:
    """The stories that are named, in their order, each once; what names none counts as not typed."""
    found = (_number(str(one), by) for one in posted)
    return list(dict.fromkeys(number for number in found if number is not None))


def chosen(posted: Iterable[Any], by: User, *, known: Sequence[int] = (), to: int | None = None) -> list[int]:
    """As `numbers`, for a save. `known` are picked already. Raises ValidationError for what cannot be picked."""
    typed, now = [one for one in map(str, posted) if one.strip()], timezone.now()
    for one in typed:
        number = _number(one, by)
        if number == to and to is not None:
            raise forms.ValidationError("A story is not related to itself. Choose another.")
        if number is None or (number not in known and not may_pick(number, by, now)):
            says = "No story that you can pick is at “%(typed)s”: it has to be live or scheduled."
            raise forms.ValidationError(says, params={"typed": one[:80]})
    found = numbers(typed, by)
    if len(found) > MOST:
        raise forms.ValidationError(f"At most {MOST} stories can be picked. Take some out.")
    return found


def in_words(picked: Iterable[int], by: User | None) -> str:
    """Each on a line of its own, in order."""
    picked = list(picked)
    picks = told(picked, by, timezone.now())
    return "\n".join(f"{picks[number].title} ({number})" for number in picked)


class RelatedWidget(forms.Widget):
    """Fields for machines and for browsers without scripts, which static/desk/related.js makes a list with buttons."""

    template_name = "admin/articles/story/related_widget.html"
    by: User | None = None

    class Media:
        js = (forms.Script("desk/related.js", type="module"),)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        said = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [said] if isinstance(said, str) else list(said)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = [str(one) for one in value or [] if str(one).strip()]
        picks = told(numbers(typed, self.by), self.by, timezone.now())
        rows = [_row(one, self.by, picks) for one in typed[: 2 * MOST]]
        context["rows"] = [*rows, *({"value": "", "words": ""} for _ in range(MOST - len(rows)))]
        return context | {"find": reverse("admin:articles_story_related"), "most": MOST}

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """By the site's templates, as PictureWidget does."""
        return mark_safe(render_to_string(template_name, context))


class RelatedField(forms.Field):
    """What was typed; the form, which knows who writes, makes numbers of it."""

    widget = RelatedWidget

    def to_python(self, value: Any) -> list[str]:
        return [one[:_LONGEST] for one in map(str, value or []) if one.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class RelatedMixin(admin.ModelAdmin[Story]):
    """For the story admin: what the widget asks."""

    def get_urls(self) -> list[URLPattern]:
        endpoint = path(
            "related/", self.admin_site.admin_view(self.related_view), name="articles_story_related"
        )
        return [endpoint, *super().get_urls()]

    def related_view(self, request: HttpRequest) -> JsonResponse:
        """Stories to pick: scheduled ones, and live ones by words or address; the newest where nothing is asked."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("q", "").replace("\x00", "")[:200].strip()
        by, now = request.user, timezone.now()
        known = of_known_stories(by)  # type: ignore[arg-type]
        editions = scheduled(known, asked, now)[: OFFERED // 2]
        with suppress(TooLongError):  # as where nothing is found: the writer tries other words
            editions += live(Edition.objects.all(), asked, now)
        picks = told((edition.story_id for edition in editions), by, now)  # type: ignore[arg-type]
        offered = [picks[number] for number in dict.fromkeys(edition.story_id for edition in editions)]
        return JsonResponse({"stories": [{"number": p.number, "words": words(p)} for p in offered[:OFFERED]]})

    @admin.display(description="Related stories")
    def picked(self, story: Story) -> str:
        """For those who cannot change the story now."""
        return in_words(story.related, None)


def words(pick: Pick) -> str:
    if pick.is_live:
        return pick.title
    return f"{pick.title} ({f'scheduled for {exact(pick.at)}' if pick.at else 'not live'})"


def _row(typed: str, by: User | None, picks: dict[int, Pick]) -> dict[str, str]:
    number = _number(typed, by)
    pick = picks.get(number) if number is not None else None
    return {"value": str(number) if pick else typed, "words": words(pick) if pick else typed}


def _number(typed: str, by: User | None) -> int | None:
    """The number that was typed, or that of the story at an address, where this person can pick it.

    What they may not know of is answered like what never was, whether or not it has that address.
    """
    typed = typed.strip()
    if is_key(typed):
        return int(typed)
    if _ADDRESS not in typed or by is None:
        return None
    slug = typed.split(_ADDRESS, 1)[1].split("/", 1)[0].split("?", 1)[0]
    if not slug.isprintable():
        return None
    return pickable(by, timezone.now()).filter(slug=slug).values_list("story_id", flat=True).first()
