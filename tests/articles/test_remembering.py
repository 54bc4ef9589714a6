"""What is made of rows is remembered by all that they say."""

from typing import Any

import pytest
from django.db.models import QuerySet

from articles.models.editions import Edition
from articles.prepared import Prepared, Row
from articles.remembering import Remembered
from tests.newsdesk import Cast, published

pytestmark = pytest.mark.django_db


def _in_section(section: int) -> QuerySet[Any, Any]:
    return Edition.objects.filter(section=section).order_by("pk").values_list("slug", "byline")


QUERY = Prepared(_in_section, section=int)


@pytest.fixture
def made() -> list[Row]:
    return []


def remembered(made: list[Row], most: int = 10) -> Remembered[Row]:
    def make(row: Row) -> Row:
        made.append(row)
        return row

    return Remembered(make, most=most)


class TestRemembered:
    def test_makes_nothing_twice_of_a_row_that_is_the_same(self, cast: Cast, made: list[Row]) -> None:
        edition = Edition.objects.get(story=published(cast))
        found = remembered(made)
        first, again = (found.of(QUERY, section=edition.section_id) for _ in range(2))
        assert first[0] is again[0]
        assert made == [(edition.slug, edition.byline)]

    def test_makes_anew_what_says_something_else(self, cast: Cast, made: list[Row]) -> None:
        edition = Edition.objects.get(story=published(cast))
        found = remembered(made)
        found.of(QUERY, section=edition.section_id)
        other: Any = Prepared(
            lambda section: Edition.objects.filter(section=section).values_list("headline", "byline"),
            section=int,
        )
        assert found.of(other, section=edition.section_id) == [(edition.headline, edition.byline)]

    def test_forgets_all_when_there_are_more_than_it_keeps(self, cast: Cast, made: list[Row]) -> None:
        section = published(cast).section_id
        published(cast)
        found = remembered(made, most=1)
        for _ in range(2):
            assert len(found.of(QUERY, section=section)) == 2
        assert len(made) == 4
