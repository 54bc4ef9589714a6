"""Who is told of a story when it is published: everybody who followed it at that moment, once."""

from datetime import timedelta
from itertools import batched

import pytest

from alerts.leaving import leave
from alerts.models import Delivery, Follows, Frequency, Lane, Leaving, Notice, State, Subscriber, Subscription
from articles.desk.intake import take_in
from articles.models import Story, Withholding
from tests.alerts.readers import follow, reader
from tests.alerts.telling.telling import follower, mails, sent, worked
from tests.newsdesk import MINUTE, NOW, Cast, author, draft, published, scheduled, section, topic

DAY = timedelta(days=1)


class TestTheRecipients:
    def test_are_who_follows_the_section_a_topic_an_author_or_everything(self, cast: Cast) -> None:
        follower("by.section", section())
        follower("by.topic", topic())
        follower("by.author", author())
        follower("all")
        follower("elsewhere", section("Health", "health"), topic("Hospitals"), author("Bea Nib"))
        story = published(cast)
        worked()
        assert mails(story) == {
            name: [("story", "ready")] for name in ("by.section", "by.topic", "by.author", "all")
        }

    def test_are_who_wants_it_at_once(self, cast: Cast) -> None:
        follower("daily", frequency=Frequency.DAILY)
        follower("weekly", section(), frequency=Frequency.WEEKLY)
        story = published(cast)
        worked()
        assert mails(story) == {}

    def test_confirmed_before_it_was_published(self, cast: Cast) -> None:
        follower("early", now=NOW)
        late = reader("late@mail.example", now=NOW + 2 * MINUTE)
        follow(late, frequency=Frequency.AT_ONCE, now=NOW)
        story = published(cast)
        worked(NOW + MINUTE)
        assert list(mails(story)) == ["early"]

    def test_followed_it_at_that_moment_whatever_they_do_before_the_worker_comes(self, cast: Cast) -> None:
        stayed, gave_up = follower("stayed"), follower("gave.up", topic())
        began = reader("began@mail.example")
        story = published(cast)
        gave_up.subscriptions.update(ended_at=NOW + MINUTE, ended_reason="changed")
        follow(began, frequency=Frequency.AT_ONCE, now=NOW + 2 * MINUTE)
        worked(NOW + 2 * MINUTE)
        assert set(mails(story)) == {"stayed", "gave.up"}
        assert stayed.deliveries.get().made_at == NOW + 2 * MINUTE

    def test_did_not_pause_then(self, cast: Cast) -> None:
        follower("pausing", paused_until=NOW + DAY)
        follower("back", paused_until=NOW)
        story = published(cast)
        worked()
        assert list(mails(story)) == ["back"]

    def test_had_not_left(self, cast: Cast) -> None:
        gone = follower("gone")
        leave(gone, reason=Leaving.ONE_CLICK, how="button", now=NOW - MINUTE)
        story = published(cast)
        worked()
        assert mails(story) == {}

    def test_who_left_before_the_worker_came_have_a_delivery_that_is_cancelled(self, cast: Cast) -> None:
        leaver = follower("leaver")
        story = published(cast)
        leave(leaver, reason=Leaving.ONE_CLICK, how="button", now=NOW + MINUTE)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {"leaver": [("story", "left")]}
        assert leaver.deliveries.get().settled_at == NOW + 2 * MINUTE


class TestDrillA7:
    def test_who_follows_five_topics_of_a_story_gets_one_mail(self, cast: Cast) -> None:
        five = [topic(f"Topic {number}") for number in range(5)]
        follower("keen", *five)
        story = published(cast, topics=five)
        worked()
        assert mails(story) == {"keen": [("story", "ready")]}

    def test_so_does_who_follows_everything_else_about_it_too(self, cast: Cast) -> None:
        follower("keen", None, section(), topic(), author())
        story = published(cast)
        worked()
        assert mails(story) == {"keen": [("story", "ready")]}

    def test_and_who_changed_how_often_that_morning(self, cast: Cast) -> None:
        keen = follower("keen", topic())
        Subscription.objects.update(started_at=NOW - DAY, ended_at=NOW + MINUTE, ended_reason="changed")
        follow(keen, topic(), Frequency.AT_ONCE, now=NOW + 2 * MINUTE)
        story = published(cast)
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {"keen": [("story", "ready")]}


