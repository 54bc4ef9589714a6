"""What a monitoring system is told, and who is told nothing."""

import re
import time
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from alerts.models import Notice, Stop
from alerts.stopping import stop
from articles.desk import heartbeat, workflow
from articles.desk.following_up import sweep
from newsroom import VERSION
from newsroom.access import REQUESTS
from newsroom.metrics import server, sources
from tests.alerts.admin.mails import told
from tests.newsdesk import MINUTE, NOW, Cast, published, scheduled, submitted

ROOT = Path(__file__).resolve().parent.parent.parent
LATER = NOW + timedelta(hours=1)
OF_MAIL = (
    "newsroom_mail_oldest_due_seconds",
    "newsroom_mail_uncertain",
    "newsroom_mail_failed_day",
    "newsroom_notices_not_worked_out",
    "newsroom_mail_stops",
)
OF_THE_SERVER = ("newsroom_database_up", "newsroom_clock_skew_seconds", "newsroom_start_time_seconds")
OF_BACKUPS = ("newsroom_backup_age_seconds", "newsroom_backup_failed")
TOKEN = "a-token-of-some-length"


def ask(**headers: Any) -> HttpResponse:
    return Client().get("/metrics", **headers)  # type: ignore[return-value]


def numbers() -> dict[str, str]:
    """Those that have no labels."""
    lines = ask().content.decode().splitlines()
    return dict(line.split(" ") for line in lines if line[0] != "#" and "{" not in line)


class TestNumbers:
    @pytest.fixture(autouse=True)
    def _at_the_desk(self, time_machine: Any) -> None:
        time_machine.move_to(LATER, tick=False)

    def test_tell_what_is_late_and_owed(self, cast: Cast) -> None:
        published(cast)
        scheduled(cast, at=LATER + MINUTE, headline="Ahead")
        urgent = submitted(cast, headline="Urgent", now=NOW)
        workflow.perform(urgent, "publish_unreviewed", by=cast.manager, now=LATER, revision=1, note="Now.")
        submitted(cast, headline="Waits", due_at=NOW)
        heartbeat.beat("here:1", started_at=NOW, now=LATER - MINUTE)
        assert {
            name: value
            for name, value in numbers().items()
            if name not in OF_MAIL + OF_THE_SERVER + OF_BACKUPS
        } == {
            "newsroom_follow_ups_overdue": "2",
            "newsroom_follow_ups_failing": "0",
            "newsroom_follow_ups_oldest_overdue_seconds": "3600",
            "newsroom_worker_heartbeat_age_seconds": "60",
            "newsroom_scheduled": "1",
            "newsroom_debts_open": "1",
            "newsroom_reviews_overdue": "1",
        }

    def test_tell_what_mail_is_late_in_doubt_failed_or_stopped(self, cast: Cast) -> None:
        told(published(cast), ready=2, uncertain=3, failed=4)
        told(published(cast, headline="Another"))
        Notice.objects.filter(eligible=0).update(fanned_out_at=None)
        stop(Stop.Kind.STAFF, by=cast.manager, now=LATER)
        assert {name: numbers()[name] for name in OF_MAIL} == {
            "newsroom_mail_oldest_due_seconds": "3600",
            "newsroom_mail_uncertain": "3",
            "newsroom_mail_failed_day": "4",
            "newsroom_notices_not_worked_out": "1",
            "newsroom_mail_stops": "1",
        }

    def test_are_quiet_when_all_is_done(self, cast: Cast) -> None:
        published(cast)
        sweep(LATER)
        found = numbers()
        assert (
            found["newsroom_follow_ups_overdue"] == found["newsroom_follow_ups_oldest_overdue_seconds"] == "0"
        )
        assert found["newsroom_worker_heartbeat_age_seconds"] == "+Inf"
        assert {found[name] for name in OF_MAIL} == {"0"}

    @pytest.mark.parametrize(("hours", "told"), [(26, "+Inf"), (0, None)])
    def test_tell_no_age_of_backups_that_others_make(
        self, db: None, settings: Any, hours: int, told: str | None
    ) -> None:
        settings.BACKUP_MAX_AGE_HOURS = hours
        assert numbers().get("newsroom_backup_age_seconds") == told

    def test_name_no_story(self, cast: Cast) -> None:
        scheduled(cast, at=LATER + MINUTE, headline="Zebedee", slug="zebedee")
        assert b"ebedee" not in ask().content

    def test_are_written_as_prometheus_reads_them(self, db: None) -> None:
        answer = ask()
        assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert answer["Cache-Control"] == "no-store"
        families = answer.content.decode().split("# HELP ")[1:]
        names = [family.split(" ")[0] for family in families]
        assert len(names) == len(set(names))
        for name, family in zip(names, families, strict=True):
            _, kind, *samples = family.splitlines()
            assert re.fullmatch(rf"# TYPE {name} (gauge|counter|histogram)", kind)
            sample = rf'{name}(_bucket|_sum|_count)?({{\w+="[^"]*"(,\w+="[^"]*")*}})? (\+Inf|-?[0-9.e-]+)'
            assert all(re.fullmatch(sample, line) for line in samples)


class TestTheServer:
    def test_says_which_it_is_and_since_when(self, db: None) -> None:
        assert f'newsroom_version{{version="{VERSION}"}} 1' in ask().content.decode()
        assert float(numbers()["newsroom_start_time_seconds"]) > 1_700_000_000
        assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION

    def test_says_how_far_the_databases_clock_is_off(self, db: None, monkeypatch: Any) -> None:
        assert abs(float(numbers()["newsroom_clock_skew_seconds"])) < 2
        ours = time.time
        monkeypatch.setattr(server.time, "time", lambda: ours() - 60)
        assert float(numbers()["newsroom_clock_skew_seconds"]) > 58

    def test_says_what_it_counted_where_the_database_is_away(self, db: None, monkeypatch: Any) -> None:
        def away(now: Any) -> Any:
            raise OperationalError("away")

        REQUESTS.observe("front", "2xx", 1000)
        monkeypatch.setattr(sources, "SOURCES", [away])
        text = ask().content.decode()
        assert "\nnewsroom_database_up 0\n" in text
        assert "newsroom_request_seconds" in text


class TestWhoMayAsk:
    @pytest.mark.parametrize(
        "headers",
        [
            {"REMOTE_ADDR": "203.0.113.9"},
            {"REMOTE_ADDR": ""},
            {"headers": {"X-Forwarded-For": "203.0.113.9"}},
            {"headers": {"Forwarded": "for=127.0.0.1"}},
            {"REMOTE_ADDR": "203.0.113.9", "headers": {"Authorization": "Bearer "}},
            {"REMOTE_ADDR": "203.0.113.9", "headers": {"Authorization": "Bearer wröng-token"}},
        ],
    )
    def test_is_nobody_from_outside(self, db: None, headers: dict[str, Any]) -> None:
        answer, unknown = ask(**headers), Client().get("/no-such-thing/", **headers)
        assert answer.status_code == unknown.status_code == 404
        assert answer.content == unknown.content

    def test_is_whoever_has_the_token(self, db: None, settings: Any) -> None:
        settings.METRICS_TOKEN = TOKEN
        outside = {"REMOTE_ADDR": "203.0.113.9"}
        assert ask(**outside).status_code == 404
        assert ask(**outside, headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 404
        assert ask(**outside, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200

    def test_is_this_machine(self, db: None) -> None:
        assert ask(REMOTE_ADDR="127.0.0.1").status_code == ask(REMOTE_ADDR="::1").status_code == 200
