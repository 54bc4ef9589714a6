"""Every kind of page under axe (WCAG 2.2 AA), light and dark, on a phone and on a desk; none wider than the screen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles import navigation
from articles.models import Author, Image
from drills._judging import WATCH, judge, stands_still
from drills._walking import Walker
from tests.newsdesk import Cast, author, picture, published, republished, section, taken_down, topic
from tests.pages.reading import HOSTILE, fill
from tests.title_pages import saved, title_page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LONG = "Interdepartmental reorganisation of correspondence-handling responsibilities " + "postponed " * 6
BODY = (
    "<p>Text with <a href='https://example.org/'>a link</a>.</p><h2>A crosshead</h2>"
    "<blockquote><p>Said so.</p></blockquote><blockquote class='pull'><p>Said so.</p></blockquote>"
    "<ul><li>One</li></ul><table><caption>Figures</caption>"
    "<thead><tr>" + "<th scope='col'>Authority</th>" * 9 + "</tr></thead>"
    "<tbody><tr>" + "<td>41,200</td>" * 9 + "</tr></tbody></table>"
)
PATHS = [
    "/",
    "/articles/",
    "/articles/plain/",
    "/articles/hostile/",
    "/articles/full/",
    "/articles/gone/",
    "/articles/withdrawn/",
    "/articles/full/history/",
    "/corrections/",
    "/about/",
    "/api/v1/",
    "/no-longer/",
    "/sections/local-government/",
    "/topics/records/",
    "/authors/ada-quill/",
    "/archive/2025/",
    "/archive/2025/07/",
    "/search/",
    "/search/?q=archive",
    "/search/?q=archive&section=none",
    "/search/?q=archve",
    "/alerts/",
    "/alerts/?topic=records&author=ada-quill",
    "/alerts/check-your-inbox/",
    "/alerts/confirm/no-such-key/",
    "/alerts/manage/",
    "/nowhere/",
]


@pytest.fixture
def newspaper(cast: Cast) -> Iterator[None]:
    """Stories of the awkward kinds, yesterday's: the browser's clock is the real one."""
    yesterday = timezone.now() - timedelta(days=1)
    image = picture()
    Author.objects.filter(pk=author().pk).update(picture=image, biography="Two lines.\n\nOf biography.")
    fill(25, newest=datetime(2025, 7, 9, tzinfo=UTC))
    fill(3, newest=yesterday - timedelta(days=1), lead_image=image)
    of_yesterday = {"now": yesterday}
    published(
        cast, slug="plain", authors=[], section=section("Health", "health"), kind="sponsored", **of_yesterday
    )
    published(
        cast, slug="hostile", headline=HOSTILE[:140], standfirst=HOSTILE, kind="opinion", **of_yesterday
    )
    taken_down(cast, slug="gone", **of_yesterday)
    taken_down(cast, slug="withdrawn", kind="withdrawn", lead_image=image, **of_yesterday)
    _full(cast, image, yesterday)
    saved(title_page(cast, slug="no-longer"), cast, is_public=False)
    title_page(cast, body=BODY)
    navigation.forget()
    yield
    navigation.forget()


def _full(cast: Cast, image: Image, at: datetime) -> None:
    """A story with too much of everything, corrected."""
    body = f'{BODY}<figure><img data-file="{image.key}" alt="A hall"></figure>'
    uses = {"slug": "full", "headline": LONG, "kicker": "Records", "lead_image": image, "body": body}
    topics = [topic(), *(topic(f"Topic number {number}") for number in range(19))]
    people = [
        author(),
        author("Bartholomew Featherstonehaugh-Cholmondeley", "Correspondent"),
        author("Ben", ""),
    ]
    story = published(cast, topics=topics, authors=people, now=at, **uses)
    note = {"change_kind": "correction", "public_note": "We gave the wrong month."}
    republished(story, cast, now=at + timedelta(hours=1), standfirst="In May.", **note)


@pytest.mark.usefixtures("newspaper")
class TestEveryPage:
    def test_passes_axe_and_fits(self, live_server: Any, page: Any) -> None:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append("a script ran"))
        problems = [problem for path in PATHS for problem in judge(page, live_server.url + path)]
        assert problems == []
        expected = ("status of 400", "status of 404", "status of 410")
        assert [text for text in complaints if not any(status in text for status in expected)] == []

    def test_stands_still(self, live_server: Any, page: Any) -> None:
        page.add_init_script(WATCH)
        looked_at = ("/", "/articles/full/", "/authors/ada-quill/")
        faults = [fault for path in looked_at for fault in stands_still(page, live_server.url + path)]
        assert faults == []


@pytest.mark.usefixtures("newspaper")
class TestByKeyboard:
    def test_the_focus_is_seen_wherever_it_stops(self, live_server: Any, page: Any) -> None:
        walker = Walker(page, live_server.url)
        walker.open("/articles/full/")
        walker.to(".skip", most=1)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        for path in ("/articles/full/", "/search/?q=archive"):
            walker.open(path)
            walker.to(".colophon a", saying="JSON feed")
        assert walker.wrong == []
