"""Drill A8: nothing is begun after somebody has left, however leaving, sending and making mails fall together."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from alerts.leaving import leave
from alerts.models import Delivery, Lane, Leaving, Letter, State, Subscriber
from alerts.sending.claims import claim
from alerts.sending.setting_aside import set_aside
from alerts.sending.stamping import begin
from tests.alerts.readers import owed, reader
from tests.alerts.telling.telling import follower, worked
from tests.alerts.telling.test_changes import changed
from tests.newsdesk import MINUTE, NOW, Cast, published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def go(one: Subscriber) -> bool:
    return leave(one, reason=Leaving.UNSUBSCRIBED, how="the page", now=NOW)


def due(one: Subscriber, *keys: str) -> list[Delivery]:
    """Mails that a worker has claimed."""
    for key in keys:
        make(one, key)
    claimed = claim(Lane.ALERT, 100, NOW + timedelta(seconds=1))
    assert len(claimed) == len(keys)
    return claimed


def make(one: Subscriber, key: str) -> None:
    """A mail whose letter is written."""
    Letter.objects.filter(pk=owed(one, key).letter_id).update(rendered_at=NOW)


@contextmanager
def meanwhile[Result](what: Callable[[], Result]):
    """The same in another thread, over a connection of its own, as soon as the block has begun."""

    def do() -> Result:
        try:
            return what()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield lambda: pool.submit(do)


def waits(pool: Callable[[], Future]) -> Future:
    """Start it, and see that it waits for a lock of ours."""
    started = pool()
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return started
            time.sleep(0.01)
    raise AssertionError("it waits for nothing")


class TestOneLock:
    """Where one has to wait for the other: on PostgreSQL. On SQLite there is one writer at a time."""

    @pytest.fixture(autouse=True)
    def _two_at_once(self):
        if connection.vendor != "postgresql":
            pytest.skip("about PostgreSQL")

    @pytest.mark.postgresql
    def test_who_leaves_while_their_mail_is_carried_over_meets_no_fault(self, cast: Cast):
        """It was put off by a server, and overtaken by a silent change, which they are owed instead."""
        one = follower("ann")
        story = published(cast)
        worked()
        Delivery.objects.update(state=State.SENDING, lease_until=NOW + MINUTE)
        changed(story, cast)
        worked(NOW + MINUTE)
        Delivery.objects.update(state=State.RETRY, next_try_at=NOW + MINUTE)
        (mail,) = claim(Lane.ALERT, 1, NOW + MINUTE)
        with meanwhile(lambda: set_aside(mail, NOW + MINUTE)) as carrying, transaction.atomic():
            Subscriber.objects.select_for_update().get(pk=one.pk)
            started = waits(carrying)
            assert go(one)
        started.result(10)
        assert {(each.state, each.reason) for each in Delivery.objects.all()} == {("cancelled", "left")}

    @pytest.mark.postgresql
    def test_a_mail_that_is_stamped_while_somebody_leaves_is_not_begun(self):
        one = reader()
        (mail,) = due(one, "a")
        with meanwhile(lambda: begin(mail, now=NOW)) as stamping:
            with transaction.atomic():
                assert go(one)
                begun = waits(stamping)
            assert begun.result() is False
        mail.refresh_from_db()
        assert mail.state == State.CANCELLED

    @pytest.mark.postgresql
    def test_who_leaves_while_a_mail_is_stamped_has_left_and_gets_that_one(self):
        one = reader()
        first, second = due(one, "a", "b")
        with meanwhile(lambda: go(one)) as leaving:
            with transaction.atomic():
                assert begin(first, now=NOW)
                gone = waits(leaving)
            assert gone.result() is True
        assert not begin(second, now=NOW)
        states = {mail.pk: mail.state for mail in Delivery.objects.all()}
        assert states == {first.pk: State.SENDING, second.pk: State.CANCELLED}

    @pytest.mark.postgresql
    def test_a_mail_that_is_made_while_somebody_leaves_is_never_begun(self):
        one = reader()
        with meanwhile(lambda: go(one)) as leaving, transaction.atomic():
            make(one, "a")
            assert leaving().result() is True
        (mail,) = claim(Lane.ALERT, 1, NOW + timedelta(seconds=1))
        assert not begin(mail, now=NOW)


class TestManyAtOnce:
    @pytest.mark.parametrize("milliseconds", [10, 30, 50, 80, 120])
    def test_what_is_begun_when_somebody_has_left_is_all_that_ever_is(self, milliseconds):
        """One makes mails and one sends them, and in the midst of it the reader leaves."""
        one, stop, keys = reader(), threading.Event(), map(str, range(10_000))
        with (
            meanwhile(lambda: until(stop.is_set, lambda: make(one, next(keys)))) as making,
            meanwhile(lambda: until(stop.is_set, send)) as sending,
        ):
            running = [making(), sending()]
            until(lambda: in_hand(one), lambda: time.sleep(milliseconds / 1000))
            assert go(one)
            begun = in_hand(one)
            time.sleep(0.05)
            stop.set()
            for each in running:
                each.result()
        send()
        assert begun and in_hand(one) == begun


def until(is_over: Callable[[], object], what: Callable[[], object]) -> None:
    ends = time.monotonic() + 20
    while not is_over() and time.monotonic() < ends:
        what()


def send() -> None:
    """Claim what there is and begin it, mail by mail, as a worker does."""
    for mail in claim(Lane.ALERT, 50, NOW + timedelta(seconds=1)):
        begin(mail, now=NOW)


def in_hand(one: Subscriber) -> set[int]:
    return set(Delivery.objects.filter(subscriber=one, state=State.SENDING).values_list("pk", flat=True))
