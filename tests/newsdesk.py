"""A small newsroom for tests: named people, a section, topics, and stories taken through the real workflow."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from accounts.models import Role, User
from articles.desk import workflow
from articles.models import Author, Byline, Edition, Image, Section, Story, StoryTag, Tag
from articles.pictures.library import add
from tests.remembering import journal, remembered

#: When tests begin, unless they say otherwise: a Monday morning in November.
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

BODY = "<p>The council will keep its records in one place.</p><h2>What changes</h2><p>Forms go on line in May.</p>"


@dataclass(frozen=True)
class Cast:
    """Everybody who works here."""

    contributor: User
    editor: User
    second_editor: User
    manager: User
    second_manager: User
    administrator: User


ROLES = {
    "contributor": Role.CONTRIBUTOR,
    "editor": Role.EDITOR,
    "second_editor": Role.EDITOR,
    "manager": Role.MANAGER,
    "second_manager": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
}


def hire() -> Cast:
    """Everybody, with the password "correct horse battery"; who is here already stays who they are."""
    journal.number_anew()
    people = {person.email: person for person in (_person(name, role) for name, role in ROLES.items())}
    known = {person.email: person for person in User.objects.filter(email__in=people)}
    User.objects.bulk_create(person for email, person in people.items() if email not in known)
    return Cast(**dict(zip(ROLES, (people | known).values(), strict=True)))


def _person(name: str, role: str) -> User:
    name = name.replace("_", ".")
    known_as = name.replace(".", " ").title()
    email = f"{name}@newsroom.example"
    return User(email=email, name=known_as, role=role, password=_password(), date_joined=NOW)


@cache
def _password() -> str:
    return make_password("correct horse battery", salt="always the same")


def section(name: str = "Local Government", slug: str = "local-government") -> Section:
    return Section.objects.get_or_create(
        slug=slug, defaults={"name": name, "description": f"News of {name}."}
    )[0]


def topic(name: str = "Records", slug: str = "") -> Tag:
    return Tag.objects.get_or_create(name=name, defaults={"slug": slug or name.lower().replace(" ", "-")})[0]


def author(name: str = "Ada Quill", job_title: str = "Managing Editor") -> Author:
    slug = name.lower().replace(" ", "-")
    return Author.objects.get_or_create(slug=slug, defaults={"name": name, "job_title": job_title})[0]


def picture_file(
    name: str = "hall.jpg", size: tuple[int, int] = (800, 500), kind: str = "JPEG"
) -> SimpleUploadedFile:
    data = BytesIO()
    Pillow.new("RGB", size, (90, 30, 40)).save(data, kind)
    return SimpleUploadedFile(name, data.getvalue(), content_type=f"image/{kind.lower()}")


def picture(by: User | None = None, **fields: Any) -> Image:
    words = {"alt": "A town hall at dusk", "caption": "The hall.", "credit": "Council archive", **fields}
    return add(picture_file(), by=by, **words)


@remembered
def draft(
    by: User, headline: str = "Council puts its records in one place", *, now: datetime = NOW, **fields: Any
) -> Story:
    """A complete story, saved once by `by`."""
    topics = fields.pop("topics", None) or [topic()]
    people = fields.pop("authors", None)
    known = {"standfirst": "A single store replaces eleven.", "body": BODY, "section": section(), **fields}
    known = {"created_at": now, "updated_at": now, **known}
    story = Story.objects.create(headline=headline, created_by=by, **known)
    StoryTag.objects.bulk_create(StoryTag(content_object=story, tag=one) for one in topics)
    for position, person in enumerate([author()] if people is None else people):
        Byline.objects.create(story=story, author=person, position=position)
    workflow.perform(story, "save", by=by, now=now, revision=0)
    return story


@remembered
def change(story: Story, *, by: User, now: datetime, **fields: Any) -> None:
    """Save a change to the working copy, as the form does."""
    for name, value in fields.items():
        setattr(story, name, value)
    story.save()
    workflow.perform(story, "save", by=by, now=now, revision=story.version)


@remembered
def submitted(cast: Cast, *, now: datetime = NOW, **fields: Any) -> Story:
    story = draft(fields.pop("by", cast.editor), now=now, **fields)
    workflow.perform(story, "submit", by=story.created_by, now=now)
    return story


@remembered
def approved(cast: Cast, *, now: datetime = NOW, **fields: Any) -> Story:
    story = submitted(cast, now=now, **fields)
    approve(story, cast, now=now)
    return story


@remembered
def approve(story: Story, cast: Cast, *, now: datetime) -> None:
    workflow.perform(story, "approve", by=cast.manager, now=now, revision=story.version)


@remembered
def published(cast: Cast, *, now: datetime = NOW, **fields: Any) -> Story:
    story = approved(cast, now=now, **fields)
    workflow.perform(story, "publish", by=cast.manager, now=now)
    return story


@remembered
def scheduled(cast: Cast, *, at: datetime, now: datetime = NOW, **fields: Any) -> Story:
    story = approved(cast, now=now, **fields)
    workflow.perform(story, "schedule", by=cast.manager, now=now, at=at)
    return story


@remembered
def republished(story: Story, cast: Cast, *, now: datetime, **fields: Any) -> None:
    """Change a published story and take the change through review to readers."""
    change(story, by=cast.editor, now=now, **fields)
    workflow.perform(story, "submit", by=cast.editor, now=now)
    approve(story, cast, now=now)
    workflow.perform(story, "publish", by=cast.manager, now=now)


@remembered
def taken_down(
    cast: Cast, *, now: datetime = NOW, kind: str = "error", note: str = "Published too soon.", **fields: Any
) -> Story:
    story = published(cast, now=now - MINUTE, **fields)
    workflow.perform(story, "take_down", by=cast.manager, now=now, kind=kind, public_note=note)
    return story


def live(story: Story, now: datetime = NOW) -> Edition:
    return Edition.objects.live(now).get(story=story)
