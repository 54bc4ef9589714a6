"""Subscribers on the desk: found by the whole address, by administrators alone, and on record."""

import pytest

from alerts.handling import take_out
from alerts.models import Consent, Delivery, Handling, Registration, State, Subscriber, Suppression
from alerts.sending.suppressing import bounced, is_suppressed
from tests.alerts.readers import READER, follow, owed, places_of, reader
from tests.articles.admin.desk_pages import LATER, signed_in
from tests.newsdesk import NOW, Cast, topic

PAGE = "/admin/alerts/subscribers/"
pytestmark = pytest.mark.django_db


def page_of(subscriber: Subscriber) -> str:
    return f"{PAGE}{subscriber.address_hash}/"


class TestFinding:
    def test_leads_from_the_address_to_its_page_which_does_not_name_it(self, cast: Cast):
        subscriber = reader()
        answer = signed_in(cast.administrator).post(PAGE, {"address": f" {READER.upper()} "})
        assert (answer.status_code, answer.headers["Location"]) == (302, page_of(subscriber))

    def test_is_on_record(self, cast: Cast):
        subscriber = reader()
        signed_in(cast.administrator).post(PAGE, {"address": READER})
        done = Handling.objects.get()
        assert (done.act, done.by, done.subscriber) == (
            Handling.Act.LOOKED_UP,
            cast.administrator,
            subscriber,
        )
        assert "looked a subscriber up" in signed_in(cast.administrator).get(PAGE).text

    @pytest.mark.parametrize(
        "address", ["", "reader", "reader@mail", "other@mail.example", "a" * 300 + "@b.example"]
    )
    def test_says_where_there_is_nothing(self, cast: Cast, address: str):
        reader()
        answer = signed_in(cast.administrator).post(PAGE, {"address": address})
        assert answer.status_code == 422 and 'href="#id_address"' in answer.text
        assert not Handling.objects.exists()

    def test_is_for_administrators(self, cast: Cast):
        subscriber = reader()
        for person in (cast.contributor, cast.editor, cast.manager):
            assert signed_in(person).post(PAGE, {"address": READER}).status_code == 403
            assert signed_in(person).get(page_of(subscriber)).status_code == 403
            assert signed_in(person).post(f"{PAGE}export/").status_code == 403

    def test_finds_what_is_suppressed_though_nobody_is_there(self, cast: Cast):
        bounced("gone@mail.example", now=NOW, detail="550 5.1.1")
        answer = signed_in(cast.administrator).post(PAGE, {"address": "gone@mail.example"}, follow=True)
        assert "The mail server says there is no such mailbox" in answer.text and "550 5.1.1" in answer.text

    def test_no_page_of_them_is_kept_by_anything_between(self, cast: Cast):
        answer = signed_in(cast.administrator).get(page_of(reader()))
        assert "no-store" in answer.headers["Cache-Control"]


class TestOneAddress:
    def test_shows_consents_subscriptions_and_what_was_sent_when(self, cast: Cast):
        subscriber = reader()
        follow(subscriber, topic())
        delivery = owed(subscriber, state=State.ACCEPTED)
        delivery.letter.subject = "Records in one place"
        delivery.letter.save()
        shown = signed_in(cast.administrator).get(page_of(subscriber)).text
        for words in (
            READER,
            "Records: daily",
            "wording 1",
            "Records in one place. Accepted by the mail server",
        ):
            assert words in shown, words

    def test_that_was_erased_shows_no_address(self, cast: Cast):
        subscriber = reader()
        Subscriber.objects.update(address="", erased_at=NOW, ended_at=NOW, ended_reason="erased")
        shown = signed_in(cast.administrator).get(page_of(subscriber)).text
        assert "The address was erased" in shown and READER not in shown
        assert "Take them out" not in shown

    @pytest.mark.parametrize("hashed", ["x", "f" * 64, "0" * 300])
    def test_that_nobody_knows_is_not_there(self, cast: Cast, hashed: str):
        assert signed_in(cast.administrator).get(f"{PAGE}{hashed}/").status_code == 404


