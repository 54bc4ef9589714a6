"""The acts, one by one, as a newsroom would use them."""

from datetime import timedelta

import pytest

from articles.desk import workflow
from articles.desk.acts import Act
from articles.desk.refusals import NotAllowed, NotReady, Stale
from articles.desk.standing import Standing, stand
from articles.models import Edition, Revision, Story, StoryEvent
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    approved,
    author,
    change,
    draft,
    live,
    published,
    republished,
    scheduled,
    section,
    submitted,
    taken_down,
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

    def test_of_a_note_alone_on_a_published_text_is_no_change(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=LATER, change_kind="correction", public_note="We were wrong.")
        assert story.revisions.count() == 1

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


class TestPublish:
    def test_prints_what_was_approved(self, cast: Cast) -> None:
        story = published(cast, headline="Eleven stores become one", kicker="Records")
        edition = live(story)
        assert edition.headline == "Eleven stores become one"
        assert edition.content_hash == story.revisions.get().hash
        assert edition.byline["people"] == [
            {"name": "Ada Quill", "job_title": "Managing Editor", "slug": "ada-quill"}
        ]
        assert edition.slug == "eleven-stores-become-one"

    def test_needs_approval(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            workflow.perform(submitted(cast), "publish", by=cast.manager, now=NOW)

    def test_twice_is_refused(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            workflow.perform(published(cast), "publish", by=cast.manager, now=LATER)

    def test_waits_for_the_embargo(self, cast: Cast) -> None:
        story = approved(cast, embargo_at=LATER)
        with pytest.raises(NotReady):
            workflow.perform(story, "publish", by=cast.manager, now=NOW)
        with pytest.raises(NotReady):
            workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=LATER - MINUTE)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=LATER)
        assert stand(story, LATER).standing is Standing.LIVE

    def test_takes_an_address_nobody_else_has(self, cast: Cast) -> None:
        published(cast, headline="The same headline")
        second = published(cast, headline="The same headline")
        assert live(second).slug == "the-same-headline-2"

    def test_refuses_an_address_that_another_story_took_meanwhile(self, cast: Cast) -> None:
        late = approved(cast, slug="budget")
        published(cast, slug="budget")
        with pytest.raises(NotReady) as refusal:
            workflow.perform(late, "publish", by=cast.manager, now=LATER)
        assert [issue.rule for issue in refusal.value.issues] == ["slug_taken"]

    def test_keeps_the_address_when_the_headline_changes(self, cast: Cast) -> None:
        story = published(cast, headline="First words")
        republished(story, cast, now=LATER, headline="Other words", change_kind="typo")
        assert live(story, LATER).slug == "first-words"


class TestSchedule:
    def test_appears_by_the_clock_alone(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        assert not Edition.objects.live(LATER - MINUTE).exists()
        assert live(story, LATER).first_published_at == LATER

    def test_needs_a_time_ahead(self, cast: Cast) -> None:
        for at in (NOW, NOW - MINUTE, None, "tomorrow"):
            with pytest.raises(NotReady):
                workflow.perform(approved(cast), "schedule", by=cast.manager, now=NOW, at=at)

    def test_can_be_moved(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW + MINUTE, at=LATER + MINUTE)
        assert not Edition.objects.live(LATER).exists()
        assert live(story, LATER + MINUTE)

    def test_unscheduled_stays_approved(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW + MINUTE)
        assert story.state == Story.State.APPROVED
        assert not Edition.objects.live(LATER).exists()
        workflow.perform(story, "publish", by=cast.manager, now=NOW + 2 * MINUTE)
        assert live(story, NOW + 2 * MINUTE)

    def test_of_an_update_leaves_the_old_text_live_until_then(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=NOW + MINUTE, standfirst="New words.", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW + MINUTE)
        approve(story, cast, now=NOW + MINUTE)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW + MINUTE, at=LATER)
        assert live(story, LATER - MINUTE).standfirst == "A single store replaces eleven."
        assert live(story, LATER).standfirst == "New words."
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW + 2 * MINUTE)
        assert live(story, LATER).standfirst == "A single store replaces eleven."


