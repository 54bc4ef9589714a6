"""A small newspaper in which every public address has something to answer: live, moved, removed and unknown."""

from dataclasses import dataclass
from datetime import timedelta

from articles.cursors import Place, encode
from articles.desk import workflow
from articles.models import Author, Image, Story
from articles.sitemaps.contents import PART
from articles.views.listing import PAGE_SIZE
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
from tests.wall.addresses import Example, examples

BEFORE = NOW - timedelta(days=2)


@dataclass(frozen=True)
class Newspaper:
    live: Story
    image: Image
    face: Image
    part: int
    cursor: str

    def examples(self) -> list[Example]:
        return examples(image=self.image, face=self.face, part=self.part, cursor=self.cursor)


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
    return Newspaper(live, image, face, live.pk // PART, encode(Place(BEFORE, live.pk)))
