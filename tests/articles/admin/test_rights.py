"""Who gets at the story form, and what forged fields achieve (hardening C2)."""

from typing import Any

import pytest

from articles.models import Edition, Story
from tests.articles.admin.posting import ADD, change, desk, filled
from tests.newsdesk import Cast, approved, draft, published, submitted, taken_down

pytestmark = pytest.mark.django_db

FORGED: dict[str, Any] = {
    "state": "approved",
    "version": 7,
    "created_by": 1,
    "created_at": "2001-01-01",
    "published": "1",
    "published_at": "2001-01-01 10:00",
    "status": "published",
    "_publish": "1",
    "approved_by": 1,
    "origin": "imported",
}


class TestForgedFields:
    def test_change_nothing_of_what_the_workflow_owns(self, cast: Cast) -> None:
        story = draft(cast.contributor)
        desk(cast.contributor).post(change(story), filled(story, headline="Mine") | FORGED)
        story.refresh_from_db()
        assert (story.state, story.version, story.created_by) == (Story.State.DRAFT, 2, cast.contributor)
        assert not Edition.objects.exists()

    def test_change_nothing_of_a_new_story(self, cast: Cast) -> None:
        desk(cast.contributor).post(ADD, filled(headline="Mine") | FORGED)
        story = Story.objects.get()
        assert (story.state, story.version, story.created_by) == (Story.State.DRAFT, 1, cast.contributor)

    @pytest.mark.parametrize("name", ["_saveasnew", "_popup", "_to_field", "_addanother"])
    def test_the_stock_byways_are_closed(self, cast: Cast, name: str) -> None:
        story = draft(cast.editor)
        response = desk(cast.editor).post(change(story), filled(story, headline="Copied") | {name: "1"})
        assert response.status_code == 400
        assert Story.objects.count() == 1

    @pytest.mark.parametrize("action", ["delete_selected", "publish", "approve"])
    def test_the_list_knows_no_actions(self, cast: Cast, action: str) -> None:
        story = submitted(cast)
        data = {"action": action, "_selected_action": story.pk, "index": 0}
        desk(cast.manager).post("/admin/articles/story/", data)
        desk(cast.manager).post(change(story), {"changeform-action": action, "_selected_action": story.pk})
        story.refresh_from_db()
        assert (story.state, story.version) == (Story.State.IN_REVIEW, 1)

    def test_the_list_edits_nothing(self, cast: Cast) -> None:
        story = draft(cast.editor)
        data = {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 1,
            "form-0-id": story.pk,
            "form-0-headline": "From the list",
            "_save": "Save",
        }
        desk(cast.editor).post("/admin/articles/story/", data)
        story.refresh_from_db()
        assert story.headline != "From the list"

    def test_kind_of_change_cannot_be_set_before_publication(self, cast: Cast) -> None:
        story = draft(cast.editor)
        data = filled(story, change_kind="correction", public_note="Sorry.", headline="New")
        desk(cast.editor).post(change(story), data)
        story.refresh_from_db()
        assert (story.change_kind, story.public_note) == ("", "")


class TestForgedChoices:
    @pytest.mark.parametrize("value", ["9" * 30, "-1", "0", "x", "²", "1 OR 1=1"])
    def test_are_refused_at_each_field(self, cast: Cast, value: str) -> None:
        story = draft(cast.editor)
        forged = dict.fromkeys(("section", "lead_image", "assignee", "restricted_to", "kind"), value)
        response = desk(cast.editor).post(change(story), filled(story, headline="New", **forged))
        assert response.status_code == 200
        assert forged.keys() <= response.context["adminform"].form.errors.keys()

    @pytest.mark.parametrize("value", ["9" * 30, "-1", "x"])
    def test_are_refused_in_the_byline(self, cast: Cast, value: str) -> None:
        story = draft(cast.editor)
        data = filled(story, headline="New") | {"bylines-0-author": value}
        assert desk(cast.editor).post(change(story), data).status_code == 200

    @pytest.mark.parametrize("value", ["9999999-01-01T00:00", "x", "2030-02-31T10:00", "2030-03-31T01:30"])
    def test_no_time_is_no_error(self, cast: Cast, value: str) -> None:
        story = draft(cast.editor)
        response = desk(cast.editor).post(change(story), filled(story, embargo_at=value))
        assert "embargo_at" in response.context["adminform"].form.errors


class TestWhoseStories:
    def test_a_contributor_does_not_learn_of_anothers_story(self, cast: Cast) -> None:
        story = draft(cast.editor)
        client = desk(cast.contributor)
        assert client.get(change(story)).status_code == 302
        assert client.post(change(story), filled(story, headline="Taken")).status_code == 404
        story.refresh_from_db()
        assert story.version == 1

    def test_nor_can_take_it_over_through_the_assignee(self, cast: Cast) -> None:
        story = draft(cast.contributor)
        data = filled(story, assignee=cast.editor.pk, restricted="on", headline="New")
        desk(cast.contributor).post(change(story), data)
        story.refresh_from_db()
        assert (story.assignee, story.restricted, story.version) == (None, False, 2)

    def test_a_restricted_story_is_nobody_elses(self, cast: Cast) -> None:
        story = draft(cast.editor, restricted=True)
        assert desk(cast.manager).get(change(story)).status_code == 302
        assert desk(cast.editor).get(change(story)).status_code == 200

    def test_nobody_shuts_themselves_out(self, cast: Cast) -> None:
        story = draft(cast.editor)
        data = filled(story, restricted="on", restricted_to=[cast.manager.pk])
        response = desk(cast.second_editor).post(change(story), data)
        assert b"Tick your own name too" in response.content

    def test_an_administrator_has_no_story(self, cast: Cast) -> None:
        story = draft(cast.editor)
        client = desk(cast.administrator)
        assert client.get(change(story)).status_code in {302, 403}
        assert client.get(ADD).status_code == 403

    @pytest.mark.parametrize("make", [approved, published, taken_down])
    def test_nobody_deletes(self, cast: Cast, make: Any) -> None:
        story = make(cast)
        response = desk(cast.manager).post(f"/admin/articles/story/{story.pk}/delete/", {"post": "yes"})
        assert response.status_code == 403
        assert Story.objects.filter(pk=story.pk).exists()

    def test_a_spiked_story_can_be_read_but_not_saved(self, cast: Cast) -> None:
        from articles.desk import workflow
        from tests.newsdesk import NOW

        story = draft(cast.editor)
        workflow.perform(story, "spike", by=cast.editor, now=NOW, note="No longer news.")
        page = desk(cast.editor).get(change(story))
        assert b"What changes</h2>" in page.content
        assert b'name="_save"' not in page.content
        response = desk(cast.editor).post(change(story), filled(story, headline="Back"))
        assert response.status_code == 403
        assert b"Back" in response.content  # what was written is given back

    @pytest.mark.parametrize("pk", ["0", "99999", "x", "1_5F", "9" * 40, "²"])
    def test_an_unknown_story_is_no_error(self, cast: Cast, pk: str) -> None:
        client = desk(cast.editor)
        url = f"/admin/articles/story/{pk}/change/"
        assert client.get(url).status_code in {302, 404}
        assert client.post(url, {"seen": 1}).status_code in {302, 404}
