"""The front page as editors arranged it: picks stand where they were put, as far as they are live."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.models import Arrangement, Placement, Story
from tests.newsdesk import MINUTE, NOW, Cast, draft, picture, published, scheduled, section, taken_down
from tests.pages.reading import Read, fill, queries, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def place(story: Story, position: int = 0, **more: Any) -> None:
    """Into the newest arrangement, whatever the story is: what the desk would never let through, too."""
    arrangement, _ = Arrangement.objects.get_or_create(number=1, defaults={"made_at": NOW})
    Placement.objects.create(arrangement=arrangement, story=story, position=position, **more)


def top(page: Read) -> list[str]:
    section = page.main.find(".//section[@aria-label='Top stories']")
    assert section is not None
    return [link.text or "" for link in section.iterfind(".//article//h2/a")]


class TestPicks:
    def test_stand_where_they_were_put_and_the_newest_fill_the_rest(self, client: Client, cast: Cast) -> None:
        old = published(cast, headline="An old one", now=NOW - timedelta(days=30))
        older = published(cast, headline="An older one", now=NOW - timedelta(days=40))
        fill(20)
        place(old), place(older, 2)
        shown = top(read(client, "/"))
        assert (shown[0], shown[2], len(shown)) == ("An old one", "An older one", 7)
        assert shown[1] == "Story 0 of the archive"

    def test_show_no_story_twice(self, client: Client, cast: Cast) -> None:
        health = section("Health", "health")
        stories = fill(12, section=health, lead_image=picture()) + fill(12, newest=NOW - timedelta(days=1))
        place(stories[5]), place(stories[15], 3), place(stories[2], section=health)
        page = read(client, "/")
        links = [link.get("href") for link in page.main.iter("a") if "/articles/s" in link.get("href", "")]
        assert len(links) == len(set(links)) >= 20

    def test_open_their_sections_band(self, client: Client, cast: Cast) -> None:
        health = section("Health", "health")
        first = published(cast, headline="First in health", section=health, now=NOW)
        fill(30, section=health, newest=NOW - MINUTE)
        place(first, section=health)
        page = read(client, "/")
        assert page.headings(3)[0] == "First in health"
        assert "First in health" not in top(page)

    def test_leave_another_sections_band_alone(self, client: Client, cast: Cast) -> None:
        place(published(cast, headline="Of local government"), section=section("Health", "health"))
        assert top(read(client, "/")) == ["Of local government"]

    def test_of_the_lead_may_do_without_its_picture(self, client: Client, cast: Cast) -> None:
        place(published(cast, lead_image=picture()), without_picture=True)
        assert read(client, "/").main.find(".//img") is None

    def test_leave_at_the_time_that_was_set(self, client: Client, cast: Cast) -> None:
        place(published(cast, headline="Picked", now=NOW - timedelta(days=1)), until=NOW + timedelta(hours=1))
        published(cast, headline="Newest")
        assert top(read(client, "/"))[0] == "Picked"
        with time_machine.travel(NOW + timedelta(hours=1)):
            assert top(read(client, "/"))[0] == "Newest"

    def test_cost_one_query_more(self, client: Client, cast: Cast) -> None:
        health = section("Health", "health")
        stories = fill(20, lead_image=picture())
        for position in range(7):
            place(stories[19 - position], position)
        place(published(cast, section=health), section=health)
        assert queries(client, "/") == 3


class TestWhatIsNotThere:
    """A pick that is not live is not there: the next fills its place, and nothing tells of it."""

    def test_is_a_draft(self, client: Client, cast: Cast) -> None:
        place(draft(cast.editor, headline="Secret"))
        published(cast, headline="Newest")
        page = read(client, "/")
        assert top(page) == ["Newest"]
        assert "Secret" not in page.response.text

    def test_is_scheduled_until_its_second(self, client: Client, cast: Cast) -> None:
        at = NOW + timedelta(hours=2)
        place(scheduled(cast, headline="Coming", at=at))
        published(cast, headline="Newest")
        with time_machine.travel(at - timedelta(seconds=1), tick=False):
            assert top(read(client, "/")) == ["Newest"]
        with time_machine.travel(at, tick=False):
            assert top(read(client, "/")) == ["Coming", "Newest"]

    def test_was_taken_down(self, client: Client, cast: Cast) -> None:
        place(taken_down(cast, headline="Gone"))
        published(cast, headline="Newest")
        assert top(read(client, "/")) == ["Newest"]

    def test_is_an_advertisement_in_the_lead(self, client: Client, cast: Cast) -> None:
        place(published(cast, headline="Paid for", kind="sponsored"))
        published(cast, headline="Plain", now=NOW - MINUTE)
        page = read(client, "/")
        assert top(page) == ["Plain"]
        assert "Sponsored: Paid for" in page.words()
