"""Whatever watches over the processes is told the truth, and nobody else anything."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.integrity import triggers
from newsroom import health


@pytest.fixture(autouse=True)
def _a_process_that_just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health, "_last", (float("-inf"), ""))


def ask(path: str) -> HttpResponse:
    return Client().get(path)  # type: ignore[return-value]


class TestHealthz:
    def test_says_that_the_process_lives_and_asks_no_database(self) -> None:
        answer = ask("/healthz")
        assert (answer.status_code, answer.content) == (200, b"alive\n")
        assert answer["Cache-Control"] == "no-store"

    def test_answers_a_machine_behind_the_proxy_without_tls(self, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        assert ask("/healthz").status_code == 200


@pytest.mark.django_db
class TestReadyz:
    def test_is_ready_with_every_migration_and_guard(self) -> None:
        answer = ask("/readyz")
        assert (answer.status_code, answer.content) == (200, b"ready\n")

    def test_looks_for_migrations_once_a_process(self) -> None:
        health.what_is_wrong()
        with CaptureQueriesContext(connection) as asked:
            health.what_is_wrong()
        assert not any("django_migrations" in query["sql"] for query in asked)

    def test_is_not_ready_with_a_migration_to_come(self) -> None:
        recorder = MigrationRecorder(connection)
        last = max(name for app, name in recorder.applied_migrations() if app == "articles")
        recorder.record_unapplied("articles", last)
        assert health.what_is_wrong() == "1 migrations are not applied: run manage.py migrate"

    def test_says_no_more_than_that_it_is_not_ready(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(health, "what_is_wrong", lambda: "the database at 10.0.0.7 does not answer")
        answer = ask("/readyz")
        assert (answer.status_code, answer.content) == (503, b"not ready\n")

    def test_asks_the_database_once_a_second_however_often_it_is_asked(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[int] = []
        monkeypatch.setattr(health, "what_is_wrong", lambda: asked.append(1) or "")
        assert [ask("/readyz").status_code for _ in range(5)] == [200] * 5
        assert len(asked) == 1

    def test_does_not_wait_for_a_database_that_hangs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = Event()
        monkeypatch.setattr(health, "PATIENCE", 0.1)
        monkeypatch.setattr(health, "what_is_wrong", lambda: answers.wait(10) and "")
        assert [ask("/readyz").status_code for _ in range(2)] == [503, 503]
        answers.set()
        assert health.wrong_within(5) == ""

    def test_sets_no_cookie(self) -> None:
        assert not ask("/readyz").cookies


@pytest.mark.django_db(transaction=True)
class TestReadyzWithoutItsGuards:
    @pytest.fixture(autouse=True)
    def _put_back(self, transactional_db: None) -> Iterator[None]:
        yield
        triggers.install(connection)

    def test_is_not_ready(self) -> None:
        triggers.drop(connection)
        assert ask("/readyz").status_code == 503
