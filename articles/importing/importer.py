"""Takes records in as stories: one transaction a record, each record once."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from articles.desk.intake import take_in
from articles.desk.slugs import LONGEST as LONGEST_SLUG  # noqa: F401
from articles.importing.convert import convert
from articles.importing.named import Names
from articles.importing.records import LONGEST_TITLE, BadRecord, Record
from articles.models import Byline, ImportedStory, Section, Story


class Fate(StrEnum):
    """What became of a record."""

    DRAFT = "draft"
    PUBLISHED = "published"
    KNOWN = "known"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Outcome:
    """What became of one record, and what a person should know about it."""

    fate: Fate
    warnings: list[str] = field(default_factory=list)


@dataclass
class Importer:
    """One run. `undated` says what becomes of records without a date: "draft", "skip", or the date to publish under."""

    now: datetime
    publish: bool = False
    section: Section | None = None
    undated: str | date = "draft"
    names: Names = field(default_factory=Names)

    def take(self, record: Record) -> Outcome:
        """Take one record in, wholly or not at all. Raises BadRecord."""
        if ImportedStory.objects.filter(source=record.source, path=record.path).exists():
            return Outcome(Fate.KNOWN)
        try:
            with transaction.atomic():
                return self._take(record)
        except BaseException:
            self.names = Names()  # what it made was rolled back
            raise

    def _take(self, record: Record) -> Outcome:
        title = clean_title(record.title)
        if not title:
            raise BadRecord("“title” has no words")
        if len(title) > LONGEST_TITLE:
            raise BadRecord(f"“title” is longer than {LONGEST_TITLE} characters")
        written_at, warnings = self._date(record)
        if written_at is None and self.undated == "skip":
            return Outcome(Fate.LEFT_OUT, [*warnings, "it has no date"])
        converted = convert(record.body, record.format)
        story = Story.objects.create(
            headline=title,
            standfirst=standfirst(record.summary, converted.html),
            body=converted.html,
            section=self.section,
            created_at=self.now,
            updated_at=self.now,
        )
        story.topics.set([self.names.topic(topic) for topic in record.topics])
        self._sign(story, record.authors)
        published_at = self._appears(written_at, warnings)
        take_in(story, now=self.now, published_at=published_at, source=f"{record.source}: {record.path}")
        ImportedStory.objects.create(source=record.source, path=record.path, licence=record.licence, story=story)
        return Outcome(Fate.PUBLISHED if published_at else Fate.DRAFT, [*warnings, *converted.warnings])
