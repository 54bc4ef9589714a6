"""Verifies editions against the revisions they print and the people who answer for them."""

from collections.abc import Iterator
from itertools import groupby

from articles.desk.verification.answering import Before, Savers, savers_of, why_unanswered
from articles.desk.verification.findings import Finding, altered, extra
from articles.desk.verification.printing import verify_print
from articles.models import Edition
from articles.models.editions import FAR_FUTURE


def verify_editions(first: int, last: int) -> Iterator[Finding]:
    """The editions of the stories with keys from `first` to `last`, read a few at a time."""
    editions = (
        Edition.objects.filter(story_id__gte=first, story_id__lte=last)
        .select_related("revision", "approval", "lead_image")
        .order_by("story_id", "published_at", "superseded_at", "pk")
        .iterator(chunk_size=200)
    )
    savers = savers_of(first, last)
    for story, group in groupby(editions, key=lambda edition: edition.story_id):
        yield from _verify_story(story, group, savers.get(story, []))


def _verify_story(story: int, editions: Iterator[Edition], savers: Savers) -> Iterator[Finding]:
    before = Before()
    for edition in editions:
        what = f"edition {edition.pk} of {edition.published_at:%Y-%m-%d %H:%M} UTC"
        cancelled = edition.superseded_at == edition.published_at
        yield from verify_print(edition, before.last, what, cancelled=cancelled)
        why = why_unanswered(edition, before, savers)
        if why:
            yield extra(story, what, why)
        if cancelled:
            continue
        if before.last is not None and before.last.superseded_at != edition.published_at:
            yield altered(story, f"edition {before.last.pk}", "does not end where the next one begins.")
        before.add(edition)
    if before.last is not None and before.last.superseded_at != FAR_FUTURE:
        yield altered(story, f"edition {before.last.pk}", "ends, and nothing on record ends it.")
