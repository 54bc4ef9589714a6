"""One mail that a server put off, and whose story changed before it was tried again."""

import pytest

from alerts.models import Delivery, Notice, State
from alerts.sending.books import books_of_story
from alerts.sending.claims import claim
from alerts.sending.setting_aside import set_aside
from articles.models import Story
from tests.alerts.telling.telling import follower, mails, sent, worked
from tests.alerts.telling.test_changes import changed, removed
from tests.newsdesk import MINUTE, NOW, Cast, published

LATER = NOW + 5 * MINUTE


@pytest.fixture
def story(cast: Cast) -> Story:
    """Ben's mail is in a mail server's hands; Ann has hers."""
    ann, ben = follower("ann"), follower("ben")
    story = published(cast)
    worked()
    sent(ann)
    Delivery.objects.filter(subscriber=ben).update(state=State.SENDING, lease_until=LATER)
    return story


def put_off() -> None:
    """The server said "later", and later it is: the sender looks before it tries again."""
    Delivery.objects.filter(state=State.SENDING).update(state=State.RETRY, next_try_at=LATER)
    for delivery in claim("alert", 10, LATER):
        set_aside(delivery, LATER)


class TestAMailThatCameBack:
    def test_is_followed_by_the_story_as_it_stands_now(self, cast: Cast, story: Story) -> None:
        changed(story, cast)
        worked(NOW + MINUTE)
        assert mails(story)["ben"] == [("story", "sending")]
        put_off()
        assert mails(story)["ben"] == [("story", "superseded"), ("story", "ready")]
        assert Notice.objects.latest("pk").eligible == 1
        assert books_of_story(story.pk).add_up

    def test_is_followed_by_it_once(self, cast: Cast, story: Story) -> None:
        changed(story, cast)
        put_off()
        worked(LATER)
        put_off()
        assert mails(story)["ben"] == [("story", "superseded"), ("story", "ready")]

    def test_is_followed_by_nothing_where_the_story_is_gone(self, cast: Cast, story: Story) -> None:
        removed(story, cast)
        put_off()
        worked(LATER)
        assert mails(story)["ben"] == [("story", "removed")]
        assert mails(story)["ann"] == [("story", "accepted"), ("removal", "ready")]