class TestTakingOut:
    def act(self, cast: Cast, subscriber: Subscriber, **fields: object) -> int:
        data = {"act": "take_out", "out-note": "Asked on the telephone", **fields}
        status: int = signed_in(cast.administrator).post(page_of(subscriber), data).status_code
        subscriber.refresh_from_db()
        return status

    def test_ends_it_with_the_reason_and_cancels_what_waits(self, cast: Cast):
        subscriber = reader()
        owed(subscriber)
        assert self.act(cast, subscriber) == 302
        assert (subscriber.ended_at, subscriber.ended_reason) == (LATER, "staff")
        consent = Consent.objects.get(act=Consent.Act.LEFT)
        assert (consent.how, consent.actor) == ("Asked on the telephone", cast.administrator)
        assert Delivery.objects.get().state == State.CANCELLED
        assert Handling.objects.get().act == Handling.Act.TOOK_OUT

    def test_needs_a_reason(self, cast: Cast):
        subscriber = reader()
        assert self.act(cast, subscriber, **{"out-note": ""}) == 422
        assert subscriber.ended_at is None

    def test_keeps_no_address_that_stands_in_the_reason(self, cast: Cast):
        fields = {"out-note": f"Asked by Reader+news@mail.example for {READER}", "out-for_good": "on"}
        assert self.act(cast, reader(), **fields) == 302
        assert places_of("@mail.example") == {"Subscriber.address"}

    def test_may_be_for_good(self, cast: Cast):
        self.act(cast, reader(), **{"out-for_good": "on"})
        assert is_suppressed(READER)

    def test_is_done_once(self, cast: Cast):
        subscriber = reader()
        self.act(cast, subscriber)
        assert self.act(cast, subscriber) == 302
        assert Handling.objects.count() == 1


class TestLifting:
    def lift(self, cast: Cast, row: Suppression, note: str = "The mailbox is there again") -> int:
        data = {"act": f"lift:{row.pk}", f"lift{row.pk}-note": note}
        answer = signed_in(cast.administrator).post(f"{PAGE}{row.address_hash}/", data)
        return answer.status_code  # type: ignore[no-any-return]

    def test_lets_mail_go_there_again_and_records_why(self, cast: Cast):
        bounced(READER, now=NOW)
        assert self.lift(cast, Suppression.objects.get()) == 302
        assert not is_suppressed(READER)
        done = Handling.objects.get()
        assert (done.act, done.note) == (Handling.Act.LIFTED, "The mailbox is there again")

    def test_needs_a_reason(self, cast: Cast):
        bounced(READER, now=NOW)
        assert self.lift(cast, Suppression.objects.get(), note="") == 422
        assert is_suppressed(READER)

    def test_is_not_confused_by_a_number_longer_than_any(self, cast: Cast):
        bounced(READER, now=NOW)
        row = Suppression.objects.get()
        data = {"act": f"lift:{'1' * 5_000}"}
        answer = signed_in(cast.administrator).post(f"{PAGE}{row.address_hash}/", data)
        assert answer.status_code == 302 and is_suppressed(READER)

    def test_does_not_bring_back_who_was_taken_out(self, cast: Cast):
        reader()
        bounced(READER, now=NOW)
        self.lift(cast, Suppression.objects.get())
        assert not Subscriber.objects.staying().exists()

    def test_that_somebody_left_is_theirs_alone_to_undo(self, cast: Cast):
        subscriber = reader()
        take_out(subscriber, by=cast.administrator, now=NOW, note="", for_good=False)
        known = {"address_hash": subscriber.address_hash, "reason": Suppression.Reason.LEFT}
        row = Suppression.objects.create(**known, at=NOW)
        self.lift(cast, row)
        row.refresh_from_db()
        assert row.lifted_at is None


class TestTheirLink:
    def test_is_mailed_as_if_they_had_asked_once_a_day(self, cast: Cast):
        subscriber = reader()
        for _ in range(2):
            signed_in(cast.administrator).post(page_of(subscriber), {"act": "send_link"})
        asked = Registration.objects.get()
        assert (asked.purpose, asked.address) == (Registration.Purpose.MANAGE, READER)
        assert Delivery.objects.get().registration == asked
        assert Handling.objects.get().act == Handling.Act.SENT_LINK

    def test_is_not_sent_to_who_left(self, cast: Cast):
        subscriber = reader()
        take_out(subscriber, by=cast.administrator, now=NOW, note="", for_good=False)
        signed_in(cast.administrator).post(page_of(subscriber), {"act": "send_link"})
        assert not Registration.objects.exists()
