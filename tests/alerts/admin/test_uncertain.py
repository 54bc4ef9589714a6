"""Uncertain mails: a person who found out says what became of each, once, and that is on record."""

import pytest

from alerts.admin import mail_test
from alerts.mails.composing import compose
from alerts.mails.envelope import message_id
from alerts.mails.words import Words
from alerts.models import Delivery, Handling, Letter, State
from alerts.staff.events import tell_staff
from articles.models import Sweep
from tests.alerts.admin.mails import told
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import MINUTE, NOW, Cast, published, submitted

PAGE = "/admin/alerts/uncertain/"


@pytest.fixture
def uncertain(cast: Cast) -> Delivery:
    return told(published(cast), uncertain=1).deliveries.get()


def say(person: object, delivery: Delivery, said: str) -> str:
    answer = signed_in(person).post(PAGE, {"delivery": delivery.pk, "said": said}, follow=True)  # type: ignore[arg-type]
    delivery.refresh_from_db()
    return answer.text


class TestThePage:
    def test_names_the_mail_and_nobody_s_address(self, cast: Cast, uncertain: Delivery):
        shown = signed_in(cast.manager).get(PAGE).text
        assert message_id(uncertain).strip("<>") in shown and "Records" in shown
        assert "@mail.example" not in shown

    def test_names_no_story_that_staff_were_mailed_about(self, cast: Cast):
        """An administrator reads no story, and a restricted one is not every manager's to know of."""
        submitted(cast, headline="Secret tunnels", restricted=True)
        Sweep.objects.create(name="staff told", until=NOW - MINUTE)
        tell_staff(NOW + MINUTE)
        mail_test.send(Words("Secret tunnels", "They are secret.", ""), to=cast.editor, now=NOW)
        for letter in Letter.objects.all():
            compose(letter, NOW)
        Delivery.objects.update(state=State.UNCERTAIN)
        for person in (cast.administrator, cast.second_manager):
            shown = signed_in(person).get(PAGE).text
            assert "A mail to staff" in shown and "tunnels" not in shown

    def test_says_so_when_there_is_none(self, cast: Cast):
        assert "There is none" in signed_in(cast.manager).get(PAGE).text


class TestSettling:
    @pytest.mark.parametrize(
        ("said", "state"), [("arrived", State.ACCEPTED), ("not", State.FAILED), ("again", State.RETRY)]
    )
    def test_does_what_was_said_and_records_who_said_it(
        self, cast: Cast, uncertain: Delivery, said: str, state: State
    ):
        say(cast.manager, uncertain, said)
        assert uncertain.state == state
        done = Handling.objects.get()
        assert (done.act, done.by, done.delivery) == (Handling.Act.SETTLED, cast.manager, uncertain)

    def test_is_done_once(self, cast: Cast, uncertain: Delivery):
        say(cast.manager, uncertain, "arrived")
        assert "Nothing was changed" in say(cast.second_manager, uncertain, "again")
        assert uncertain.state == State.ACCEPTED and Handling.objects.count() == 1

    def test_yesterday_s_news_is_not_sent_again(self, cast: Cast, uncertain: Delivery, time_machine):
        time_machine.move_to(uncertain.made_at.replace(day=uncertain.made_at.day + 2))
        assert "Too old to be sent again" in signed_in(cast.manager).get(PAGE).text
        say(cast.manager, uncertain, "again")
        assert uncertain.state == State.UNCERTAIN

    def test_is_no_editor_s(self, cast: Cast, uncertain: Delivery):
        say(cast.editor, uncertain, "arrived")
        assert uncertain.state == State.UNCERTAIN

    @pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
    def test_a_forged_number_is_not_found(self, cast: Cast, key: str):
        client = signed_in(cast.manager)
        assert client.post(PAGE, {"delivery": key, "said": "arrived"}).status_code == 404
