"""From an empty form to a page a reader finds, in a real browser: one writes, another approves and publishes."""

import re
from typing import Any

import pytest

from articles.models import Author, Section, Story, Tag
from tests.newsdesk import Cast, author, hire, picture_file, section, topic

PASSWORD = "correct horse battery"
HEADLINE = "Fernwick puts its planning register on line"


@pytest.fixture
def newsroom(transactional_db: None) -> Cast:
    section("Local Government", "local-government")
    author("Ada Quill", "Managing Editor")
    author("Ben Nib", "Reporter")
    topic("Planning")
    return hire()


def sign_in(page: Any, site: str, email: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/admin/")


def choose(page: Any, field: Any, words: str) -> None:
    """Pick an entry of an autocompleting field by typing."""
    field.click()
    page.keyboard.type(words)
    page.locator(".select2-results__option", has_text=re.compile(re.escape(words))).first.click()


def write(page: Any) -> None:
    page.get_by_role("link", name="New story").first.click()
    page.get_by_label("Headline", exact=True).fill(HEADLINE)
    page.get_by_label("Standfirst").fill("Every decision since 1974 can be searched from Monday.")
    page.get_by_label("Section", exact=True).select_option(label="Local Government")
    page.get_by_role("textbox", name="Text", exact=True).click()
    page.keyboard.type("The register opens to everybody on Monday.")
    page.keyboard.press("Enter")
    page.keyboard.type("What it holds")
    page.locator(".prose-menubar__selected").first.click()
    page.get_by_role("button", name="Crosshead", exact=True).click()
    page.keyboard.press("Enter")
    page.keyboard.type("Forty thousand decisions, and the maps that go with them.")


def sign(page: Any) -> None:
    for name in ("Ada Quill", "Ben Nib"):
        page.get_by_role("button", name="Add another Person").click()
        choose(page, page.locator("#bylines-group .dynamic-bylines .select2-selection").last, name)
    for name in ("Planning", "Open registers"):
        choose(page, page.locator(".field-topics .select2-selection"), name)


def illustrate(page: Any) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Choose a picture…").click()
    library = opened.value
    library.get_by_text("Upload a new picture").click()
    file = picture_file("register.jpg", (1200, 800))
    upload = {"name": file.name, "mimeType": "image/jpeg", "buffer": file.read()}
    library.locator("input[type=file]").set_input_files(upload)
    library.get_by_label("Alternative text").fill("A clerk at a map chest")
    library.get_by_label("Credit").fill("Fernwick Council")
    library.get_by_role("button", name="Upload").click()
    library.locator(".new button").click()
    page.get_by_text("A clerk at a map chest", exact=True).wait_for()


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
        assert page.locator("h1").inner_text() == HEADLINE
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
