"""The acts that take a story from its first words to an approval."""

from datetime import timedelta

import pytest

from articles.desk import workflow
from articles.desk.refusals import NotAllowed, NotReady, Stale
from articles.desk.standing import Standing, stand
from articles.models import Story
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approved,
    author,
    change,
    draft,
    live,
    republished,
    scheduled,
    submitted,
    topic,
)

LATER = NOW + timedelta(hours=3)


class TestSave:
    def test_writes_a_revision_with_who_and_what(self, cast: Cast) -> None:
        story = draft(cast.editor, headline="Eleven stores become one")
        revision = story.revisions.get()
        assert (revision.number, revision.saved_by) == (1, cast.editor)
        assert revision.as_dict()["headline"] == "Eleven stores become one"

    def test_that_changes_nothing_writes_nothing(self, cast: Cast) -> None:
        story = draft(cast.editor)
        change(story, by=cast.second_editor, now=LATER, headline=story.headline + "  ")
        assert story.revisions.count() == 1
        assert story.events.count() == 1

    @pytest.mark.parametrize("what", ["topics", "byline"])
    def test_of_topics_or_byline_alone_is_a_change(self, cast: Cast, what: str) -> None:
        story = draft(cast.editor)
        if what == "topics":
            story.topics.add(topic("Archives"))
        else:
            story.bylines.create(author=author("Ben Nib", "Reporter"), position=1)
        workflow.perform(story, "save", by=cast.editor, now=LATER, revision=1)
        assert story.version == 2

    def test_over_a_newer_revision_is_stale(self, cast: Cast) -> None:
        story = draft(cast.editor)
        change(story, by=cast.second_editor, now=LATER, headline="Their headline")
        with pytest.raises(Stale):
            workflow.perform(story, "save", by=cast.editor, now=LATER, revision=1)

    def test_returns_an_approved_story_to_draft(self, cast: Cast) -> None:
        story = approved(cast)
        change(story, by=cast.editor, now=LATER, standfirst="A sentence that nobody approved.")
        assert story.state == Story.State.DRAFT

    def test_voids_what_is_scheduled_and_says_so(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        change(story, by=cast.editor, now=NOW + MINUTE, standfirst="Something new.")
        assert stand(story, LATER).standing is Standing.NEVER_PUBLISHED
        assert story.events.get(act="unschedule").details["because_of"] == "save"

    def test_without_a_change_leaves_the_schedule_alone(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        change(story, by=cast.editor, now=NOW + MINUTE)
        assert stand(story, LATER).standing is Standing.LIVE

    def test_of_a_later_embargo_voids_what_is_scheduled_before_it(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        story.embargo_at = LATER + MINUTE
        story.save()
        workflow.perform(story, "save", by=cast.editor, now=NOW + MINUTE, revision=1, fields=["embargo_at"])
        assert stand(story, LATER).standing is Standing.NEVER_PUBLISHED

    def test_is_refused_for_someone_elses_story(self, cast: Cast) -> None:
        story = draft(cast.editor)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "save", by=cast.contributor, now=NOW, revision=1)


class TestSubmit:
    def test_sends_a_complete_story_to_review(self, cast: Cast) -> None:
        assert submitted(cast).state == Story.State.IN_REVIEW

    def test_names_everything_that_is_missing(self, cast: Cast) -> None:
        story = draft(cast.editor, standfirst="", section=None, body="")
        story.topics.clear()
        workflow.perform(story, "save", by=cast.editor, now=NOW, revision=1)
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "submit", by=cast.editor, now=NOW)
        assert {issue.field for issue in refusal.value.issues} == {"standfirst", "section", "topics", "body"}
        assert story.state == Story.State.DRAFT

    def test_refuses_a_crosshead_that_skips_a_level(self, cast: Cast) -> None:
        story = draft(cast.editor, body="<h3>Too deep</h3><p>Text.</p>")
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "submit", by=cast.editor, now=NOW)
        assert [issue.rule for issue in refusal.value.issues] == ["heading_order"]

    def test_can_be_taken_back_by_who_sent_it_only(self, cast: Cast) -> None:
        story = submitted(cast)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "recall", by=cast.second_editor, now=NOW)
        workflow.perform(story, "recall", by=cast.editor, now=NOW)
        assert story.state == Story.State.DRAFT


class TestReview:
    def test_request_changes_needs_a_note(self, cast: Cast) -> None:
        story = submitted(cast)
        with pytest.raises(NotReady):
            workflow.perform(story, "request_changes", by=cast.manager, now=NOW, note="  ")
        workflow.perform(story, "request_changes", by=cast.manager, now=NOW, note="Name the supplier.")
        assert story.state == Story.State.DRAFT
        assert story.events.filter(refusal="").last().note == "Name the supplier."

    def test_editors_cannot_approve(self, cast: Cast) -> None:
        story = submitted(cast)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "approve", by=cast.second_editor, now=NOW, revision=1)

    def test_a_manager_who_wrote_any_of_it_cannot_approve(self, cast: Cast) -> None:
        story = draft(cast.editor)
        change(story, by=cast.manager, now=NOW, kicker="Records")
        change(story, by=cast.editor, now=NOW, kicker="Archives")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=3)
        workflow.perform(story, "approve", by=cast.second_manager, now=NOW, revision=3)
        assert story.state == Story.State.APPROVED

    def test_what_a_manager_wrote_before_the_last_edition_does_not_count(self, cast: Cast) -> None:
        story = draft(cast.manager)
        workflow.perform(story, "submit", by=cast.manager, now=NOW)
        workflow.perform(story, "approve", by=cast.second_manager, now=NOW, revision=1)
        workflow.perform(story, "publish", by=cast.second_manager, now=NOW)
        republished(story, cast, now=LATER, standfirst="New words.", change_kind="update")
        assert live(story, LATER).standfirst == "New words."

    def test_a_cancelled_edition_does_not_wash_contributors_clean(self, cast: Cast) -> None:
        story = draft(cast.manager)
        workflow.perform(story, "submit", by=cast.manager, now=NOW)
        workflow.perform(story, "approve", by=cast.second_manager, now=NOW, revision=1)
        workflow.perform(story, "schedule", by=cast.second_manager, now=NOW, at=LATER)
        workflow.perform(story, "request_changes", by=cast.second_manager, now=NOW, note="Wait.")
        workflow.perform(story, "submit", by=cast.manager, now=NOW)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=1)

    def test_approval_speaks_of_the_revision_that_was_read(self, cast: Cast) -> None:
        story = submitted(cast)
        change(story, by=cast.editor, now=NOW, kicker="Late change")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        with pytest.raises(Stale):
            workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=1)
        with pytest.raises(Stale):
            workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=2, hash="0" * 64)
        with pytest.raises(NotReady):
            workflow.perform(story, "approve", by=cast.manager, now=NOW)

    def test_a_refusal_is_on_the_record(self, cast: Cast) -> None:
        story = submitted(cast)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "publish", by=cast.editor, now=NOW)
        refused = story.events.last()
        assert (refused.act, refused.actor, refused.refusal) == (
            "publish",
            cast.editor,
            "Only managers can do this.",
        )
