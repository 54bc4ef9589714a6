"""What my desk says of side effects that are late, and to whom."""

from datetime import timedelta
from typing import Any

import pytest

from articles.desk import heartbeat
from articles.desk.following_up import sweep
from articles.models import FollowUp, Story
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import MINUTE, NOW, Cast, scheduled

DUE = NOW + timedelta(hours=1)
LATE = "Late: not everything"


@pytest.fixture
def story(cast: Cast, time_machine: Any) -> Story:
    story = scheduled(cast, at=DUE, headline="The mayor's garage")
    time_machine.move_to(DUE + 2 * MINUTE, tick=False)
    return story


@pytest.fixture
def _worker() -> None:
    heartbeat.beat("worker", started_at=NOW, now=DUE + 2 * MINUTE)


def desk(person: Any) -> str:
    return signed_in(person).get("/admin/").text


def alarm(person: Any) -> str:
    """The first alarm as it stands on the page."""
    return desk(person).partition('aria-labelledby="alarm-1"')[2].partition("</section>")[0]


@pytest.mark.usefixtures("story", "_worker")
class TestWhileAWorkerRuns:
    def test_each_story_that_is_late_is_named(self, cast: Cast) -> None:
        for person in (cast.editor, cast.manager):
            told = alarm(person)
            assert (
                LATE in told
                and "garage" in told
                and "“appeared” is not done yet" in told
                and "“readers told” is" in told
            )

    def test_the_fault_of_what_fails_is_named(self, cast: Cast) -> None:
        sweep(DUE + 2 * MINUTE)
        FollowUp.objects.update(done_at=None, attempts=2, error="ValueError: The <printer> is on fire.")
        assert "failed 2 times and is tried again. <code>ValueError: The &lt;printer" in alarm(cast.manager)

    def test_nothing_is_told_when_it_is_done(self, cast: Cast) -> None:
        sweep(DUE + 2 * MINUTE)
        assert "alarm-1" not in desk(cast.manager)

    def test_those_who_cannot_help_are_not_troubled(self, cast: Cast) -> None:
        for person in (cast.contributor, cast.administrator):
            assert "alarm-1" not in desk(person)

    def test_the_title_of_a_restricted_story_is_kept(self, cast: Cast) -> None:
        Story.objects.update(restricted=True)
        told = alarm(cast.second_editor)
        assert LATE in told and "garage" not in told and "2 of stories that only those named" in told

    def test_some_are_shown_and_that_there_are_more(self, cast: Cast, time_machine: Any) -> None:
        for number in range(6):
            scheduled(cast, at=DUE + 3 * MINUTE, headline=f"Story {number}")
        time_machine.move_to(DUE + 5 * MINUTE, tick=False)
        heartbeat.beat("worker", started_at=NOW, now=DUE + 5 * MINUTE)
        assert alarm(cast.manager).count("<li>") == 5
        assert "There are more." in alarm(cast.manager)


@pytest.mark.usefixtures("story")
class TestWithoutAWorker:
    def test_one_sentence_says_how_much_waits_and_what_to_do(self, cast: Cast) -> None:
        told = alarm(cast.editor)
        assert "No worker has run yet: 2 things that follow publications wait for one" in told
        assert "Whoever runs the site has to start a worker." in told
        assert "<li>" not in told

    def test_it_says_since_when(self, cast: Cast) -> None:
        heartbeat.beat("worker", started_at=NOW, now=DUE)
        scheduled(cast, at=DUE, headline="The deputy's garage")
        told = alarm(cast.manager)
        assert "since 23 November 2026, 10:30: 4 things that follow publications wait for one" in told
        assert "garage" not in told

    def test_it_is_no_matter_while_nothing_waits_for_one(self, cast: Cast) -> None:
        sweep(DUE + 2 * MINUTE)
        assert "alarm-1" not in desk(cast.manager)
