"""That recipients are found by an index, in the order of subscribers: a million cost a million times what one does."""

import pytest
from django.db import connection

from alerts.models import Notice
from alerts.telling.audiences import Audience, main, owed_the_story
from alerts.telling.delivering import Stretch, _within
from alerts.telling.news import News
from tests.alerts.telling.telling import follower, sent, worked
from tests.alerts.telling.test_changes import changed, corrected
from tests.newsdesk import MINUTE, NOW, Cast, published


@pytest.fixture(autouse=True)
def _as_if_large(db: None) -> None:
    """PostgreSQL reads small tables whole, and sorts them, unless it is told not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")


def plans(audience: Audience | None) -> list[str]:
    assert audience is not None
    return [_within(place, Stretch(5, 1000))[:1000].explain() for place in audience.places]


def assert_found_by(plan: str, *indexes: str) -> None:
    assert any(index in plan for index in indexes), plan
    assert "SCAN alerts_" not in plan and "Seq Scan" not in plan, plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


def test_followers(cast: Cast) -> None:
    follower()
    published(cast)
    worked()
    found = plans(main(News.of(Notice.objects.get(), NOW)))
    for plan, thing in zip(found, ("section", "topic", "author", "everything"), strict=True):
        assert_found_by(plan, f"subscription_{thing}")


def test_those_who_were_sent_something(cast: Cast) -> None:
    follower()
    story = published(cast)
    worked()
    sent()
    corrected(story, cast)
    worked(NOW + MINUTE)
    (plan,) = plans(main(News.of(Notice.objects.latest("pk"), NOW + MINUTE)))
    assert_found_by(plan, "a_subscriber_is_told_once", "delivery_states")


def test_those_whose_mail_was_overtaken(cast: Cast) -> None:
    follower()
    story = published(cast)
    worked()
    changed(story, cast)
    worked(NOW + MINUTE)
    (plan,) = plans(owed_the_story(News.of(Notice.objects.latest("pk"), NOW + MINUTE)))
    assert_found_by(plan, "delivery_states", "a_subscriber_is_told_once")
