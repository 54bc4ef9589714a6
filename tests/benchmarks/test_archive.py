"""Archives that benchmarks measure: row by row what the product would have written, guarded and found as ever."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles.desk.intake import take_in
from articles.desk.verification import parts
from articles.integrity import triggers
from articles.models import Author, Byline, Edition, Section, Story, Tag
from benchmarks import _filling, _proof
from benchmarks._stories import NEWEST, Furniture, Named, Picture, Told, told

pytestmark = pytest.mark.django_db

STORIES = 200
#: What two stories of the same words do not share: who they are.
OWN = {"id", "story_id", "revision_id", "slug", "content", "content_hash"}


@pytest.fixture
def furniture(monkeypatch: pytest.MonkeyPatch) -> Furniture:
    """What the archive of this test was furnished with."""
    made: list[Furniture] = []
    furnish = _filling.furnish
    monkeypatch.setattr(_filling, "furnish", lambda: made.append(furnish()) or made[0])
    counts = _filling.fill(STORIES)
    assert not _proof.faults(STORIES, counts)
    return made[0]


class TestAnArchive:
    def test_stands_on_record_with_its_guards_back_and_is_shown_to_readers(
        self, furniture: Furniture, client: Client
    ) -> None:
        assert triggers.faults(connection) == []
        assert [str(finding) for part in parts() for finding in part.verify()] == []
        newest = Edition.objects.get(slug="story-0")
        pages = {
            "search": client.get("/search/", {"q": f'"{newest.headline}"'}),
            "topic": client.get(f"/topics/{newest.topics[0]['slug']}/"),
            "article": client.get("/articles/story-0/"),
        }
        assert [name for name, page in pages.items() if newest.headline not in page.content.decode()] == []

    def test_is_what_the_product_makes_of_the_same_words(self, furniture: Furniture) -> None:
        for number in (3, 19):  # a short one and a long read
            edition = Edition.objects.get(slug=f"story-{number}")
            assert everything(taken_in(told(number, STORIES, furniture))) == everything(edition)
        assert Edition.objects.count() == STORIES + 2


class TestAStory:
    """Made from its number and a seed, and from nothing else."""

    FURNITURE = Furniture(
        [Named(n, name, name.lower()) for n, name in enumerate(("A", "B", "C", "D", "E", "F", "G", "H"))],
        [Named(n, name, f"topic-{n}") for n, name in enumerate(range(10_000))],  # type: ignore[arg-type]
        [Named(n, f"Writer {n}", f"writer-{n}") for n in range(400)],
        [Picture(1, {"key": "1"})],
    )

    def test_is_the_same_for_the_same_seed(self) -> None:
        assert [self.made(n) for n in range(40)] == [self.made(n) for n in range(40)]
        assert self.made(1) != self.made(1, seed=2)

    def test_is_older_than_the_one_before_it(self) -> None:
        times = [self.made(number).at for number in range(100)]
        assert times == sorted(times, reverse=True)
        assert times[0] < NEWEST

    def test_has_about_120_words(self) -> None:
        words = [len(re.sub("<[^>]+>", " ", self.made(n).said["body"]).split()) for n in range(400)]
        assert 105 < sum(words) / len(words) < 135

    def made(self, number: int, **seed: int) -> Told:
        return told(number, 1000, self.FURNITURE, **seed)


def taken_in(one: Told) -> Edition:
    """The same story by the product's own way in."""
    said, lead = one.said, one.said["lead"] or {}
    story = Story.objects.create(
        headline=said["headline"],
        standfirst=said["standfirst"],
        kind=said["kind"],
        body=said["body"],
        section=Section.objects.get(pk=one.section.id),
        lead_image_id=one.picture.id if one.picture else None,
        lead_alt=lead.get("alt", ""),
        lead_credit=lead.get("credit", ""),
        slug=f"{said['slug']}-again",
    )
    story.topics.set(Tag.objects.filter(pk__in=[topic.id for topic in one.topics]))
    for position, author in enumerate(one.authors):
        Byline.objects.create(story=story, author=Author.objects.get(pk=author.id), position=position)
    edition = take_in(story, now=one.at, published_at=one.at)
    assert edition is not None
    return edition


def everything(edition: Edition) -> dict[str, Any]:
    edition = Edition.objects.get(pk=edition.pk)
    story, rendering = edition.story, edition.rendering
    events = list(story.events.values_list("number", "act", "at", "note", "refusal", "previous_hash"))
    return {
        "columns": {
            field.attname: getattr(edition, field.attname)
            for field in Edition._meta.concrete_fields
            if field.attname not in OWN
        },
        "public": {**edition.public(), "slug": ""},
        "rendering": (rendering.html, rendering.text, rendering.renderer),
        "topics": sorted(edition.tag_rows.values_list("tag_id", "first_published_at")),
        "authors": sorted(edition.author_rows.values_list("author_id", "first_published_at")),
        "pictures": sorted(edition.image_rows.values_list("image_id", flat=True)),
        "words": words(edition.search_doc.pk),
        "place": edition.search_doc.pk // 2**20,
        "story": (story.state, story.version, story.headline, story.body, story.updated_at),
        "byline": list(story.bylines.values_list("author_id", "position")),
        "tags": sorted(story.tagged.values_list("tag_id", flat=True)),
        "pictures of the story": list(story.image_rows.values_list("image_id", flat=True)),
        "events": events,
    }


def words(number: int) -> Any:
    """What search keeps of a document."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT words::text, forms::text FROM articles_searchdoc WHERE id = %s", [number])
        else:
            cursor.execute("SELECT * FROM articles_searchtext WHERE rowid = %s", [number])
        row = cursor.fetchone()
    assert re.search("[a-z]{5}", str(row))
    return row
