"""The large archive that benchmarks measure: row by row what the product would have written."""

import re
from typing import Any

import pytest
from django.db import connection

from articles.desk.intake import take_in
from articles.models import Byline, Edition, Story
from benchmarks import _large
from benchmarks._archive import Furniture, Told, store
from tests.newsdesk import NOW

pytestmark = pytest.mark.django_db

#: What two stories of the same words do not share: who they are.
OWN = {"id", "story_id", "revision_id", "slug", "content", "content_hash"}


@pytest.fixture
def furniture(db: None) -> Furniture:
    return _large.furnish()


def test_a_story_is_what_the_product_makes_of_the_same_words(furniture: Furniture) -> None:
    for number in (3, 4):
        one = _large.told(number, furniture)
        (quick,) = store([one], _large.plain)
        edition = taken_in(one)
        assert everything(quick) == everything(edition)


def taken_in(one: Told) -> Edition:
    """The same story by the product's own way in."""
    said, lead = one.said, one.said["lead"] or {}
    story = Story.objects.create(
        headline=said["headline"],
        standfirst=said["standfirst"],
        kind=said["kind"],
        body=said["body"],
        section=one.section,
        lead_image=one.image,
        lead_alt=lead.get("alt", ""),
        lead_credit=lead.get("credit", ""),
        slug=f"{said['slug']}-again",
    )
    story.topics.set(one.topics)
    Byline.objects.create(story=story, author=one.author, position=0)
    edition = take_in(story, now=NOW, published_at=one.at)
    assert edition is not None
    return edition


def everything(edition: Edition) -> dict[str, Any]:
    edition = Edition.objects.get(pk=edition.pk)
    rendering = edition.rendering
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
    }


def words(number: int) -> Any:
    """What search keeps of a document."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT words::text FROM articles_searchdoc WHERE id = %s", [number])
        else:
            cursor.execute("SELECT * FROM articles_searchtext WHERE rowid = %s", [number])
        row = cursor.fetchone()
    assert re.search("[a-z]{5}", str(row))
    return row
