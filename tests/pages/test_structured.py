"""Every kind of page's data block, checked against what search engines demand; and what each says that is its own."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Image
from tests.newsdesk import NOW, Cast, picture, published, republished
from tests.pages.reading import read
from tests.structured import blocks, problems
from tests.title_pages import title_page

pytestmark = pytest.mark.usefixtures("today")

ARTICLE = "/articles/council-puts-its-records-in-one-place/"
TYPES = {
    "/": "WebSite",
    "/articles/": "CollectionPage",
    "/sections/local-government/": "CollectionPage",
    "/topics/records/": "CollectionPage",
    "/archive/2026/": "CollectionPage",
    "/authors/ada-quill/": "ProfilePage",
    "/about/": "AboutPage",
    ARTICLE: "NewsArticle",
}


def told(client: Client, path: str) -> dict[str, Any]:
    (block,) = blocks(read(client, path).tree)
    assert problems(block) == []
    return block


def test_every_page_says_what_it_is(cast: Cast, client: Client) -> None:
    title_page(cast, purpose="about", description="We write about councils.")
    published(cast, lead_image=picture())
    for path, kind in TYPES.items():
        block = told(client, path)
        assert block.get("@type", block.get("@graph", [{}])[0].get("@type")) == kind, path
        page = read(client, path)
        for name in ("description", "og:title", "og:description", "og:image", "og:locale", "twitter:card"):
            assert page.meta(name), (path, name)
        assert page.link("canonical") == page.meta("og:url") == f"http://testserver{path}"
    assert read(client, "/").meta("description") == "We write about councils."


class TestAnArticle:
    def test_names_the_policies_that_there_are(self, cast: Cast, client: Client) -> None:
        published(cast)
        assert told(client, ARTICLE)["publisher"]["correctionsPolicy"] == "http://testserver/corrections/"
        title_page(cast, "Policy", "policy", purpose="corrections")
        title_page(cast, "Standards", "standards", purpose="standards")
        publisher = told(client, ARTICLE)["publisher"]
        assert publisher["correctionsPolicy"] == "http://testserver/policy/"
        assert (
            publisher["publishingPrinciples"] == publisher["ethicsPolicy"] == "http://testserver/standards/"
        )
        assert client.get(publisher["logo"]["url"].removeprefix("http://testserver")).status_code == 200

    def test_says_where_it_was_corrected(self, cast: Cast, client: Client) -> None:
        story = published(cast)
        note = {"change_kind": "correction", "public_note": "We said ten."}
        republished(story, cast, now=NOW, standfirst="Eleven.", **note)
        block = told(client, ARTICLE)
        assert [each["text"] for each in block["correction"]] == ["We said ten."]
        assert block["dateModified"]

    @pytest.mark.parametrize(
        ("kind", "proof", "said"),
        [
            ("open", "https://creativecommons.org/licenses/by/4.0/", True),
            ("open", "See https://example.org/ and our e-mail", False),
            ("agency", "https://agency.example/invoice/77", False),
        ],
    )
    def test_tells_an_open_licence_and_no_other_proof(
        self, cast: Cast, client: Client, kind: str, proof: str, said: bool
    ) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        Image.objects.filter(pk=lead.pk).update(licence_kind=kind, licence_proof=proof)
        assert told(client, ARTICLE)["image"].get("license") == (proof if said else None)
        assert ("invoice" in client.get(ARTICLE).text) is False

    def test_is_described_by_its_first_words_where_it_has_no_standfirst(
        self, cast: Cast, client: Client
    ) -> None:
        published(cast, kind="opinion")
        from articles.views.wording import description, plain

        assert plain("<p>One&amp;two.</p><h2>No</h2><figure>No</figure><p>Three.</p>") == "One&two. Three."
        assert description.__doc__
        assert told(client, ARTICLE)["@type"] == "OpinionNewsArticle"


def test_the_check_itself_finds_faults() -> None:
    bad = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": "/articles/x/",
        "datePublished": "2026-11-23",
        "author": [{"@type": "Thing", "name": "X"}],
        "publisher": {"@type": "Organization", "name": "X"},
    }
    found = " ".join(problems(bad))
    for sentence in (
        "says no headline",
        "no full address",
        "no time with a zone",
        "neither person",
        "a logo",
    ):
        assert sentence in found
