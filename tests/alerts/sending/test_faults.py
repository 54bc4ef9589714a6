"""A mail server that refuses, drops and forgets: everybody is mailed in the end, and it is known who was not."""

from datetime import timedelta

import pytest

from alerts.models import Delivery, State, Subscriber, Suppression
from alerts.sending import outcomes
from alerts.sending.uncertain import resend_uncertain, settle_uncertain, sweep
from tests.alerts.sending.outbox import Clock, alert, due, mail_server, send, state, states
from tests.mailserver import MailServer
from tests.newsdesk import Cast

pytestmark = pytest.mark.django_db


def send_until_all_is_settled(clock: Clock, rounds: int = 12) -> None:
    """Hours go by."""
    for _ in range(rounds):
        send(clock)
        clock.pass_by(seconds=15)
        sweep(clock.now, clock=clock)
        waiting = Delivery.objects.waiting().order_by("-next_try_at").first()
        if waiting is not None:
            clock.now = max(clock.now, waiting.next_try_at)


class TestRefusedForNow:
    def test_is_tried_again_after_pauses_that_grow(self, settings, clock: Clock):
        with mail_server(settings, later=1):
            delivery = due("reader@mail.example")
            pauses = []
            for _ in range(7):
                send(clock)
                assert state(delivery) == State.RETRY
                pauses.append(delivery.next_try_at - clock.now)
                clock.now = delivery.next_try_at
        assert pauses == sorted(set(pauses))
        assert pauses[0] == timedelta(seconds=45)

    def test_is_given_up_after_eight_attempts_within_a_day(self, settings, clock: Clock):
        with mail_server(settings, later=1):
            delivery = due("reader@mail.example")
            send_until_all_is_settled(clock)
        assert (state(delivery), delivery.attempts) == (State.FAILED, outcomes.MOST_ATTEMPTS)
        assert delivery.reason == "given up after eight attempts"
        assert delivery.reply.startswith("4")
        assert delivery.settled_at - delivery.made_at < timedelta(hours=24)

    def test_is_not_tried_after_a_day(self, settings, clock: Clock):
        with mail_server(settings, later=1):
            delivery = due(
                "reader@mail.example", made_at=clock.now - timedelta(hours=23, minutes=59, seconds=30)
            )
            send(clock)
        assert (state(delivery), delivery.reason) == (State.FAILED, "waited too long")


class TestNoSuchMailbox:
    def test_suppresses_the_address_at_the_first_word(self, settings, clock: Clock):
        with mail_server(settings, unknown=1):
            delivery = due("reader@mail.example")
            send(clock)
        assert (state(delivery), delivery.attempts) == (State.FAILED, 1)
        assert Suppression.objects.of_mail().get().reason == Suppression.Reason.BOUNCED
        assert Subscriber.objects.get().ended_reason == "bounced"

    def test_holds_up_nobody_else(self, settings, clock: Clock):
        with mail_server(settings, unknown=0.3) as server:
            alert(20)
            send(clock)
        found = states()
        assert found[State.ACCEPTED] + found[State.FAILED] == 20
        assert len(server.received) == found[State.ACCEPTED]


class TestAConnectionThatDropsAfterTheMail:
    """Half of the times the server has it."""

    def test_leaves_it_in_hand_until_it_is_asked_about(self, settings, clock: Clock):
        with mail_server(settings, drop=1):
            delivery = due("reader@mail.example")
            send(clock)
        assert state(delivery) == State.SENDING
        assert delivery.lease_until == clock.now + outcomes.A_MOMENT

    def test_is_sent_again_under_the_same_name(self, settings, clock: Clock):
        settings.MAIL_UNCERTAIN = "resend"
        with mail_server(settings, drop=0.3) as server:
            alert(30)
            send_until_all_is_settled(clock)
        assert states() == {State.ACCEPTED: 30}
        assert len({mail.recipient for mail in server.received}) == 30
        assert len(server.postbox.taken) == 30, "a copy has another Message-ID"

    def test_is_held_for_a_person(self, settings, clock: Clock):
        settings.MAIL_UNCERTAIN = "hold"
        with mail_server(settings, drop=0.3) as server:
            alert(30)
            send_until_all_is_settled(clock)
        found = states()
        assert found[State.UNCERTAIN] > 0
        assert found[State.ACCEPTED] + found[State.UNCERTAIN] == 30
        assert set(server.postbox.taken.values()) == {1}

    def test_is_asked_about_where_the_server_can_say(self, settings, clock: Clock):
        with mail_server(settings, drop=0.3) as server:
            settings.MAIL_ACCEPTED_URL = server.accepted_url
            alert(30)
            send_until_all_is_settled(clock)
        assert states() == {State.ACCEPTED: 30}
        assert sorted(server.postbox.taken.values()) == [1] * 30

    def test_is_not_asked_about_a_server_that_is_silent(self, settings, clock: Clock):
        settings.MAIL_UNCERTAIN = "hold"
        settings.MAIL_ACCEPTED_URL = "http://127.0.0.1:9/{message_id}"
        delivery = due("reader@mail.example", state=State.SENDING, lease_until=clock.now, lease_no=1)
        clock.pass_by(seconds=1)
        sweep(clock.now, clock=clock)
        assert state(delivery) == State.UNCERTAIN


class TestDrillA4:
    def test_everybody_is_mailed_but_for_who_does_not_exist(self, settings, clock: Clock):
        with mail_server(settings, later=0.2, drop=0.01, unknown=0.02) as server:
            settings.MAIL_ACCEPTED_URL = server.accepted_url
            alert(100)
            send_until_all_is_settled(clock)
        found = states()
        assert found[State.ACCEPTED] == len(server.postbox.taken)
        assert found[State.ACCEPTED] + found[State.FAILED] == 100
        assert set(Delivery.objects.filter(state=State.FAILED).values_list("reason", "attempts")) <= {
            ("no such mailbox", number) for number in range(1, 9)
        }
        assert Suppression.objects.count() == found[State.FAILED]
        assert set(server.postbox.taken.values()) == {1}


class TestAPersonDecides:
    def test_to_send_it_once_more(self, server: MailServer, clock: Clock, cast: Cast):
        delivery = due("reader@mail.example", state=State.UNCERTAIN, settled_at=clock.now)
        assert resend_uncertain(delivery, by=cast.manager, now=clock.now)
        send(clock)
        assert state(delivery) == State.ACCEPTED
        assert not resend_uncertain(delivery, by=cast.manager, now=clock.now)

    @pytest.mark.parametrize(("accepted", "expected"), [(True, State.ACCEPTED), (False, State.FAILED)])
    def test_that_it_is_known(self, clock: Clock, cast: Cast, accepted: bool, expected: State):
        delivery = due("reader@mail.example", state=State.UNCERTAIN, settled_at=clock.now)
        assert settle_uncertain(delivery, accepted=accepted, by=cast.manager, now=clock.now)
        assert state(delivery) == expected
