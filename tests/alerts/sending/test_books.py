"""What became of a notice: numbers that add up, whatever happens meanwhile."""

from dataclasses import astuple

import pytest

from alerts.models import Notice, State
from alerts.sending.books import Books, books, books_of_story
from tests.alerts.readers import owed, reader
from tests.newsdesk import MINUTE, NOW, Cast, published

pytestmark = pytest.mark.django_db


def told(key: str, *states: State) -> Notice:
    """A notice with a mail in each of these states."""
    for number, state in enumerate(states):
        lease = NOW + MINUTE if state == State.SENDING else None
        owed(reader(f"{number}@{key.replace(':', '')}.example"), key, state=state, lease_until=lease)
    notice = Notice.objects.get(key=key)
    notice.eligible = len(states)
    notice.save()
    return notice


class TestBooks:
    def test_put_every_state_somewhere(self):
        found = books(told("edition:1", *State))
        assert found == Books(8, accepted=1, suppressed=1, failed=1, cancelled=1, uncertain=1, waiting=3)
        assert found.add_up

    def test_say_when_they_do_not_add_up(self):
        notice = told("edition:1", State.ACCEPTED)
        notice.deliveries.all().delete()
        assert not books(notice).add_up

    def test_leave_out_other_notices(self):
        told("edition:1", State.ACCEPTED)
        assert books(told("edition:2", State.FAILED)).accepted == 0


class TestBooksOfAStory:
    def test_sum_up_every_edition(self, cast: Cast):
        edition = published(cast).editions.get()
        for key, state in (("edition:1", State.ACCEPTED), ("edition:2", State.FAILED)):
            told(key, state)
        Notice.objects.update(edition=edition)
        assert books_of_story(edition.story_id) == Books(2, accepted=1, failed=1)

    def test_are_empty_where_nobody_was_told(self):
        assert set(astuple(books_of_story(12))) == {0}
