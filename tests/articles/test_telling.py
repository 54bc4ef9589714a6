"""Who is told of an edition."""

import pytest
from django.db import IntegrityError, transaction

from articles.desk import workflow
from articles.models import Edition
from articles.models.editions import FAR_FUTURE
from articles.models.telling import Telling, telling_of
from tests.newsdesk import MINUTE, NOW, Cast, live, published, republished

NOTE = "The earlier version named the wrong council."


def told(origin: str = "reviewed", *, is_first: bool = False, **says: object) -> Telling:
    return telling_of(Edition(origin=origin, **says), is_first=is_first)


class TestWhoIsTold:
    def test_followers_of_what_is_published_first_with_review_or_without(self) -> None:
        assert told(is_first=True) == Telling.FOLLOWERS
        assert told("unreviewed", is_first=True) == Telling.FOLLOWERS

    def test_followers_once_when_an_update_is_ticked_before_anything_was_out(self) -> None:
        assert told(is_first=True, change_kind="update", tell_readers=True) == Telling.FOLLOWERS

    def test_nobody_of_a_typo_nor_of_an_update_that_nobody_ticked(self) -> None:
        assert told(change_kind="typo") == told(change_kind="update") == Telling.NOBODY

    def test_followers_again_of_a_ticked_update(self) -> None:
        assert told(change_kind="update", tell_readers=True) == Telling.FOLLOWERS_AGAIN
        assert told("unreviewed", change_kind="update", tell_readers=True) == Telling.FOLLOWERS_AGAIN

    @pytest.mark.parametrize("kind", ["clarification", "correction", "retraction"])
    def test_those_who_were_sent_the_wrong_version_of_what_was_wrong(self, kind: str) -> None:
        assert told(change_kind=kind) == Telling.SENT_BEFORE

    @pytest.mark.parametrize("kind", ["legal", "privacy", "error", "rights", "withdrawn"])
    def test_those_who_were_sent_it_of_its_removal(self, kind: str) -> None:
        assert told("removal", removal_kind=kind) == Telling.SENT_BEFORE

    def test_nobody_of_an_import_nor_of_what_is_brought_back(self) -> None:
        assert told("imported", is_first=True) == Telling.NOBODY
        assert told("reinstated", change_kind="update", tell_readers=True) == Telling.NOBODY
        assert told("reinstated", change_kind="correction") == Telling.NOBODY


class TestTheEdition:
    def test_says_what_was_reviewed(self, cast: Cast) -> None:
        story = published(cast)
        assert not live(story, NOW).tell_readers
        republished(story, cast, now=NOW + MINUTE, headline="New", change_kind="update", tell_readers=True)
        edition = live(story, NOW + MINUTE)
        assert edition.tell_readers and edition.public()["tell_readers"] is True

    def test_of_a_later_change_says_no_more_of_the_tick(self, cast: Cast) -> None:
        story = published(cast)
        republished(story, cast, now=NOW + MINUTE, headline="New", change_kind="update", tell_readers=True)
        republished(story, cast, now=NOW + 2 * MINUTE, headline="Newer", change_kind="update")
        edition = live(story, NOW + 2 * MINUTE)
        assert not edition.tell_readers and "tell_readers" not in edition.public()

    def test_that_takes_a_ticked_update_down_is_no_update(self, cast: Cast) -> None:
        story = published(cast)
        republished(story, cast, now=NOW + MINUTE, headline="New", change_kind="update", tell_readers=True)
        now = NOW + 2 * MINUTE
        workflow.perform(story, "take_down", by=cast.manager, now=now, kind="error", public_note=NOTE)
        removal = story.editions.get(superseded_at=FAR_FUTURE)
        assert not removal.tell_readers
        assert telling_of(removal, is_first=False) == Telling.SENT_BEFORE
        workflow.perform(story, "reinstate", by=cast.manager, now=now + MINUTE)
        assert telling_of(live(story, now + MINUTE), is_first=False) == Telling.NOBODY

    def test_is_an_update_if_followers_are_told_of_it_again_the_database_sees_to_that(
        self, cast: Cast
    ) -> None:
        edition = live(published(cast), NOW)
        edition.pk, edition.superseded_at = None, edition.published_at
        edition.change_kind, edition.tell_readers = "typo", True
        with pytest.raises(IntegrityError, match="only_an_update_is_told_again"), transaction.atomic():
            edition.save(force_insert=True)

    def test_cannot_be_ticked_afterwards(self, cast: Cast) -> None:
        story = published(cast)
        republished(story, cast, now=NOW + MINUTE, headline="New", change_kind="update")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Edition.objects.filter(pk=live(story, NOW + MINUTE).pk).update(tell_readers=True)
