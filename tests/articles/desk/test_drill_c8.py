"""Drill C8, small: as many events as acts, in the same transactions, and no way to edit or delete one."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from articles.desk import workflow
from articles.models import DailyRoot, FollowUp, StoryEvent
from drills import c8_record
from tests.newsdesk import NOW, Cast, approved


class TestTheDrill:
    def test_leaves_an_event_for_every_act_and_none_for_what_was_undone(self, db: None) -> None:
        figures = c8_record.run(100)
        assert figures["acts"] == 100
        assert min(figures["done"], figures["refused"], figures["undone"]) > 5


class TestTheSameTransaction:
    def test_holds_the_act_and_its_event(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """An event that cannot be written leaves no act behind."""
        story = approved(cast)
        before = story.events.count()

        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("articles.desk.asking.write_event", fail)
        with pytest.raises(RuntimeError):
            workflow.perform(story, "publish", by=cast.manager, now=NOW)
        assert not story.editions.exists()
        assert story.events.count() == before


class TestNoAddress:
    @pytest.mark.parametrize("model", [StoryEvent, DailyRoot, FollowUp])
    def test_edits_or_deletes_the_record(self, model: type) -> None:
        assert model not in admin.site._registry
        name = model._meta.model_name  # type: ignore[attr-defined]
        for page in ("changelist", "add", "change", "delete", "history"):
            with pytest.raises(NoReverseMatch):
                reverse(f"admin:articles_{name}_{page}", args=[] if page in {"changelist", "add"} else [1])
        assert [route for route in _routes(get_resolver().url_patterns) if name in route] == []


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        found += _routes(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
    return found
