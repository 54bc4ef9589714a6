"""Leaving ends all mail at once; erasing keeps nothing but a keyed hash."""

from datetime import timedelta

import pytest

from alerts.leaving import KEPT, erase, forget_old, leave
from alerts.models import (
    Consent,
    Delivery,
    Handling,
    Leaving,
    Notice,
    Registration,
    State,
    Subscriber,
    Suppression,
)
from tests.alerts.readers import READER, follow, owed, places_of, reader
from tests.newsdesk import MINUTE, NOW, topic

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def go(subscriber: Subscriber, now=NOW, reason=Leaving.UNSUBSCRIBED) -> bool:
    return leave(subscriber, reason=reason, how="the page", now=now)


def registration(address_hash: str, at=NOW, **fields) -> Registration:
    return Registration.objects.create(
        **{"address": READER, "address_hash": address_hash, "requested_at": at, "wording": 1, **fields}
    )


class TestLeaving:
    def test_ends_everything_they_follow(self):
        one = reader()
        follow(one)
        follow(one, topic())
        assert go(one)
        assert not one.subscriptions.current().exists()
        assert set(one.subscriptions.values_list("ended_at", "ended_reason")) == {(NOW, "unsubscribed")}
        assert not Subscriber.objects.staying().exists()

    def test_cancels_what_waits_and_leaves_what_is_in_hand(self):
        one, other = reader(), reader("other@mail.example")
        in_hand = {"state": State.SENDING, "lease_until": NOW + MINUTE}
        told = [
            owed(one, "a"),
            owed(one, "b", state=State.RETRY),
            owed(one, "c", **in_hand),
            owed(one, "d", state=State.ACCEPTED),
            owed(other, "a"),
        ]
        go(one)
        for delivery in told:
            delivery.refresh_from_db()
        assert [delivery.state for delivery in told] == [
            State.CANCELLED,
            State.CANCELLED,
            State.SENDING,
            State.ACCEPTED,
            State.READY,
        ]
        assert (told[0].reason, told[0].settled_at) == ("left", NOW)

    def test_is_on_record_once_however_often_it_is_said(self, cast):
        one = reader()
        assert leave(one, reason=Leaving.STAFF, how="the desk", now=NOW, by=cast.manager)
        assert not any(go(one, NOW + number * MINUTE) for number in range(10))
        left = Consent.objects.get(act=Consent.Act.LEFT)
        assert (left.how, left.actor, left.asked_at) == ("the desk", cast.manager, NOW)
        assert (one.ended_at, one.ended_reason) == (NOW, Leaving.STAFF)

    def test_does_not_mind_a_clock_that_is_behind(self):
        one = reader()
        follow(one)
        go(one, NOW - 5 * MINUTE)
        followed = one.subscriptions.get()
        assert followed.ended_at == followed.started_at


class TestErasing:
    """Drill F8: after it only a keyed hash is there."""

    @pytest.fixture
    def everywhere(self, cast) -> Subscriber:
        """Somebody whose address stands wherever it may have got to."""
        one = reader(READER)
        follow(one, topic())
        said = {"reply": f"550 5.1.1 <{READER.upper()}>: no such mailbox", "reason": f"refused {READER}"}
        owed(one, "a", state=State.FAILED, **said)
        asked = registration(one.address_hash, page=f"/alerts/?email={READER}", source_hash="e" * 64)
        owed(asked, "registration:1", **said)
        Notice.objects.filter(key="registration:1").update(registration=asked)
        one.consents.update(how=f"/alerts/?email={READER}")
        Handling.objects.create(
            act="looked_up", by=cast.manager, at=NOW, subscriber=one, note=f"{READER} rang"
        )
        Suppression.objects.create(
            address_hash=one.address_hash, reason="bounced", at=NOW, detail=f"no {READER} here"
        )
        return one

    def test_leaves_the_address_nowhere(self, everywhere):
        assert {"Subscriber.address", "Delivery.reply", "Registration.page"} <= places_of(READER)
        assert erase(everywhere, how="the page", now=NOW)
        assert places_of(READER, "f" * 64, "e" * 64) == set()
        assert places_of(everywhere.address_hash) == {
            "Subscriber.address_hash",
            "Suppression.address_hash",
        }

    def test_forgets_what_they_followed_and_chose(self, everywhere):
        erase(everywhere, how="the page", now=NOW)
        assert not everywhere.subscriptions.exists()
        assert set(everywhere.consents.values_list("act", flat=True)) == {"registered", "left", "erased"}
        assert [row.choices for row in everywhere.consents.all()] == [{}, {}, {}]

    def test_keeps_an_import_from_taking_them_in_again(self, everywhere):
        erase(everywhere, how="the page", now=NOW)
        kept = Suppression.objects.in_force().get(reason=Suppression.Reason.LEFT)
        assert kept.address_hash == everywhere.address_hash

    def test_keeps_the_numbers_of_what_was_sent(self, everywhere):
        erase(everywhere, how="the page", now=NOW)
        assert everywhere.deliveries.get().state == State.FAILED

    def test_happens_once(self, everywhere):
        erase(everywhere, how="the page", now=NOW)
        assert not erase(everywhere, how="the page", now=NOW + MINUTE)
        assert everywhere.erased_at == NOW
        assert Consent.objects.filter(act=Consent.Act.ERASED).count() == 1

    def test_lets_them_register_again_as_somebody_new(self):
        erase(reader(), how="the page", now=NOW)
        assert reader(now=NOW + DAY).pk

    def test_touches_nobody_else(self, everywhere):
        other = reader("other@mail.example")
        follow(other)
        owed(other, "a", reply="250 ok")
        asked = registration("0" * 64, address="other@mail.example")
        erase(everywhere, how="the page", now=NOW)
        other.refresh_from_db()
        assert (other.address, other.ended_at) == ("other@mail.example", None)
        assert other.subscriptions.current().count() == 1
        assert other.deliveries.get().reply == "250 ok"
        assert Registration.objects.get() == asked


class TestForgettingWhatIsOld:
    def test_an_address_is_erased_28_days_after_leaving(self):
        one = reader()
        go(one)
        forget_old(NOW + KEPT)
        assert Subscriber.objects.get().address == READER
        forget_old(NOW + KEPT + MINUTE)
        forget_old(NOW + KEPT + DAY)
        assert Subscriber.objects.get().address == ""
        assert Subscriber.objects.get().ended_reason == Leaving.UNSUBSCRIBED
        assert Consent.objects.get(act=Consent.Act.ERASED).how == "28 days after leaving"

    def test_who_stays_is_never_erased(self):
        reader(now=NOW - 3650 * DAY)
        forget_old(NOW)
        assert Subscriber.objects.get().address == READER

    def test_a_registration_is_forgotten_after_seven_days_with_its_mails(self):
        old, young = registration("1" * 64), registration("2" * 64, NOW + DAY)
        for number, asked in enumerate((old, young)):
            owed(asked, f"registration:{number}")
            Notice.objects.filter(key=f"registration:{number}").update(registration=asked)
        forget_old(NOW + 7 * DAY)
        assert Registration.objects.get() == young
        assert Notice.objects.get().registration == young
        assert Delivery.objects.get().registration == young

    def test_is_a_chore_of_the_workers(self):
        from articles.desk.chores import CHORES

        assert CHORES["old addresses"].do is forget_old
