import pytest
from django.test import Client

from articles.models import Author
from tests.newsdesk import MINUTE, NOW, Cast, author, draft, picture, published
from tests.pages.reading import HOSTILE, fill, queries, read, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PATH = "/authors/ada-quill/"


def describe(**fields: object) -> None:
    Author.objects.filter(pk=author().pk).update(**fields)


class TestAuthor:
    def test_says_who_they_are_and_what_they_signed(self, client: Client, cast: Cast) -> None:
        describe(biography="Ada has counted councils since 2009.\n\nShe keeps bees.")
        published(cast, headline="Hers")
        published(cast, headline="His", authors=[author("Ben Nib", "")])
        page = read(client, PATH)
        assert page.headings(1) == ["Ada Quill"]
        for said in ("Managing Editor", "Ada has counted councils since 2009.", "She keeps bees."):
            assert said in page.words()
        assert "Hers" in page.headings(2)
        assert "His" not in page.headings(2)

    def test_shows_the_portrait_with_its_source(self, client: Client, cast: Cast) -> None:
        describe(picture=picture(alt="Ada at her desk", credit="J. Marsh"))
        published(cast)
        page = read(client, PATH)
        image = page.main.find(".//figure/picture/img")
        assert image is not None
        assert image.get("alt") == "Ada at her desk"
        assert client.get(image.get("src", "")).status_code == 200
        assert "Image source: J. Marsh" in page.words()

    def test_drops_a_portrait_whose_licence_has_ended(self, client: Client, cast: Cast) -> None:
        describe(picture=picture(licence_ends_at=NOW))
        published(cast)
        assert read(client, PATH).main.find(".//figure") is None

    def test_offers_a_feed_and_alerts(self, client: Client, cast: Cast) -> None:
        published(cast)
        links = read(client, PATH).links()
        assert f"{PATH}feed.rss" in links
        assert links["/alerts/?author=ada-quill"] == "by e-mail"

    def test_pages_through_their_stories(self, client: Client, cast: Cast) -> None:
        stories = fill(41)
        listed = [
            headline for page in walk(client, PATH) for headline in page if headline.startswith("Story")
        ]
        assert listed == [story.headline for story in stories]

    def test_prints_hostile_words_as_words(self, client: Client, cast: Cast) -> None:
        describe(name=HOSTILE[:100], job_title=HOSTILE[:100], biography=HOSTILE)
        published(cast)
        page = read(client, PATH)
        assert page.main.find(".//script") is None
        assert page.words().count("<script>alert(1)</script>") >= 3

    @pytest.mark.parametrize("path", ["/authors/unknown/", f"{PATH}?before=x", "/authors/"])
    def test_answers_404_to_a_wrong_address(self, client: Client, cast: Cast, path: str) -> None:
        published(cast)
        assert client.get(path).status_code == 404

    def test_is_not_there_without_a_live_story(self, client: Client, cast: Cast) -> None:
        draft(cast.editor)
        assert client.get(PATH).status_code == 404


class TestCost:
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast) -> None:
        describe(picture=picture())
        published(cast)
        at_one = queries(client, PATH)
        fill(49, newest=NOW - MINUTE)
        assert queries(client, PATH) == at_one == 2
