"""Drill C1: every act in every situation by everybody, by each way in that is not the address for acts.

The answers are those of the table in test_act_matrix.py: asked of the workflow itself, of the story form, of the list's
actions, and of the stock admin's popup.
"""

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from articles.admin import conflicts
from articles.desk import workflow
from articles.desk.acts import RULES
from articles.desk.permissions import can
from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, TOLD_OF, in_situation, seen, signed_in
from tests.articles.admin.posting import change, filled
from tests.articles.admin.test_act_matrix import MANAGERS, MAY, NOT_YET, WRITERS
from tests.newsdesk import Cast

LIST = "/admin/articles/story/"

#: Where nothing can be saved, whoever asks.
CLOSED = {"spiked", "held"}


def _people(cast: Cast) -> dict[str, User]:
    return {
        "E": cast.editor,
        "S": cast.second_editor,
        "M": cast.manager,
        "N": cast.second_manager,
        "contributor": cast.contributor,
        "administrator": cast.administrator,
    }


def _may_save(situation: str) -> str:
    return "" if situation in CLOSED else WRITERS


def _may_save_by_form(situation: str) -> str:
    """The form shows the text, and a withheld one is shown to managers only."""
    return MANAGERS if situation == "withheld" else _may_save(situation)


def _may(act: str, situation: str) -> str:
    """Whose act it is, whether or not the story is ready for it."""
    if act == "save":
        return _may_save(situation)
    return MAY[act].get(situation, "") or NOT_YET.get(act, {}).get(situation, "")


@pytest.mark.parametrize("situation", TOLD_OF)
class TestAskedOfTheWorkflow:
    def test_answers_as_the_table_says_with_a_reason_for_each_no(self, situation: str, cast: Cast) -> None:
        story = in_situation(cast, situation)
        for who, person in _people(cast).items():
            answers = workflow.available(story, person, LATER)
            allowed = {answer.act for answer in answers if answer.allowed}
            assert allowed == {act for act in RULES if who in _may(act, situation)}, who
            assert all(bool(answer.reason) != answer.allowed for answer in answers)

    def test_says_the_same_of_one_act(self, situation: str, cast: Cast) -> None:
        story = in_situation(cast, situation)
        for answer in workflow.available(story, cast.manager, LATER):
            asked = can(cast.manager, answer.act, story, now=LATER)
            assert (asked.allowed, asked.reason) == (answer.allowed, answer.reason)


@pytest.mark.parametrize("situation", TOLD_OF)
class TestTheForm:
    def test_saves_for_whom_the_table_says(
        self, situation: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conflicts, "TemplateResponse", _bare)
        story = in_situation(cast, situation)
        expected = {
            who: 302 if who in _may_save_by_form(situation) else 404 if len(who) > 1 else 403
            for who in _people(cast)
        }
        answers = {}
        for who, person in _people(cast).items():
            with transaction.atomic():
                answers[who] = self._save(story, signed_in(person))
                transaction.set_rollback(True)
        assert answers == expected

    def _save(self, story: Story, client: Client) -> int:
        data = filled(story, headline="Changed by the form", void_scheduled="1")
        status = client.post(change(story), data).status_code
        saved = Story.objects.get(pk=story.pk).headline == "Changed by the form"
        assert saved == (status == 302)
        return status


@pytest.mark.parametrize("situation", ["in review", "approved"])
class TestWaysRound:
    def test_the_list_does_nothing_to_many_at_once(self, situation: str, cast: Cast) -> None:
        story = in_situation(cast, situation)
        before = _facts(story)
        for person in _people(cast).values():
            client = signed_in(person)
            for act in RULES:
                data = {"action": act.value, "_selected_action": story.pk, "index": 0, **seen(story)}
                assert client.post(LIST, data).status_code in {200, 302, 403}
        assert _facts(story) == before

    def test_the_form_takes_no_act_beside_its_own(self, situation: str, cast: Cast) -> None:
        """Fields named like acts, states and editions are no fields."""
        story = in_situation(cast, situation)
        editions = Edition.objects.count()
        forged = {act.value: "1" for act in RULES} | {f"_{act.value}": "1" for act in RULES}
        signed_in(cast.manager).post(
            change(story), filled(story, state="approved", published_at="2001-01-01", **forged)
        )
        assert Edition.objects.count() == editions
        assert not StoryEvent.objects.filter(story=story, act__in=["publish", "approve"], at=LATER).exists()

    @pytest.mark.parametrize("way", ["_popup", "_to_field", "_saveasnew", "_addanother"])
    def test_the_stock_byways_are_closed(self, situation: str, way: str, cast: Cast) -> None:
        story = in_situation(cast, situation)
        before = _facts(story)
        for person in (cast.editor, cast.manager):
            data = filled(story, headline="By a byway", void_scheduled="1") | {way: "1"}
            assert signed_in(person).post(change(story), data).status_code == 400
        assert _facts(story) == before


def _bare(*args: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(status=status)


def _facts(story: Story) -> Any:
    now = Story.objects.get(pk=story.pk)
    return now.state, now.version, now.headline, story.events.count(), story.editions.count()
