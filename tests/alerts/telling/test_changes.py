"""Who is told when a published story changes, goes, or comes back: whom it concerns, and once."""

from typing import Any

import pytest

from alerts.leaving import leave
from alerts.mails.composing import compose
from alerts.models import Delivery, Frequency, Lane, Leaving, Letter, LetterEdition, Notice, State
from alerts.sending.books import books_of_story
from articles.desk import workflow
from articles.models import Story
from tests.alerts.telling.telling import follower, mails, sent, told, worked
from tests.newsdesk import MINUTE, NOW, Cast, published, republished

WRONG = {"change_kind": "correction", "public_note": "The council has eleven stores, not ten."}


def corrected(story: Story, cast: Cast, minute: int = 1, **fields: Any) -> None:
    republished(story, cast, now=NOW + minute * MINUTE, kicker=f"Change {minute}", **(WRONG | fields))


def changed(story: Story, cast: Cast, minute: int = 1, **fields: Any) -> None:
    known = {"kicker": f"Change {minute}", "change_kind": "typo", "public_note": "", **fields}
    republished(story, cast, now=NOW + minute * MINUTE, **known)


def removed(story: Story, cast: Cast, minute: int = 1, kind: str = "error") -> None:
    at = NOW + minute * MINUTE
    workflow.perform(story, "take_down", by=cast.manager, now=at, kind=kind, public_note="Too soon.")


def reinstated(story: Story, cast: Cast, minute: int = 2) -> None:
    workflow.perform(story, "reinstate", by=cast.manager, now=NOW + minute * MINUTE, note="It stands.")


@pytest.fixture
def story(cast: Cast) -> Story:
    """Ann was sent it."""
    follower("ann")
    story = published(cast)
    told(story)
    return story


class TestASilentChange:
    @pytest.mark.parametrize("fields", [{}, {"slug": "another-address"}, {"change_kind": "update"}])
    def test_is_told_to_nobody(self, cast: Cast, story: Story, fields: dict[str, Any]) -> None:
        changed(story, cast, **fields)
        worked(NOW + MINUTE)
        assert mails(story) == {"ann": [("story", "accepted")]}
        notice = Notice.objects.latest("pk")
        assert (notice.eligible, notice.letters.count(), notice.fanned_out_at) == (0, 0, NOW + MINUTE)


class TestATickedUpdate:
    def test_is_told_to_who_follows_it_then(self, cast: Cast, story: Story) -> None:
        follower("ben", now=NOW + MINUTE)
        changed(story, cast, 2, change_kind="update", tell_readers=True)
        follower("cleo", now=NOW + 9 * MINUTE)
        worked(NOW + 9 * MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("update", "ready")],
            "ben": [("update", "ready")],
        }


