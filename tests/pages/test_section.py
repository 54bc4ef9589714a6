import pytest
from django.test import Client

from tests.newsdesk import MINUTE, NOW, Cast, draft, published, section, taken_down
from tests.pages.reading import HOSTILE, fill, queries, read, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PATH = "/sections/local-government/"


class TestSection:
    def test_says_what_it_is_and_lists_its_own(self, client: Client, cast: Cast) -> None:
        published(cast, headline="Ours")
        published(cast, headline="Theirs", section=section("Health", "health"))
        page = read(client, PATH)
        assert page.headings(1) == ["Local Government"]
        assert "News of Local Government." in page.words()
        assert "Ours" in page.headings(2)
        assert "Theirs" not in page.words()

    def test_offers_its_feed_and_its_alerts(self, client: Client, cast: Cast) -> None:
        published(cast)
        page = read(client, PATH)
        assert f"{PATH}feed.rss" in page.links()
        assert page.links()["/alerts/?section=local-government"] == "by e-mail"
        feeds = [link.get("href") for link in page.tree.findall(".//link[@rel='alternate']")]
        assert f"{PATH}feed.rss" in feeds

    def test_is_marked_in_the_navigation(self, client: Client, cast: Cast) -> None:
        published(cast)
        here = read(client, PATH).tree.find(".//header//a[@aria-current]")
        assert here is not None
        assert (here.get("href"), here.get("aria-current")) == (PATH, "page")

    def test_pages_through_its_stories(self, client: Client, cast: Cast) -> None:
        stories = fill(41)
        listed = [
            headline for page in walk(client, PATH) for headline in page if headline.startswith("Story")
        ]
        assert listed == [story.headline for story in stories]

    def test_prints_hostile_words_as_words(self, client: Client, cast: Cast) -> None:
        hostile = section(HOSTILE[:60], "hostile")
        type(hostile).objects.filter(pk=hostile.pk).update(description=HOSTILE)
        published(cast, section=hostile)
        assert read(client, "/sections/hostile/").main.find(".//script") is None


class TestWithoutALiveStory:
    def test_is_not_there_yet(self, client: Client, cast: Cast) -> None:
        draft(cast.editor)
        assert client.get(PATH).status_code == 404

    def test_is_gone_with_its_last_story(self, client: Client, cast: Cast) -> None:
        taken_down(cast)
        assert client.get(PATH).status_code == 404

    def test_stands_in_no_navigation(self, client: Client, cast: Cast) -> None:
        draft(cast.editor)
        assert "Local Government" not in read(client, "/").response.text

    @pytest.mark.parametrize("path", ["/sections/unknown/", "/sections/", "/sections/é/", f"{PATH}?before=x"])
    def test_nor_is_a_wrong_address(self, client: Client, cast: Cast, path: str) -> None:
        published(cast)
        assert client.get(path).status_code == 404


class TestCost:
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast) -> None:
        published(cast)
        at_one = queries(client, PATH)
        fill(49, newest=NOW - MINUTE)
        assert queries(client, PATH) == at_one == 2
