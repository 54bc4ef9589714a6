"""A mail server and a clock for whoever sends."""

from collections.abc import Iterator

import pytest

from tests.alerts.sending.outbox import Clock, mail_server
from tests.mailserver import MailServer


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server(settings) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()
