"""How the desk's list is searched: by parts of words in what was worked on lately, by whole words in all that is out.

To look for a part of a word in each story of a large archive takes seconds; the readers' search has an index of words.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from articles.models import Address, Byline, Edition, Story, StoryTag
from articles.search.engine import engine
from articles.search.finding import COUNTED
from articles.search.hits import EVERY
from articles.search.query import parse

#: Of so many stories, those that were changed last, parts of words are found.
LATELY = 5_000
#: Parts of words that are looked for, of what was typed.
MOST_PARTS = 8


def found(typed: str, *, now: datetime) -> set[int]:
    """Keys of stories, also of those that not everybody may know of. Raises TooLongError."""
    return _lately(typed) | _out(typed, now)


def _lately(typed: str) -> set[int]:
    """Those with all that was typed somewhere in their headline, standfirst, address, byline or topics."""
    last = Story.objects.order_by("-updated_at", "-pk").values("pk")[:LATELY]
    parts = typed.split()[:MOST_PARTS]
    return set.intersection(*(_with(part, last) for part in parts)) if parts else set()


def _with(part: str, keys: QuerySet[Any, Any]) -> set[int]:
    """Each place is looked at for itself: asked of all at once, PostgreSQL would read the bylines of all stories."""
    words = Q(headline__icontains=part) | Q(standfirst__icontains=part) | Q(slug__icontains=part)
    bylines = Byline.objects.filter(author__name__icontains=part, story_id__in=keys)
    topics = StoryTag.objects.filter(tag__name__icontains=part, content_object_id__in=keys)
    return _of_any(
        Story.objects.filter(words, pk__in=keys).values_list("pk"),
        bylines.values_list("story_id"),
        topics.values_list("content_object_id"),
    )


def _out(typed: str, now: datetime) -> set[int]:
    """The newest of what readers would find; and the story that has, or had, this address."""
    here = Address.objects.filter(slug=typed.strip()).values_list("story_id")
    if not (query := parse(typed)):
        return _of_any(here)
    hits = engine().newest(query, [], EVERY, now=now, limit=COUNTED)
    return _of_any(
        here, Edition.objects.filter(pk__in=[hit.edition_id for hit in hits]).values_list("story_id")
    )


def _of_any(first: QuerySet[Any, Any], *others: QuerySet[Any, Any]) -> set[int]:
    """One query."""
    found = first.order_by().union(*(other.order_by() for other in others))
    return {key for (key,) in found}
