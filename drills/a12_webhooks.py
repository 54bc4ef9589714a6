"""Drill A12: a mail provider reports what became of mails, each time ten times at once, among forged reports.

A real web server in production settings hears them. Passes when every report is followed once, a forged one changes
nothing, a soft bounce ends nobody, and the next alert reaches exactly those whose mailbox is there and who did not
complain. `python -m drills.a12_webhooks [READERS]`; DATABASE_URL says on which database.
"""

import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.production import serving

SECRET = "a-secret-that-only-the-provider-has"
TIMES, AT_ONCE = 10, 8
#: Of ten readers, the kind of report about each; nothing is reported of the others.
KINDS = ["HardBounce", "HardBounce", "SoftBounce", "SpamComplaint", "Delivery", "Transient"]
_here = threading.local()


def run(port: int, readers: int) -> dict[str, Any]:
    """Raises AssertionError when the drill fails."""
    from alerts.models import ProviderEvent, State, Subscriber, Suppression

    deliveries = _alert(readers)
    reports = [
        (kind, _report(kind, delivery, number)) for number, (kind, delivery) in enumerate(_paired(deliveries))
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        forged = Counter(pool.map(lambda told: _post(port, told[1], "guessed"), reports))
        assert not ProviderEvent.objects.exists() and not Suppression.objects.exists(), (
            "a forged report was heard"
        )
        assert set(forged) == {403}, forged
        started = time.monotonic()
        answers = Counter(pool.map(lambda told: _post(port, told[1], SECRET), reports * TIMES))
        seconds = time.monotonic() - started
    assert set(answers) == {200}, answers
    told = Counter(kind for kind, _ in reports)
    gone = told["HardBounce"] + told["SpamComplaint"]
    assert ProviderEvent.objects.count() == len(reports), "a report was heard twice, or not at all"
    assert Suppression.objects.in_force().count() == gone, "not everybody whose mailbox is gone is suppressed"
    assert Subscriber.objects.staying().count() == readers - gone, "somebody else was taken out"
    uncertain = [each for each in deliveries if each.state == State.UNCERTAIN]
    for each in uncertain:
        each.refresh_from_db()
        assert each.state == State.ACCEPTED, "what the provider has is still uncertain"
    reached = _next_alert(readers)
    assert reached == readers - gone, f"{reached} mails reached {readers - gone} readers"
    return {
        "reports": len(reports) * TIMES,
        "a second": round(len(reports) * TIMES / seconds),
        "heard": len(reports),
        "forged and refused": forged[403],
        "taken out": gone,
        "uncertain that were settled": len(uncertain),
        "reached by the next alert": reached,
    }


def _alert(readers: int) -> list[Any]:
    """Everybody was sent the first alert; of some it is not known whether it arrived."""
    from alerts.models import State
    from tests.alerts.sending.outbox import due
    from tests.newsdesk import NOW

    times = {"begun_at": NOW, "settled_at": NOW}
    return [
        due(
            f"reader{number}@mail.example",
            state=State.UNCERTAIN if number % 10 == KINDS.index("Delivery") else State.ACCEPTED,
            **times,
        )
        for number in range(readers)
    ]


def _paired(deliveries: list[Any]) -> list[tuple[str, Any]]:
    return [(KINDS[at % 10], delivery) for at, delivery in enumerate(deliveries) if at % 10 < len(KINDS)]


def _report(kind: str, delivery: Any, number: int) -> str:
    from tests.alerts.webhooks.reports import postmark

    address = "Recipient" if kind == "Delivery" else "Email"
    told = postmark(kind, delivery, **{address: delivery.subscriber.address})
    return json.dumps(told | ({} if kind == "Delivery" else {"ID": number}))


def _post(port: int, body: str, secret: str) -> int:
    from base64 import b64encode

    if not hasattr(_here, "connection"):
        _here.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Host": serving.HOST,
        "X-Forwarded-Proto": "https",
        "Content-Type": "application/json",
        "Authorization": "Basic " + b64encode(f"newsroom:{secret}".encode()).decode(),
    }
    _here.connection.request("POST", "/alerts/events/postmark/", body, headers)
    answer = _here.connection.getresponse()
    answer.read()
    return int(answer.status)


def _next_alert(readers: int) -> int:
    """Owe another mail to everybody who has ever been told, and send what is due; how many mailboxes it reached."""
    from django.conf import settings

    from alerts.models import Delivery, Letter, Subscriber
    from tests.alerts.readers import owed
    from tests.alerts.sending.outbox import Clock, mail_server, send
    from tests.newsdesk import NOW

    for subscriber in Subscriber.objects.all():
        owed(subscriber, "edition:2")
    Letter.objects.update(subject="A headline", text="Read it.", html="<p>Read it.</p>", rendered_at=NOW)
    assert Delivery.objects.waiting().count() == readers
    with mail_server(settings) as server:
        until = time.monotonic() + 600
        while Delivery.objects.waiting().exists() and time.monotonic() < until:
            send(Clock())
        return len({mail.recipient for mail in server.received})


def main() -> None:
    readers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder, serving.scratch_database(Path(folder)) as database:
        port = serving.free_port()
        environ = serving.environ(
            Path(folder),
            DATABASE_URL=database,
            PORT=str(port),
            EMAIL_URL="postmark://TOKEN",
            MAIL_WEBHOOK_SECRET=SECRET,
            WEB_PROCESSES="2",
            WEB_THREADS="4",
            LOG_LEVEL="ERROR",
        )
        serving.manage(environ, "collectstatic", "--noinput", "--verbosity=0")
        server = serving.gunicorn(environ)
        try:
            serving.wait_for(server, port)
            os.environ.update(environ, DJANGO_SETTINGS_MODULE="newsroom.settings")
            import django

            django.setup()
            print(f"{run(port, readers)}: passed")
        finally:
            from django.db import connections

            connections.close_all()
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
