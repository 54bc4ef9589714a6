import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.models import Image
from tests.html import words
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    author,
    picture,
    published,
    republished,
    section,
    taken_down,
    topic,
)
from tests.pages.reading import HOSTILE, fill, queries, read, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SITE_CARD = "http://testserver/static/site/card.png"
PATH = "/articles/council-puts-its-records-in-one-place/"


class TestArticle:
    def test_prints_the_story(self, client: Client, cast: Cast) -> None:
        published(cast, kicker="Records")
        page = read(client, PATH)
        assert page.headings(1) == ["Council puts its records in one place"]
        assert said(page, "standfirst") == "A single store replaces eleven."
        assert said(page, "kicker") == "Records"
        assert page.links()["/sections/local-government/"] == "Local Government"
        assert "The council will keep its records in one place." in page.words()
        assert "What changes" in page.headings(2)

    def test_can_be_skipped_to(self, client: Client, cast: Cast) -> None:
        published(cast)
        page = read(client, PATH)
        first = next(page.tree.find("body").iter("a"))  # type: ignore[union-attr]
        assert first.get("href") == "#content"
        assert page.main.get("id") == "content"

    def test_says_when_in_words_and_for_machines(self, client: Client, cast: Cast) -> None:
        published(cast)
        time = read(client, PATH).main.find(".//time")
        assert time is not None
        assert (time.text, time.get("datetime")) == ("23 November 2026", "2026-11-23T09:30:00+00:00")

    def test_leads_to_its_topics(self, client: Client, cast: Cast) -> None:
        published(cast, topics=[topic(), topic("Open data")])
        links = read(client, PATH).links()
        assert links["/topics/records/"] == "Records"
        assert links["/topics/open-data/"] == "Open data"

    def test_leads_to_more_of_its_topics_and_its_author(
        self, client: Client, cast: Cast, settings: Any
    ) -> None:
        published(cast, topics=[topic(), topic("Open data")])
        links = read(client, PATH).links()
        assert links["/topics/open-data/feed.rss"] == "Open data"
        assert links["/authors/ada-quill/feed.rss"] == "Ada Quill"
        asked = "/alerts/?topic=open-data&topic=records&author=ada-quill"
        assert links[asked] == "Register for alerts"
        settings.ALERTS_OPEN = False
        assert read(client, PATH).links()[asked] == "Alerts by e-mail"

    def test_prints_nothing_twice_that_is_hidden(self, client: Client, cast: Cast) -> None:
        published(
            cast, body='<p>Ten words stand here.</p><blockquote class="pull"><p>Ten words</p></blockquote>'
        )
        quote = read(client, PATH).main.find(".//blockquote")
        assert quote is not None
        assert quote.get("aria-hidden") == "true"


class TestByline:
    def test_has_job_titles_and_leads_to_the_people(self, client: Client, cast: Cast) -> None:
        published(cast, authors=[author("Mark Say"), author("Ben Nib", "")])
        page = read(client, PATH)
        assert said(page, "byline") == "Mark Say, Managing Editor and Ben Nib"
        assert page.links()["/authors/mark-say/"] == "Mark Say"

    def test_may_be_a_label(self, client: Client, cast: Cast) -> None:
        published(cast, authors=[], byline_label="Industry Voice")
        assert said(read(client, PATH), "byline") == "Industry Voice"

    def test_may_be_missing(self, client: Client, cast: Cast) -> None:
        published(cast, authors=[])
        page = read(client, PATH)
        assert said(page, "byline") == ""
        assert said(page, "dates") == "23 November 2026"


class TestKind:
    @pytest.mark.parametrize(
        ("kind", "label"), [("opinion", "Opinion"), ("sponsored", "Sponsored"), ("news", "")]
    )
    def test_is_said_where_it_is_not_news(self, client: Client, cast: Cast, kind: str, label: str) -> None:
        published(cast, kind=kind)
        assert said(read(client, PATH), "kind") == label

    def test_is_not_said_twice(self, client: Client, cast: Cast) -> None:
        published(cast, kind="opinion", section=section("Opinion", "opinion"))
        page = read(client, PATH)
        assert said(page, "kind") == ""
        assert page.links()["/sections/opinion/"] == "Opinion"

    def test_that_is_paid_for_looks_different(self, client: Client, cast: Cast) -> None:
        published(cast, kind="sponsored")
        assert read(client, PATH).main.find(".//article[@class='story story-sponsored']") is not None


