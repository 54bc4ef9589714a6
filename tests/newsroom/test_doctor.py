"""What `manage.py doctor` finds: one line each, what to do about it, and status 1 where something is a fault."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from articles.desk import heartbeat
from articles.integrity import triggers
from newsroom.backups import history
from newsroom.doctor import database, dns, files, mail
from newsroom.doctor.examining import CHECKS, examine
from newsroom.doctor.findings import Finding, Level
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db


def found(name: str) -> list[Finding]:
    return list(examine({name: CHECKS[name]}))


def levels(name: str) -> set[str]:
    return {one.level.value for one in found(name)}


class TestADoctor:
    @pytest.fixture(autouse=True)
    def _no_names(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(dns, "_servers", list)

    def test_tells_programs_in_json_and_by_its_status(self, capsys: Any) -> None:
        with pytest.raises(CommandError, match="1 fault"):
            call_command("doctor", "--json", "--only", "worker", "--only", "database")
        told = json.loads(capsys.readouterr().out)
        assert [(one["check"], one["level"]) for one in told] == [("database", "ok"), ("worker", "fault")]
        assert told[1]["advice"].startswith("Start `manage.py worker`")

    def test_goes_on_where_one_check_fails_and_says_so(self, monkeypatch: Any) -> None:
        def away() -> Iterator[Finding]:
            raise OperationalError("no route to host")
            yield

        checks = {"database": away, "worker": CHECKS["worker"]}
        told = list(examine(checks))
        assert [one.check for one in told] == ["database", "worker"]
        assert "no route to host" in told[0].words and told[0].level == Level.FAULT

    def test_gives_advice_with_every_fault_and_warning(self) -> None:
        told = list(examine({name: check for name, check in CHECKS.items() if name != "settings"}))
        assert {one.check for one in told} == CHECKS.keys() - {"settings"}
        assert [one for one in told if one.level != Level.OK and not one.advice] == []

    def test_leaves_nothing_behind(self, settings: Any, tmp_path: Path) -> None:
        backend = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
        settings.STORAGES = {**settings.STORAGES, "default": backend}
        assert levels("storage") == {"ok"}
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


class TestTheDatabase:
    def test_is_well_as_it_is_made(self) -> None:
        for name in ("database", "migrations", "guards", "clock"):
            assert levels(name) == {"ok"}, name

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is to have statistics")
    def test_has_statistics_that_mislead_it(self) -> None:
        assert levels("set-up") == {"ok"}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert [one.level for one in found("set-up") if "statistics" in one.words] == [Level.WARNING]

    def test_lacks_a_guard(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(database, "missing_guards", lambda _: ["edition_append_only"])
        [one] = found("guards")
        assert (one.level, "edition_append_only" in one.words) == (Level.FAULT, True)
        assert triggers.faults(connection) == []

    def test_is_set_up_otherwise_than_it_should_be(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA recursive_triggers=OFF")
            else:
                cursor.execute("SET LOCAL jit = on")
        try:
            assert "fault" in levels("set-up")
        finally:
            if connection.vendor == "sqlite":
                connection.cursor().execute("PRAGMA recursive_triggers=ON")

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
    def test_is_asked_to_plan_otherwise(self) -> None:
        before = found("set-up")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = auto")
        [more] = [one for one in found("set-up") if one not in before]
        assert more.level == Level.WARNING and "plan_cache_mode is auto" in more.words

    def test_has_another_clock(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(database, "clock_skew", lambda: 2.5)
        [one] = found("clock")
        assert one.level == Level.FAULT and "+2.5 s" in one.words


class TestDisksAndFiles:
    def test_run_full(self, monkeypatch: Any, tmp_path: Path) -> None:
        class Usage:
            total, free = 100_000_000_000, 4_000_000_000

        monkeypatch.setattr(files, "_folders", lambda: [tmp_path])
        monkeypatch.setattr(files.shutil, "disk_usage", lambda _: Usage)
        assert "only 4.0 GB (4%) free" in found("room")[0].words
        assert levels("room") == {"fault"}

    def test_cannot_be_written_to(self, settings: Any, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        backend = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "file"},
        }
        settings.STORAGES = {**settings.STORAGES, "default": backend}
        assert levels("storage") == {"fault"}

    def test_are_for_everybody_to_read(self, settings: Any, monkeypatch: Any, tmp_path: Path) -> None:
        settings.VAR_DIR = tmp_path
        key = tmp_path / "secret-key"
        key.write_text("x")
        monkeypatch.setattr(files, "_is_reachable", lambda _: True)
        key.chmod(0o644)
        assert any(str(key) in one.words and one.level == Level.WARNING for one in found("secrets"))
        key.chmod(0o600)
        assert not any(str(key) in one.words for one in found("secrets"))


class TestWhatItLeansOn:
    def test_is_a_worker_that_lives(self) -> None:
        now = timezone.now()
        heartbeat.beat("here:1", started_at=now, now=now)
        assert levels("worker") == {"ok"}
        heartbeat.beat("here:1", started_at=now, now=now - timedelta(minutes=5))
        assert levels("worker") == {"fault"}

    def test_is_a_backup_that_is_new_and_did_not_fail(self, settings: Any) -> None:
        settings.BACKUP_MAX_AGE_HOURS = 26
        assert "fault" in levels("backups")
        now = timezone.now()
        history.note(began_at=now, now=now, name="one")
        assert "fault" not in levels("backups")
        history.note(began_at=now, now=now, fault="The disk is full.")
        assert "the last one failed: The disk is full." in found("backups")[0].words

    def test_is_a_mail_server_that_takes_us(self, settings: Any) -> None:
        smtp = {"BACKEND": "alerts.sending.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "timeout": 5}}
        before = settings.MAILERS
        try:
            with MailServer() as server:
                smtp["OPTIONS"]["port"] = server.port
                settings.MAILERS = {"default": smtp}
                assert levels("mail") == {"ok"}
                assert server.received == []
            assert levels("mail") == {"fault"}
        finally:
            settings.MAILERS = before


@contextmanager
def name_server(records: dict[str, list[str]], monkeypatch: Any) -> Iterator[None]:
    """Answers for these names, and that there are no others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        monkeypatch.setattr(dns, "_servers", lambda: ["127.0.0.1"])
        monkeypatch.setattr(dns, "_PORT", udp.getsockname()[1])
        udp.settimeout(5)

        def serve() -> None:
            while True:
                try:
                    query, who = udp.recvfrom(512)
                except OSError:
                    return
                udp.sendto(_answer(query, records), who)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield


