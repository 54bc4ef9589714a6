"""What cannot wait, and what must: publishing without review, the second signature, and a hold."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.desk import workflow
from articles.desk.refusals import NotAllowed, NotReady, Refused, Stale
from articles.models import Edition, Story, StoryEvent
from tests.newsdesk import MINUTE, NOW, Cast, approved, change, draft, live, published, scheduled, submitted

LATER = NOW + timedelta(hours=1)


def rush(story: Story, cast: Cast, *, note: str = "The minister is speaking now.") -> None:
    """The manager publishes without review."""
    workflow.perform(
        story, "publish_unreviewed", by=cast.manager, now=LATER, note=note, revision=story.version
    )


def sign(story: Story, by: object) -> None:
    debt = StoryEvent.objects.filter(story=story).done("publish_unreviewed").first()
    assert debt is not None
    workflow.perform(story, "countersign", by=by, now=LATER + MINUTE, debt=debt.revision_hash)  # type: ignore[arg-type]


class TestPublishUnreviewed:
    def test_readers_have_it_at_once_and_a_signature_is_owed(self, cast: Cast) -> None:
        story = draft(cast.manager)
        rush(story, cast)
        edition = live(story, LATER)
        assert (edition.origin, edition.reason) == ("unreviewed", "The minister is speaking now.")
        assert StoryEvent.objects.filter(story=story).open_debts().count() == 1

    def test_needs_a_reason(self, cast: Cast) -> None:
        story = draft(cast.manager)
        with pytest.raises(NotReady):
            rush(story, cast, note=" ")
        assert not Edition.objects.exists()

    def test_is_for_managers_alone(self, cast: Cast) -> None:
        story = draft(cast.editor)
        with pytest.raises(NotAllowed):
            workflow.perform(story, "publish_unreviewed", by=cast.editor, now=LATER, note="Now!", revision=1)

    def test_needs_a_complete_story(self, cast: Cast) -> None:
        story = draft(cast.manager, standfirst="")
        with pytest.raises(NotReady):
            rush(story, cast)

    def test_waits_for_the_embargo(self, cast: Cast) -> None:
        story = draft(cast.manager, embargo_at=LATER + MINUTE)
        with pytest.raises(NotReady):
            rush(story, cast)

    def test_speaks_of_the_text_that_was_seen(self, cast: Cast) -> None:
        story = draft(cast.manager)
        change(story, by=cast.editor, now=NOW, kicker="New")
        with pytest.raises(Stale):
            workflow.perform(story, "publish_unreviewed", by=cast.manager, now=LATER, note="Now!", revision=1)

    def test_a_story_in_review_is_a_draft_afterwards(self, cast: Cast) -> None:
        story = submitted(cast)
        rush(story, cast)
        story.refresh_from_db()
        assert story.state == Story.State.DRAFT


class TestCountersign:
    def test_another_manager_settles_the_debt(self, cast: Cast) -> None:
        story = draft(cast.editor)
        rush(story, cast)
        sign(story, cast.second_manager)
        story.refresh_from_db()
        assert story.state == Story.State.APPROVED
        assert not StoryEvent.objects.filter(story=story).open_debts().exists()

    def test_who_published_it_cannot(self, cast: Cast) -> None:
        story = draft(cast.editor)
        rush(story, cast)
        with pytest.raises(NotAllowed):
            sign(story, cast.manager)

    def test_who_wrote_it_cannot(self, cast: Cast) -> None:
        story = draft(cast.second_manager)
        rush(story, cast)
        with pytest.raises(NotAllowed):
            sign(story, cast.second_manager)

    def test_who_wrote_only_what_came_after_can(self, cast: Cast) -> None:
        story = draft(cast.editor)
        rush(story, cast)
        change(story, by=cast.second_manager, now=LATER, kicker="Later", change_kind="typo")
        sign(story, cast.second_manager)
        story.refresh_from_db()
        assert story.state == Story.State.DRAFT

    def test_speaks_of_what_was_published(self, cast: Cast) -> None:
        story = draft(cast.editor)
        rush(story, cast)
        with pytest.raises(Stale):
            workflow.perform(story, "countersign", by=cast.second_manager, now=LATER, debt="0" * 64)

    def test_each_publication_owes_its_own(self, cast: Cast) -> None:
        story = draft(cast.editor)
        rush(story, cast)
        change(story, by=cast.editor, now=LATER, kicker="Later", change_kind="typo")
        rush(story, cast)
        assert StoryEvent.objects.filter(story=story).open_debts().count() == 2


class TestHold:
    @pytest.fixture
    def held(self, cast: Cast) -> Story:
        story = approved(cast)
        workflow.perform(story, "hold", by=cast.manager, now=NOW, note="The lawyer is reading it.")
        return story

    @pytest.mark.parametrize("act", ["publish", "save", "schedule"])
    def test_stops_every_way_out(self, held: Story, cast: Cast, act: str) -> None:
        with pytest.raises(NotAllowed, match="on hold"):
            workflow.perform(held, act, by=cast.second_manager, now=LATER, revision=1, at=LATER + MINUTE)

    def test_cancels_what_is_scheduled(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        workflow.perform(story, "hold", by=cast.manager, now=NOW, note="The lawyer is reading it.")
        assert not Edition.objects.scheduled(NOW).exists()

    def test_who_placed_it_cannot_lift_it(self, held: Story, cast: Cast) -> None:
        with pytest.raises(NotAllowed, match="another manager"):
            workflow.perform(held, "lift_hold", by=cast.manager, now=LATER, note="Read.")
        workflow.perform(held, "lift_hold", by=cast.second_manager, now=LATER, note="Read.")
        workflow.perform(held, "publish", by=cast.manager, now=LATER)
        assert live(held, LATER)

    def test_the_database_takes_no_edition_either(self, held: Story, cast: Cast) -> None:
        from articles.desk import publishing

        approval = held.events.get(act="approve")
        with pytest.raises(IntegrityError), transaction.atomic():
            publishing.publish(held, held.revisions.get(), origin="reviewed", at=LATER, approval=approval)

    def test_what_is_live_can_be_taken_down(self, cast: Cast) -> None:
        story = published(cast)
        workflow.perform(story, "hold", by=cast.manager, now=LATER, note="A complaint.")
        workflow.perform(
            story, "take_down", by=cast.manager, now=LATER + MINUTE, kind="legal", public_note="An order."
        )
        assert not Edition.objects.live(LATER + MINUTE).exists()


class TestClaim:
    def test_lasts_until_something_else_is_done(self, cast: Cast) -> None:
        story = submitted(cast)
        workflow.perform(story, "claim", by=cast.manager, now=NOW)
        claims = StoryEvent.objects.filter(story=story).open_claims()
        assert [claim.actor for claim in claims] == [cast.manager]
        workflow.perform(story, "claim", by=cast.second_manager, now=NOW)
        assert [claim.actor for claim in claims.all()] == [cast.second_manager]
        workflow.perform(story, "recall", by=cast.editor, now=NOW)
        assert not claims.all().exists()

    def test_binds_nobody(self, cast: Cast) -> None:
        story = submitted(cast)
        workflow.perform(story, "claim", by=cast.second_manager, now=NOW)
        workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=1)

    def test_only_what_is_in_review_can_be_claimed(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            workflow.perform(draft(cast.editor), "claim", by=cast.manager, now=NOW)
