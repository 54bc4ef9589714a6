"""A form that was open while words were redacted does not bring them back unasked."""

import re

import pytest
from django.http import HttpResponse

from articles.desk import workflow
from articles.models import Autosave, Story
from tests.articles.admin.desk_pages import LATER, url
from tests.articles.admin.posting import change, desk, filled
from tests.newsdesk import Cast, draft
from tests.newsdesk import change as change_story

OPENED = re.compile(r'name="opened" value="(\d+)"')


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
    _redact(story, cast)
    return posted


class TestFormOpenedBefore:
    def test_is_a_conflict_when_it_is_saved(self, story: Story, form: dict[str, object], cast: Cast) -> None:
        response = desk(cast.editor).post(change(story), form)
        story.refresh_from_db()
        assert response.status_code == 409
        assert "do not bring them back" in response.text
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


class TestWhateverElseHappened:
    @pytest.mark.parametrize(
        "column", ["public_note", "byline_label", "search_headline", "lead_caption", "kicker"]
    )
    def test_words_of_every_field_are_not_kept(self, cast: Cast, column: str) -> None:
        story = draft(cast.editor, headline="A resident speaks", **{column: "vera"})
        posted = filled(story, opened=opened_in(desk(cast.editor).get(change(story))))
        _redact(story, cast, "vera")
        assert desk(cast.editor).post(url("autosave", story), posted).status_code == 409

    def test_nor_words_that_were_typed_and_never_saved(self, cast: Cast) -> None:
        story = draft(cast.editor, headline="A resident speaks")
        posted = filled(story, headline="Vera Lane speaks")
        posted["opened"] = opened_in(desk(cast.editor).get(change(story)))
        desk(cast.editor).post(url("autosave", story), posted)
        _redact(story, cast)
        assert desk(cast.editor).post(url("autosave", story), posted).status_code == 409
        assert "Vera" not in Autosave.objects.get().typed

    def test_nor_after_somebody_else_has_saved(
        self, story: Story, form: dict[str, object], cast: Cast
    ) -> None:
        story.refresh_from_db()
        change_story(story, by=cast.second_editor, now=LATER, kicker="Council")
        assert desk(cast.editor).post(url("autosave", story), form).status_code == 409
        page = desk(cast.editor).post(change(story), form)
        assert page.status_code == 409
        assert "redacted since you opened it" in page.text
        assert not Autosave.objects.exists()

    def test_nor_when_the_story_was_put_on_hold(
        self, story: Story, form: dict[str, object], cast: Cast
    ) -> None:
        workflow.perform(story, "hold", by=cast.manager, now=LATER, note="The court.")
        page = desk(cast.editor).post(change(story), form)
        assert page.status_code == 403
        assert "It is kept as well" not in page.text
        assert not Autosave.objects.exists()


def _redact(story: Story, cast: Cast, words: str = "Vera Lane") -> None:
    details = {"words": words, "confirmation": "redact"}
    workflow.perform(story, "redact", by=cast.manager, now=LATER, note="The court's order.", **details)


def test_a_form_opened_afterwards_is_saved(story: Story, form: dict[str, object], cast: Cast) -> None:
    story.refresh_from_db()
    page = desk(cast.editor).get(change(story))
    response = desk(cast.editor).post(change(story), filled(story, kicker="Council", opened=opened_in(page)))
    assert response.status_code == 302
