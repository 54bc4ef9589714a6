"""Where pictures are used: in stories as they were last saved, and in what readers have, will have and had.

Whoever asks is told of the stories they may know of, and of no other, not even that there are some.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from articles.desk.public import picture_keys
from articles.models import Author, Edition, EditionImage, Image, RemovalKind, Story, StoryImage

#: Stories told of one picture; a picture used more often is told by its newest.
MOST = 50

#: What the current edition of a story may say and still show its pictures: under a banner the text stays.
_SHOWING = ("", RemovalKind.WITHDRAWN)


@dataclass(frozen=True)
class Uses:
    """Stories carry `in_copy`, `is_live`, `is_planned`, `was_live`; the newest come first."""

    stories: list[Any] = field(default_factory=list)
    more: bool = False
    portraits: list[Author] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stories or self.portraits)


def index(story: Story, public: dict[str, Any]) -> None:
    """Write which pictures a story shows now; one query where that has not changed."""
    shown, known = picture_keys(public), set(_keys_of(story))
    if shown == known:
        return
    story.image_rows.filter(image__key__in=known - shown).delete()
    added = Image.objects.filter(key__in=shown - known)
    StoryImage.objects.bulk_create([StoryImage(story=story, image=image) for image in added])


def uses_of(image: Image, user: User, now: datetime) -> Uses:
    """Two queries. A person who sees no stories is told of portraits only."""
    copies = StoryImage.objects.filter(image=image).values("story")
    printed = EditionImage.objects.filter(image=image).values("edition__story")
    stories = _told(Story.objects.visible_to(user), image.pk, now).filter(
        Q(pk__in=copies) | Q(pk__in=printed)
    )
    found = list(stories.order_by("-updated_at", "-pk")[: MOST + 1])
    portraits = list(Author.objects.filter(picture=image)[:MOST])
    return Uses(found[:MOST], len(found) > MOST, portraits)


def shown_in(images: Collection[Image], user: User, now: datetime) -> dict[int, list[Any]]:
    """For each picture the stories, live or scheduled, that show it, the next to appear first; one query."""
    visible = Story.objects.visible_to(user)
    printed = Edition.objects.filter(visible.has("story_id"), superseded_at__gt=now)
    rows = (
        printed.effective()
        .filter(removal_kind__in=_SHOWING, revision__editions__image_rows__image__in=images)
        .annotate(shown=F("revision__editions__image_rows__image"))
        .order_by("-published_at")
        .values("shown", "story", "headline", "published_at")
        .distinct()
    )
    found: dict[int, list[Any]] = {}
    for row in rows[: MOST * max(len(images), 1)]:
        found.setdefault(row["shown"], []).append({**row, "is_planned": row["published_at"] > now})
    return found


def with_use(images: QuerySet[Image], user: User) -> QuerySet[Any]:
    """Annotate `is_used`: by a story the person may know of, in whatever state, or as a portrait."""
    visible = Story.objects.visible_to(user)
    copies = StoryImage.objects.filter(visible.has("story_id"), image=OuterRef("pk"))
    printed = EditionImage.objects.filter(visible.has("edition__story_id"), image=OuterRef("pk"))
    portraits = Author.objects.filter(picture=OuterRef("pk"))
    return images.annotate(is_used=Exists(copies) | Exists(printed) | Exists(portraits))


def seen_by_readers(images: QuerySet[Image], user: User, now: datetime) -> QuerySet[Image]:
    """Those in what readers have or will have, as far as the person may know of it."""
    visible = Story.objects.visible_to(user).has("story_id")
    printed = Edition.objects.effective().filter(visible, superseded_at__gt=now, removal_kind__in=_SHOWING)
    shown = EditionImage.objects.filter(
        image=OuterRef("pk"), edition__revision__in=printed.values("revision")
    )
    signed = Author.objects.filter(picture=OuterRef("pk"))
    return images.filter(Exists(shown) | Exists(signed))


def is_seen_by_readers(image: Image, now: datetime) -> bool:
    """Whether a story that is live shows it, or a portrait: what everybody can see is nobody's secret."""
    current = Edition.objects.current(now).filter(removal_kind__in=_SHOWING)
    shown = EditionImage.objects.filter(image=image, edition__revision__in=current.values("revision"))
    return shown.exists() or Author.objects.filter(picture=image).exists()


def _keys_of(story: Story) -> QuerySet[Any, str]:
    return story.image_rows.values_list("image__key", flat=True)


def _told(stories: QuerySet[Story], image: int, now: datetime) -> QuerySet[Any]:
    """With what each of them does with the picture."""
    of_story = Edition.objects.filter(story=OuterRef("pk"))
    shows = Q(revision__editions__image_rows__image=image)
    live = of_story.current(now).filter(shows, removal_kind__in=_SHOWING)
    old = of_story.published(now).filter(shows, superseded_at__lte=now)
    copies = StoryImage.objects.filter(story=OuterRef("pk"), image=image)
    return stories.annotate(
        in_copy=Exists(copies),
        is_live=Exists(live),
        is_planned=Exists(of_story.scheduled(now).filter(shows)),
        was_live=Exists(old),
    )
