"""One hash a day over everything on record."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.desk.roots import make_roots
from articles.desk.verification.days import verify_roots
from articles.models import DailyRoot, StoryEvent
from tests.newsdesk import NOW, Cast, draft, published

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


class TestARoot:
    def test_is_made_once_the_day_is_over_in_utc(self, cast: Cast) -> None:
        published(cast)
        make_roots(MIDNIGHT - timedelta(seconds=1))
        assert [root.day for root in DailyRoot.objects.all()] == [date(2026, 11, 22)]
        make_roots(MIDNIGHT)
        assert DailyRoot.objects.latest("day").day == date(2026, 11, 23)

    def test_covers_everything_before_the_first(self, cast: Cast) -> None:
        published(cast, now=NOW - 30 * DAY)
        published(cast, headline="Later")
        (root,) = make_roots(MIDNIGHT)
        assert root.count == StoryEvent.objects.count() == 8
        assert root.up_to == StoryEvent.objects.latest("pk").pk

    def test_leaves_today_to_the_next(self, cast: Cast) -> None:
        draft(cast.editor)
        draft(cast.editor, headline="Today's", now=MIDNIGHT + timedelta(hours=1))
        (root,) = make_roots(MIDNIGHT + timedelta(hours=2))
        assert root.count == 1
        make_roots(MIDNIGHT + DAY)
        assert DailyRoot.objects.latest("day").count == 1

    def test_is_made_once_a_day(self, cast: Cast) -> None:
        draft(cast.editor)
        assert len(make_roots(MIDNIGHT)) == 1
        assert make_roots(MIDNIGHT + timedelta(hours=20)) == []

    def test_catches_up_with_days_on_which_no_worker_ran(self, cast: Cast) -> None:
        draft(cast.editor)
        make_roots(MIDNIGHT)
        for day in (1, 3):
            draft(cast.editor, headline=f"Day {day}", now=MIDNIGHT + day * DAY - timedelta(hours=1))
        made = make_roots(MIDNIGHT + 4 * DAY)
        assert [(root.day.day, root.count) for root in made] == [(24, 1), (25, 0), (26, 1), (27, 0)]
        assert [root.previous_root for root in made[1:]] == [root.root for root in made[:-1]]
        assert list(verify_roots()) == []

    def test_stands_when_an_event_is_written_late_about_the_day_before(self, cast: Cast) -> None:
        draft(cast.editor)
        make_roots(MIDNIGHT)
        draft(cast.editor, headline="Written late", now=MIDNIGHT - timedelta(minutes=1))
        make_roots(MIDNIGHT + DAY)
        assert [root.count for root in DailyRoot.objects.order_by("day")] == [1, 1]
        assert list(verify_roots()) == []

    def test_can_be_made_of_nothing(self, db: None) -> None:
        (root,) = make_roots(MIDNIGHT)
        assert (root.count, root.up_to) == (0, 0)
        assert list(verify_roots()) == []

    def test_is_never_changed_nor_deleted(self, db: None) -> None:
        make_roots(MIDNIGHT)
        for attempt in (
            lambda: DailyRoot.objects.update(root="0" * 64),
            lambda: DailyRoot.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                attempt()
