"""From an empty form to a page a reader finds, in a real browser: one writes, another approves and publishes."""

import re
from typing import Any

import pytest

from articles.models import Author, Section, Story, Tag
from tests.journeys.steps import HEADLINE, illustrate, sign, sign_in, write
from tests.newsdesk import Cast


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestFirstStory:
    def test_reaches_readers_through_two_people(self, page: Any, live_server: Any, newsroom: Cast) -> None:
        site = live_server.url
        faults: list[str] = []
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 else None)

        sign_in(page, site, "editor@newsroom.example")
        write(page)
        sign(page)
        illustrate(page)
        page.get_by_role("button", name="Save and send for review").click()
        page.get_by_text("In review").first.wait_for()
        story = Story.objects.get()
        assert story.state == Story.State.IN_REVIEW
        page.context.clear_cookies()

        sign_in(page, site, "manager@newsroom.example")
        page.get_by_role("link", name=HEADLINE).first.click()
        page.get_by_role("button", name=re.compile("Approve")).click()
        page.get_by_role("button", name=re.compile("Publish")).first.click()
        page.get_by_text("Live").first.wait_for()
        page.context.clear_cookies()

        self._read(page, site)
        assert faults == []

    def _read(self, page: Any, site: str) -> None:
        page.goto(site)
        page.get_by_role("link", name=HEADLINE).first.click()
        page.get_by_role("heading", level=1, name=HEADLINE).wait_for()
        main = page.locator("main")
        assert "Ada Quill" in main.inner_text()
        assert "Managing Editor" in main.inner_text()
        assert "Image source: Fernwick Council" in main.inner_text()
        assert page.locator("h2", has_text="What it holds").count() == 1
        lead = page.get_by_alt_text("A clerk at a map chest")
        assert lead.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
        places = [
            f"/sections/{Section.objects.get().slug}/",
            f"/topics/{Tag.objects.get(name='Planning').slug}/",
            f"/topics/{Tag.objects.get(name='Open registers').slug}/",
            f"/authors/{Author.objects.get(name='Ada Quill').slug}/",
            "/articles/",
        ]
        for place in places:
            page.goto(f"{site}{place}")
            assert page.get_by_role("link", name=HEADLINE).count() >= 1, place
        feed = page.request.get(f"{site}/feeds/latest.rss")
        assert HEADLINE in feed.text()
