"""Drill B1, the mail: words that stand only in unpublished stories are looked for in every byte that is mailed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from alerts.digests.runs import make_due
from alerts.fan_out import fan_out
from tests.alerts.sending.outbox import Clock, mail_server, send
from tests.alerts.telling.telling import follower, worked
from tests.mailserver import MailServer
from tests.newsdesk import MINUTE, NOW, Cast, published
from tests.wall.canaries import MARK, canary
from tests.wall.newspaper import Newspaper
from tests.wall.test_leak_census import paper  # noqa: F401

#: After the hour of the digest, and before that of the story that is scheduled.
LATER = NOW + timedelta(minutes=35)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as one:
        yield one


@pytest.fixture
def readers(cast: Cast) -> None:
    """Who follows everything, at once and daily."""
    early = NOW - timedelta(days=90)
    follower("at.once", now=early), follower("daily", frequency="daily", now=early, hour=10)


def mailed(server: MailServer) -> str:
    """Everything that leaves within half an hour: alerts, and a digest."""
    make_due(NOW)
    for now in (NOW + MINUTE, LATER):
        with time_machine.travel(now, tick=False):
            worked(now)
            make_due(now)
            while fan_out(now):
                pass
            clock = Clock()
            clock.now = now
            while send(clock):
                pass
    readable = [
        part.get_content()
        for mail in server.received
        for part in mail.message.walk()
        if not part.is_multipart()
    ]
    return "\n".join([*(repr(mail.content) for mail in server.received), *map(str, readable)]).casefold()


def test_no_mail_has_one(readers: None, paper: Newspaper, server: MailServer) -> None:  # noqa: F811
    said = mailed(server)
    assert {"at.once@mail.example", "daily@mail.example"} <= {mail.recipient for mail in server.received}
    assert "printed as it was" in said
    assert MARK not in said


def test_it_would_be_found(readers: None, cast: Cast, server: MailServer) -> None:
    published(cast, **canary("live"))
    said = mailed(server)
    assert len(server.received) == 2 and f"{MARK} live headline" in said
