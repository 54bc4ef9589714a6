"""Every table has a rule for how long its rows are kept; the rules are told, and what is to be forgotten is."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts.models import ProviderEvent
from articles.desk.chores import CHORES
from newsroom.environment import BASE_DIR
from newsroom.models import BackupRun
from newsroom.retention import forgetting, rules
from tests.newsdesk import NOW, Cast

PAGE = BASE_DIR / "docs" / "retention.md"


class TestTheRules:
    def test_are_one_a_table(self) -> None:
        """A new table is added to newsroom/retention/rules.py, with how long its rows are kept and why."""
        there = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        assert sorted(rules.tables()) == sorted(there)

    def test_rest_on_chores_that_the_worker_does(self) -> None:
        assert rules.chores() - CHORES.keys() == set()

    def test_are_printed_in_the_documentation(self) -> None:
        told = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
        assert told == list(rules.printed())


@pytest.mark.django_db
class TestForgetting:
    @pytest.fixture
    def rows(self, cast: Cast) -> dict[str, tuple[Any, Any]]:
        """Of each table one row that is too old, and one that is not."""
        person = cast.administrator
        address = EmailAddress.objects.create(user=person, email=person.email)

        def each(days: int) -> dict[str, Any]:
            at = NOW - timedelta(days=days)
            log = {"user": person, "object_id": "1", "action_flag": CHANGE, "object_repr": "Health"}
            return {
                "session": Session.objects.create(session_key=f"{days}", session_data="", expire_date=at),
                "event": ProviderEvent.objects.create(
                    provider="ses", event_id=f"{days}", kind="bounced", at=at
                ),
                "log": LogEntry.objects.create(action_time=at, **log),
                "run": BackupRun.objects.create(began_at=at, ended_at=at),
                "link": EmailConfirmation.objects.create(email_address=address, created=at, key=f"{days}"),
            }

        old, new = each(731), each(-1)
        return {name: (old[name], new[name]) for name in old}

    def test_takes_what_is_too_old_and_no_more(self, rows: dict[str, tuple[Any, Any]]) -> None:
        assert forgetting.forget_old(NOW) == len(rows)
        for old, new in rows.values():
            assert not type(old).objects.filter(pk=old.pk).exists()
            assert type(new).objects.filter(pk=new.pk).exists()
        assert forgetting.forget_old(NOW) == 0

    def test_takes_a_chunk_at_a_time(self, monkeypatch: Any, db: None) -> None:
        monkeypatch.setattr(forgetting, "A_CHUNK", 2)
        old = NOW - timedelta(days=91)
        for number in range(5):
            ProviderEvent.objects.create(provider="ses", event_id=f"{number}", kind="opened", at=old)
        assert [forgetting.forget_old(NOW) for _ in range(4)] == [2, 2, 1, 0]

    def test_asks_each_table_once_where_there_is_nothing_to_forget(self, db: None) -> None:
        with CaptureQueriesContext(connection) as queries:
            forgetting.forget_old(NOW)
        assert len(queries) == 1 + len(forgetting.AGES)
