from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.newsdesk import NOW, Cast, published, taken_down
from tests.pages.reading import fill, queries, read, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def on(cast: Cast, headline: str, *date: int) -> None:
    published(cast, headline=headline, now=datetime(*date, tzinfo=UTC))  # type: ignore[arg-type, misc]


class TestYear:
    def test_lists_the_year_and_its_months(self, client: Client, cast: Cast) -> None:
        on(cast, "Spring", 2025, 3, 4, 9)
        on(cast, "Autumn", 2025, 10, 4, 9)
        on(cast, "Now", 2026, 11, 1, 9)
        page = read(client, "/archive/2025/")
        assert page.headings(1) == ["2025"]
        assert page.headings(2) == ["Autumn", "Spring"]
        months = {"/archive/2025/03/": "March 2025", "/archive/2025/10/": "October 2025"}
        assert {
            href: said for href, said in page.links().items() if href.startswith("/archive/2025")
        } == months

    def test_leads_over_years_without_stories(self, client: Client, cast: Cast) -> None:
        on(cast, "Long ago", 2019, 3, 4, 9)
        on(cast, "Then", 2023, 3, 4, 9)
        on(cast, "Now", 2026, 11, 1, 9)
        links = read(client, "/archive/2023/").links()
        assert links["/archive/2019/"] == "Earlier: 2019"
        assert links["/archive/2026/"] == "Later: 2026"

    def test_of_the_present_is_there_on_new_years_morning(self, client: Client, cast: Cast) -> None:
        on(cast, "Last year", 2026, 11, 1, 9)
        with time_machine.travel(datetime(2027, 1, 1, 7, tzinfo=UTC), tick=False):
            page = read(client, "/archive/2027/")
        assert page.links()["/archive/2026/"] == "Earlier: 2026"

    def test_pages_through_its_stories(self, client: Client, cast: Cast) -> None:
        stories = fill(41)
        listed = [headline for page in walk(client, "/archive/2026/") for headline in page]
        assert listed == [story.headline for story in stories]


class TestMonth:
    def test_lists_the_month_by_the_newsrooms_clock(self, client: Client, cast: Cast) -> None:
        # Half past midnight on 1 July in London is still June by UTC.
        on(cast, "July’s first", 2026, 6, 30, 23, 30)
        on(cast, "June’s last", 2026, 6, 30, 22, 59)
        assert read(client, "/archive/2026/07/").headings(2) == ["July’s first"]
        june = read(client, "/archive/2026/06/")
        assert june.headings(1) == ["June 2026"]
        assert june.headings(2) == ["June’s last"]
        assert june.links()["/archive/2026/07/"] == "Later: July 2026"
        assert june.links()["/archive/2026/"] == "2026"

    def test_ends_where_the_year_ends(self, client: Client, cast: Cast) -> None:
        on(cast, "New Year’s Eve", 2025, 12, 31, 23, 59)
        on(cast, "New Year’s Day", 2026, 1, 1, 0, 0)
        assert read(client, "/archive/2025/12/").headings(2) == ["New Year’s Eve"]


class TestWrongAddress:
    @pytest.mark.parametrize(
        "path",
        [
            "/archive/",
            "/archive/0000/",
            "/archive/0001/",
            "/archive/1066/",
            "/archive/9999/",
            "/archive/99999/",
            "/archive/026/",
            "/archive/-2026/",
            "/archive/２０２６/",
            "/archive/2027/",
            "/archive/2026/00/",
            "/archive/2026/13/",
            "/archive/2026/1/",
            "/archive/2026/10/",
            "/archive/9999/12/",
            "/archive/0000/01/",
            "/archive/2026/?before=x",
        ],
    )
    def test_answers_404(self, client: Client, cast: Cast, path: str) -> None:
        published(cast)
        assert client.get(path).status_code == 404

    def test_a_month_of_removed_stories_is_no_month(self, client: Client, cast: Cast) -> None:
        taken_down(cast, now=NOW - timedelta(days=60))
        assert client.get("/archive/2026/09/").status_code == 404


class TestCost:
    @pytest.mark.parametrize("path", ["/archive/2026/", "/archive/2026/11/"])
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast, path: str) -> None:
        published(cast)
        at_one = queries(client, path)
        fill(49)
        assert queries(client, path) == at_one == 2
