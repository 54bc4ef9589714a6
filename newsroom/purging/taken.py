"""Knows at which addresses a cache may still have what was taken from readers, or corrected."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from articles.feeds.views import FORMATS
from articles.models import Edition, Redaction, Withholding
from articles.models.editions import EditionQuerySet

#: An act says when it began, and is seen once it has ended.
_LONGEST_ACT = timedelta(minutes=1)

#: They show any story that is new, or was corrected.
_ALWAYS = ("front", "latest", "corrections", "news-sitemap", "api:articles")


def addresses(since: datetime, now: datetime) -> list[str]:
    """Paths that show, or showed, what was taken since; each once, the stories' own first.

    Not all that there are: nobody can list the searches, the further pages of lists and the other stories that name it.
    """
    stories = _stories(since - _LONGEST_ACT, now)
    if not stories:
        return []
    editions = Edition.objects.published(now).filter(story__in=stories)
    return list(dict.fromkeys([*_own(editions.values_list("slug", flat=True)), *_lists(editions)]))


def _stories(since: datetime, now: datetime) -> set[int]:
    taken = Q(published_at__gt=since) & (~Q(removal_kind="") | Q(first_published_at__lt=F("published_at")))
    return {
        *Edition.objects.published(now).filter(taken).values_list("story", flat=True),
        *Withholding.objects.filter(placed_at__gt=since).values_list("edition__story", flat=True),
        *Redaction.objects.filter(event__at__gt=since).values_list("event__story", flat=True),
    }


def _own(slugs: Iterable[str]) -> Iterator[str]:
    for slug in slugs:
        for name in ("article", "history", "api:article"):
            yield reverse(f"articles:{name}", args=[slug])


def _lists(editions: EditionQuerySet) -> Iterator[str]:
    yield from (reverse(f"articles:{name}") for name in _ALWAYS)
    yield from (reverse("articles:feed", args=[ending]) for ending in FORMATS)
    kinds = {
        "section": "section__slug",
        "topic": "tag_rows__tag__slug",
        "author": "author_rows__author__slug",
    }
    for kind, field in kinds.items():
        for slug in editions.exclude(**{field: None}).values_list(field, flat=True).distinct():
            yield reverse(f"articles:{kind}", args=[slug])
            yield from (reverse("articles:feed-of", args=[f"{kind}s", slug, ending]) for ending in FORMATS)
    for first in editions.values_list("first_published_at", flat=True).distinct():
        day = timezone.localtime(first)
        yield reverse("articles:year", args=[day.year])
        yield reverse("articles:month", args=[day.year, day.month])
