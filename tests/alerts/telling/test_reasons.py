"""What a mail says of why one gets it."""

from typing import Any

from alerts.models import Delivery, Frequency
from alerts.telling.reasons import reasons
from tests.alerts.readers import follow
from tests.alerts.telling.telling import follower, worked
from tests.alerts.telling.test_changes import changed
from tests.newsdesk import MINUTE, NOW, Cast, author, published, section, topic


def said() -> dict[str, list[str]]:
    waiting = list(Delivery.objects.waiting().select_related("subscriber"))
    found = reasons(waiting)
    return {one.subscriber.address.partition("@")[0]: found[one.pk] for one in waiting if one.subscriber}


class TestReasons:
    def test_are_what_the_reader_follows_of_the_story_in_one_order(self, cast: Cast) -> None:
        cloud, procurement = topic("Cloud"), topic("Procurement")
        follower("ann", procurement, cloud, topic("Elections"))
        follower("ben", None, author(), cloud, section())
        published(cast, topics=[cloud, procurement])
        worked()
        assert said() == {
            "ann": ["Cloud", "Procurement"],
            "ben": ["Local Government", "Cloud", "Ada Quill", "everything"],
        }

    def test_name_what_is_followed_daily_too(self, cast: Cast) -> None:
        ann = follower("ann", topic())
        follow(ann, section(), Frequency.DAILY)
        published(cast)
        worked()
        assert said() == {"ann": ["Local Government", "Records"]}

    def test_are_those_of_the_moment_it_was_published(self, cast: Cast) -> None:
        ann = follower("ann", topic())
        published(cast)
        ann.subscriptions.update(ended_at=NOW + MINUTE, ended_reason="changed")
        follow(ann, section(), Frequency.AT_ONCE, now=NOW + 3 * MINUTE)
        worked(NOW + 3 * MINUTE)
        assert said() == {"ann": ["Records"]}

    def test_of_who_is_owed_it_since_an_edition_before_are_those_of_then(self, cast: Cast) -> None:
        ann = follower("ann", topic())
        story = published(cast)
        worked()
        ann.subscriptions.update(ended_at=NOW + MINUTE, ended_reason="changed")
        changed(story, cast, 2)
        worked(NOW + 9 * MINUTE)
        assert said() == {"ann": ["Records"]}

    def test_of_a_thousand_cost_what_those_of_one_do(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(9):
            follower(f"reader{number}", topic(), section())
        published(cast)
        worked()
        waiting = list(Delivery.objects.waiting())
        with django_assert_max_num_queries(4):
            assert len(reasons(waiting)) == 9
