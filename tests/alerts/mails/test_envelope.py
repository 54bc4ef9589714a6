"""The envelope of each mail: one recipient, headers that no words can break out of, and a name for ever."""

from datetime import timedelta

import pytest

from alerts.mails.envelope import delivery_of, message_id
from alerts.models import Delivery
from tests.alerts.mails.outbox import composed, delivery, edition_letter, html_of, reader, received, text_of
from tests.newsdesk import NOW, Cast, live, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast: Cast) -> Delivery:
    return delivery(composed(edition_letter(live(published(cast)))), reader())


class TestWhatASubscriberGets:
    def test_a_plain_sender_and_one_recipient(self, sent):
        mail = received(sent)
        assert mail["From"] == "The Civic Wire <newsroom@testserver>"
        assert mail["To"] == "reader@example.org"
        assert mail["Cc"] is None and mail["Bcc"] is None

    def test_a_way_out_by_one_button_of_the_mail_program(self, sent):
        mail = received(sent)
        assert mail["List-Unsubscribe"].startswith("<http://testserver/alerts/unsubscribe/")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-ID"] == "<alerts.testserver>"
        assert mail["Auto-Submitted"] == "auto-generated"

    def test_why_they_get_it(self, sent):
        mail = received(sent, because=("Procurement", "Cloud"))
        for words in (text_of(mail), html_of(mail)):
            assert "You get this because you follow Procurement and Cloud." in words

    def test_no_mark_is_left(self, sent):
        mail = received(sent)
        assert not any("\ue000" in words or "\ue001" in words for words in (text_of(mail), html_of(mail)))


class TestMessageId:
    def test_the_same_row_always_has_the_same(self, sent):
        assert received(sent)["Message-ID"] == received(sent)["Message-ID"] == message_id(sent)

    def test_the_delivery_is_found_by_it(self, sent):
        assert delivery_of(message_id(sent)) == sent
        assert delivery_of(message_id(sent).strip("<>")) == sent

    @pytest.mark.parametrize("other", ["", "<1@testserver>", "<x.y@testserver>", "<1.2@elsewhere.example>"])
    def test_none_of_ours_finds_nothing(self, sent, other):
        assert delivery_of(other) is None

    def test_a_row_of_another_moment_with_the_same_number_is_another(self, sent):
        before = message_id(sent)
        Delivery.objects.filter(pk=sent.pk).update(made_at=NOW + timedelta(microseconds=1))
        assert delivery_of(before) is None
