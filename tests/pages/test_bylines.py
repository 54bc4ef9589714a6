"""Whoever wrote a story is named in the same words wherever it is told: one function words them all."""

import json

import feedparser
import pytest
from django.test import Client

from articles.bylines import byline_text
from tests.html import words
from tests.newsdesk import Cast, author, published
from tests.pages.reading import read

pytestmark = pytest.mark.usefixtures("today")

ADA, BEN, CY = ("Ada Quill", "Managing Editor"), ("Ben Nib", ""), ("Cy Ink", "Reporter")
RTL = ("ندى قلم", "مراسلة")
#: Who signs, the label, the byline, and the names alone, as lists of headlines have them.
BYLINES = {
    "one": ([ADA], "", "Ada Quill, Managing Editor", "Ada Quill"),
    "untitled": ([BEN], "", "Ben Nib", "Ben Nib"),
    "two": ([ADA, BEN], "", "Ada Quill, Managing Editor and Ben Nib", "Ada Quill and Ben Nib"),
    "three": (
        [ADA, BEN, CY],
        "",
        "Ada Quill, Managing Editor; Ben Nib and Cy Ink, Reporter",
        "Ada Quill, Ben Nib and Cy Ink",
    ),
    "label": ([], "Industry Voice", "Industry Voice", "Industry Voice"),
    "none": ([], "", "", ""),
    "rtl": ([RTL, BEN], "", "ندى قلم, مراسلة and Ben Nib", "ندى قلم and Ben Nib"),
}


@pytest.mark.parametrize("case", BYLINES)
def test_a_byline_is_the_same_words_everywhere(case: str, cast: Cast, client: Client) -> None:
    people, label, printed, names = BYLINES[case]
    signed = [author(name, title) for name, title in people]
    for person in signed:
        type(person).objects.filter(pk=person.pk).update(slug=f"person-{person.pk}")
        person.refresh_from_db()
    story = published(cast, authors=signed, byline_label=label)
    path = f"/articles/{story.slug}/"

    page = read(client, path)
    line = page.main.find(".//p[@class='byline']")
    block = json.loads(page.tree.findtext(".//script[@type='application/ld+json']") or "")
    rss = feedparser.parse(client.get("/feeds/latest.rss").content).entries[0]
    atom = feedparser.parse(client.get("/feeds/latest.atom").content).entries[0]
    (item,) = json.loads(client.get("/feeds/latest.json").content)["items"]
    api = client.get(f"/api/v1{path}").json()
    assert {
        "page": "" if line is None else words(line),
        "JSON-LD": block.get("creditText", ""),
        "RSS": rss.get("author", ""),
        "Atom": atom.get("author", ""),
        "JSON Feed": "".join(each["name"] for each in item.get("authors", [])),
        "API": api["byline"]["printed"],
    } == dict.fromkeys(("page", "JSON-LD", "RSS", "Atom", "JSON Feed", "API"), printed)
    told = {
        "people": [{"name": each["name"], "job_title": each.get("jobTitle", "")} for each in block["author"]]
    }
    assert byline_text(told) == (printed or "The Civic Wire")

    for listing in ("/articles/", "/search/?q=records"):
        facts = read(client, listing).main.find(".//p[@class='card-facts']")
        assert facts is not None
        assert "".join(words(span) for span in facts.findall("span")) == names, listing
