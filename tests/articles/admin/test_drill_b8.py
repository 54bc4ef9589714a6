"""Drill B8: a story changed after its approval and before its time. The approved text never goes out in its place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from articles.desk import workflow
from articles.desk.following_up import sweep
from articles.desk.refusals import Refused
from articles.models import Edition, State, Story
from tests.articles.admin.desk_pages import post, seen, signed_in
from tests.articles.admin.posting import change, filled
from tests.newsdesk import MINUTE, NOW, Cast, approve, scheduled
from tests.newsdesk import change as save

DUE = NOW + timedelta(days=1)


def by_form(story: Story, cast: Cast) -> None:
    data = filled(story, headline="Never approved")
    asked = signed_in(cast.editor).post(change(story), data)
    assert asked.status_code == 200 and "Tick this to save" in asked.content.decode()
    assert Edition.objects.scheduled(NOW + MINUTE).exists()
    answer = signed_in(cast.editor).post(change(story), data | {"void_scheduled": "on"})
    assert answer.status_code == 302


def by_going_back(story: Story, cast: Cast) -> None:
    assert post(cast.editor, story, "revert_to", number=1, **seen(story)).status_code == 302


def by_hold(story: Story, cast: Cast) -> None:
    assert post(cast.manager, story, "hold", note="The lawyer is reading it.").status_code == 302


def by_request(story: Story, cast: Cast) -> None:
    assert post(cast.manager, story, "request_changes", note="The figure is wrong.").status_code == 302


WAYS: dict[str, Callable[[Story, Cast], None]] = {
    "save": by_form,
    "revert_to": by_going_back,
    "hold": by_hold,
    "request_changes": by_request,
}


@pytest.fixture
def waiting(cast: Cast) -> Story:
    """Approved in its second revision, and scheduled."""
    story = scheduled(cast, at=DUE, slug="waits")
    save(story, by=cast.editor, now=NOW, standfirst="One store replaces eleven, from May.")
    workflow.perform(story, "submit", by=cast.editor, now=NOW)
    approve(story, cast, now=NOW)
    workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=DUE)
    return story


class TestAChangeBeforeItsTime:
    @pytest.fixture(autouse=True)
    def _at_the_desk(self, time_machine: Any) -> None:
        time_machine.move_to(NOW + MINUTE, tick=False)

    @pytest.mark.parametrize("way", WAYS)
    def test_keeps_readers_from_either_text_and_says_so(
        self, way: str, waiting: Story, cast: Cast, client: Any, time_machine: Any
    ) -> None:
        WAYS[way](waiting, cast)
        time_machine.move_to(DUE + MINUTE, tick=False)
        assert client.get("/articles/waits/").status_code == 404
        assert not Edition.objects.live(DUE + MINUTE).exists()
        voided = waiting.events.done("unschedule").first()
        assert voided is not None
        assert (voided.details["because_of"], voided.actor is not None) == (way, True)
        sweep(DUE + MINUTE)
        assert not waiting.events.filter(act="appeared").exists()

    @pytest.mark.parametrize("way", ["save", "revert_to", "request_changes"])
    def test_takes_the_approval_with_it(self, way: str, waiting: Story, cast: Cast) -> None:
        WAYS[way](waiting, cast)
        waiting.refresh_from_db()
        assert waiting.state == State.DRAFT
        with pytest.raises(Refused):
            workflow.perform(waiting, "publish", by=cast.manager, now=NOW + 2 * MINUTE)

    def test_by_hold_is_no_way_round_the_hold(self, waiting: Story, cast: Cast) -> None:
        by_hold(waiting, cast)
        for act, details in (("publish", {}), ("schedule", {"at": DUE})):
            with pytest.raises(Refused, match="on hold"):
                workflow.perform(waiting, act, by=cast.manager, now=NOW + 2 * MINUTE, **details)
