"""Verifies the events of stories: each as it was written, each after the one before it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from articles.desk.record import chain_hash
from articles.desk.verification.findings import Finding, altered, changed_words, missing, numbers
from articles.models import StoryEvent


def verify_chains(first: int, last: int) -> Iterator[Finding]:
    """The events of the stories with keys from `first` to `last`, read a few at a time."""
    events = (
        StoryEvent.objects.filter(story_id__gte=first, story_id__lte=last)
        .select_related("revision")
        .defer("revision__public")
        .order_by("story_id", "number")
        .iterator(chunk_size=2000)
    )
    for story, chain in groupby(events, key=lambda event: event.story_id):
        yield from verify_chain(story, chain)


def verify_chain(story: int, chain: Iterable[StoryEvent]) -> Iterator[Finding]:
    """One story's events, in order."""
    number, before = 0, ""
    for event in chain:
        if event.number > number + 1:
            gone = numbers(number + 1, event.number - 1)
            yield missing(story, f"event {gone}", "is missing from the record.")
        elif event.previous_hash != before:
            yield altered(story, f"event {event.number}", "does not follow from the event before it.")
        yield from _verify_event(event)
        number, before = event.number, event.hash


def _verify_event(event: StoryEvent) -> Iterator[Finding]:
    what = f"event {event.number} ({event.act.replace('_', ' ')})"
    if chain_hash(event) != event.hash:
        yield changed_words(event, event.story_id, what, "was altered: it does not match its own hash.")
    revision = event.revision
    if revision is not None and event.revision_hash != revision.hash:
        why = f"names another text than revision {revision.number} has now."
        yield altered(event.story_id, what, why)
