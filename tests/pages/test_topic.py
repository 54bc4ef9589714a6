from typing import Any

import pytest
from django.test import Client

from articles.models import Tag
from tests.newsdesk import MINUTE, NOW, Cast, draft, published, republished, taken_down, topic
from tests.pages.reading import HOSTILE, fill, queries, read, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PATH = "/topics/records/"


class TestTopic:
    def test_says_what_it_is_and_lists_its_own(self, client: Client, cast: Cast) -> None:
        Tag.objects.filter(pk=topic().pk).update(description="Who keeps what.")
        published(cast, headline="Ours")
        published(cast, headline="Theirs", topics=[topic("Housing")])
        page = read(client, PATH)
        assert page.headings(1) == ["Records"]
        assert "Who keeps what." in page.words()
        assert "Ours" in page.headings(2)
        assert "Theirs" not in page.words()

    def test_offers_its_feed_and_its_alerts(self, client: Client, cast: Cast, settings: Any) -> None:
        published(cast)
        links = read(client, PATH).links()
        assert f"{PATH}feed.rss" in links
        assert links["/alerts/?topic=records"] == "by e-mail"
        assert "Follow Records: by e-mail or by RSS" in read(client, PATH).words()
        settings.ALERTS_OPEN = False
        assert "Follow Records: by RSS or by e-mail, not open yet" in read(client, PATH).words()

    def test_lists_a_corrected_story_once_in_its_old_place(self, client: Client, cast: Cast) -> None:
        story = published(cast, headline="Older", now=NOW - 2 * MINUTE)
        published(cast, headline="Newer", now=NOW - MINUTE)
        republished(
            story, cast, now=NOW, headline="Older, corrected", change_kind="correction", public_note="Sorry."
        )
        assert read(client, PATH).headings(2)[:2] == ["Newer", "Older, corrected"]

    def test_loses_a_story_that_left_it(self, client: Client, cast: Cast) -> None:
        story = published(cast, topics=[topic(), topic("Housing")], now=NOW - MINUTE)
        story.topics.remove(topic())
        republished(story, cast, now=NOW, change_kind="typo")
        assert client.get(PATH).status_code == 404
        assert client.get("/topics/housing/").status_code == 200

    def test_pages_through_its_stories(self, client: Client, cast: Cast) -> None:
        stories = fill(41)
        listed = [
            headline for page in walk(client, PATH) for headline in page if headline.startswith("Story")
        ]
        assert listed == [story.headline for story in stories]

    def test_has_an_address_in_any_alphabet(self, client: Client, cast: Cast) -> None:
        published(cast, topics=[topic("Köln", "köln")])
        assert read(client, "/topics/köln/").headings(1) == ["Köln"]

    def test_prints_hostile_words_as_words(self, client: Client, cast: Cast) -> None:
        published(cast, topics=[topic(HOSTILE[:90], "hostile")])
        assert read(client, "/topics/hostile/").main.find(".//script") is None

    @pytest.mark.parametrize("path", ["/topics/unknown/", f"{PATH}?before=x", "/topics/a b/"])
    def test_answers_404_to_a_wrong_address(self, client: Client, cast: Cast, path: str) -> None:
        published(cast)
        assert client.get(path).status_code == 404

    def test_is_not_there_without_a_live_story(self, client: Client, cast: Cast) -> None:
        draft(cast.editor)
        taken_down(cast)
        assert client.get(PATH).status_code == 404


class TestCost:
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast) -> None:
        published(cast)
        at_one = queries(client, PATH)
        fill(49, newest=NOW - MINUTE)
        assert queries(client, PATH) == at_one == 2
