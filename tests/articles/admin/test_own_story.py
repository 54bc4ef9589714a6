"""Drill C2, small: nobody brings what they wrote before readers by themselves, whichever way they try."""

from typing import Any

import pytest

from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, post, seen, signed_in, url
from tests.newsdesk import NOW, Cast, approved, change, draft, submitted


@pytest.fixture
def own(cast: Cast) -> Story:
    """In review; written by a manager."""
    return submitted(cast, by=cast.manager)


def nothing_is_out(story: Story) -> bool:
    return not Edition.objects.filter(story=story).exists()


def refusals(story: Story, person: Any) -> int:
    return StoryEvent.objects.filter(story=story, actor=person).exclude(refusal="").count()


class TestOwnStory:
    def test_is_not_approved(self, own: Story, cast: Cast) -> None:
        assert post(cast.manager, own, "approve", **seen(own)).status_code == 403
        assert refusals(own, cast.manager) == 1

    @pytest.mark.parametrize("act", ["publish", "schedule", "reinstate"])
    def test_is_not_published_without_approval(self, act: str, own: Story, cast: Cast) -> None:
        assert post(cast.manager, own, act, at="2026-11-24T06:00", **seen(own)).status_code == 403
        assert refusals(own, cast.manager) == 1
        assert nothing_is_out(own)

    def test_is_not_approved_after_one_changed_comma(self, cast: Cast) -> None:
        story = submitted(cast)
        change(story, by=cast.manager, now=NOW, standfirst="A single store replaces eleven, at last.")
        post(cast.editor, story, "submit")
        assert post(cast.manager, story, "approve", **seen(story)).status_code == 403

    def test_an_approval_ends_with_the_next_save(self, cast: Cast) -> None:
        story = approved(cast)
        change(story, by=cast.manager, now=NOW, headline="Something else altogether")
        assert post(cast.manager, story, "publish", **seen(story)).status_code == 403
        assert nothing_is_out(story)

    def test_going_back_to_an_approved_revision_is_a_save(self, cast: Cast) -> None:
        story = approved(cast)
        change(story, by=cast.editor, now=NOW, headline="Something else altogether")
        assert post(cast.manager, story, "revert_to", number=1, **seen(story)).status_code == 302
        assert post(cast.manager, story, "publish", **seen(story)).status_code == 403
        post(cast.editor, story, "submit")
        assert post(cast.manager, story, "approve", **seen(story)).status_code == 403
        assert nothing_is_out(story)

    def test_two_tabs_do_not_approve_the_unread(self, cast: Cast) -> None:
        story = submitted(cast)
        first_tab = seen(story)
        change(story, by=cast.editor, now=NOW, standfirst="Swapped after reading.")
        post(cast.editor, story, "submit")
        assert post(cast.manager, story, "approve", **first_tab).status_code == 409

    def test_the_form_takes_no_state(self, own: Story, cast: Cast) -> None:
        forged = {
            "state": "approved",
            "version": 9,
            "published_at": "2020-01-01",
            "headline": "Mine",
            "approval": 1,
        }
        signed_in(cast.manager).post(url("change", own), forged)
        own.refresh_from_db()
        assert own.state in {"in_review", "draft"}
        assert nothing_is_out(own)

    def test_the_list_takes_no_changes_and_no_actions(self, own: Story, cast: Cast) -> None:
        client = signed_in(cast.manager)
        rows = {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 1,
            "form-0-id": own.pk,
            "form-0-state": "approved",
        }
        client.post("/admin/articles/story/", {**rows, "_save": "Save"})
        for action in ("delete_selected", "approve", "publish"):
            client.post(
                "/admin/articles/story/", {"action": action, "_selected_action": own.pk, "post": "yes"}
            )
        own.refresh_from_db()
        assert own.state == "in_review"
        assert nothing_is_out(own)

    def test_details_of_another_act_change_nothing(self, cast: Cast) -> None:
        story = draft(cast.contributor)
        extra = {
            "state": "approved",
            "by": cast.manager.pk,
            "now": "2020-01-01",
            "act": "publish",
            "story": 0,
        }
        answer = signed_in(cast.contributor).post(url("act", story, "submit"), {**seen(story), **extra})
        assert answer.status_code == 302
        story.refresh_from_db()
        assert story.state == "in_review"
        assert nothing_is_out(story)

    def test_an_unreadable_forgery_is_refused_and_recorded_all_the_same(self, cast: Cast) -> None:
        story = approved(cast)
        assert post(cast.editor, story, "schedule", at="whenever", revision="x").status_code == 403
        assert refusals(story, cast.editor) == 1

    def test_deleting_is_nobodys(self, own: Story, cast: Cast) -> None:
        for person in (cast.editor, cast.manager, cast.administrator):
            client = signed_in(person)
            assert client.get(url("delete", own)).status_code == 403
            assert client.post(url("delete", own), {"post": "yes"}).status_code == 403
        assert Story.objects.filter(pk=own.pk).exists()

    def test_standing_at_the_end_is_as_it_was(self, own: Story, cast: Cast) -> None:
        assert not Edition.objects.live(LATER).filter(story=own).exists()
