"""What time makes urgent is told once, to those who can do something about it."""

from datetime import timedelta

import pytest

from accounts.models import User
from alerts.models import Delivery, Notice
from alerts.staff.reminders import remind
from articles.desk import workflow
from tests.newsdesk import MINUTE, NOW, Cast, draft, picture, published, submitted

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def told(key: str) -> set[str]:
    notices = Notice.objects.filter(key__startswith=key)
    return set(User.objects.filter(deliveries__notice__in=notices).values_list("name", flat=True))


class TestAReviewThatIsOverdue:
    def test_is_told_once_to_managers_and_who_has_it_in_hand(self, cast: Cast):
        submitted(cast, due_at=NOW + MINUTE, assignee=cast.second_editor)
        remind(NOW)
        assert told("overdue:") == set()
        for minutes in (2, 3, 60):
            remind(NOW + minutes * MINUTE)
        assert told("overdue:") == {"Manager", "Second Manager", "Second Editor"}
        assert Delivery.objects.count() == 3

    def test_is_told_again_when_it_misses_another_time(self, cast: Cast):
        story = submitted(cast, due_at=NOW)
        remind(NOW + MINUTE)
        type(story).objects.update(due_at=NOW + 30 * MINUTE)
        remind(NOW + 31 * MINUTE)
        assert Notice.objects.filter(key__startswith="overdue:").count() == 2


class TestASignatureThatIsOwed:
    def test_is_asked_for_again_after_a_day(self, cast: Cast):
        story = draft(cast.editor)
        workflow.perform(
            story, "publish_unreviewed", by=cast.manager, now=NOW, note="A flood.", revision=story.version
        )
        remind(NOW + 23 * timedelta(hours=1))
        assert told("debt:") == set()
        remind(NOW + 25 * timedelta(hours=1))
        assert told("debt:") == {"Second Manager"}


class TestALicenceThatEnds:
    @pytest.mark.parametrize("days", [30, 7, 1])
    def test_is_told_that_many_days_before(self, cast: Cast, days: int):
        image = picture(cast.editor)
        published(cast, lead_image=image)
        type(image).objects.update(licence_ends_at=NOW + days * DAY - 3 * timedelta(hours=1))
        for _ in range(2):
            remind(NOW)
        assert told("licences:") == {"Manager", "Second Manager"}
        assert Delivery.objects.count() == 2

    def test_is_no_matter_on_the_days_between(self, cast: Cast):
        image = picture(cast.editor)
        published(cast, lead_image=image)
        type(image).objects.update(licence_ends_at=NOW + 15 * DAY)
        remind(NOW)
        assert told("licences:") == set()

    def test_waits_for_the_morning(self, cast: Cast):
        image = picture(cast.editor)
        published(cast, lead_image=image)
        type(image).objects.update(licence_ends_at=NOW + 7 * DAY - 3 * timedelta(hours=1))
        remind(NOW.replace(hour=7))
        assert told("licences:") == set()
