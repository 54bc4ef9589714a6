"""An outbox for tests: mails that are due, a clock that is set by hand, and a round of sending."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connections

from alerts.models import Delivery, Letter, State
from alerts.sending.sending import Patience, send_due
from newsroom import locations
from tests.alerts.readers import owed, reader
from tests.mailserver import MailServer
from tests.newsdesk import NOW


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)


def due(address: str, key: str = "edition:1", **fields: Any) -> Delivery:
    """A mail to somebody, its letter written."""
    delivery = owed(reader(address), key, **fields)
    Letter.objects.filter(pk=delivery.letter_id).update(
        subject="A headline", text="Read it.", html="<p>Read it.</p>", rendered_at=NOW
    )
    return delivery


def alert(number: int, key: str = "edition:1", **fields: Any) -> list[Delivery]:
    """The same mail to so many readers."""
    return [due(f"reader{one}@mail.example", key, **fields) for one in range(number)]


def send(clock: Clock, **options: Any) -> bool:
    """Send all that is due now."""
    return send_due(clock.now, clock=clock, patience=Patience(), **options)


def apart(what: Callable[[], object]) -> Callable[[], None]:
    """The same in another thread, over a connection of its own that is closed again."""

    def do() -> None:
        try:
            what()
        finally:
            connections.close_all()

    return do


def states() -> dict[str, int]:
    return dict(Counter(Delivery.objects.values_list("state", flat=True)))


def state(delivery: Delivery) -> State:
    delivery.refresh_from_db()
    return State(delivery.state)


@contextmanager
def mail_server(settings: Any, **faults: float) -> Iterator[MailServer]:
    """A mail server that all mail goes to."""
    with MailServer(**faults) as server:
        settings.MAILERS = {"default": locations.mailer(server.url, base=Path())}
        yield server
