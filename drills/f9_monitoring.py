"""Drill F9: what must not go unnoticed is broken on purpose, one after the other; then an alert goes out as it should.

Passes when for each the rule of deploy/alerts.yml holds at the next scrape and fires within five minutes, and the desk
says so in its box of alarms; when both are quiet again once it is mended; and when nothing is said during a healthy
alert to 100,000, with a worker at work.
`python -m drills.f9_monitoring [RECIPIENTS]`; tests/newsroom/test_monitoring.py runs the first half.
"""

import http.client
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

SCRAPING = 5.0
FIRES_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Fault:
    """`rule` names the alarm in the metrics, `words` stand in the one on the desk."""

    rule: str
    words: str
    break_it: Callable[[Any, datetime], None]
    mend_it: Callable[[datetime], None]


def overdue(cast: Any, now: datetime) -> None:
    """A story that readers have for ten minutes, and nobody followed up."""
    from tests.newsdesk import published

    published(cast, now=now - timedelta(minutes=10), headline="Overdue")


def followed_up(now: datetime) -> None:
    from alerts import fan_out
    from articles.desk.following_up import sweep

    sweep(now)
    fan_out.fan_out(now)


def not_worked_out(cast: Any, now: datetime) -> None:
    from alerts.models import Notice

    _told(cast, now, ready=0)
    Notice.objects.update(fanned_out_at=None, made_at=now - timedelta(minutes=6))


def worked_out(now: datetime) -> None:
    from alerts.models import Notice

    Notice.objects.update(fanned_out_at=now)


def mail_waits(cast: Any, now: datetime) -> None:
    from alerts.models import Delivery

    _told(cast, now, ready=1)
    before = now - timedelta(minutes=16)
    Delivery.objects.update(made_at=before, next_try_at=before)


def in_doubt(cast: Any, now: datetime) -> None:
    _told(cast, now, uncertain=1)


def settled(now: datetime) -> None:
    from alerts.models import Delivery, State

    Delivery.objects.update(state=State.ACCEPTED, settled_at=now)


def backup_fails(cast: Any, now: datetime) -> None:
    from newsroom.backups.history import note

    note(began_at=now, now=now, fault="no space left on device")


def backed_up(now: datetime) -> None:
    from newsroom.backups.history import note

    note(began_at=now - timedelta(seconds=1), now=now, name="good")


def cache_hangs(cast: Any, now: datetime) -> None:
    from django.conf import settings

    from newsroom.models import PurgeMark

    settings.PURGE_URL = "http://127.0.0.1:1/"
    PurgeMark.objects.create(owed_since=now - timedelta(minutes=6), next_try_at=now)


def cache_told(now: datetime) -> None:
    from newsroom.models import PurgeMark

    PurgeMark.objects.update(owed_since=None)


FAULTS = [
    Fault("FollowUpsOverdue", "not everything that follows a publication", overdue, followed_up),
    Fault("RecipientsNotWorkedOut", "Alerts are late", not_worked_out, worked_out),
    Fault("MailLate", "Alerts are late", mail_waits, settled),
    Fault("MailUncertain", "Nobody knows whether 1 mail arrived", in_doubt, settled),
    Fault("CacheNotTold", "the cache in front of the site has not taken in", cache_hangs, cache_told),
    Fault("BackupFailed", "The last backup failed", backup_fails, backed_up),
]


def _told(cast: Any, now: datetime, **mails: int) -> None:
    """A story whose follow-ups are done, and its mails."""
    from tests.alerts.admin.mails import told
    from tests.newsdesk import published

    story = published(cast, now=now - timedelta(seconds=30), headline="Told")
    followed_up(now)
    told(story, **mails)


def run() -> list[list[object]]:
    """Break and mend each; a row for each, its last the verdict."""
    from django.utils import timezone

    from articles.desk import heartbeat
    from drills._rules import rules
    from tests.newsdesk import hire

    cast, rows = hire(), []
    lasting = {rule.name: rule.lasting for rule in rules()}
    backed_up(timezone.now())
    heartbeat.beat("a worker", started_at=timezone.now(), now=timezone.now())
    before = heard(cast)
    for fault in FAULTS:
        fault.break_it(cast, timezone.now())
        found, words = heard(cast)
        fires = fault.rule in found and lasting[fault.rule] <= FIRES_WITHIN
        told = any(fault.words in said for said in words)
        fault.mend_it(timezone.now())
        quiet = heard(cast) == before == (set(), [])
        rows.append([fault.rule, fires, told, quiet, "passes" if fires and told and quiet else "FAILS"])
    return rows


def heard(cast: Any) -> tuple[set[str], list[str]]:
    """Which rules hold, and what the desk says to a manager and to an administrator."""
    from django.test import RequestFactory
    from django.utils import timezone

    from articles.admin.alarms import alarms
    from drills._rules import holding
    from newsroom.metrics.view import metrics

    text = metrics(RequestFactory().get("/metrics")).text
    people, now = (cast.manager, cast.administrator), timezone.now()
    return holding(text), [alarm.words for person in people for alarm in alarms(person, now)]


def healthy(recipients: int) -> tuple[list[object], bool]:
    """What is heard while an alert goes out: nothing, from its first mail to its last."""
    from benchmarks import _site
    from drills import _mailing
    from drills._rules import holding

    scrapes, fired = 0, set()
    with _mailing.alerted("sqlite", recipients, delay=0.003) as (site, sink):
        site.run("-m", "drills.f9_monitoring", "--backed-up")
        worker = _mailing.worker(site)
        try:
            with _site.served(site.environ, "newsroom.wsgi:application") as web:
                _mailing.wait_until_taken(sink, 1, seconds=120)
                until = time.monotonic() + 60 + recipients / 50
                while sink.count() < recipients and time.monotonic() < until:
                    fired |= holding(scrape(web.port))
                    scrapes += 1
                    time.sleep(SCRAPING)
        finally:
            _mailing.end(worker)
        sent = sink.count()
    return [recipients, sent, scrapes, ", ".join(sorted(fired)) or "none"], sent == recipients and not fired


def scrape(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def main(recipients: int) -> int:
    import json

    from benchmarks import _site
    from drills._verdict import verdict

    rows = []
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            rows += [[vendor, *row] for row in json.loads(site.run("-m", "drills.f9_monitoring", "--here"))]
    _site.table(["database", "broken", "fires", "desk says so", "quiet again", "verdict"], rows)
    row, is_quiet = healthy(recipients)
    _site.table(["recipients", "sent", "scrapes", "alarms"], [row])
    noticed = sum(one[-1] == "passes" for one in rows)
    alarms = f"alarms during a healthy alert to {recipients:,}: {row[-1]}"
    return verdict(noticed == len(rows) and is_quiet, f"{noticed} of {len(rows)} faults noticed; {alarms}")


if __name__ == "__main__":
    if "--here" in sys.argv or "--backed-up" in sys.argv:
        import json

        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        django.setup()
        from django.utils import timezone

        if "--here" in sys.argv:
            print(json.dumps(run()))
        else:
            backed_up(timezone.now())
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100_000))
