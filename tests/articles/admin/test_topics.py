"""Topics in the story form: found, chosen, and made on the fly by those who may."""

import pytest
from django.test import Client

from articles.models import Story, Tag
from tests.articles.admin.posting import ADD, change, desk, filled
from tests.newsdesk import Cast, draft, published, topic

pytestmark = pytest.mark.django_db

ENDPOINT = "/admin/articles/story/topics/"


def offered(client: Client, term: str) -> list[str]:
    return [one["text"] for one in client.get(ENDPOINT, {"term": term}).json()["results"]]


class TestFinding:
    @pytest.mark.parametrize("term", ["KÖLN", "köln", "Ko\u0308ln", " köL "])
    def test_whatever_the_capitals_and_forms_of_accents(self, cast: Cast, term: str) -> None:
        topic("Köln", "koln")
        assert offered(desk(cast.contributor), term) == ["Köln"]

    def test_those_that_begin_with_the_word_come_first(self, cast: Cast) -> None:
        for name in ("Open data", "Data", "Big data", "Data protection"):
            topic(name)
        found = offered(desk(cast.contributor), "data")
        assert found == ["Data", "Data protection", "Big data", "Open data"]

    def test_a_new_one_is_offered_to_those_who_may_add_it(self, cast: Cast) -> None:
        topic("Data")
        assert offered(desk(cast.editor), "Dat") == ["Data", "Dat (new topic)"]
        assert offered(desk(cast.contributor), "Dat") == ["Data"]

    def test_pages_end(self, cast: Cast) -> None:
        Tag.objects.bulk_create(
            Tag(name=f"Topic {number:02}", slug=f"topic-{number}") for number in range(25)
        )
        client = desk(cast.contributor)
        first = client.get(ENDPOINT, {"term": "topic"}).json()
        second = client.get(ENDPOINT, {"term": "topic", "page": "2"}).json()
        assert (len(first["results"]), first["pagination"]["more"]) == (20, True)
        assert (len(second["results"]), second["pagination"]["more"]) == (5, False)

    @pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30])
    def test_a_forged_page_is_no_error(self, cast: Cast, page: str) -> None:
        assert desk(cast.editor).get(ENDPOINT, {"page": page, "term": "a"}).status_code == 200

    def test_is_for_staff_who_write(self, cast: Cast) -> None:
        assert Client().get(ENDPOINT).status_code == 302
        assert desk(cast.administrator).get(ENDPOINT).status_code == 403


class TestMaking:
    def test_a_new_topic_is_made_with_the_story(self, cast: Cast) -> None:
        desk(cast.editor).post(ADD, filled(headline="A", topics=["new:Open, and shut"]))
        assert [one.name for one in Story.objects.get().topics.all()] == ["Open, and shut"]

    def test_not_twice_under_other_capitals(self, cast: Cast) -> None:
        known = topic("Köln", "koln")
        desk(cast.editor).post(ADD, filled(headline="A", topics=["new:KÖLN", "new:köln", str(known.pk)]))
        assert list(Story.objects.get().topics.all()) == [known]
        assert Tag.objects.count() == 1

    def test_two_new_ones_of_one_name_are_one(self, cast: Cast) -> None:
        desk(cast.editor).post(ADD, filled(headline="A", topics=["new:Straße", "new:STRASSE"]))
        assert Tag.objects.count() == 1

    def test_contributors_choose_and_are_told_so(self, cast: Cast) -> None:
        response = desk(cast.contributor).post(ADD, filled(headline="A", topics=["new:Bridges"]))
        assert "“Bridges” is not a topic yet, and you may not add one." in response.content.decode()
        assert '<option value="new:Bridges" selected>Bridges</option>' in response.content.decode()
        assert not Tag.objects.exists()

    def test_none_is_left_behind_when_the_form_has_an_error(self, cast: Cast) -> None:
        desk(cast.editor).post(ADD, filled(headline="", topics=["new:Bridges"]))
        assert not Tag.objects.exists()

    @pytest.mark.parametrize("name", ["!!!", "🤷", "a" * 101, "x\u202ey", "\x07x"])
    def test_a_name_that_gives_no_address_is_refused_in_words(self, cast: Cast, name: str) -> None:
        story = draft(cast.editor)
        response = desk(cast.editor).post(change(story), filled(story, topics=[f"new:{name}"]))
        assert response.status_code == 200
        assert "topics" in response.context["adminform"].form.errors

    @pytest.mark.parametrize("value", ["99999", "x", "9" * 30, "-1", "²", "\x00"])
    def test_a_forged_choice_is_refused(self, cast: Cast, value: str) -> None:
        story = draft(cast.editor)
        response = desk(cast.editor).post(change(story), filled(story, topics=[value]))
        assert response.status_code == 200
        assert "topics" in response.context["adminform"].form.errors


