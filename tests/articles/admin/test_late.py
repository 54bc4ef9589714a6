"""What my desk says of side effects that are late, and to whom."""

from datetime import timedelta
from typing import Any

import pytest

from articles.desk.following_up import sweep
from articles.models import FollowUp, Story
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import MINUTE, NOW, Cast, scheduled

DUE = NOW + timedelta(hours=1)


@pytest.fixture
def story(cast: Cast, time_machine: Any) -> Story:
    story = scheduled(cast, at=DUE, headline="The mayor's garage")
    time_machine.move_to(DUE + 2 * MINUTE, tick=False)
    return story


def desk(person: Any) -> str:
    return signed_in(person).get("/admin/").content.decode()


class TestMyDesk:
    def test_says_what_is_late_and_that_no_worker_runs(self, story: Story, cast: Cast) -> None:
        for person in (cast.editor, cast.manager):
            shown = desk(person)
            assert "Late: not everything" in shown
            assert "“appeared” is not done yet" in shown and "No worker has been heard of" in shown

    def test_names_the_fault_of_what_fails(self, story: Story, cast: Cast) -> None:
        sweep(DUE + 2 * MINUTE)
        FollowUp.objects.update(done_at=None, attempts=2, error="ValueError: The printer is on fire.")
        assert "failed 2 times and is tried again. <code>ValueError: The printer" in desk(cast.manager)

    def test_is_quiet_when_it_is_done(self, story: Story, cast: Cast) -> None:
        sweep(DUE + 2 * MINUTE)
        assert "Late: not everything" not in desk(cast.manager)

    def test_does_not_trouble_those_who_cannot_help(self, story: Story, cast: Cast) -> None:
        for person in (cast.contributor, cast.administrator):
            assert "Late: not everything" not in desk(person)

    def test_keeps_the_title_of_a_restricted_story(self, story: Story, cast: Cast) -> None:
        Story.objects.update(restricted=True)
        shown = desk(cast.second_editor)
        late = shown[shown.index("Late: not everything") :].partition("</section>")[0]
        assert "garage" not in late and "1 of stories that only those named" in late
