"""Walks each story of the demo through the real workflow, as if its days had passed.

Nothing here writes a revision, an event or an edition: `workflow.perform` does, at the times the story tells.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Role, User
from articles.demo.content import Change, Piece, Remark
from articles.demo.moments import moment
from articles.demo.staff import Staff
from articles.desk import requirements, workflow
from articles.desk.public import public_dict
from articles.models import Author, Byline, Image, Section, Story, Tag

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def is_known(piece: Piece) -> bool:
    return Story.objects.filter(slug=piece.slug).exists()


@dataclass
class Walk:
    """One story on its way. `now` is when the demo is seeded; nothing but a schedule lies after it."""

    piece: Piece
    staff: Staff
    images: dict[str, Image]
    now: datetime

    def __post_init__(self) -> None:
        names = Author.objects.filter(slug__in=self.piece.authors[:1]).values_list("name", flat=True)
        own = self.staff.named(names[0]) if names else None
        self.writer: User = own if own and own.role != Role.MANAGER else self.staff["editor"]
        self.story = Story(slug=self.piece.slug, created_by=self.writer)

    @transaction.atomic
    def go(self) -> Story:
        first, at = self.piece.versions()[0], moment(self.piece.at, self.now)
        match self.piece.fate:
            case "draft":
                self.save(first, at)
            case "spiked":
                self.save(first, at - HOUR)
                self.act("spike", self.writer, at, note=self.piece.desk_note)
            case "in_review":
                self.submit(first, at)
                self.remark(at + HOUR)
            case "changes_requested":
                self.submit(first, at - 2 * HOUR)
                self.remark(at - HOUR)
                self.act("request_changes", self.staff["manager"], at, note=self.piece.desk_note)
            case "approved":
                self.approve(first, at)
            case "scheduled":
                self.approve(first, self.now - HOUR)
                self.act("schedule", self.staff["manager"], self.now - 50 * MINUTE, at=at)
            case "published" | "taken_down":
                self.publish(first, at)
                self.change()
                self.remove()
        self.manage()
        return self.story

    def manage(self) -> None:
        """What the managers settled in the last hour: when it is due, that it must wait, and who reads it."""
        piece, manager = self.piece, self.staff["manager"]
        if piece.due:
            details = {"assignee": self.writer, "due_at": moment(piece.due, self.now)}
            self.act("assign", manager, self.now - 30 * MINUTE, **details)
        if piece.held:
            self.act("hold", manager, self.now - 20 * MINUTE, note=piece.held)
        if piece.claimed_by:
            self.act("claim", self.staff[piece.claimed_by], self.now - 10 * MINUTE)

    def change(self) -> None:
        """The editions after the first; the last may still wait for review."""
        for change, version in zip(self.piece.changes, self.piece.versions()[1:], strict=True):
            if change.waits:
                self.submit(version, self.now - 35 * MINUTE, change)
            else:
                self.publish(version, moment(change.at, self.now), change)

    def remark(self, at: datetime) -> None:
        """What colleagues said about the text, a few minutes apart."""
        for number, said in enumerate(self.piece.remarks):
            self._thread(said, at + number * 10 * MINUTE)

    def _thread(self, said: Remark, at: datetime) -> None:
        words = {"note": said.text, "quote": said.quote, "replacement": said.instead}
        self.act("add_note", self.staff[said.by], at, **words)
        thread = self.story.notes.latest("pk").pk
        if said.reply:
            self.act("reply", self.writer, at + 4 * MINUTE, note=said.reply, thread=thread)
        if said.resolved_by:
            self.act("resolve_note", self.staff[said.resolved_by], at + 6 * MINUTE, thread=thread)

    def remove(self) -> None:
        if removal := self.piece.removal:
            at = moment(removal.at, self.now)
            self.act("take_down", self.staff["manager"], at, kind=removal.kind, public_note=removal.note)

    def publish(self, version: Piece, at: datetime, change: Change | None = None) -> None:
        if self.piece.unreviewed and change is None:
            self.submit(version, at - 5 * MINUTE)
            seen = {"revision": self.story.version, "note": self.piece.unreviewed}
            self.act("publish_unreviewed", self.staff["manager"], at, **seen)
            return
        self.approve(version, at - 5 * MINUTE, change)
        self.act("publish", self.staff["manager"], at)

    def approve(self, version: Piece, at: datetime, change: Change | None = None) -> None:
        """Managers take turns, so that neither has approved everything."""
        self.submit(version, at - 10 * MINUTE, change)
        manager = self.staff["manager" if self.story.pk % 3 else "second.manager"]
        self.act("approve", manager, at, revision=self.story.version)

    def submit(self, version: Piece, at: datetime, change: Change | None = None) -> None:
        if change is None and len(version.authors) > 1:
            self.save(replace(version, body=_opening(version.body)), at - 3 * HOUR)
        self.save(version, at - 5 * MINUTE, change)
        self.let_be(at - MINUTE)
        self.act("submit", self.writer, at)

    def let_be(self, at: datetime) -> None:
        """A manager overrides what the story says may be overridden."""
        if not self.piece.override:
            return
        for issue in requirements.for_review(self.story, public_dict(self.story), now=at):
            self.act("override", self.staff["manager"], at, rule=issue.key, note=self.piece.override)

    def save(self, version: Piece, at: datetime, change: Change | None = None) -> None:
        story = self.story
        if story.version == 0:
            story.created_at = at
        _write(story, version, self.images)
        story.embargo_at = moment(version.embargo, self.now) if version.embargo else None
        story.change_kind, story.public_note = (change.kind, change.note) if change else ("", "")
        story.save()
        story.topics.set(Tag.objects.filter(slug__in=version.topics))
        _sign(story, version)
        self.act("save", self.writer, at, revision=story.version)

    def act(self, act: str, by: User, now: datetime, /, **details: Any) -> None:
        workflow.perform(self.story, act, by=by, now=now, **details)


def _write(story: Story, version: Piece, images: dict[str, Image]) -> None:
    story.headline, story.standfirst, story.kicker = version.headline, version.standfirst, version.kicker
    story.kind, story.byline_label = version.kind, version.byline_label
    story.search_headline = version.search_headline
    story.section = Section.objects.get(slug=version.section)
    story.body = version.body_with({name: image.key for name, image in images.items()})
    if version.picture:
        image = images[version.picture]
        story.lead_image, story.lead_alt = image, image.alt
        story.lead_caption, story.lead_credit = image.caption, image.credit


def _sign(story: Story, version: Piece) -> None:
    for position, slug in enumerate(version.authors):
        author = Author.objects.get(slug=slug)
        Byline.objects.get_or_create(story=story, author=author, defaults={"position": position})


def _opening(body: str) -> str:
    """What a first save holds: the text up to its first crosshead."""
    return body.split("<h2>", 1)[0]
