"""Going on with what was typed and never saved."""

from typing import Any

import pytest

from articles.models import Autosave, Story
from tests.articles.admin.desk_pages import in_situation, url
from tests.articles.admin.posting import ADD, change, desk, filled
from tests.newsdesk import NOW, Cast, author, draft, picture, section, topic
from tests.newsdesk import change as saved_by

pytestmark = pytest.mark.django_db

OFFERED = 'href="?recover=1"'


def typed(cast: Cast, story: Story | None, **fields: Any) -> None:
    where = url("autosave", story) if story else "/admin/articles/story/autosave/"
    assert desk(cast.editor).post(where, filled(story, **fields)).status_code == 200


class TestTheOffer:
    def test_says_when_and_what_differs(self, cast: Cast) -> None:
        story = draft(cast.editor)
        typed(
            cast, story, headline="Another headline", body="<p>Three new words</p>", byline=[], standfirst=""
        )
        page = desk(cast.editor).get(change(story))
        differs = {one.label: one.kept for one in page.context["offer"].differs}
        assert differs == {
            "Headline": "Another headline",
            "Standfirst": "Empty",
            "Text": "3 words; the saved text has 17",
            "Byline": "Nobody",
        }
        assert OFFERED in page.content.decode()
        assert "Kept 23 November 2026, 10:30" in page.content.decode()
        assert not page.context["offer"].is_stale

    def test_is_made_to_nobody_else(self, cast: Cast) -> None:
        story = draft(cast.editor)
        typed(cast, story, headline="Secret words")
        page = desk(cast.second_editor).get(f"{change(story)}?recover=1").content.decode()
        assert OFFERED not in page
        assert "Secret words" not in page

    def test_is_not_made_where_all_is_saved(self, cast: Cast) -> None:
        story = draft(cast.editor, kicker="Records", due_at=NOW.replace(second=7))
        typed(cast, story, due_at="2026-11-23T09:30")
        assert OFFERED not in desk(cast.editor).get(change(story)).content.decode()

    def test_says_that_somebody_saved_since(self, cast: Cast) -> None:
        story = draft(cast.editor)
        typed(cast, story, headline="Mine")
        saved_by(story, by=cast.second_editor, now=NOW, standfirst="Theirs.")
        page = desk(cast.editor).get(change(story))
        assert page.context["offer"].is_stale
        assert "Somebody has saved the story since" in page.content.decode()

    def test_is_not_made_while_the_story_cannot_be_changed(self, cast: Cast) -> None:
        story = draft(cast.editor)
        typed(cast, story, headline="Mine")
        Story.objects.filter(pk=story.pk).update(state=Story.State.SPIKED)
        assert OFFERED not in desk(cast.editor).get(f"{change(story)}?recover=1").content.decode()


