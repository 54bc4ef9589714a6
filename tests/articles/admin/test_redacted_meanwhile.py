"""A form that was open while words were redacted does not bring them back unasked."""

import re

import pytest
from django.http import HttpResponse

from articles.desk import workflow
from articles.models import Autosave, Story
from tests.articles.admin.desk_pages import LATER, url
from tests.articles.admin.posting import change, desk, filled
from tests.newsdesk import Cast, draft

OPENED = re.compile(r'name="opened" value="([0-9a-f]{64})"')


def opened_in(response: HttpResponse) -> str:
    """What the form on a page says that it was opened on."""
    found = OPENED.search(response.text)
    assert found is not None
    return found[1]


@pytest.fixture
def story(cast: Cast) -> Story:
    return draft(cast.editor, headline="Vera Lane speaks to the council")


@pytest.fixture
def form(story: Story, cast: Cast) -> dict[str, object]:
    """The editor's form, opened before the words were redacted."""
    page = desk(cast.editor).get(change(story))
    posted = filled(story, standfirst="Longer now.", opened=opened_in(page))
    details = {"words": "Vera Lane", "confirmation": "redact"}
    workflow.perform(story, "redact", by=cast.manager, now=LATER, note="The court's order.", **details)
    return posted


class TestFormOpenedBefore:
    def test_is_a_conflict_when_it_is_saved(self, story: Story, form: dict[str, object], cast: Cast) -> None:
        response = desk(cast.editor).post(change(story), form)
        story.refresh_from_db()
        assert response.status_code == 409
        assert "where they were redacted, do not bring them back" in response.text
        assert "Vera" not in story.headline
        assert not Autosave.objects.exists()

    def test_is_not_kept_by_autosave(self, story: Story, form: dict[str, object], cast: Cast) -> None:
        response = desk(cast.editor).post(url("autosave", story), form)
        assert response.status_code == 409
        assert "is not kept" in response.json()["sentence"]
        assert not Autosave.objects.exists()

    def test_is_saved_by_somebody_who_has_seen_the_conflict(
        self, story: Story, form: dict[str, object], cast: Cast
    ) -> None:
        page = desk(cast.editor).post(change(story), form)
        said = {
            **form,
            "opened": opened_in(page),
            "mine_over": story.version,
            "headline": "A resident speaks",
        }
        assert desk(cast.editor).post(change(story), said).status_code == 302
        story.refresh_from_db()
        assert (story.headline, story.standfirst) == ("A resident speaks", "Longer now.")


def test_a_form_opened_afterwards_is_saved(story: Story, form: dict[str, object], cast: Cast) -> None:
    story.refresh_from_db()
    page = desk(cast.editor).get(change(story))
    response = desk(cast.editor).post(change(story), filled(story, kicker="Council", opened=opened_in(page)))
    assert response.status_code == 302
