"""A save of the form that is refused: it stands on record, and what was written is kept."""

import pytest
from django.http import HttpRequest

from articles.admin.saving import SavingMixin
from articles.desk import workflow
from articles.desk.refusals import NotAllowed
from articles.models import Autosave, Story
from tests.articles.admin.desk_pages import LATER
from tests.articles.admin.posting import change, desk, filled
from tests.newsdesk import Cast, draft


@pytest.fixture
def story(cast: Cast) -> Story:
    return draft(cast.editor)


def refusals(story: Story) -> list[tuple[str, object, str]]:
    events = story.events.filter(act="save").exclude(refusal="").order_by("number")
    return [(event.act, event.actor, event.refusal) for event in events]


def hold(story: Story, cast: Cast) -> None:
    workflow.perform(story, "hold", by=cast.manager, now=LATER, note="The court.")


def test_of_a_story_on_hold_stands_on_record(story: Story, cast: Cast) -> None:
    hold(story, cast)
    assert desk(cast.editor).post(change(story), filled(story, kicker="New")).status_code == 403
    assert refusals(story) == [("save", cast.editor, "The story is on hold.")]


def test_over_somebody_elses_text_stands_on_record(story: Story, cast: Cast) -> None:
    mine = filled(story, kicker="Mine")
    desk(cast.second_editor).post(change(story), filled(story, kicker="Theirs"))
    assert desk(cast.editor).post(change(story), mine).status_code == 409
    assert refusals(story) == [("save", cast.editor, "Somebody saved the story since it was opened.")]


def test_a_hold_in_the_very_moment_leaves_the_words_and_the_record(
    story: Story, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is placed between the first look at the story and the lock."""

    def look(self: SavingMixin, request: HttpRequest, object_id: str) -> None:
        if not story.events.done("hold").exists():
            hold(story, cast)

    monkeypatch.setattr(SavingMixin, "_withheld", look)
    response = desk(cast.editor).post(change(story), filled(story, kicker="Mine"))
    assert response.status_code == 403
    assert "What you wrote stands below" in response.text
    assert "Mine" in Autosave.objects.get().typed
    assert refusals(story) == [("save", cast.editor, "The story is on hold.")]


def test_what_the_workflow_refuses_in_the_end_stands_on_record(
    story: Story, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From within the form's own transaction, which takes back all that it wrote."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise NotAllowed("Not you.")

    monkeypatch.setattr(workflow, "perform", refuse)
    assert desk(cast.editor).post(change(story), filled(story, kicker="Mine")).status_code == 403
    assert refusals(story) == [("save", cast.editor, "Not you.")]
    story.refresh_from_db()
    assert story.kicker == ""