class TestCorrect:
    def test_prints_a_dated_note_and_the_updated_time(self, cast: Cast) -> None:
        story = published(cast)
        republished(
            story,
            cast,
            now=LATER,
            standfirst="Nine stores.",
            change_kind="correction",
            public_note="It was nine.",
        )
        edition = live(story, LATER)
        assert edition.corrections == [
            {"at": LATER.isoformat(), "kind": "correction", "note": "It was nine."}
        ]
        assert (edition.first_published_at, edition.updated_at) == (NOW, LATER)

    def test_a_typo_tells_readers_nothing(self, cast: Cast) -> None:
        story = published(cast)
        republished(story, cast, now=LATER, standfirst="A single store replaces eleven!", change_kind="typo")
        assert (live(story, LATER).corrections, live(story, LATER).updated_at) == ([], None)

    def test_needs_a_kind_and_for_a_correction_a_note(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=LATER, standfirst="New.")
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "submit", by=cast.editor, now=LATER)
        assert [issue.field for issue in refusal.value.issues] == ["change_kind"]
        change(story, by=cast.editor, now=LATER, change_kind="correction")
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "submit", by=cast.editor, now=LATER)
        assert [issue.field for issue in refusal.value.issues] == ["public_note"]

    def test_a_note_is_told_once(self, cast: Cast) -> None:
        story = published(cast)
        republished(
            story, cast, now=LATER, standfirst="Nine.", change_kind="correction", public_note="It was nine."
        )
        republished(story, cast, now=LATER + MINUTE, kicker="Records", change_kind="typo")
        assert len(live(story, LATER + MINUTE).corrections) == 1


class TestTakeDown:
    def test_ends_the_live_edition(self, cast: Cast) -> None:
        story = taken_down(cast)
        assert not Edition.objects.live(NOW).exists()
        assert stand(story, NOW).standing is Standing.REMOVED

    @pytest.mark.parametrize(
        "details",
        [
            {},
            {"kind": "error"},
            {"kind": "whim", "public_note": "Gone."},
            {"kind": "error", "redirect_to": "//elsewhere.example/"},
            {"kind": "error", "redirect_to": "https://elsewhere.example/"},
            {"kind": "error", "redirect_to": "/.//elsewhere.example/"},
            {"kind": "error", "redirect_to": "/articles/council-puts-its-records-in-one-place/?from=1"},
        ],
    )
    def test_needs_a_kind_and_words_or_a_way_on(self, cast: Cast, details: dict[str, str]) -> None:
        story = published(cast)
        with pytest.raises(NotReady):
            workflow.perform(story, "take_down", by=cast.manager, now=LATER, **details)
        assert live(story, LATER)

    def test_cancels_a_scheduled_update(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=NOW, standfirst="New words.", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=LATER)
        workflow.perform(
            story, "take_down", by=cast.manager, now=NOW + MINUTE, kind="legal", public_note="Gone."
        )
        assert not Edition.objects.live(LATER).exists()

    def test_in_the_instant_of_publishing_still_works(self, cast: Cast) -> None:
        story = published(cast)
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, kind="error", public_note="Gone.")
        assert not Edition.objects.live(NOW + MINUTE).exists()

    def test_reinstating_brings_back_the_same_text(self, cast: Cast) -> None:
        story = taken_down(cast)
        workflow.perform(story, "reinstate", by=cast.manager, now=LATER)
        edition = live(story, LATER)
        assert edition.origin == Edition.Origin.REINSTATED
        assert edition.first_published_at == NOW - MINUTE

    def test_reinstating_takes_a_text_approved_since(self, cast: Cast) -> None:
        story = taken_down(cast)
        change(
            story,
            by=cast.editor,
            now=NOW,
            standfirst="Put right.",
            change_kind="clarification",
            public_note="Clearer.",
        )
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "reinstate", by=cast.manager, now=LATER)
        assert live(story, LATER).standfirst == "Put right."
        assert live(story, LATER).origin == Edition.Origin.REVIEWED


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
    def test_events_form_a_chain(self, cast: Cast) -> None:
        from articles.desk.record import chain_hash

        events = list(StoryEvent.objects.filter(story=published(cast)).order_by("number"))
        assert [event.act for event in events] == ["save", "submit", "approve", "publish"]
        assert [event.previous_hash for event in events] == ["", *(event.hash for event in events[:-1])]
        assert all(event.hash == chain_hash(event) for event in events)
