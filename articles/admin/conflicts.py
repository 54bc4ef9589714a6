"""The page for a save that came too late: what I wrote beside what somebody else saved, with nothing lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from articles.admin import differences
from articles.admin.marks import exact
from articles.admin.opened import OPENED
from articles.admin.related import in_words, numbers
from articles.body.clean import clean
from articles.body.text import plain_text
from articles.differences.html import side, told_alone
from articles.models import Revision, Story

#: What is given back in words when a save cannot be.
KEPT = ("headline", "standfirst", "kicker", "lead_caption", "byline_label", "public_note")
ASIDE = {"seen", "mine_over", OPENED, "void_scheduled"}
_NOT_CARRIED = {"csrfmiddlewaretoken", "seen", "mine_over", OPENED, "_save", "_send", "_note"}


@dataclass(frozen=True)
class Difference:
    """One field that the two versions have different: each whole, with what differs marked, and both in one."""

    label: str
    mine: SafeString
    theirs: SafeString
    both: SafeString


@dataclass(frozen=True)
class Save:
    number: int
    who: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    version: int
    saves: list[Save]
    differences: list[Difference]
    posted: list[tuple[str, str]]


def conflict(request: HttpRequest, form: Any, inlines: Any) -> Conflict:
    """Compare what was posted with what the database says now; the form's own instance carries mine already."""
    theirs = Story.objects.get(pk=form.instance.pk)
    fields = [name for name in form.fields if name not in ASIDE]
    found = [_difference(form, name, theirs) for name in fields]
    found += [_byline(inline.formset, theirs) for inline in inlines]
    return Conflict(
        version=theirs.version,
        saves=_saves(theirs, form.data.get("seen", "")),
        differences=[difference for difference in found if difference],
        posted=[
            (name, value)
            for name, values in request.POST.lists()
            if name not in _NOT_CARRIED
            for value in values
        ],
    )


def page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    return TemplateResponse(request, "admin/articles/story/conflict.html", context, status=409)


def kept_page(
    request: HttpRequest, context: dict[str, Any], *, status: int, kept: bool = False
) -> TemplateResponse:
    """For a save that cannot be: give back what was written, so that it can be copied."""
    words = [(name.replace("_", " ").capitalize(), request.POST.get(name, "")) for name in KEPT]
    text = plain_text(clean(request.POST.get("body", "")))
    written = [(label, said) for label, said in [*words, ("Text", text)] if said.strip()]
    context = {
        **context,
        "title": "This cannot be saved",
        "written": written,
        "kept": kept,
    }
    return TemplateResponse(request, "admin/articles/story/kept.html", context, status=status)


def _difference(form: Any, name: str, theirs: Story) -> Difference | None:
    label = str(form.fields[name].label or name.replace("_", " ")).capitalize()
    if name == "body":
        return _compared(name, label, clean(form.data.get("body", "")), clean(theirs.body))
    if name == "related":
        mine = numbers(form.data.getlist(name), form.acting) if name in form.data else theirs.related
        return _compared(name, label, in_words(mine, form.acting), in_words(theirs.related, form.acting))
    mine = form.cleaned_data[name] if name in form.cleaned_data else form.data.get(name, "")
    told = _telling(form, name)
    return _compared(name, label, told(mine), told(_theirs(theirs, name)))


def _byline(formset: Any, theirs: Story) -> Difference | None:
    mine = "\n".join(str(author) for author in formset.people())
    others = "\n".join(str(row.author) for row in theirs.bylines.select_related("author"))
    return _compared("byline", "Byline", mine, others)


def _compared(name: str, label: str, mine: str, theirs: str) -> Difference | None:
    if mine == theirs:
        return None
    found = differences.of_field(name, theirs, mine, label=label)
    pictures = differences.pictures_of([found])
    return Difference(
        label,
        mine=side(found, "after", pictures=pictures) if mine else SafeString(),
        theirs=side(found, "before", pictures=pictures) if theirs else SafeString(),
        both=told_alone(found, pictures=pictures),
    )


def _theirs(story: Story, name: str) -> Any:
    value = getattr(story, name)
    return list(value.all()) if hasattr(value, "all") else value


def _telling(form: Any, name: str) -> Callable[[Any], str]:
    """How a value of this field is told in words."""
    choices = dict(getattr(Story._meta.get_field(name), "flatchoices", None) or [])

    def told(value: Any) -> str:
        match value:
            case None | "":
                return ""
            case bool():
                return "Yes" if value else "No"
            case datetime():
                return exact(value)
            case str():
                return str(choices.get(value, value))
            case _ if hasattr(value, "__iter__"):
                return "\n".join(sorted(str(one) for one in value))
        return str(value)

    return told


def _saves(story: Story, seen: str) -> list[Save]:
    since = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    newer = (
        Revision.objects.filter(story=story, number__gt=since)
        .select_related("saved_by")
        .order_by("-number")[:5]
    )
    return [
        Save(revision.number, str(revision.saved_by or "The import"), revision.saved_at) for revision in newer
    ]
