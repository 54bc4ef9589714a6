"""A small newspaper in which every public address has something to answer: live, moved, removed and unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from alerts.hashes import source_hash
from alerts.leaving import erase, leave
from alerts.links import manage_path, unsubscribe_path
from alerts.models import Leaving, Registration
from alerts.registering.asking import ask
from alerts.registering.confirming import confirm
from articles.cursors import Place, encode
from articles.desk import workflow
from articles.models import Author, Image, Story
from articles.sitemaps.contents import PART
from articles.views.listing import PAGE_SIZE
from tests.alerts.readers import follow, owed, reader
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    author,
    picture,
    published,
    republished,
    section,
    taken_down,
    topic,
)
from tests.title_pages import saved, title_page
from tests.wall.addresses import Example, examples

BEFORE = NOW - timedelta(days=2)


@dataclass(frozen=True)
class Links:
    """Those in a subscriber's mails."""

    manage: str
    unsubscribe: str


@dataclass(frozen=True)
class Newspaper:
    live: Story
    image: Image
    face: Image
    part: int
    cursor: str
    asked: Registration
    confirmed: Registration
    staying: Links
    gone: Links
    erased: Links

    def examples(self) -> list[Example]:
        return examples(**vars(self))


def print_newspaper(cast: Cast) -> Newspaper:
    """Publish it; what it holds has the addresses that tests/wall/addresses.py lists."""
    # One more than a page of a listing holds.
    for number in range(PAGE_SIZE):
        published(cast, headline=f"Older {number}", kind="opinion", now=BEFORE - timedelta(days=1 + number))
    image, inside, face = picture(), picture(alt="A reading room"), picture(alt="Ada Quill")
    Author.objects.filter(pk=author().pk).update(picture=face)
    body = f'<p>Text.</p><figure><img data-file="{inside.key}" alt="A reading room"></figure><p>More.</p>'
    live = published(cast, headline="Live", lead_image=image, body=body, now=BEFORE)
    moved = published(cast, headline="Moved", slug="first-address", now=BEFORE - MINUTE)
    republished(
        moved, cast, now=NOW, slug="second-address", change_kind="correction", public_note="We said ten."
    )
    taken_down(cast, headline="Gone", lead_image=image, section=section("Gone", "gone"))
    taken_down(cast, headline="Withdrawn", kind="withdrawn", lead_image=image, body=body)
    replaced = published(cast, headline="Replaced", now=BEFORE)
    taken_down_to = {"kind": "error", "public_note": "", "redirect_to": f"/articles/{live.slug}/"}
    workflow.perform(replaced, "take_down", by=cast.manager, now=NOW, **taken_down_to)
    section("Quiet", "quiet"), topic("Unused"), author("Nobody Yet")
    about = title_page(cast, slug="who-we-are")
    saved(about, cast, slug="about")
    saved(title_page(cast, slug="no-longer"), cast, is_public=False)
    title_page(cast, slug="not-yet", is_public=False)
    asked, confirmed = _registration("asked", live), _registration("confirmed", live)
    confirm(confirmed, now=NOW)
    cursor = encode(Place(BEFORE, live.pk))
    return Newspaper(live, image, face, live.pk // PART, cursor, asked, confirmed, *_subscribers())


def _registration(name: str, story: Story) -> Registration:
    """Somebody who asked for the story's topics."""
    chosen = {"topics": [tag.pk for tag in story.topics.all()]}
    asked = Registration(
        address=f"{name}@example.org", choices=chosen, wording=1, source_hash=source_hash(name)
    )
    ask(asked, now=timezone.now())
    return asked


def _subscribers() -> Iterator[Links]:
    """One who stays, one who left, and one who is forgotten."""
    staying, gone, erased = (reader(f"{name}@mail.example") for name in ("staying", "gone", "erased"))
    follow(staying)
    owed(staying)
    leave(gone, reason=Leaving.UNSUBSCRIBED, how="", now=NOW)
    erase(erased, how="", now=NOW)
    for one in (staying, gone, erased):
        yield Links(manage_path(one), unsubscribe_path(one))
