from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.newsdesk import MINUTE, NOW, Cast, draft, picture, published, scheduled, section, taken_down
from tests.pages.reading import HOSTILE, Read, fill, queries, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def lead(page: Read) -> str:
    heading = page.main.find(".//article//h2/a")
    assert heading is not None
    return heading.text or ""


class TestFront:
    def test_is_led_by_the_newest_story(self, client: Client, cast: Cast) -> None:
        published(cast, headline="Older", now=NOW - MINUTE)
        published(cast, headline="Newest", lead_image=picture())
        page = read(client, "/")
        assert lead(page) == "Newest"
        image = page.main.find(".//article/picture/img")
        assert image is not None
        assert image.get("fetchpriority") == "high"
        assert image.get("loading") is None

    def test_bears_the_name_of_the_site(self, client: Client) -> None:
        page = read(client, "/")
        heading = page.tree.find(".//header//h1/a")
        assert heading is not None
        assert heading.text == "The Civic Wire"
        assert "23 November 2026" in page.response.text

    def test_is_there_before_anything_is(self, client: Client) -> None:
        assert "Nothing has been published yet" in read(client, "/").words()

    def test_lists_the_latest_with_their_times(self, client: Client, cast: Cast) -> None:
        fill(9, newest=NOW - timedelta(minutes=30))
        page = read(client, "/")
        latest = page.main.find(".//section[@aria-labelledby='latest']")
        assert latest is not None
        times = [time.text for time in latest.iter("time")]
        assert times == ["02:00", "01:00"]  # a lead and six secondaries stand above

    def test_has_a_band_for_each_section_with_more(self, client: Client, cast: Cast) -> None:
        fill(17)
        published(
            cast, headline="On health", section=section("Health", "health"), now=NOW - timedelta(days=3)
        )
        page = read(client, "/")
        assert "Health" in page.headings(2)
        assert "On health" in page.headings(3)

    def test_never_leads_with_what_somebody_paid_for(self, client: Client, cast: Cast) -> None:
        published(cast, headline="Plain", now=NOW - MINUTE)
        published(cast, headline="Paid for", kind="sponsored")
        page = read(client, "/")
        assert lead(page) == "Plain"
        assert "Sponsored: Paid for" in page.words()

    def test_promises_e_mail_where_it_is_open(self, client: Client, cast: Cast, settings: Any) -> None:
        published(cast)
        settings.ALERTS_OPEN = False
        closed = read(client, "/")
        assert closed.links()["/alerts/"] == "Choose a feed"
        assert "Get The Civic Wire News" not in closed.response.text
        settings.ALERTS_OPEN = True
        front = read(client, "/")
        assert front.links()["/alerts/"] == "Get The Civic Wire News"
        assert front.response.text.count("Get The Civic Wire News") == 3

    def test_shows_a_story_no_second_time_in_its_band(self, client: Client, cast: Cast) -> None:
        published(cast, headline="Only one")
        page = read(client, "/")
        assert [href for href in page.links() if href == "/articles/only-one/"] == ["/articles/only-one/"]
        assert page.headings(3) == []

    def test_leaves_out_what_is_not_live(self, client: Client, cast: Cast) -> None:
        draft(cast.editor, headline="Draft")
        scheduled(cast, headline="Scheduled", at=NOW + timedelta(hours=1))
        taken_down(cast, headline="Taken down")
        text = read(client, "/").response.text
        assert not any(headline in text for headline in ("Draft", "Scheduled", "Taken down"))

    def test_stands_with_long_headlines_no_byline_and_hostile_words(self, client: Client, cast: Cast) -> None:
        published(cast, headline=HOSTILE[:140], standfirst=HOSTILE, kicker=HOSTILE[:60], authors=[])
        fill(8, newest=NOW - MINUTE)
        assert read(client, "/").main.find(".//script") is None


class TestPicturesOfTheSecondRow:
    def test_stand_in_all_of_it(self, client: Client, cast: Cast) -> None:
        fill(7, lead_image=picture())
        assert self.pictured(read(client, "/")) == 3

    def test_or_in_none(self, client: Client, cast: Cast) -> None:
        fill(3, lead_image=picture())
        fill(6, newest=NOW - timedelta(days=1))
        assert self.pictured(read(client, "/")) == 0

    def pictured(self, page: Read) -> int:
        return len(page.main.findall(".//div[@class='secondaries']//img"))


class TestCost:
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast) -> None:
        published(cast, lead_image=picture())
        at_one = queries(client, "/")
        fill(40, newest=NOW - MINUTE)
        for number in range(9):
            published(cast, section=section(f"Part {number}", f"part-{number}"), now=NOW - timedelta(days=9))
        assert queries(client, "/") == at_one == 3
