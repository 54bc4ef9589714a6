"""The stories that an article leads on to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.html import words
from tests.newsdesk import MINUTE, NOW, Cast, published, republished, taken_down, topic
from tests.pages.reading import Read, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PATH = "/articles/council-puts-its-records-in-one-place/"


def related(page: Read) -> list[str]:
    found = page.main.find(".//section[@class='related']")
    return [] if found is None else [words(link) for link in found.iter("a")]


def test_are_the_newest_on_the_same_topics(client: Client, cast: Cast) -> None:
    published(cast, topics=[topic(), topic("Housing")])
    for number in range(5):
        published(cast, headline=f"Records {number}", now=NOW - timedelta(days=number))
    published(cast, headline="On homes", topics=[topic("Housing")], now=NOW - timedelta(hours=1))
    published(cast, headline="On both", topics=[topic(), topic("Housing")], now=NOW - timedelta(hours=2))
    published(cast, headline="On neither", topics=[topic("Health")])
    assert related(read(client, PATH)) == ["Records 0", "On homes", "On both", "Records 1"]


def test_are_live(client: Client, cast: Cast) -> None:
    published(cast)
    taken_down(cast, headline="Gone")
    assert related(read(client, PATH)) == []


def test_are_few_for_twenty_topics(client: Client, cast: Cast) -> None:
    published(cast, topics=[topic(f"Topic {number:02}") for number in range(20)])
    published(cast, headline="Another", topics=[topic("Topic 00")])
    assert related(read(client, PATH)) == ["Another"]


def test_are_not_crowded_out_by_old_editions(client: Client, cast: Cast) -> None:
    """A story stands in the index once for each edition it ever had."""
    published(cast)
    published(cast, headline="Older", now=NOW - timedelta(days=9))
    often = published(cast, headline="Changed often", now=NOW - timedelta(days=1))
    for number in range(5):
        republished(
            often,
            cast,
            standfirst=f"State {number}.",
            change_kind="typo",
            now=NOW - timedelta(hours=1) + number * MINUTE,
        )
    assert related(read(client, PATH)) == ["Changed often", "Older"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads four of each topic")
def test_are_read_no_further_than_they_are_shown(client: Client, cast: Cast) -> None:
    """SQLite merges the topics' stretches of the index, which has all it needs, and stops after four."""
    published(cast, topics=[topic(), topic("Housing"), topic("Health")])
    with CaptureQueriesContext(connection) as ran:
        read(client, PATH)
    [asked] = [query["sql"] for query in ran if "articles_editiontag" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        steps = [row[3] for row in cursor.fetchall()]
    walks = [step for step in steps if step.startswith("SEARCH articles_editiontag ")]
    assert walks == ["SEARCH articles_editiontag USING COVERING INDEX edition_tag_newest (tag_id=?)"] * 3
    assert steps.count("MERGE (UNION)") == 2