class TestACorrection:
    @pytest.mark.parametrize("kind", ["correction", "clarification", "retraction"])
    def test_is_told_to_exactly_those_who_were_sent_it(self, cast: Cast, story: Story, kind: str) -> None:
        follower("late", now=NOW + MINUTE)
        corrected(story, cast, change_kind=kind)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {"ann": [("story", "accepted"), ("correction", "ready")]}

    def test_reaches_who_follows_other_things_by_now_or_pauses(self, cast: Cast) -> None:
        ann, ben = follower("ann"), follower("ben")
        story = published(cast)
        told(story)
        ann.subscriptions.update(ended_at=NOW, ended_reason="changed")
        type(ben).objects.filter(pk=ben.pk).update(paused_until=NOW + 99 * MINUTE)
        corrected(story, cast)
        worked(NOW + MINUTE)
        assert [rows[-1] for rows in mails(story).values()] == [("correction", "ready")] * 2

    def test_does_not_reach_who_left(self, cast: Cast, story: Story) -> None:
        ann = Delivery.objects.get().subscriber
        assert ann is not None
        leave(ann, reason=Leaving.UNSUBSCRIBED, how="page", now=NOW)
        corrected(story, cast)
        worked(NOW + MINUTE)
        assert mails(story) == {"ann": [("story", "accepted")]}

    @pytest.mark.parametrize("state", ["uncertain", "sending"])
    def test_reaches_those_of_whom_nobody_knows_whether_they_got_it(
        self, cast: Cast, story: Story, state: str
    ) -> None:
        Delivery.objects.update(state=state, lease_until=NOW + MINUTE)
        corrected(story, cast)
        worked(NOW + MINUTE)
        assert mails(story)["ann"][-1] == ("correction", "ready")

    @pytest.mark.parametrize("state", ["failed", "suppressed"])
    def test_does_not_reach_who_never_got_it(self, cast: Cast, story: Story, state: str) -> None:
        Delivery.objects.update(state=state)
        corrected(story, cast)
        worked(NOW + MINUTE)
        assert len(mails(story)["ann"]) == 1

    def test_reaches_those_who_had_it_in_a_digest(self, cast: Cast) -> None:
        dee, other = follower("dee", frequency=Frequency.DAILY), follower("other", frequency=Frequency.DAILY)
        story, another = published(cast), published(cast, headline="Another story")
        for reader, about in ((dee, story), (other, another)):
            digested(reader, about)
        corrected(story, cast)
        worked(NOW + MINUTE)
        assert mails(story) == {"dee": [("x", "accepted"), ("correction", "ready")]}

    def test_after_another_is_told_once_more_to_the_same(self, cast: Cast, story: Story) -> None:
        corrected(story, cast)
        told(story, NOW + MINUTE)
        corrected(story, cast, 2)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("correction", "accepted"), ("correction", "ready")]
        }

    def test_overtaken_by_another_is_told_once(self, cast: Cast, story: Story) -> None:
        corrected(story, cast)
        worked(NOW + MINUTE)
        corrected(story, cast, 2)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("correction", "superseded"), ("correction", "ready")]
        }

    def test_overtaken_by_a_silent_change_is_told_with_that(self, cast: Cast, story: Story) -> None:
        corrected(story, cast)
        worked(NOW + MINUTE)
        changed(story, cast, 2)
        worked(NOW + 2 * MINUTE)
        told(story, NOW + 2 * MINUTE)
        changed(story, cast, 3)
        worked(NOW + 3 * MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("correction", "superseded"), ("correction", "accepted")]
        }


class TestInTheMidstOfARun:
    """Ann was sent it; Ben's mail waits."""

    @pytest.fixture
    def story(self, cast: Cast) -> Story:
        ann = follower("ann")
        follower("ben")
        story = published(cast)
        worked()
        sent(ann)
        return story

    def test_a_silent_change_loses_nobody_the_story(self, cast: Cast, story: Story) -> None:
        changed(story, cast)
        worked(NOW + MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted")],
            "ben": [("story", "superseded"), ("story", "ready")],
        }

    def test_nor_do_three(self, cast: Cast, story: Story) -> None:
        for minute in (1, 2, 3):
            changed(story, cast, minute)
            worked(NOW + minute * MINUTE)
        sent()
        changed(story, cast, 4)
        worked(NOW + 4 * MINUTE)
        assert mails(story)["ben"] == [*[("story", "superseded")] * 3, ("story", "accepted")]
        assert mails(story)["ann"] == [("story", "accepted")]

    def test_a_correction_is_told_to_one_and_the_story_as_it_stands_to_the_other(
        self, cast: Cast, story: Story
    ) -> None:
        corrected(story, cast)
        worked(NOW + MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("correction", "ready")],
            "ben": [("story", "superseded"), ("story", "ready")],
        }

    def test_a_ticked_update_brings_the_story_to_who_never_had_it(self, cast: Cast, story: Story) -> None:
        changed(story, cast, change_kind="update", tell_readers=True)
        worked(NOW + MINUTE)
        assert mails(story)["ann"][-1] == ("update", "ready")
        assert mails(story)["ben"] == [("story", "superseded"), ("story", "ready")]

    def test_an_overtaken_update_is_told_with_what_overtook_it(self, cast: Cast, story: Story) -> None:
        changed(story, cast, change_kind="update", tell_readers=True)
        worked(NOW + MINUTE)
        changed(story, cast, 2)
        worked(NOW + 2 * MINUTE)
        assert mails(story)["ann"][-2:] == [("update", "superseded"), ("update", "ready")]
        assert mails(story)["ben"][-2:] == [("story", "superseded"), ("story", "ready")]

    def test_who_leaves_meanwhile_is_not_carried_over(self, cast: Cast, story: Story) -> None:
        ben = Delivery.objects.waiting().get().subscriber
        assert ben is not None
        leave(ben, reason=Leaving.UNSUBSCRIBED, how="page", now=NOW)
        changed(story, cast)
        worked(NOW + MINUTE)
        assert mails(story)["ben"] == [("story", "left")]

    def test_a_removal_cancels_what_waits_and_is_told_to_who_had_it(self, cast: Cast, story: Story) -> None:
        removed(story, cast)
        worked(NOW + MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("removal", "ready")],
            "ben": [("story", "removed")],
        }
        assert Delivery.objects.get(reason="removed").settled_at == NOW + MINUTE

    def test_a_removal_and_its_end_bring_the_story_to_who_never_had_it(
        self, cast: Cast, story: Story
    ) -> None:
        removed(story, cast)
        told(story, NOW + MINUTE)
        reinstated(story, cast)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {
            "ann": [("story", "accepted"), ("removal", "accepted")],
            "ben": [("story", "removed"), ("story", "ready")],
        }

    def test_a_removal_that_ended_before_anybody_heard_of_it_is_not_told(
        self, cast: Cast, story: Story
    ) -> None:
        removed(story, cast)
        reinstated(story, cast)
        worked(NOW + 3 * MINUTE)
        assert mails(story)["ann"] == [("story", "accepted"), ("removal", "superseded")]
        assert mails(story)["ben"] == [("story", "removed"), ("story", "ready")]

    def test_the_books_add_up_throughout(self, cast: Cast, story: Story) -> None:
        for minute, change in enumerate((changed, corrected, removed, reinstated, changed), 1):
            change(story, cast, minute)
            worked(NOW + minute * MINUTE)
            assert books_of_story(story.pk).add_up
            sent(now=NOW + minute * MINUTE)
            assert books_of_story(story.pk).add_up


