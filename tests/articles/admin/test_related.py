"""Related stories in the story form: picked by number or address, found by words, and never a way to a hidden title."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.desk.public import hash_of
from articles.desk.verification import verify_story
from articles.models import Edition, Revision, Story
from tests.articles.admin.desk_pages import url
from tests.articles.admin.posting import change, desk, filled
from tests.html import words
from tests.newsdesk import MINUTE, NOW, Cast, approve, draft, live, published, scheduled, topic
from tests.newsdesk import change as saved_by
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db

FIND = "/admin/articles/story/related/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def save(cast: Cast, story: Story, *related: Any) -> Any:
    return desk(cast.editor).post(change(story), filled(story, related=[*related, ""]))


def picks(story: Story) -> list[int]:
    story.refresh_from_db()
    return story.related


def found(client: Client, q: str = "") -> list[str]:
    return [story["words"] for story in client.get(FIND, {"q": q}).json()["stories"]]


class TestPicking:
    def test_is_by_number_or_address_in_order_and_part_of_the_revision(self, cast: Cast) -> None:
        one, two = published(cast, headline="One"), published(cast, headline="Two")
        story = draft(cast.editor)
        save(cast, story, f"https://news.example/articles/{two.slug}/?from=mail", one.pk)
        assert picks(story) == [two.pk, one.pk]
        assert story.revisions.get(number=2).as_dict()["related"] == [two.pk, one.pk]
        page = desk(cast.editor).get(change(story)).content.decode()
        assert page.index('<span class="words">Two</span>') < page.index('<span class="words">One</span>')
        save(cast, story)
        assert "related" not in story.revisions.get(number=3).as_dict()

    @pytest.mark.parametrize(
        "typed", ["999", "9" * 30, "/articles/nothing-here/", "javascript:alert(1)", "\x00"]
    )
    def test_of_what_is_not_there_is_refused_in_words(self, cast: Cast, typed: str) -> None:
        story = draft(cast.editor)
        answer = save(cast, story, typed)
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors["related"][0].startswith("No story that you can pick")

    def test_is_of_four_others_at_most(self, cast: Cast) -> None:
        others = [published(cast, headline=f"Other {number}").pk for number in range(5)]
        story = draft(cast.editor)
        assert "At most 4" in save(cast, story, *others).content.decode()
        assert "not related to itself" in save(cast, story, story.pk).content.decode()
        assert picks(story) == []

    def test_a_restricted_title_is_told_to_nobody_by_it(self, cast: Cast) -> None:
        coming = scheduled(cast, at=NOW + timedelta(days=1), headline="Minister to resign")
        story = draft(cast.editor)
        save(cast, story, coming.pk)
        assert found(desk(cast.editor), "resign")[0].startswith(
            "Minister to resign (scheduled for 24 November"
        )
        Story.objects.filter(pk=coming.pk).update(restricted=True, created_by=cast.manager)
        pages = [change(story), url("review", story), url("revision", story, 2), f"{FIND}?q=resign"]
        client = desk(cast.second_editor)
        told = [
            page for page in pages if "resign" in client.get(page).content.decode().replace("q=resign", "")
        ]
        assert told == []
        other = draft(cast.second_editor, headline="Other")
        for typed in (coming.pk, f"/articles/{live_slug(coming)}/"):
            answer = client.post(change(other), filled(other, related=[typed]))
            assert "No story that you can pick" in answer.content.decode()

    def test_that_is_not_live_is_a_warning_only(self, cast: Cast) -> None:
        coming = scheduled(cast, at=NOW + timedelta(days=1), headline="Coming")
        story = draft(cast.editor)
        save(cast, story, coming.pk)
        missing = desk(cast.editor).get(change(story)).context["missing"]
        assert [one.field for one in missing.warnings] == ["related"] and not missing.publication
        from articles.desk import workflow

        story.refresh_from_db()
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)

    def test_that_differs_is_shown_to_whoever_compares_reverts_and_saves_too_late(self, cast: Cast) -> None:
        one, two = published(cast, headline="One"), published(cast, headline="Two")
        story = draft(cast.editor)
        late = filled(story, related=[two.pk])
        save(cast, story, one.pk)
        assert ">One<" in desk(cast.manager).get(url("compare", story, 1, 2)).content.decode()
        answer = desk(cast.editor).post(change(story), late)
        [told] = answer.context["conflict"].differences
        assert (told.label, "Two" in told.mine, "One" in told.theirs) == ("Related stories", True, True)
        story.refresh_from_db()
        saved_by(story, by=cast.editor, now=NOW, related=[])
        from articles.desk import reverting

        reverting.apply(story.revisions.get(number=2).as_dict(), story)
        assert picks(story) == [one.pk]

    def test_is_kept_while_it_is_not_saved(self, cast: Cast) -> None:
        one, story = published(cast, headline="One"), draft(cast.editor)
        client = desk(cast.editor)
        assert client.post(url("autosave", story), filled(story, related=[one.pk])).status_code == 200
        assert '<span class="words">One</span>' in client.get(f"{change(story)}?recover=1").content.decode()


class TestReaders:
    def test_get_what_was_picked_first_then_what_is_newest(self, client: Client, cast: Cast) -> None:
        old = published(
            cast, headline="Old", topics=[topic("Else")], kind="opinion", now=NOW - timedelta(days=900)
        )
        coming = scheduled(cast, at=NOW + timedelta(days=1), headline="Coming")
        for number in range(4):
            published(cast, headline=f"New {number}", now=NOW - timedelta(days=number))
        story = published(cast, headline="Main", related=[coming.pk, old.pk])
        page = read(client, f"/articles/{story.slug}/")
        section = page.main.find(".//section[@class='related']")
        assert section is not None
        assert [words(link) for link in section.iter("a")] == ["Old", "New 0", "New 1", "New 2"]
        assert "Opinion" in words(section)
        assert queries(client, f"/articles/{story.slug}/") <= 3
        assert not list(verify_story(story.pk))

    def test_an_edition_from_before_says_and_hashes_what_it_did(self, cast: Cast) -> None:
        story = published(cast)
        revision = Revision.objects.get(story=story)
        assert "related" not in revision.public and hash_of(revision.public) == revision.hash
        assert live(story, NOW + MINUTE).related == []


def live_slug(story: Story) -> str:
    return Edition.objects.get(story=story).slug
