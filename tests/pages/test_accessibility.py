"""Every kind of page under axe (WCAG 2.2 AA), light and dark, on a phone and on a desk; none wider than the screen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from articles import navigation
from articles.models import Author, Image
from tests.newsdesk import Cast, author, picture, published, republished, section, taken_down, topic
from tests.pages.reading import HOSTILE, fill

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
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
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_passes_axe_and_fits(self, live_server: Any, page: Any, scheme: str) -> None:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append("a script ran"))
        page.emulate_media(color_scheme=scheme)
        # What fits on a phone and what a rule says of structure is the same in the dark.
        widths = WIDTHS if scheme == "light" else WIDTHS[-1:]
        views = [(path, width) for path in PATHS for width in widths]
        problems = [problem for view in views for problem in _look(live_server, page, *view)]
        assert problems == []
        expected = ("status of 400", "status of 404", "status of 410")
        assert [text for text in complaints if not any(status in text for status in expected)] == []


def _look(live_server: Any, page: Any, path: str, width: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + path)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield f"{path} is wider than {width}px"
    rules = {"runOnly": {"type": "tag", "values": TAGS}}
    for violation in Axe().run(page, options=rules).response["violations"]:
        for node in violation["nodes"]:
            yield f"{path} at {width}px: {violation['id']} {node['target']} {node['failureSummary']}"


@pytest.mark.usefixtures("newspaper")
class TestByKeyboard:
    def test_the_first_step_skips_to_the_story(self, live_server: Any, page: Any) -> None:
        page.goto(f"{live_server.url}/articles/full/")
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("link => link === document.activeElement")
        assert skip.bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
