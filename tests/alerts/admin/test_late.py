"""Drill B3: what my desk says while mail is late or stands still, and to whom."""

from datetime import timedelta

import pytest

from alerts.models import Notice, Stop
from alerts.stopping import stop
from articles.desk import heartbeat
from tests.alerts.admin.mails import told
from tests.articles.admin.desk_pages import LATER, signed_in
from tests.newsdesk import MINUTE, NOW, Cast, published

NOT_SENT = "Alerts are not yet sent: the worker was last heard of"


def desk(person: object) -> str:
    return signed_in(person).get("/admin/").text  # type: ignore[arg-type]


def beat(ago: timedelta) -> None:
    heartbeat.beat("worker", started_at=NOW, now=LATER - ago)


class TestLate:
    def test_without_a_worker_the_editor_hears_since_when(self, cast: Cast):
        told(published(cast), ready=2)
        beat(20 * MINUTE)
        for person in (cast.editor, cast.manager, cast.administrator):
            assert f"{NOT_SENT} 23 November 2026, 10:10" in desk(person)
            assert "waiting since 23 November 2026, 09:30" in desk(person)
        assert NOT_SENT not in desk(cast.contributor)

    def test_where_no_worker_ever_was_it_says_that(self, cast: Cast):
        told(published(cast), ready=1)
        assert "not yet sent: no worker has been heard of for a day" in desk(cast.editor)

    def test_with_a_worker_a_large_alert_may_take_its_time(self, cast: Cast):
        notice = told(published(cast), ready=2)
        beat(timedelta())
        notice.deliveries.update(next_try_at=LATER - 14 * MINUTE)
        assert "Alerts are late" not in desk(cast.editor)
        notice.deliveries.update(next_try_at=LATER - 16 * MINUTE)
        assert "Alerts are late" in desk(cast.editor)

    def test_readers_who_are_not_worked_out_are_told_of(self, cast: Cast):
        told(published(cast))
        Notice.objects.update(fanned_out_at=None)
        beat(timedelta())
        assert "nobody has worked out yet who is told" in desk(cast.editor)

    def test_what_is_to_be_tried_again_later_is_not_late(self, cast: Cast):
        told(published(cast), retry=2).deliveries.update(next_try_at=LATER + MINUTE)
        assert "Alerts are" not in desk(cast.editor)

    def test_nothing_is_told_when_all_is_sent(self, cast: Cast):
        told(published(cast), accepted=2)
        assert "Alerts are" not in desk(cast.editor)


class TestStops:
    @pytest.mark.parametrize("kind", Stop.Kind)
    def test_are_first_on_everybody_s_desk_who_has_to_do_with_mail(self, cast: Cast, kind: Stop.Kind):
        stop(kind, by=None, now=NOW, reason="Looking into it")
        for person in (cast.editor, cast.manager, cast.administrator):
            first = desk(person).partition('id="alarm-1"')[2].partition("</section>")[0]
            assert "since 23 November 2026, 09:30: Looking into it" in first
        assert "Looking into it" not in desk(cast.contributor)

    def test_are_the_reason_why_mail_is_late(self, cast: Cast):
        told(published(cast), ready=2)
        stop(Stop.Kind.STAFF, by=cast.manager, now=NOW)
        assert "Alerts are" not in desk(cast.editor)


class TestUncertainMails:
    def test_are_told_to_who_can_settle_them(self, cast: Cast):
        told(published(cast), uncertain=2)
        assert "Nobody knows whether 2 mails arrived" in desk(cast.manager)
        assert "Nobody knows" not in desk(cast.editor)
