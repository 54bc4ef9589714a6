"""The letter about a story: complete as text and as HTML, and only of what readers may have."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from alerts.mails.composing import Emptied, compose
from alerts.models import Letter
from articles.models import Image
from tests.alerts.mails.outbox import composed, edition_letter
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    author,
    change,
    live,
    picture,
    published,
    republished,
    taken_down,
)

pytestmark = pytest.mark.django_db

URL = "http://testserver/articles/council-puts-its-records-in-one-place/"


class TestAStory:
    def test_its_text_can_be_read_alone(self, cast: Cast) -> None:
        text = composed(edition_letter(live(published(cast)))).text
        for words in (
            "Local Government",
            "Council puts its records in one place",
            "A single store replaces eleven.",
            "Ada Quill, Managing Editor",
            "23 November 2026",
            URL,
        ):
            assert words in text

    def test_the_html_says_the_same(self, cast: Cast) -> None:
        letter = composed(edition_letter(live(published(cast))))
        for words in ("Council puts its records in one place", "A single store replaces eleven.", URL):
            assert words in letter.html
        assert letter.subject == "Council puts its records in one place"

    def test_the_byline_is_that_of_the_page_and_of_the_feed(self, cast: Cast, client: Client) -> None:
        people = [author(), author("Ben Nib", "Reporter"), author("Cy", "")]
        edition = live(published(cast, authors=people))
        letter = composed(edition_letter(edition))
        byline = "Ada Quill, Managing Editor; Ben Nib, Reporter and Cy"
        assert byline in letter.text and byline in letter.html
        page = re.sub("<[^>]*>", "", client.get(edition.get_absolute_url()).text)
        assert byline in page
        assert f"<dc:creator>{byline}</dc:creator>" in client.get("/feeds/latest.rss").text

    def test_opinion_is_called_so(self, cast: Cast) -> None:
        letter = composed(edition_letter(live(published(cast, kind="opinion"))))
        assert "Opinion" in letter.text and "Opinion" in letter.html

    def test_it_is_composed_once(self, cast: Cast) -> None:
        letter = composed(edition_letter(live(published(cast))))
        compose(letter, NOW + MINUTE)
        assert letter.rendered_at == NOW

    def test_nothing_in_it_is_loaded_from_anybody_else(self, cast: Cast) -> None:
        html = composed(edition_letter(live(published(cast, lead_image=picture())))).html
        sources = [part.split('"')[0] for part in html.split('src="')[1:]]
        assert len(sources) == 1 and sources[0].startswith("http://testserver/media/")
        assert "url(" not in html and "@import" not in html and "<link" not in html and "<script" not in html


class TestWhatIsNoLongerReadersToHave:
    def test_a_story_taken_down_is_told_to_nobody(self, cast: Cast) -> None:
        story = taken_down(cast)
        first = story.editions.order_by("published_at")[0]
        with pytest.raises(Emptied):
            compose(edition_letter(first), NOW)

    def test_an_edition_that_was_superseded_is_told_to_nobody(self, cast: Cast) -> None:
        story = published(cast)
        first = live(story)
        republished(story, cast, now=NOW + MINUTE, headline="Council moves its records", change_kind="typo")
        with pytest.raises(Emptied):
            compose(edition_letter(first), NOW + MINUTE)

    def test_words_of_a_later_draft_are_not_in_it(self, cast: Cast) -> None:
        story = published(cast)
        letter = edition_letter(live(story))
        change(story, by=cast.editor, now=NOW + MINUTE, headline="Not said yet", standfirst="Nor this.")
        said = composed(letter, NOW + MINUTE)
        assert not any("Not said yet" in part or "Nor this" in part for part in said_parts(said))


class TestItsPicture:
    def test_stands_with_its_words_and_its_source(self, cast: Cast) -> None:
        image = picture()
        html = composed(edition_letter(live(published(cast, lead_image=image)))).html
        assert f"http://testserver/media/{image.key}/" in html
        assert 'alt="A town hall at dusk"' in html
        assert "Image source: Council archive" in html

    def test_stays_out_where_the_licence_does_not_cover_mail(self, cast: Cast) -> None:
        image = picture()
        story = published(cast, lead_image=image)
        Image.objects.filter(pk=image.pk).update(licence_scopes=["web", "social", "feeds"])
        html = composed(edition_letter(live(story))).html
        assert image.key not in html and "<img" not in html and "Image source" not in html

    def test_stays_out_once_the_licence_has_ended(self, cast: Cast) -> None:
        image = picture()
        story = published(cast, lead_image=image)
        Image.objects.filter(pk=image.pk).update(licence_ends_at=NOW)
        assert "<img" not in composed(edition_letter(live(story))).html

    def test_is_served_to_mail_programs_until_the_licence_ends(self, cast: Cast, client: Client) -> None:
        image = picture()
        story = published(cast, lead_image=image)
        html = composed(edition_letter(live(story))).html
        address = html.split('src="http://testserver')[1].split('"')[0]
        assert client.get(address).status_code == 200
        Image.objects.filter(pk=image.pk).update(licence_ends_at=NOW - timedelta(days=1))
        assert client.get(address).status_code == 404


def said_parts(letter: Letter) -> tuple[str, str, str]:
    return letter.subject, letter.text, letter.html
