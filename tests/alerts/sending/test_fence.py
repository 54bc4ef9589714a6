"""A copy of the database, or one that went back in time, sends nothing until a person lets it."""

from datetime import timedelta
from pathlib import Path

import pytest

from alerts.models import Origin, Stop
from alerts.sending import fence
from alerts.stopping import lift, stop
from tests.newsdesk import MINUTE, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mark(settings, tmp_path: Path) -> Path:
    settings.MAIL_MARK = tmp_path / "mail-mark"
    return settings.MAIL_MARK


def sent(now=NOW) -> None:
    """A batch leaves."""
    fence.advance(now)
    fence.remember()


class TestTheSameDatabase:
    def test_may_send_at_first_and_from_then_on(self):
        assert fence.refusal() == ""
        for minutes in range(3):
            sent(NOW + minutes * MINUTE)
            assert fence.refusal() == ""

    def test_may_send_after_a_crash_between_database_and_file(self):
        sent()
        fence.advance(NOW + MINUTE)
        assert fence.refusal() == ""

    def test_may_send_from_a_machine_that_never_sent(self, mark: Path):
        sent()
        mark.unlink()
        assert fence.refusal() == ""

    def test_may_send_where_another_machine_s_clock_is_behind(self):
        sent()
        sent(NOW - MINUTE)
        assert fence.refusal() == ""
        assert Origin.objects.get().reached_at == NOW

    def test_may_send_while_another_worker_does(self, monkeypatch):
        sent()
        read = fence._mark

        def meanwhile():
            sent(NOW + MINUTE)
            return read()

        monkeypatch.setattr(fence, "_mark", meanwhile)
        assert fence.refusal() == ""

    def test_may_send_where_the_file_is_rubbish(self, mark: Path):
        sent()
        mark.write_text("???")
        assert fence.refusal() == ""


class TestARestoredBackup:
    def test_is_behind_what_was_sent(self):
        sent()
        backup = Origin.objects.values().get()
        sent(NOW + MINUTE)
        Origin.objects.update(**backup)
        assert fence.refusal() == fence.OLDER

    def test_sends_once_a_person_says_so(self):
        sent(NOW + MINUTE)
        Origin.objects.update(reached_at=NOW)
        stop(Stop.Kind.FENCE, by=None, now=NOW)
        lift(Stop.Kind.FENCE, by=None, now=NOW + 2 * MINUTE)
        assert fence.refusal() == ""
        sent(NOW + 3 * MINUTE)
        assert fence.refusal() == ""

    def test_sends_then_even_where_the_clock_was_wrong_before(self):
        sent(NOW + timedelta(days=365))
        Origin.objects.update(reached_at=NOW)
        fence.adopt(NOW + MINUTE)
        sent(NOW + 2 * MINUTE)
        assert fence.refusal() == ""


class TestACopy:
    def test_under_another_address_is_known(self, settings):
        sent()
        settings.SITE_URL = "https://staging.example"
        assert fence.refusal() == fence.COPY

    def test_in_another_database_is_known(self):
        sent()
        Origin.objects.update(identity="0" * 64)
        assert fence.refusal() == fence.COPY

    def test_sends_once_a_person_says_so_and_fences_the_original(self, settings):
        sent()
        settings.SITE_URL = "https://new.example"
        fence.adopt(NOW)
        sent(NOW + MINUTE)
        assert fence.refusal() == ""
        settings.SITE_URL = "http://testserver"
        assert fence.refusal() == fence.COPY

    def test_tells_nobody_where_the_database_is(self, settings):
        before = fence.identity()
        settings.ADDRESS_KEY = "another"
        assert fence.identity() != before
