"""No faster than the settings say, over all workers, and nobody is forgotten for it."""

from datetime import timedelta

import pytest

from alerts.models import Delivery, Lane, Letter, State
from alerts.sending import queues
from alerts.sending.pacing import Pacer, forget_old, turn_of
from alerts.sending.sending import give_up_old
from tests.alerts.sending.outbox import Clock, due, send, states
from tests.mailserver import MailServer
from tests.newsdesk import NOW

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def moments(pacer: Pacer, number: int, now=NOW) -> list[float]:
    """When so many mails may leave, in seconds from now."""
    found = []
    at = now
    for _ in range(number):
        at += pacer.wait(at)
        pacer.spend()
        found.append((at - now).total_seconds())
    return found


class TestAllMail:
    def test_leaves_evenly(self, settings):
        settings.MAIL_RATE = 10
        assert moments(Pacer(), 21) == pytest.approx([number / 10 for number in range(21)])

    def test_shares_its_rate_between_workers(self, settings):
        settings.MAIL_RATE = 10
        one, other = Pacer(), Pacer()
        left = [second for pacer in (one, other) * 10 for second in moments(pacer, 1, NOW)]
        assert sorted(left) == pytest.approx([number / 10 for number in range(20)])

    def test_does_not_catch_up_after_a_rest(self, settings):
        settings.MAIL_RATE = 100
        pacer = Pacer()
        moments(pacer, 5)
        assert moments(pacer, 101, NOW + 60 * SECOND)[-1] == pytest.approx(1)

    def test_waits_for_nothing_where_there_is_no_limit(self):
        assert moments(Pacer(), 100)[-1] == 0


class TestMailToADomain:
    def test_gets_a_moment_of_its_own_when_it_has_to_wait(self, settings):
        settings.MAIL_RATE_PER_DOMAIN = 2
        assert [turn_of("mail.example", NOW) for _ in range(3)] == [None, NOW + SECOND, NOW + 1.5 * SECOND]
        assert turn_of("mail.example", NOW + SECOND) is None

    def test_does_not_wait_for_another_domain(self, settings):
        settings.MAIL_RATE_PER_DOMAIN = 2
        turn_of("mail.example", NOW)
        assert turn_of("other.example", NOW) is None

    def test_is_sent_in_its_turn(self, settings, server: MailServer, clock: Clock):
        settings.MAIL_RATE_PER_DOMAIN = 1
        for address in ("a@one.example", "b@one.example", "c@one.example", "d@two.example"):
            due(address)
        took = []
        for _ in range(4):
            send(clock)
            took.append(len(server.received))
            clock.pass_by(seconds=1)
        assert took[0] == 2
        assert took[-1] == 4
        assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}

    def test_is_forgotten_after_a_day(self, settings):
        settings.MAIL_RATE_PER_DOMAIN = 2
        turn_of("mail.example", NOW)
        forget_old(NOW + timedelta(days=2))
        assert turn_of("mail.example", NOW) is None


class TestLanes:
    def test_share_by_weight_and_none_waits_for_good(self, server: MailServer, clock: Clock):
        for lane in Lane:
            for number in range(8):
                due(f"{lane}{number}@mail.example", f"{lane}:1", lane=lane)
        send(clock)
        order = [mail.recipient.partition("@")[0].rstrip("0123456789") for mail in server.received]
        assert len(order) == 32
        first = order[:18]
        assert {lane: first.count(lane) for lane in Lane} == {
            str(lane): n for lane, n in queues.WEIGHTS.items()
        }

    def test_let_who_just_registered_pass_by_a_long_alert(self, server: MailServer, clock: Clock):
        for number in range(60):
            due(f"alert{number}@mail.example")
        due("waiting@mail.example", "registration:1", lane=Lane.FAST)
        send(clock)
        assert "waiting@mail.example" in [mail.recipient for mail in server.received[:2]]


class TestAge:
    def test_counts_from_when_the_mail_was_owed(self, clock: Clock):
        due("old@mail.example", made_at=NOW - timedelta(hours=24, seconds=1))
        due("young@mail.example", made_at=NOW - timedelta(hours=23))
        assert give_up_old(NOW) == 1
        assert states() == {State.FAILED: 1, State.READY: 1}

    def test_a_correction_is_worth_sending_for_a_week(self, clock: Clock):
        waiting = due("reader@mail.example", made_at=NOW - timedelta(days=3))
        Letter.objects.filter(pk=waiting.letter_id).update(variant="correction")
        assert give_up_old(NOW) == 0
        assert give_up_old(NOW + timedelta(days=5)) == 1
