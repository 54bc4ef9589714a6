"""What is found by date in an archive of ninety years: before 3.42, SQLite's own way back through it loses hits.

Which ones depends on where the pages of its index begin and end: whoever changes the words here should see the tests
fail without what articles/search/sqlite.py does about it.
"""

import random
from collections.abc import Iterator

import pytest
from django.db import connection

from articles.models import Edition
from articles.models.search import ROOM
from articles.search import sqlite
from articles.search.hits import EVERY, Hit
from articles.search.query import parse
from tests.newsdesk import NOW, Cast, published

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite alone")

YEAR = 365 * 86_400_000 * ROOM
DOCUMENTS, LATELY, MARKS = 3_500, 2_900, 50


@pytest.fixture
def numbers(cast: Cast) -> Iterator[list[int]]:
    """Documents that all say "council", from 1930 to 2020; each stands for the one edition there is."""
    published(cast, now=NOW)
    edition = Edition.objects.get().pk
    order = random.Random(1)
    made = sorted({order.randrange(-40 * YEAR, 50 * YEAR) for _ in range(DOCUMENTS)})
    with connection.cursor() as cursor:
        # Stands before the real one, which has one document an edition.
        cursor.execute("CREATE TEMP TABLE articles_searchdoc (id integer PRIMARY KEY, edition_id integer)")
        cursor.executemany(
            "INSERT INTO temp.articles_searchdoc VALUES (%s, %s)", [(n, edition) for n in made]
        )
        rows = [(n, _word(place), "council " * 40, f"s{place % MARKS}") for place, n in enumerate(made)]
        columns = "(rowid, headline, body, marks) VALUES (%s, %s, %s, %s)"
        cursor.executemany(f"INSERT INTO {sqlite.TABLE} {columns}", rows)
    sqlite.purge()
    yield made
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE temp.articles_searchdoc")


def _word(place: int) -> str:
    """What else a document says. Of plans nobody has written lately."""
    if place % 7 == 0:
        return "tax"
    return "plan" if place < LATELY else "review"


def saying(word: str, numbers: list[int]) -> list[int]:
    """The newest first."""
    return [number for place, number in enumerate(numbers) if _word(place) == word][::-1]


def newest(typed: str, *marks: str, limit: int, below: int = EVERY.below) -> list[int]:
    query = parse(typed)
    assert query is not None
    found = sqlite.newest(query, marks, EVERY._replace(below=below), now=NOW, limit=limit)
    assert all(isinstance(hit, Hit) for hit in found)
    return [hit.number for hit in found]


class TestTheNewest:
    def test_of_a_mark_are_all_there(self, numbers: list[int]) -> None:
        for mark in (0, 1, 25, 49):
            wanted = numbers[mark::MARKS][::-1]
            assert newest("council", f"s{mark}", limit=100) == wanted
            assert newest("council", f"s{mark}", limit=20) == wanted[:20]

    def test_of_two_words_are_the_first_of_all(self, numbers: list[int]) -> None:
        wanted = saying("tax", numbers)
        assert newest("council tax", limit=1000) == wanted
        for limit in (1, 21, 400):
            assert newest("council tax", limit=limit) == wanted[:limit]
            assert newest("council -plan -review", limit=limit) == wanted[:limit]

    def test_of_one_word_go_on_on_the_next_page(self, numbers: list[int]) -> None:
        backwards = numbers[::-1]
        assert newest("council", limit=1001) == backwards[:1001]
        for place in (20, 1_700, 3_400):
            assert newest("council", limit=21, below=backwards[place]) == backwards[place + 1 :][:21]

    def test_of_many_far_back_are_looked_for_in_smaller_windows(
        self, numbers: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite, "_FIRST", 8)
        wanted = saying("plan", numbers)
        assert newest("council plan", limit=2) == wanted[:2]
        for place in (300, 301, 2_000):
            known = [number for number in wanted if number < numbers[place]]
            assert newest("council plan", limit=30, below=numbers[place]) == known[:30]
