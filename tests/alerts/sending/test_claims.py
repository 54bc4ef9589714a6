"""One mail is in one worker's hands, and what a worker writes after its lease changes nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from alerts.mails.envelope import message_id
from alerts.models import Delivery, Lane, State
from alerts.sending.claims import LEASE, claim, release
from alerts.sending.outcomes import Outcome
from alerts.sending.stamping import Settled, begin, settle
from alerts.sending.uncertain import sweep
from newsroom import locations
from tests.alerts.sending.outbox import Clock, alert, due, send, state
from tests.newsdesk import NOW

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DONE = Outcome(State.ACCEPTED, settled_at=NOW)


class TestAClaim:
    def test_is_of_mails_that_nobody_else_gets(self):
        alert(3)
        mine, theirs = claim(Lane.ALERT, 2, NOW), claim(Lane.ALERT, 2, NOW)
        assert len(mine) == 2
        assert len(theirs) == 1
        assert not {one.pk for one in mine} & {one.pk for one in theirs}

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gets values within the statement")
    @pytest.mark.parametrize(
        "mails", [Delivery.objects.due(NOW).filter(lane=Lane.FAST), Delivery.objects.waiting()]
    )
    def test_reads_none_of_the_mails_that_are_done_with(self, mails):
        """With values bound, as it is asked: an alert to 100,000 was slower by half."""
        sql, parameters = mails.order_by("lane", "next_try_at").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            (*_, step) = cursor.fetchone()
        assert "USING INDEX delivery_due" in step

    def test_of_a_worker_that_died_is_over_after_the_lease(self):
        due("reader@mail.example")
        claim(Lane.ALERT, 1, NOW)
        assert claim(Lane.ALERT, 1, NOW + LEASE - SECOND) == []
        assert len(claim(Lane.ALERT, 1, NOW + LEASE)) == 1

    def test_that_is_given_back_keeps_its_place(self):
        first, second = due("first@mail.example"), due("second@mail.example")
        release(claim(Lane.ALERT, 1, NOW))
        assert [one.pk for one in claim(Lane.ALERT, 2, NOW)] == [first.pk, second.pk]

    def test_that_was_taken_over_begins_nothing(self):
        due("reader@mail.example")
        [late] = claim(Lane.ALERT, 1, NOW)
        claim(Lane.ALERT, 1, NOW + LEASE)
        assert not begin(_with_letter(late), now=NOW + LEASE)


class TestDrillA2:
    def test_who_slept_past_the_lease_writes_nothing(self, settings):
        settings.MAIL_UNCERTAIN = "hold"
        due("reader@mail.example")
        [sleeper] = claim(Lane.ALERT, 1, NOW)
        begin(_with_letter(sleeper), now=NOW)
        later = NOW + LEASE + SECOND
        sweep(later, clock=lambda: later)
        assert not settle(sleeper, DONE)
        assert state(Delivery.objects.get()) == State.UNCERTAIN

    def test_nor_does_it_undo_what_another_did(self):
        one, other = alert(2)
        mine = {claimed.pk: claimed for claimed in claim(Lane.ALERT, 2, NOW)}
        begin(_with_letter(mine[one.pk]), now=NOW)
        later = NOW + LEASE + SECOND
        sweep(later, clock=lambda: later)
        begin(_with_letter(mine[other.pk]), now=NOW, before=Settled(mine[one.pk], DONE))
        assert state(one) == State.RETRY


class TestASettlement:
    def test_is_committed_with_the_next_mail_s_stamp(self):
        alert(2)
        one, other = claim(Lane.ALERT, 2, NOW)
        begin(_with_letter(one), now=NOW)
        begin(_with_letter(other), now=NOW, before=Settled(one, DONE))
        assert [state(one), state(other)] == [State.ACCEPTED, State.SENDING]

    def test_is_written_even_where_the_next_mail_must_not_be_sent(self):
        alert(2)
        one, other = claim(Lane.ALERT, 2, NOW)
        begin(_with_letter(one), now=NOW)
        other.subscriber.ended_at, other.subscriber.ended_reason = NOW, "unsubscribed"
        other.subscriber.save()
        assert not begin(_with_letter(other), now=NOW, before=Settled(one, DONE))
        assert [state(one), state(other)] == [State.ACCEPTED, State.READY]


class TestFilesInsteadOfAServer:
    """They know what was written into them."""

    @pytest.fixture(autouse=True)
    def _files(self, settings, tmp_path: Path) -> None:
        settings.MAILERS = {"default": locations.mailer(f"file://{tmp_path}", base=tmp_path)}
        self.folder = tmp_path

    def test_hold_each_mail(self, clock: Clock):
        delivery = due("reader@mail.example")
        send(clock)
        [file] = self.folder.glob("*.eml")
        assert message_id(delivery) in file.read_text()

    def test_settle_the_doubt_that_a_crash_leaves(self, clock: Clock):
        settings_of_doubt = {"state": State.SENDING, "lease_until": clock.now, "attempts": 1}
        written = due("written@mail.example")
        send(clock)
        Delivery.objects.update(**settings_of_doubt)
        lost = due("lost@mail.example", **settings_of_doubt)
        clock.pass_by(seconds=1)
        sweep(clock.now, clock=clock)
        assert [state(written), state(lost)] == [State.ACCEPTED, State.RETRY]


def _with_letter(delivery: Delivery) -> Delivery:
    """As a worker has it that read the letter when it claimed the mail."""
    assert delivery.letter.rendered_at
    return delivery