class TestARemoval:
    def test_of_what_nobody_was_sent_is_told_to_nobody(self, cast: Cast) -> None:
        follower("late", now=NOW + 2 * MINUTE)
        story = published(cast)
        removed(story, cast)
        worked(NOW + MINUTE)
        assert mails(story) == {}

    def test_before_the_worker_came_tells_nobody_that_there_was_a_story(self, cast: Cast) -> None:
        follower("ann")
        story = published(cast)
        removed(story, cast)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {"ann": [("story", "removed")]}

    def test_and_a_new_version_afterwards_tell_nobody_the_story_twice(self, cast: Cast, story: Story) -> None:
        removed(story, cast)
        told(story, NOW + MINUTE)
        changed(story, cast, 2, headline="It was eleven", change_kind="update")
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {"ann": [("story", "accepted"), ("removal", "accepted")]}


class TestWhileNoWorkerRan:
    def test_several_editions_reach_each_follower_as_one_mail_of_the_last(self, cast: Cast) -> None:
        follower("ann")
        story = published(cast)
        changed(story, cast)
        corrected(story, cast, 2)
        worked(NOW + 5 * MINUTE)
        assert mails(story) == {"ann": [("story", "superseded"), ("story", "ready")]}
        assert Delivery.objects.waiting().get().notice == Notice.objects.latest("as_of")

    def test_notices_stand_in_the_order_of_editions_though_one_failed_first(self, cast: Cast) -> None:
        from alerts.telling.noticing import tell

        story = published(cast)
        changed(story, cast)
        first, second = story.editions.order_by("published_at")
        tell(second, now=NOW + MINUTE)
        tell(first, now=NOW + MINUTE)
        assert [notice.edition for notice in Notice.objects.order_by("pk")] == [first, second]


def digested(reader: Any, story: Story) -> None:
    """A digest with this story in it was sent to the reader."""
    known = {"kind": Notice.Kind.DIGEST, "lane": Lane.DIGEST, "made_at": NOW, "as_of": NOW}
    notice = Notice.objects.create(key=f"digest:{reader.pk}", eligible=1, fanned_out_at=NOW, **known)
    letter = Letter.objects.create(notice=notice, variant="x")
    LetterEdition.objects.create(letter=letter, edition=story.editions.get())
    known = {"state": State.ACCEPTED, "made_at": NOW, "next_try_at": NOW}
    Delivery.objects.create(notice=notice, letter=letter, subscriber=reader, lane=Lane.DIGEST, **known)


class TestTheLetterOfACorrection:
    def test_says_what_was_wrong_though_a_typo_was_mended_before_it_went_out(
        self, cast: Cast, story: Story
    ) -> None:
        corrected(story, cast)
        worked(NOW + MINUTE)
        changed(story, cast, 2)
        worked(NOW + 2 * MINUTE)
        letter = Delivery.objects.waiting().get().letter
        compose(letter, NOW + 2 * MINUTE)
        assert letter.subject == f"Correction: {story.headline}"
        assert WRONG["public_note"] in letter.text and WRONG["public_note"] in letter.html