class TestTheTopicsOwnPages:
    def test_a_manager_words_what_readers_see(self, cast: Cast) -> None:
        known = topic("Bridges")
        data = {"name": "Bridges", "slug": "bridges", "description": "All that spans."}
        desk(cast.manager).post(f"/admin/articles/tag/{known.pk}/change/", data)
        known.refresh_from_db()
        assert known.description == "All that spans."

    def test_a_second_of_the_same_name_is_refused(self, cast: Cast) -> None:
        topic("Köln", "koln")
        response = desk(cast.editor).post(
            "/admin/articles/tag/add/", {"name": "KÖLN", "slug": "x", "description": ""}
        )
        assert "There is a topic of this name already: “Köln”." in response.content.decode()

    def test_an_editor_changes_none(self, cast: Cast) -> None:
        known = topic("Bridges")
        data = {"name": "Other", "slug": "bridges", "description": ""}
        assert desk(cast.editor).post(f"/admin/articles/tag/{known.pk}/change/", data).status_code == 403


class TestOfARestrictedStory:
    """Its topics can tell what it is about."""

    @pytest.fixture
    def story(self, cast: Cast) -> Story:
        return draft(cast.editor, restricted=True, topics=[topic("Mayor Vale"), topic("Police")])

    def test_are_offered_to_those_who_may_see_it(self, cast: Cast, story: Story) -> None:
        story.restricted_to.add(cast.manager)
        assert offered(desk(cast.editor), "mayor vale") == ["Mayor Vale"]
        assert offered(desk(cast.manager), "mayor vale") == ["Mayor Vale"]

    def test_are_told_to_nobody_else(self, cast: Cast, story: Story) -> None:
        client = desk(cast.second_editor)
        assert offered(client, "mayor vale") == ["mayor vale (new topic)"]
        assert "Mayor" not in client.get("/admin/articles/tag/").text
        tag = Tag.objects.get(name="Mayor Vale")
        assert client.get(f"/admin/articles/tag/{tag.pk}/change/").status_code == 302
        page = client.post(ADD, filled(headline="A", topics=[tag.pk]))
        assert "Mayor" not in page.text
        assert Story.objects.count() == 1

    def test_nor_in_a_preview_of_what_they_type(self, cast: Cast, story: Story) -> None:
        client, tag = desk(cast.second_editor), Tag.objects.get(name="Mayor Vale")
        client.post("/admin/articles/story/autosave/", filled(headline="A", topics=[tag.pk]))
        assert "Mayor" not in client.get("/admin/articles/story/draft/").text

    def test_are_told_where_another_story_has_them_or_readers_do(self, cast: Cast, story: Story) -> None:
        draft(cast.editor, topics=[topic("Police")])
        assert offered(desk(cast.second_editor), "police") == ["Police"]
        was_read = published(cast, topics=[topic("Mayor Vale")], headline="Other")
        Story.objects.filter(pk=was_read.pk).update(restricted=True)
        assert offered(desk(cast.second_editor), "mayor vale") == ["Mayor Vale"]
