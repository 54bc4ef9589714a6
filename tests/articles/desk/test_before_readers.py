"""The acts that readers notice: publishing, scheduling, correcting, taking down."""

from datetime import timedelta

import pytest

from articles.desk import workflow
from articles.desk.refusals import NotAllowed, NotReady
from articles.desk.standing import Standing, stand
from articles.models import Edition, Story
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    approved,
    change,
    live,
    published,
    republished,
    scheduled,
    submitted,
    taken_down,
)

LATER = NOW + timedelta(hours=3)


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

    def test_is_void_once_an_embargo_ends_later_whoever_says_so_and_how(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        change(story, by=cast.editor, now=NOW + MINUTE, embargo_at=LATER + MINUTE)
        assert stand(story, LATER).standing is Standing.NEVER_PUBLISHED
        assert story.events.done("unschedule").exists()

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

    @pytest.mark.parametrize("kind", ["clarification", "correction", "retraction"])
    def test_needs_no_other_word_to_tell_readers_something(self, cast: Cast, kind: str) -> None:
        story = published(cast)
        republished(story, cast, now=LATER, change_kind=kind, public_note="The figures do not stand.")
        edition = live(story, LATER)
        assert [note["kind"] for note in edition.corrections] == [kind]
        assert edition.updated_at == LATER

    @pytest.mark.parametrize("kind", ["typo", "update"])
    def test_of_which_readers_are_told_nothing_needs_another_word(self, cast: Cast, kind: str) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=LATER, change_kind=kind, public_note="")
        assert (story.version, story.state) == (1, Story.State.APPROVED)

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
