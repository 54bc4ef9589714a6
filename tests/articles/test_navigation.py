import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from articles import navigation
from tests.newsdesk import NOW, Cast, draft, published, section


@pytest.mark.django_db
class TestSections:
    def test_are_those_with_a_live_story_in_their_order(self, cast: Cast) -> None:
        last = section("Last", "last")
        type(last).objects.filter(pk=last.pk).update(order=9)
        with time_machine.travel(NOW, tick=False):
            published(cast, section=last)
            published(cast, section=section("First", "first"))
            draft(cast.editor, section=section("Quiet", "quiet"))
            assert [entry.slug for entry in navigation.sections()] == ["first", "last"]

    def test_are_asked_for_once_in_half_a_minute(
        self, db: None, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seconds = 1000.0
        monkeypatch.setattr(navigation, "monotonic", lambda: seconds)
        with django_assert_num_queries(1):
            navigation.sections()
            seconds += 29
            navigation.sections()
        seconds += 2
        with django_assert_num_queries(1):
            navigation.sections()
