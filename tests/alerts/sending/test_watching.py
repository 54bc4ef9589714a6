"""Too many bounces or complaints stop readers' mail; a person lets it go on, and then only what comes later counts."""

from datetime import datetime, timedelta

import pytest

from alerts.models import Delivery, Lane, Letter, Notice, ProviderEvent, State, Stop
from alerts.sending.outcomes import GIVEN_UP, NO_MAILBOX
from alerts.sending.watching import watch
from alerts.stopping import lift
from tests.alerts.readers import reader
from tests.newsdesk import MINUTE, NOW

pytestmark = pytest.mark.django_db

TO = "reader@mail.example"


def settled(state: State, number: int, *, reason: str = "", at: datetime = NOW) -> None:
    """So many mails that came to this end."""
    to = reader(f"{state}{at:%d%H%M}@mail.example")
    notices = Notice.objects.bulk_create(
        Notice(key=f"{state}{at}{one}", kind=Notice.Kind.EDITION, lane=Lane.ALERT, made_at=at, as_of=at)
        for one in range(number)
    )
    letters = Letter.objects.bulk_create(Letter(notice=notice, variant="story") for notice in notices)
    Delivery.objects.bulk_create(
        Delivery(
            notice=letter.notice,
            letter=letter,
            subscriber=to,
            lane=Lane.ALERT,
            state=state,
            made_at=at,
            next_try_at=at,
            settled_at=at,
            reason=reason,
        )
        for letter in letters
    )


def told(kind: str, number: int, *, at: datetime = NOW) -> None:
    ProviderEvent.objects.bulk_create(
        ProviderEvent(provider="test", event_id=f"{kind}{at}{one}", kind=kind, at=at) for one in range(number)
    )


def stopped(now: datetime = NOW + MINUTE) -> list[str]:
    watch(now)
    return list(Stop.objects.open().values_list("kind", flat=True))


class TestBounces:
    def test_of_a_twentieth_stop_mail(self):
        settled(State.ACCEPTED, 95)
        settled(State.FAILED, 5, reason=NO_MAILBOX)
        assert stopped() == [Stop.Kind.BOUNCES]
        assert Stop.objects.get().reason == "5 of 100 mails in a day bounced"

    def test_of_fewer_do_not(self):
        settled(State.ACCEPTED, 96)
        settled(State.FAILED, 4, reason=NO_MAILBOX)
        assert stopped() == []

    def test_of_a_few_mails_say_nothing(self):
        settled(State.ACCEPTED, 10)
        settled(State.FAILED, 9, reason=NO_MAILBOX)
        assert stopped() == []

    def test_that_came_later_by_a_provider_count(self):
        settled(State.ACCEPTED, 100)
        told("bounced", 5)
        assert stopped() == [Stop.Kind.BOUNCES]

    def test_are_none_where_a_server_was_only_away(self):
        settled(State.ACCEPTED, 95)
        settled(State.FAILED, 50, reason=GIVEN_UP)
        assert stopped() == []

    def test_are_forgotten_after_a_day(self):
        settled(State.ACCEPTED, 95)
        settled(State.FAILED, 5, reason=NO_MAILBOX)
        assert stopped(NOW + timedelta(hours=24)) == []

    def test_count_only_from_when_a_person_let_mail_go_on(self):
        settled(State.ACCEPTED, 95)
        settled(State.FAILED, 5, reason=NO_MAILBOX)
        stopped()
        lift(Stop.Kind.BOUNCES, by=None, now=NOW + 2 * MINUTE)
        assert stopped(NOW + 3 * MINUTE) == []
        settled(State.ACCEPTED, 95, at=NOW + 4 * MINUTE)
        settled(State.FAILED, 5, reason=NO_MAILBOX, at=NOW + 4 * MINUTE)
        assert stopped(NOW + 5 * MINUTE) == [Stop.Kind.BOUNCES]


class TestComplaints:
    def test_of_a_thousandth_stop_mail(self):
        settled(State.ACCEPTED, 2_000)
        told("complained", 2)
        assert stopped() == [Stop.Kind.COMPLAINTS]

    def test_of_one_person_do_not(self):
        settled(State.ACCEPTED, 1_000)
        told("complained", 1)
        assert stopped() == []

    def test_of_fewer_do_not(self):
        settled(State.ACCEPTED, 2_001)
        told("complained", 2)
        assert stopped() == []

    def test_of_a_few_mails_say_nothing(self):
        settled(State.ACCEPTED, 999)
        told("complained", 2)
        assert stopped() == []
