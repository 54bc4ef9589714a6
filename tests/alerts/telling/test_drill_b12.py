"""Drills A8 and B12, the mail: a story is taken down in the midst of its run. And B3: the worker was away."""

from collections.abc import Iterator
from typing import Any

import pytest

from alerts.models import Delivery, Notice
from alerts.sending.books import books_of_story
from articles.desk import workflow
from articles.desk.lateness import late
from tests.alerts.sending.outbox import Clock, apart, mail_server, send
from tests.alerts.telling.telling import follower, mails, worked
from tests.mailserver import MailServer
from tests.newsdesk import MINUTE, NOW, hire, published, scheduled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as one:
        yield one


class TestDrillB12:
    def test_no_mail_is_begun_after_it_and_the_numbers_say_so(
        self, server: MailServer, time_machine: Any
    ) -> None:
        time_machine.move_to(NOW, tick=False)
        cast = hire()
        for number in range(10):
            follower(f"reader{number}")
        story = published(cast)
        worked()
        said = {"kind": "error", "public_note": "Too soon."}
        server.after(
            4, apart(lambda: workflow.perform(story, "take_down", by=cast.manager, now=NOW + MINUTE, **said))
        )
        clock = Clock()
        server.after(3, lambda: clock.pass_by(minutes=2))
        send(clock)
        assert len(server.received) == 4
        worked(clock.now)
        books = books_of_story(story.pk)
        assert (books.cancelled, books.accepted, books.waiting, books.add_up) == (6, 4, 4, True)
        send(clock)
        assert len(server.received) == 8
        told = [rows for rows in mails(story).values() if ("removal", "accepted") in rows]
        assert told == [[("story", "accepted"), ("removal", "accepted")]] * 4

    def test_what_waits_is_cancelled_by_the_worker_within_one_round(self) -> None:
        cast = hire()
        follower("ann")
        story = published(cast)
        worked()
        workflow.perform(
            story,
            "take_down",
            by=cast.manager,
            now=NOW + MINUTE,
            kind="legal",
            public_note="The court says so.",
        )
        worked(NOW + MINUTE)
        gone = Delivery.objects.get()
        assert (gone.state, gone.reason, gone.settled_at) == ("cancelled", "removed", NOW + MINUTE)


class TestDrillB3:
    def test_who_follows_it_is_mailed_once_when_the_worker_is_back(self, server: MailServer) -> None:
        cast = hire()
        follower("ann")
        story = scheduled(cast, at=NOW + MINUTE)
        clock = Clock()
        clock.pass_by(minutes=11)
        assert "readers told" in [one.name for one in late(clock.now, most=5)]
        for _ in range(3):
            worked(clock.now)
            send(clock)
            clock.pass_by(seconds=1)
        assert [mail.recipient for mail in server.received] == ["ann@mail.example"]
        assert Notice.objects.get().as_of == NOW + MINUTE
        assert mails(story) == {"ann": [("story", "accepted")]}
        assert "readers told" not in [one.name for one in late(clock.now, most=5)]
