"""Verifies revisions: each says what was hashed, none is missing, and each has the act that wrote it."""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Exists, OuterRef

from articles.desk.acts import Act
from articles.desk.public import hash_of
from articles.desk.verification.findings import Finding, changed_words, extra, missing, numbers
from articles.models import Revision, Story, StoryEvent

_WRITES = (Act.SAVE, Act.REVERT_TO, Act.ACCEPT_SUGGESTION, Act.IMPORT)


def verify_revisions(first: int, last: int) -> Iterator[Finding]:
    """The revisions of the stories with keys from `first` to `last`, read a few at a time."""
    written = StoryEvent.objects.filter(revision=OuterRef("pk"), act__in=_WRITES, refusal="")
    revisions = (
        Revision.objects.filter(story_id__gte=first, story_id__lte=last)
        .annotate(has_act=Exists(written))
        .order_by("story_id", "number")
        .iterator(chunk_size=500)
    )
    versions = dict(
        Story.objects.filter(pk__gte=first, pk__lte=last, version__gt=0).values_list("pk", "version")
    )
    for story, group in groupby(revisions, key=lambda revision: revision.story_id):
        yield from _verify_story(story, group, versions.pop(story, 0))
    for story, version in versions.items():
        yield missing(story, f"revision {numbers(1, version)}", "is missing.")


def _verify_story(story: int, revisions: Iterator[Revision], version: int) -> Iterator[Finding]:
    number = 0
    for revision in revisions:
        what = f"revision {revision.number}"
        if revision.number > number + 1:
            yield missing(story, f"revision {numbers(number + 1, revision.number - 1)}", "is missing.")
        if hash_of(revision.public) != revision.hash:
            yield changed_words(revision, story, what, "was altered: its text does not match its hash.")
        if not revision.has_act:  # type: ignore[attr-defined]
            yield extra(story, what, "stands there, and no event on record wrote it.")
        number = revision.number
    if number < version:
        yield missing(story, f"revision {numbers(number + 1, version)}", "is missing.")
