"""`manage.py mail`: for whoever has a terminal and no browser."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alerts.models import State, Stop
from alerts.sending import fence
from tests.alerts.sending.outbox import Clock, due, send, states
from tests.mailserver import MailServer
from tests.newsdesk import NOW

pytestmark = pytest.mark.django_db


def mail(*words: str) -> str:
    out = StringIO()
    call_command("mail", *words, stdout=out)
    return out.getvalue()


def test_says_what_waits_and_that_nothing_stops_it():
    due("reader@mail.example")
    assert mail() == "Nothing stops mail.\n        1 ready\n"


def test_pauses_and_resumes(server: MailServer, clock: Clock):
    due("reader@mail.example")
    mail("pause", "--reason=A wrong headline")
    assert "Staff paused everything. A wrong headline" in mail()
    send(clock)
    assert states() == {State.READY: 1}
    assert mail("resume") == "Mail goes on.\n"
    send(clock)
    assert states() == {State.ACCEPTED: 1}


def test_puts_up_the_fence_before_a_copy_can_send(server: MailServer, clock: Clock):
    due("reader@mail.example")
    mail("fence")
    send(clock)
    assert server.received == []
    with pytest.raises(CommandError, match="already"):
        mail("fence")


def test_lifts_the_fence(settings, server: MailServer, clock: Clock):
    due("reader@mail.example")
    fence.advance(NOW)
    settings.SITE_URL = "https://copy.example"
    send(clock)
    assert Stop.objects.open().get().reason == fence.COPY
    assert server.received == []
    mail("lift")
    send(clock)
    assert states() == {State.ACCEPTED: 1}


def test_says_so_where_there_is_nothing_to_end():
    for act in ("resume", "lift"):
        with pytest.raises(CommandError, match="already"):
            mail(act)
