"""Who bounces or complains gets no more mail, however often it is told."""

import pytest

from alerts.models import State, Subscriber, Suppression
from alerts.sending.suppressing import bounced, complained, is_suppressed
from tests.alerts.readers import READER, owed, reader
from tests.newsdesk import MINUTE, NOW

pytestmark = pytest.mark.django_db


class TestBounced:
    def test_suppresses_the_address_and_ends_the_subscriber(self):
        waiting = owed(reader())
        assert bounced(READER.upper(), now=NOW, detail="550 5.1.1 No such mailbox")
        assert is_suppressed(READER)
        assert Subscriber.objects.get().ended_reason == "bounced"
        waiting.refresh_from_db()
        assert waiting.state == State.CANCELLED

    def test_is_no_news_the_second_time(self):
        reader()
        bounced(READER, now=NOW)
        assert not bounced(READER, now=NOW + MINUTE)
        assert Suppression.objects.get().at == NOW
        assert Subscriber.objects.get().ended_at == NOW

    def test_of_an_address_that_nobody_registered_is_kept_all_the_same(self):
        assert bounced("nobody@mail.example", now=NOW)
        assert is_suppressed("nobody@mail.example")

    def test_leaves_others_alone(self):
        reader("other@mail.example")
        bounced(READER, now=NOW)
        assert Subscriber.objects.staying().exists()
        assert not is_suppressed("other@mail.example")


class TestComplained:
    def test_ends_the_subscriber_for_that_reason(self):
        reader()
        assert complained(READER, now=NOW)
        assert Subscriber.objects.get().ended_reason == "complained"

    def test_is_kept_beside_a_bounce(self):
        bounced(READER, now=NOW)
        assert complained(READER, now=NOW)
        assert Suppression.objects.count() == 2


class TestLeftBefore:
    def test_is_no_suppression_of_mail(self):
        one = reader()
        Suppression.objects.create(address_hash=one.address_hash, reason="left", at=NOW)
        assert not is_suppressed(READER)
