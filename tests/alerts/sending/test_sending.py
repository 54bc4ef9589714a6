"""What is due is sent once to each, and what becomes of it is written down."""

from datetime import timedelta

import pytest

from alerts.leaving import leave
from alerts.models import Delivery, Leaving, Notice, State, Stop, Subscriber, Suppression
from alerts.stopping import lift, stop
from tests.alerts.sending.outbox import Clock, alert, apart, due, send, state, states
from tests.mailserver import MailServer
from tests.newsdesk import MINUTE, NOW

pytestmark = pytest.mark.django_db


class TestWhatIsDue:
    def test_is_sent_once_to_each(self, server: MailServer, clock: Clock):
        alert(30)
        send(clock)
        send(clock)
        assert states() == {State.ACCEPTED: 30}
        assert sorted(mail.recipient for mail in server.received) == sorted(
            f"reader{number}@mail.example" for number in range(30)
        )

    def test_says_who_when_and_in_how_many_attempts(self, server: MailServer, clock: Clock):
        delivery = due("reader@mail.example")
        send(clock)
        delivery.refresh_from_db()
        assert (delivery.attempts, delivery.begun_at, delivery.settled_at) == (1, NOW, NOW)

    def test_comes_with_its_own_name(self, server: MailServer, clock: Clock):
        alert(3)
        send(clock)
        assert len({mail.message_id for mail in server.received}) == 3

    def test_leaves_what_is_not_due_yet(self, server: MailServer, clock: Clock):
        delivery = due("reader@mail.example", next_try_at=NOW + MINUTE)
        send(clock)
        assert state(delivery) == State.READY
        clock.pass_by(minutes=1)
        send(clock)
        assert state(delivery) == State.ACCEPTED

    def test_is_left_to_who_has_it_in_hand(self, server: MailServer, clock: Clock):
        due("reader@mail.example", state=State.SENDING, lease_until=NOW + MINUTE)
        send(clock)
        assert server.received == []

    def test_goes_over_one_connection(self, server: MailServer, clock: Clock):
        alert(5)
        send(clock)
        assert server.connections == 1


class TestWhatMustNotBeSent:
    def test_to_who_left(self, server: MailServer, clock: Clock):
        delivery = due("reader@mail.example")
        Subscriber.objects.update(ended_at=NOW, ended_reason=Leaving.UNSUBSCRIBED)
        send(clock)
        assert (state(delivery), delivery.reason) == (State.CANCELLED, "left")

    def test_to_who_is_pausing(self, server: MailServer, clock: Clock):
        delivery = due("reader@mail.example")
        Subscriber.objects.update(paused_until=NOW + MINUTE)
        send(clock)
        assert (state(delivery), delivery.reason) == (State.CANCELLED, "pausing")

    @pytest.mark.parametrize("variant", ["correction", "removal"])
    def test_but_for_corrections_to_who_is_pausing(self, server: MailServer, clock: Clock, variant: str):
        delivery = due("reader@mail.example")
        delivery.letter.variant = variant
        delivery.letter.save(update_fields=["variant"])
        Subscriber.objects.update(paused_until=NOW + MINUTE)
        send(clock)
        assert state(delivery) == State.ACCEPTED

    def test_to_an_address_that_is_suppressed(self, server: MailServer, clock: Clock):
        delivery = due("reader@mail.example")
        Suppression.objects.create(
            address_hash=delivery.subscriber.address_hash, reason=Suppression.Reason.STAFF, at=NOW
        )
        send(clock)
        assert state(delivery) == State.SUPPRESSED

    def test_when_the_notice_was_called_off(self, server: MailServer, clock: Clock):
        delivery = due("reader@mail.example")
        Notice.objects.update(cancelled_at=NOW)
        send(clock)
        assert (state(delivery), delivery.reason) == (State.CANCELLED, "called off")
        assert server.received == []


class TestAStop:
    def test_keeps_mail_until_it_is_lifted(self, server: MailServer, clock: Clock):
        alert(3)
        stop(Stop.Kind.STAFF, by=None, now=NOW)
        send(clock)
        assert states() == {State.READY: 3}
        lift(Stop.Kind.STAFF, by=None, now=NOW)
        clock.pass_by(minutes=1)
        send(clock)
        assert states() == {State.ACCEPTED: 3}


@pytest.mark.django_db(transaction=True)
class TestDrillA8:
    def test_a_stop_in_the_middle_of_a_run_ends_it_at_once(self, server: MailServer, clock: Clock):
        alert(10)
        server.after(4, apart(lambda: stop(Stop.Kind.STAFF, by=None, now=NOW)))
        send(clock)
        assert states() == {State.ACCEPTED: 4, State.READY: 6}

    def test_nothing_is_begun_to_who_has_left(self, server: MailServer, clock: Clock):
        alert(10)
        gone: list[str] = []

        def some_leave() -> None:
            waiting = Delivery.objects.waiting().select_related("subscriber").order_by("-pk")[:3]
            for delivery in waiting:
                leave(delivery.subscriber, reason=Leaving.ONE_CLICK, how="a button", now=NOW)
                gone.append(delivery.subscriber.address)

        server.after(2, apart(some_leave))
        send(clock)
        assert len(gone) == 3
        assert not set(gone) & {mail.recipient for mail in server.received}
        assert states() == {State.ACCEPTED: 7, State.CANCELLED: 3}


class TestBeingToldToStop:
    def test_ends_after_the_mail_in_hand_and_gives_back_the_rest(self, server: MailServer, clock: Clock):
        alert(10)
        assert not send(clock, stopping=lambda: len(server.received) >= 3)
        assert states() == {State.ACCEPTED: 3, State.READY: 7}
        assert Delivery.objects.due(NOW).count() == 7


class TestAServerThatIsAway:
    def test_costs_no_mail_an_attempt(self, server: MailServer, clock: Clock):
        alert(3)
        server.stop()
        assert not send(clock)
        assert set(Delivery.objects.values_list("attempts", "state", "next_try_at")) == {
            (0, State.READY, NOW)
        }
        server.start()
        send(clock)
        assert states() == {State.ACCEPTED: 3}


class TestAMailThatIsTooOld:
    def test_is_not_sent_any_more(self, server: MailServer, clock: Clock):
        from alerts.sending.sending import give_up_old

        delivery = due("reader@mail.example", made_at=NOW - timedelta(hours=25))
        give_up_old(NOW)
        send(clock)
        assert (state(delivery), delivery.reason) == (State.FAILED, "waited too long")
        assert server.received == []