class TestPictures:
    def test_lead_has_alt_caption_and_source(self, client: Client, cast: Cast) -> None:
        published(cast, lead_image=picture())
        page = read(client, PATH)
        image = page.main.find(".//figure/picture/img")
        assert image is not None
        assert image.get("alt") == "A town hall at dusk"
        assert (image.get("width"), image.get("height")) == ("800", "500")
        assert image.get("fetchpriority") == "high"
        assert words(page.main.find(".//figcaption")) == "The hall. Image source: Council archive"  # type: ignore[arg-type]
        for source in (image.get("srcset") or "").split(", "):
            assert client.get(source.split()[0]).status_code == 200

    def test_leave_by_themselves_when_their_licence_ends(self, client: Client, cast: Cast) -> None:
        ends = NOW + timedelta(hours=1)
        lead, inside = picture(licence_ends_at=ends), picture(licence_ends_at=ends)
        body = f'<p>Text.</p><figure><img data-file="{inside.key}" alt="A hall"></figure>'
        published(cast, lead_image=lead, body=body)
        page = read(client, PATH)
        assert len(page.main.findall(".//figure")) == 2
        assert page.meta("og:image") == f"http://testserver/media/{lead.key}/w800.jpg"
        with time_machine.travel(ends, tick=False):
            page = read(client, PATH)
        assert page.main.findall(".//figure") == []
        assert page.meta("og:image") == SITE_CARD
        assert lead.key not in page.response.text
        assert inside.key not in page.response.text

    def test_stay_away_where_the_licence_does_not_reach(self, client: Client, cast: Cast) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        Image.objects.filter(pk=lead.pk).update(licence_scopes=["web"])
        page = read(client, PATH)
        assert page.meta("og:image") == SITE_CARD
        assert page.main.find(".//figure") is not None
        Image.objects.filter(pk=lead.pk).update(licence_scopes=["email"])
        assert read(client, PATH).main.find(".//figure") is None


class TestChanges:
    def test_are_dated_and_noted_near_the_top(self, client: Client, cast: Cast) -> None:
        story = published(cast)
        change = {"change_kind": "correction", "public_note": "We gave the wrong month."}
        with time_machine.travel(NOW + timedelta(days=1, minutes=1), tick=False):
            republished(story, cast, now=NOW + timedelta(days=1), standfirst="In May.", **change)
            page = read(client, PATH)
        assert said(page, "updated") == "Updated 24 November 2026, 09:30"
        assert said(page, "notice") == "Correction, 24 November 2026 We gave the wrong month."
        assert page.words().index("wrong month") < page.words().index("The council will keep")
        assert said(page, "dates").startswith("23 November 2026")

    def test_of_spelling_are_not(self, client: Client, cast: Cast) -> None:
        story = published(cast)
        with time_machine.travel(NOW + 3 * MINUTE, tick=False):
            republished(story, cast, now=NOW + 2 * MINUTE, standfirst="One store.", change_kind="typo")
            page = read(client, PATH)
        assert said(page, "standfirst") == "One store."
        assert said(page, "updated") == said(page, "notice") == ""


class TestSharing:
    def test_is_by_plain_links(self, client: Client, cast: Cast) -> None:
        published(cast)
        page = read(client, PATH)
        share = page.main.find(".//nav[@aria-label='Share this story']")
        assert share is not None
        ways = {words(link): link.get("href", "") for link in share.iter("a")}
        assert list(ways) == ["E-mail", "LinkedIn", "Bluesky", "X", "Facebook", "WhatsApp"]
        assert all("council-puts-its-records" in address for address in ways.values())
        [ours] = [
            script for script in page.tree.iter("script") if script.get("type") != "application/ld+json"
        ]
        assert ours.get("src", "").endswith("/site/share.js") and ours.get("defer") is not None

    def test_of_other_pages_needs_no_script(self, client: Client, cast: Cast) -> None:
        published(cast)
        paths = ("/", "/articles/", "/sections/local-government/", "/alerts/")
        assert [path for path in paths if read(client, path).tree.findall(".//script[@src]")] == []

    def test_tells_others_what_to_show(self, client: Client, cast: Cast) -> None:
        published(cast, social_headline="One place for records", search_headline="Council records: one place")
        page = read(client, PATH)
        assert page.meta("og:title") == "One place for records"
        assert page.tree.findtext(".//title") == "Council records: one place – The Civic Wire"
        assert page.meta("description") == page.meta("og:description") == "A single store replaces eleven."
        assert page.link("canonical") == page.meta("og:url") == f"http://testserver{PATH}"
        assert page.meta("article:published_time") == "2026-11-23T09:30:00+00:00"


