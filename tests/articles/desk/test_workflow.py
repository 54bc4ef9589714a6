"""What the workflow answers of every story, and the acts beside its main way."""

from datetime import timedelta
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars

from articles.desk import workflow
from articles.desk.acts import Act
from articles.desk.record import chain_hash
from articles.desk.refusals import NotAllowed, NotReady
from articles.models import Revision, Story, StoryEvent
from tests.newsdesk import (
    NOW,
    Cast,
    author,
    change,
    draft,
    published,
    section,
    submitted,
    topic,
)

LATER = NOW + timedelta(hours=3)


class TestSpikeAssignRevert:
    def test_a_spiked_story_comes_back_as_a_draft(self, cast: Cast) -> None:
        story = draft(cast.editor)
        workflow.perform(story, "spike", by=cast.editor, now=NOW, note="Overtaken.")
        with pytest.raises(NotAllowed):
            workflow.perform(story, "submit", by=cast.editor, now=NOW)
        workflow.perform(story, "unspike", by=cast.editor, now=NOW)
        assert story.state == Story.State.DRAFT

    def test_what_readers_have_seen_cannot_be_spiked(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=LATER, standfirst="New.")
        with pytest.raises(NotAllowed):
            workflow.perform(story, "spike", by=cast.editor, now=LATER, note="No.")

    def test_assigning_says_who_and_by_when(self, cast: Cast) -> None:
        story = draft(cast.editor)
        workflow.perform(story, "assign", by=cast.editor, now=NOW, assignee=cast.contributor, due_at=LATER)
        story.refresh_from_db()
        assert (story.assignee, story.due_at) == (cast.contributor, LATER)
        assert Story.objects.visible_to(cast.contributor).get() == story

    def test_an_old_revision_becomes_a_new_one(self, cast: Cast) -> None:
        story = draft(cast.editor, authors=[author("Ada Quill"), author("Ben Nib")])
        before = story.revisions.get()
        story.bylines.all().delete()
        story.topics.set([topic("Archives")])
        change(
            story,
            by=cast.editor,
            now=NOW,
            headline="Other",
            section=section("Health", "health"),
            body="<p>Other.</p>",
        )
        workflow.perform(story, "revert_to", by=cast.second_editor, now=LATER, revision=2, number=1)
        after = Revision.objects.get(story=story, number=3)
        assert after.hash == before.hash
        assert after.saved_by == cast.second_editor

    def test_reverting_to_what_is_there_is_refused(self, cast: Cast) -> None:
        story = draft(cast.editor)
        for number in (1, 7, None, "one"):
            with pytest.raises(NotReady):
                workflow.perform(story, "revert_to", by=cast.editor, now=LATER, revision=1, number=number)


class TestAvailable:
    def test_says_what_can_be_done_and_why_not(self, cast: Cast) -> None:
        story = submitted(cast)
        answers = {answer.act: answer for answer in workflow.available(story, cast.manager, NOW)}
        assert answers[Act.APPROVE].allowed
        assert not answers[Act.PUBLISH].allowed
        assert answers[Act.PUBLISH].reason == "The story is in review."

    def test_an_administrator_has_no_editorial_act(self, cast: Cast) -> None:
        assert not any(
            answer.allowed for answer in workflow.available(submitted(cast), cast.administrator, NOW)
        )

    def test_the_import_is_no_act_for_people(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            workflow.perform(draft(cast.editor), "import", by=cast.manager, now=NOW)


class TestRestricted:
    def test_only_those_named_know_of_it(self, cast: Cast) -> None:
        story = draft(cast.editor, restricted=True)
        story.restricted_to.add(cast.manager)
        assert Story.objects.visible_to(cast.editor).exists()
        assert Story.objects.visible_to(cast.manager).exists()
        assert not Story.objects.visible_to(cast.second_manager).exists()
        assert not Story.objects.visible_to(cast.administrator).exists()


class TestRecord:
    def test_is_named_by_the_log_with_the_request_and_without_its_words(
        self, cast: Cast, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        story = draft(cast.editor)
        with (
            bound_contextvars(request_id="r" * 32),
            caplog.at_level("INFO", "articles.desk.record"),
            django_capture_on_commit_callbacks(execute=True),
        ):
            workflow.perform(story, "submit", by=cast.editor, now=NOW, note="Between us")
            assert caplog.records == []
        (line,) = caplog.records
        event = StoryEvent.objects.get(act="submit")
        said = {"story": story.pk, "number": event.number, "act": "submit", "refused": False}
        assert said.items() <= line.msg.items()
        assert line.msg["request_id"] == "r" * 32
        assert "Between us" not in str(line.msg)

    def test_events_form_a_chain(self, cast: Cast) -> None:
        events = list(StoryEvent.objects.filter(story=published(cast)).order_by("number"))
        assert [event.act for event in events] == ["save", "submit", "approve", "publish"]
        assert [event.previous_hash for event in events] == ["", *(event.hash for event in events[:-1])]
        assert all(event.hash == chain_hash(event) for event in events)