def _answer(query: bytes, records: dict[str, list[str]]) -> bytes:
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode())
        at += 1 + query[at]
    found = records.get(".".join(labels))
    head = query[:2] + struct.pack(">HHHHH", 0x8180 | (0 if found else 3), 1, len(found or []), 0, 0)
    answers = b""
    for text in found or []:
        parts = [text[start : start + 255].encode() for start in range(0, len(text), 255)]
        data = b"".join(bytes([len(part)]) + part for part in parts)
        answers += b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, 60, len(data)) + data
    return head + query[12 : at + 5] + answers


class TestTheNamesOfMail:
    @pytest.fixture(autouse=True)
    def _from(self, settings: Any) -> None:
        settings.DEFAULT_FROM_EMAIL = "The Civic Wire <newsroom@mail.news.example>"

    def test_say_who_sends_for_us(self, monkeypatch: Any) -> None:
        long = f"v=spf1 {'ip4:192.0.2.1 ' * 30}-all"
        records = {
            "mail.news.example": ["something else", long],
            "_dmarc.news.example": ["v=DMARC1; p=quarantine"],
        }
        with name_server(records, monkeypatch):
            told = found("mail names")
        assert [one.level for one in told] == [Level.OK] * 3
        assert long in told[0].words and "DKIM cannot be seen from here" in told[2].words

    @pytest.mark.parametrize(
        ("spf", "dmarc", "expected"),
        [
            ([], [], ["fault", "fault"]),
            (["v=spf1 +all"], ["v=DMARC1; p=none"], ["fault", "warning"]),
            (["v=spf1 -all", "v=spf1 mx -all"], ["v=DMARC1; p=reject"], ["fault", "ok"]),
        ],
    )
    def test_say_too_little(
        self, spf: list[str], dmarc: list[str], expected: list[str], monkeypatch: Any
    ) -> None:
        with name_server({"mail.news.example": spf, "_dmarc.mail.news.example": dmarc}, monkeypatch):
            assert [one.level.value for one in found("mail names")][:2] == expected

    def test_cannot_be_asked_for_everywhere(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(dns, "_servers", list)
        told = found("mail names")
        assert told[0].level == Level.WARNING and "DNS cannot be asked from here" in told[0].words
        assert mail.names is CHECKS["mail names"]
