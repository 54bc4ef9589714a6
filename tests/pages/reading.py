"""Reads a page as a test does: valid HTML, parsed, with its words, its links and what it asked of the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import navigation
from articles.desk.intake import take_in
from articles.models import Byline, Image, Story
from tests.html import assert_valid_html, words
from tests.newsdesk import BODY, NOW, author, section, topic

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"&' {{ 7|add:7 }} javascript:alert(3)"


@dataclass
class Read:
    response: HttpResponse
    tree: Element

    @property
    def main(self) -> Element:
        found = self.tree.find(".//main")
        assert found is not None
        return found

    def words(self) -> str:
        return words(self.main)

    def links(self) -> dict[str, str]:
        """The links of the page's own part: address to words."""
        return {link.get("href", ""): words(link) for link in self.main.iter("a")}

    def headings(self, level: int) -> list[str]:
        return [words(heading) for heading in self.main.iter(f"h{level}")]

    def meta(self, name: str) -> str | None:
        for key in ("name", "property"):
            found = self.tree.find(f".//meta[@{key}='{name}']")
            if found is not None:
                return found.get("content")
        return None

    def link(self, rel: str) -> str | None:
        found = self.tree.find(f".//link[@rel='{rel}']")
        return None if found is None else found.get("href")


def read(client: Client, path: str, status: int = 200) -> Read:
    """Get a page as a reader would, and see that it is sound."""
    response = client.get(path)
    assert response.status_code == status, response.status_code
    assert not response.cookies, "a reader's page sets no cookie"
    assert "Cookie" not in response.headers.get("Vary", ""), "a reader's page looks at no session"
    return Read(response, assert_valid_html(response.content))


def queries(client: Client, path: str) -> int:
    """Count the queries of a page, the navigation being known."""
    navigation.sections()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def fill(
    count: int, *, newest: datetime = NOW, step: timedelta = timedelta(hours=1), **fields: Any
) -> list[Story]:
    """Publish stories quickly, as an import does: all on one topic, in one section, by one author."""
    lead: Image | None = fields.pop("lead_image", None)
    headline: str = fields.pop("headline", "Story {} of the archive")
    tag, person, known = (
        topic(),
        author(),
        {"section": section(), "body": BODY, "standfirst": "Old.", **fields},
    )
    stories = []
    with transaction.atomic():
        for number in range(count):
            story = Story.objects.create(
                headline=headline.format(number), lead_image=lead, created_at=NOW, **known
            )
            story.topics.add(tag)
            Byline.objects.create(story=story, author=person, position=0)
            take_in(story, now=max(NOW, newest), published_at=newest - step * number)
            stories.append(story)
    return stories


def walk(client: Client, path: str, *, on: str = "Older stories") -> list[list[str]]:
    """Follow the link that leads `on` to the end; give the headings of each page."""
    pages = []
    while path:
        page = read(client, path)
        pages.append(page.headings(2))
        path = next((href for href, said in page.links().items() if said == on), "")
    return pages


def said(page: Read, css_class: str) -> str:
    """The words of the element with this class; "" where there is none."""
    found = page.main.find(f".//*[@class='{css_class}']")
    return "" if found is None else words(found)
