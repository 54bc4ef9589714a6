"""Who was told of a story by mail: each notice with its numbers, which add up, and why some were not told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alerts.admin.pages import SEE, allowed, page
from alerts.models import Delivery, Notice, State
from alerts.sending.books import Books, books, books_of_story
from articles.admin.panels import Panel
from articles.admin.review import story_or_404
from articles.models import Story

#: Notices of one story that are listed, the newest.
MOST = 30

VARIANTS = {
    "story": "the story",
    "update": "an update",
    "correction": "a correction",
    "removal": "its removal",
}

#: In the order of the sum: eligible is what the others add up to.
NAMES = {
    "accepted": "Accepted by the mail server",
    "waiting": "Waiting",
    "uncertain": "Uncertain",
    "failed": "Failed",
    "suppressed": "Not sent: the address gets no mail",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True)
class Told:
    """One notice: of what its readers are told, and what became of the mails."""

    notice: Notice
    of: str
    books: Books
    rows: list[tuple[str, int]]


@require_safe
def story_view(request: HttpRequest, story: int, *, site: AdminSite) -> HttpResponse:
    allowed(request, SEE)
    found = story_or_404(site.get_model_admin(Story), request, str(story))
    notices = list(_notices(found).select_related("edition").order_by("-pk")[:MOST])
    variants = variants_of(notices)
    context = {
        "title": f"Mail about {found}",
        "story": found,
        "total": books_of_story(found.pk),
        "told": [_told(notice, variants.get(notice.pk, [])) for notice in notices],
        "reasons": _reasons(found),
        "most": MOST,
    }
    return page(request, site, "story", context)


def story_panel(story: Story) -> Panel | None:
    """What the story's own pages say of it; one query. Nothing where nobody was to be told."""
    total = books_of_story(story.pk)
    if not total.eligible:
        return None
    return Panel("Readers told by mail", told=_sentence(total), url_name="admin:alerts_story", permission=SEE)


def _sentence(total: Books) -> str:
    others = ((name, getattr(total, key)) for key, name in NAMES.items())
    counted = "; ".join(f"{name[0].lower()}{name[1:]}: {count:,}" for name, count in others if count)
    return f"Mails owed: {total.eligible:,}; {counted}."


def _notices(story: Story) -> Any:
    return Notice.objects.filter(kind=Notice.Kind.EDITION, edition__story=story, eligible__gt=0)


def _told(notice: Notice, variants: list[str]) -> Told:
    numbers = books(notice)
    rows = [(name, getattr(numbers, key)) for key, name in NAMES.items()]
    return Told(notice, " and ".join(variants), numbers, [(name, count) for name, count in rows if count])


def variants_of(notices: Iterable[Notice]) -> dict[int, list[str]]:
    """Of what each notice tells, to how many; one query."""
    rows = Delivery.objects.filter(notice__in=[notice.pk for notice in notices])
    counted = rows.values_list("notice", "letter__variant").annotate(count=Count("pk"))
    found: dict[int, list[str]] = {}
    for notice, variant, count in counted.order_by("notice", "-count"):
        found.setdefault(notice, []).append(f"{count:,} told of {VARIANTS.get(variant, variant)}")
    return found


def _reasons(story: Story) -> list[tuple[str, str, int]]:
    """Why mails were not sent, and how many for each reason."""
    ends = (State.FAILED, State.CANCELLED, State.SUPPRESSED)
    rows = Delivery.objects.filter(notice__in=_notices(story), state__in=ends)
    counted = rows.values_list("state", "reason").annotate(count=Count("pk")).order_by("-count")
    return [(State(state).label, reason, count) for state, reason, count in counted[:MOST]]
