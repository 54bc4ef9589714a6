"""Mail stops at one act, and only a person lets it go on."""

import pytest

from alerts.models import Lane, Stop
from alerts.stopping import lift, stop
from tests.newsdesk import MINUTE, NOW, Cast

pytestmark = pytest.mark.django_db


class TestStop:
    def test_says_who_when_and_why(self, cast: Cast):
        assert stop(Stop.Kind.STAFF, by=cast.manager, reason="A wrong headline", now=NOW)
        row = Stop.objects.open().get()
        assert (row.began_by, row.began_at, row.reason) == (cast.manager, NOW, "A wrong headline")

    def test_is_one_however_often_it_is_asked_for(self):
        stop(Stop.Kind.STAFF, by=None, now=NOW)
        assert not stop(Stop.Kind.STAFF, by=None, now=NOW + MINUTE)
        assert Stop.objects.get().began_at == NOW

    def test_stands_beside_another_kind(self):
        stop(Stop.Kind.STAFF, by=None, now=NOW)
        assert stop(Stop.Kind.BOUNCES, by=None, now=NOW)


class TestLift:
    def test_says_who_and_when_and_keeps_the_row(self, cast: Cast):
        stop(Stop.Kind.STAFF, by=None, now=NOW)
        assert lift(Stop.Kind.STAFF, by=cast.manager, now=NOW + MINUTE)
        row = Stop.objects.get()
        assert (row.ended_by, row.ended_at) == (cast.manager, NOW + MINUTE)
        assert not Stop.objects.open().exists()

    def test_does_nothing_where_nothing_is_stopped(self):
        assert not lift(Stop.Kind.STAFF, by=None, now=NOW)

    def test_leaves_the_other_kinds(self):
        stop(Stop.Kind.STAFF, by=None, now=NOW)
        stop(Stop.Kind.FENCE, by=None, now=NOW)
        lift(Stop.Kind.STAFF, by=None, now=NOW)
        assert Stop.objects.open().get().kind == Stop.Kind.FENCE


class TestWhatIsHeld:
    @pytest.mark.parametrize("kind", [Stop.Kind.BOUNCES, Stop.Kind.COMPLAINTS])
    def test_too_many_failures_hold_bulk_and_nobody_at_a_screen(self, kind):
        stop(kind, by=None, now=NOW)
        held = [lane for lane in Lane if Stop.objects.holding(lane).exists()]
        assert held == [Lane.ALERT, Lane.DIGEST]

    @pytest.mark.parametrize("kind", [Stop.Kind.STAFF, Stop.Kind.FENCE])
    def test_people_and_the_fence_hold_everything(self, kind):
        stop(kind, by=None, now=NOW)
        assert all(Stop.objects.holding(lane).exists() for lane in Lane)
