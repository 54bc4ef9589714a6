"""Goes through all stories, some hundred at a time, so that a million take no more memory than a few."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.desk.verification.chains import verify_chains
from articles.desk.verification.editions import verify_editions
from articles.desk.verification.findings import Finding
from articles.desk.verification.texts import verify_revisions
from articles.models import Story

A_PART = 500


@dataclass(frozen=True)
class Part:
    """Stories with keys from `first` to `last`."""

    first: int
    last: int
    stories: int

    def verify(self) -> Iterator[Finding]:
        yield from verify_chains(self.first, self.last)
        yield from verify_revisions(self.first, self.last)
        yield from verify_editions(self.first, self.last)


def parts() -> Iterator[Part]:
    """All stories there are, in parts."""
    after = 0
    while keys := list(
        Story.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:A_PART]
    ):
        yield Part(keys[0], keys[-1], len(keys))
        after = keys[-1]


def verify_story(story: int) -> Iterator[Finding]:
    """One story: its events, its revisions, its editions. The daily roots speak of all stories together."""
    yield from Part(story, story, 1).verify()