class TestGoingOn:
    def test_fills_the_form_with_what_was_typed(self, cast: Cast) -> None:
        story, zoe, lead = draft(cast.editor), author("Zoe Ink"), picture()
        topics = [topic("Köln", "koln").pk, "new:Bridges"]
        place = section("Health", "health")
        typed(
            cast,
            story,
            headline="Mine",
            body="<p>My words</p>",
            byline=[zoe],
            topics=topics,
            section=place.pk,
            lead_image=lead.pk,
            embargo_at="2026-12-01T06:00",
            restricted="on",
            kind="opinion",
        )
        page = desk(cast.editor).get(f"{change(story)}?recover=1")
        form = page.context["adminform"].form
        says = {name: form[name].value() for name in ("headline", "body", "kind", "lead_image", "restricted")}
        assert says == {
            "headline": "Mine",
            "body": "<p>My words</p>",
            "kind": "opinion",
            "lead_image": str(lead.pk),
            "restricted": "on",
        }
        html = page.content.decode()
        assert f'<option value="{place.pk}" selected>' in html
        assert '<option value="new:Bridges" selected>Bridges</option>' in html
        assert f'<option value="{zoe.pk}" selected>' in html
        assert 'value="2026-12-01T06:00"' in html
        assert "They are not saved yet" in html
        assert "data-unsaved" in html

    def test_shows_no_error_before_it_is_saved(self, cast: Cast) -> None:
        story = draft(cast.editor)
        typed(cast, story, headline="", slug="!!", embargo_at="whenever")
        html = desk(cast.editor).get(f"{change(story)}?recover=1").content.decode()
        assert "errorlist" not in html
        assert 'value="whenever"' in html

    def test_works_for_a_story_that_was_never_saved(self, cast: Cast) -> None:
        typed(cast, None, headline="Begun", topics=["new:Bridges"])
        client = desk(cast.editor)
        assert OFFERED in client.get(ADD).content.decode()
        assert client.get(f"{ADD}?recover=1").context["adminform"].form["headline"].value() == "Begun"

    def test_on_an_older_text_ends_on_the_conflict_page(self, cast: Cast) -> None:
        story = draft(cast.editor)
        typed(cast, story, headline="Mine")
        saved_by(story, by=cast.second_editor, now=NOW, standfirst="Theirs.")
        client = desk(cast.editor)
        seen = client.get(f"{change(story)}?recover=1").context["adminform"].form["seen"].value()
        page = client.post(change(story), filled(story, headline="Mine", seen=seen))
        assert (seen, page.status_code) == (1, 409)
        assert Autosave.objects.get().as_typed()["headline"] == ["Mine"]

    def test_without_anything_kept_is_the_form_as_ever(self, cast: Cast) -> None:
        story = draft(cast.editor)
        page = desk(cast.editor).get(f"{change(story)}?recover=1")
        assert page.context["adminform"].form["headline"].value() == story.headline


class TestDiscarding:
    def test_forgets_it_and_shows_the_form_as_saved(self, cast: Cast) -> None:
        story, client = draft(cast.editor), desk(cast.editor)
        typed(cast, story, headline="Mine"), typed(cast, None, headline="Begun")
        answer = client.post(url("discard", story), follow=True)
        assert answer.redirect_chain == [(change(story), 302)]
        assert f'data-done-with="{story.pk}"' in answer.content.decode()
        assert OFFERED not in answer.content.decode()
        assert client.post("/admin/articles/story/autosave/discard/")["Location"] == ADD
        assert not Autosave.objects.exists()

    def test_is_for_those_who_may_know_of_the_story(self, cast: Cast) -> None:
        assert desk(cast.contributor).post(url("discard", draft(cast.editor))).status_code == 404
        assert desk(cast.administrator).post("/admin/articles/story/autosave/discard/").status_code == 403


class TestTheForm:
    def test_tells_what_is_lacking_without_a_script(self, cast: Cast) -> None:
        story = draft(cast.editor, standfirst="")
        assert "Write a standfirst" in desk(cast.editor).get(change(story)).content.decode()
        new = desk(cast.editor).get(ADD).content.decode()
        assert "Choose a section." in new
        assert "gives no address" not in new  # there is no headline yet to give one

    def test_tells_it_of_what_was_posted_with_an_error(self, cast: Cast) -> None:
        story = draft(cast.editor)
        page = desk(cast.editor).post(change(story), filled(story, headline="", standfirst=""))
        assert [one.field for one in page.context["missing"].review] == ["headline", "standfirst"]

    def test_has_the_browser_drop_its_copy_after_a_save(self, cast: Cast) -> None:
        client = desk(cast.editor)
        page = client.post(ADD, filled(headline="Begun"), follow=True).content.decode()
        assert f'data-done-with="new {Story.objects.get().pk}"' in page
        assert 'data-done-with=""' in client.get(change(Story.objects.get())).content.decode()

    def test_gives_each_person_a_key_of_their_own(self, cast: Cast) -> None:
        story = in_situation(cast, "draft")
        pages = [desk(one).get(change(story)) for one in (cast.editor, cast.editor, cast.second_editor)]
        keys = [page.context["keeping"]["key"] for page in pages]
        assert keys[0] == keys[1] != keys[2]
        assert all(len(key) == 64 for key in keys)
