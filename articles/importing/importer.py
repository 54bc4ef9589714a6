"""Takes records in as stories: one transaction a record, each record once."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from articles.desk.intake import take_in
from articles.importing import words
from articles.importing.convert import convert
from articles.importing.dates import on_day, read_date
from articles.importing.named import Names
from articles.importing.records import LONGEST_TITLE, BadRecord, Record
from articles.models import Byline, ImportedStory, Section, Story, StoryTag


class Fate(StrEnum):
    """What became of a record."""

    DRAFT = "drafts"
    PUBLISHED = "published"
    KNOWN = "here already"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Outcome:
    """What became of one record, and what a person should know about it."""

    fate: Fate
    notes: list[str] = field(default_factory=list)


@dataclass
class Importer:
    """One run.

    `undated` says what becomes of records without a date: "draft", "skip", or the day to publish them under.
    """

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
        title = _title(record)
        written_at, notes = self._written_at(record)
        if written_at is None and self.undated == "skip":
            return Outcome(Fate.LEFT_OUT, [*notes, "it has no date"])
        published_at = written_at if self.publish else None
        if published_at and published_at > self.now:
            notes.append("its date is still to come, so it is a draft")
            published_at = None
        converted = convert(record.body, record.format, title=title)
        story = self._story(record, title, converted.html)
        take_in(story, now=self.now, published_at=published_at, source=f"{record.source}: {record.path}")
        ImportedStory.objects.create(
            source=record.source, path=record.path, licence=record.licence, story=story
        )
        return Outcome(Fate.PUBLISHED if published_at else Fate.DRAFT, [*notes, *converted.warnings])

    def _written_at(self, record: Record) -> tuple[datetime | None, list[str]]:
        notes = []
        try:
            written_at = read_date(record.date)
        except ValueError as fault:
            written_at = None
            notes.append(f"{fault}, so it counts as undated")
        if written_at is None and isinstance(self.undated, date):
            written_at = on_day(self.undated)
        return written_at, notes

    def _story(self, record: Record, title: str, body: str) -> Story:
        story = Story.objects.create(
            headline=title,
            standfirst=words.standfirst(record.summary, body),
            body=body,
            section=self.section,
            created_at=self.now,
            updated_at=self.now,
        )
        topics = {self.names.topic(name) for name in map(words.topic, record.topics) if name}
        StoryTag.objects.bulk_create(StoryTag(content_object=story, tag=topic) for topic in topics)
        people = dict.fromkeys(self.names.author(name) for name in map(words.person, record.authors) if name)
        Byline.objects.bulk_create(
            Byline(story=story, author=author, position=position) for position, author in enumerate(people)
        )
        return story


def _title(record: Record) -> str:
    title = words.line(record.title)
    if not title:
        raise BadRecord("“title” has no words")
    if len(title) > LONGEST_TITLE:
        raise BadRecord(f"“title” is longer than {LONGEST_TITLE} characters")
    return title
