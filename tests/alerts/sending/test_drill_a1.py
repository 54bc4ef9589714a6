"""Drill A1, small: a worker is killed at the worst moment, when the mail server has a mail and has not said so yet."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from alerts.models import Notice, State
from tests.alerts.sending.outbox import alert, states
from tests.mailserver import MailServer
from tests.production.serving import environ

ROOT = Path(__file__).resolve().parents[3]
MAILS, LEASE, PATIENCE = 8, 2, 60

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def worker(server: MailServer, folder: Path, **settings: str) -> subprocess.Popen[bytes]:
    """A worker of its own on this test's database: two seconds of lease, one connection."""
    # Both workers have the same keys: with others the second one would take this database for a copy.
    keys = {"SECRET_KEY": "only-for-tests-0123456789" + "abcdefghij" * 4, "LOG_LEVEL": "ERROR"}
    around = environ(
        folder, DATABASE_URL=_database(), EMAIL_URL=server.url, MAIL_CONNECTIONS="1", **keys, **settings
    )
    command = [sys.executable, "-m", "drills._alerted", "work", str(LEASE), "1", "0"]
    return subprocess.Popen(command, cwd=ROOT, env=around)


def killed_and_replaced(server: MailServer, folder: Path, **settings: str) -> None:
    now = timezone.now()
    alert(MAILS, made_at=now, next_try_at=now)
    Notice.objects.update(fanned_out_at=now)
    one = worker(server, folder, **settings)
    server.after(3, lambda: one.send_signal(signal.SIGKILL))
    assert one.wait(PATIENCE) == -signal.SIGKILL
    other = worker(server, folder, **settings)
    until = time.monotonic() + PATIENCE
    while states().keys() & {State.READY, State.RETRY, State.SENDING} and time.monotonic() < until:
        time.sleep(0.2)
    other.terminate()
    assert other.wait(PATIENCE) == 0


def test_nobody_is_missed_and_one_mail_comes_twice_under_one_name(server: MailServer, tmp_path: Path):
    killed_and_replaced(server, tmp_path, MAIL_UNCERTAIN="resend")
    assert states() == {State.ACCEPTED: MAILS}
    assert sorted(server.postbox.taken.values()) == [1] * (MAILS - 1) + [2]


def test_one_mail_is_held_and_none_comes_twice(server: MailServer, tmp_path: Path):
    killed_and_replaced(server, tmp_path, MAIL_UNCERTAIN="hold")
    assert states() == {State.ACCEPTED: MAILS - 1, State.UNCERTAIN: 1}
    assert set(server.postbox.taken.values()) == {1}


def test_everybody_gets_exactly_one_where_the_server_can_be_asked(server: MailServer, tmp_path: Path):
    killed_and_replaced(server, tmp_path, MAIL_ACCEPTED_URL=server.accepted_url)
    assert states() == {State.ACCEPTED: MAILS}
    assert sorted(server.postbox.taken.values()) == [1] * MAILS


def _database() -> str:
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    around = os.environ["DATABASE_URL"].rpartition("/")[0]
    return f"{around}/{quote(where['NAME'])}"