class TestWhatMachinesAreTold:
    def told(self, client: Client) -> dict[str, Any]:
        block = read(client, PATH).tree.findtext(".//script[@type='application/ld+json']")
        found: dict[str, Any] = json.loads(block or "")
        return found

    def test_is_the_picture_with_its_credit_as_used_here(self, client: Client, cast: Cast) -> None:
        story = published(cast, lead_image=picture())
        assert self.told(client)["image"] == {
            "@type": "ImageObject",
            "url": f"http://testserver/media/{story.lead_image.key}/w800.jpg",
            "contentUrl": f"http://testserver/media/{story.lead_image.key}/w800.jpg",
            "width": 800,
            "height": 500,
            "caption": "The hall.",
            "creditText": "Council archive",
        }

    def test_is_no_picture_whose_licence_has_ended(self, client: Client, cast: Cast) -> None:
        published(cast, lead_image=picture())
        Image.objects.update(licence_ends_at=NOW)
        assert "image" not in self.told(client)

    @pytest.mark.parametrize("proof", ["https://[no", "http://\uff0e\u2048/", "https:///licence"])
    def test_takes_no_half_address_for_an_open_licence(self, client: Client, cast: Cast, proof: str) -> None:
        published(cast, lead_image=picture(licence_kind="open", licence_proof=proof))
        assert "license" not in self.told(client)["image"]

    def test_is_where_the_page_stands(self, client: Client, cast: Cast) -> None:
        published(cast)
        page = self.told(client)["mainEntityOfPage"]
        assert page["@id"] == f"http://testserver{PATH}"
        steps = [(step["position"], step["name"]) for step in page["breadcrumb"]["itemListElement"]]
        assert steps == [
            (1, "Home"),
            (2, "Local Government"),
            (3, "Council puts its records in one place"),
        ]


class TestHostileWords:
    def test_are_printed_as_words(self, client: Client, cast: Cast) -> None:
        image = picture(alt=HOSTILE[:150], caption=HOSTILE, credit=HOSTILE)
        body = f'<p>Text {HOSTILE}</p><figure><img data-file="{image.key}" alt="{HOSTILE}"></figure>'
        story = published(
            cast,
            slug="hostile",
            headline=HOSTILE[:140],
            standfirst=HOSTILE,
            kicker=HOSTILE[:60],
            body=body,
            topics=[topic(HOSTILE[:90], "hostile")],
            authors=[author(HOSTILE[:100], HOSTILE[:100])],
            lead_image=image,
        )
        assert story.slug == "hostile"
        page = read(client, "/articles/hostile/")
        [ours] = [
            script for script in page.tree.iter("script") if script.get("type") != "application/ld+json"
        ]
        assert ours.get("src", "").endswith("/site/share.js") and ours.get("defer") is not None
        assert page.headings(1)[0].startswith("<script>alert(1)</script>")
        addresses = [link.get("href", "") for link in page.tree.iter("a")]
        assert not any(address.strip().lower().startswith("javascript:") for address in addresses)


class TestCost:
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast) -> None:
        published(cast, lead_image=picture())
        at_one = queries(client, PATH)
        fill(49, newest=NOW - MINUTE)
        assert queries(client, PATH) == at_one == 2

    def test_is_no_more_with_a_lead_picture_than_without(self, client: Client, cast: Cast) -> None:
        published(cast)
        assert queries(client, PATH) == 2

    def test_is_one_more_with_pictures_in_the_text(self, client: Client, cast: Cast) -> None:
        image = picture()
        published(cast, body=f'<p>Look.</p><figure><img data-file="{image.key}" alt="A room"></figure>')
        assert queries(client, PATH) == 3

    def test_of_a_withdrawn_one_is_no_more(self, client: Client, cast: Cast) -> None:
        taken_down(cast, kind="withdrawn", note="Why.", now=NOW, lead_image=picture())
        assert queries(client, PATH) == 1