class TestTheNotice:
    def test_counts_whom_it_is_for_and_says_when_they_are_all_found(self, cast: Cast) -> None:
        for name in ("ann", "ben", "cleo"):
            follower(name)
        story = published(cast)
        worked(NOW + MINUTE)
        notice = Notice.objects.get()
        assert (notice.key, notice.kind, notice.lane) == (
            f"edition:{story.editions.get().pk}",
            Notice.Kind.EDITION,
            Lane.ALERT,
        )
        assert (notice.as_of, notice.made_at, notice.fanned_out_at) == (NOW, NOW + MINUTE, NOW + MINUTE)
        assert notice.eligible == notice.deliveries.count() == 3

    def test_of_a_scheduled_story_is_made_when_it_appears(self, cast: Cast) -> None:
        follower()
        story = scheduled(cast, at=NOW + MINUTE)
        worked(NOW)
        assert not Notice.objects.exists()
        worked(NOW + 2 * MINUTE)
        assert mails(story) == {"ann": [("story", "ready")]}
        assert Notice.objects.get().as_of == NOW + MINUTE

    def test_is_not_made_of_an_import_nor_of_what_never_appeared(self, cast: Cast) -> None:
        follower()
        take_in(
            Story.objects.create(headline="From elsewhere", section=section(), body="<p>Text.</p>"),
            now=NOW,
            published_at=NOW - MINUTE,
        )
        draft(cast.editor)
        worked()
        assert not Notice.objects.exists()

    def test_has_its_letter_once_and_unwritten(self, cast: Cast) -> None:
        follower("ann"), follower("ben")
        published(cast)
        worked()
        letter = Notice.objects.get().letters.get()
        assert (letter.variant, letter.contents, letter.rendered_at) == ("story", {}, None)
        assert letter.edition_rows.get().edition == Notice.objects.get().edition


class TestAWorkerThatWasDown:
    def test_for_an_hour_tells_everybody_who_followed_then(self, cast: Cast) -> None:
        follower()
        story = published(cast)
        worked(NOW + timedelta(hours=1))
        assert mails(story) == {"ann": [("story", "ready")]}

    def test_for_days_tells_nobody_at_once_what_is_no_news_any_more(self, cast: Cast) -> None:
        follower()
        story = published(cast)
        worked(NOW + timedelta(days=3))
        assert mails(story) == {}
        assert Notice.objects.get().fanned_out_at is not None

    def test_for_days_still_tells_of_corrections(self, cast: Cast) -> None:
        from tests.newsdesk import republished

        follower()
        story = published(cast)
        worked()
        sent()
        republished(
            story, cast, now=NOW + MINUTE, kicker="Mended", change_kind="correction", public_note="No."
        )
        worked(NOW + timedelta(days=3))
        assert mails(story) == {"ann": [("story", "accepted"), ("correction", "ready")]}


@pytest.mark.django_db
def test_a_million_would_be_found_a_stretch_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.fan_out.A_CHUNK", 3)
    at = NOW - MINUTE
    Subscriber.objects.bulk_create(
        Subscriber(address=f"{n}@mail.example", address_hash=f"{n:064}", confirmed_at=at) for n in range(10)
    )
    readers = list(Subscriber.objects.order_by("pk"))
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=each,
            follows=Follows.TOPIC if number % 2 else Follows.EVERYTHING,
            topic=topic() if number % 2 else None,
            frequency=Frequency.AT_ONCE,
            started_at=at,
        )
        for number, each in enumerate(readers)
    )
    published(cast)
    worked()
    told = Delivery.objects.order_by("pk").values_list("subscriber", flat=True)
    # Stretch after stretch; in which order within one is the database's affair.
    assert [sorted(some) for some in batched(told, 3)] == [
        [reader.pk for reader in some] for some in batched(readers, 3)
    ]
    assert Notice.objects.get().eligible == 10
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.READY}


def test_a_notice_that_fails_holds_up_no_other(cast: Cast) -> None:
    follower()
    Notice.objects.create(key="edition:0", kind=Notice.Kind.EDITION, lane=Lane.ALERT, made_at=NOW, as_of=NOW)
    story = published(cast)
    worked()
    assert mails(story) == {"ann": [("story", "ready")]}


def test_what_may_not_be_shown_is_mailed_to_nobody(cast: Cast) -> None:
    """The desk withholds nothing that readers have; should it come to that, no mail says it."""
    follower()
    story = published(cast)
    Withholding.objects.create(
        edition=story.editions.get(), kind="legal", placed_at=NOW, placed_by=cast.manager, public_note=""
    )
    worked()
    assert mails(story) == {"ann": [("story", "withheld")]}
