"""Under hold nothing changes a story or moves it on: every act, every way to ask for it, and the database itself."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from articles.desk import publishing, workflow
from articles.desk.acts import RULES, Act
from articles.desk.refusals import NotAllowed, Refused
from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.desk_pages import SITUATIONS, in_situation
from tests.articles.admin.posting import filled
from tests.newsdesk import MINUTE, NOW, Cast

LATER = NOW + 10 * MINUTE

#: What may still be done: what takes from readers and gives them nothing, and what only colleagues see.
STILL = {
    Act.LIFT_HOLD,
    Act.TAKE_DOWN,
    Act.WITHHOLD,
    Act.UNSCHEDULE,
    Act.CLAIM,
    Act.UNCLAIM,
    Act.OVERRIDE,
    Act.REQUIRE_AGAIN,
    Act.ASSIGN,
    Act.ADD_NOTE,
    Act.REPLY,
    Act.RESOLVE_NOTE,
    Act.REOPEN_NOTE,
    Act.REVOKE_PREVIEW,
}
FREE = [name for name in SITUATIONS if name != "held"]


def held(cast: Cast, situation: str) -> Story:
    story = in_situation(cast, situation)
    workflow.perform(story, "hold", by=cast.manager, now=NOW + 2 * MINUTE, note="The lawyer is reading it.")
    return story


def details(story: Story) -> dict[str, Any]:
    """Everything any act could ask for."""
    newest = story.revisions.latest("number")
    return {
        "revision": newest.number,
        "hash": newest.hash,
        "debt": newest.hash,
        "at": LATER + MINUTE,
        "kind": "legal",
        "public_note": "An order.",
        "edition": story.editions.values_list("pk", flat=True).first(),
        "words": "eleven",
        "confirmation": "redact",
        "number": 1,
    }


def facts(story: Story) -> Any:
    now = Story.objects.get(pk=story.pk)
    editions = story.editions.filter(removal_kind="").values_list("pk", "published_at", "headline")
    return (
        now.state,
        now.version,
        now.headline,
        now.body,
        list(story.revisions.values_list("public")),
        list(editions),
    )


class TestNoAct:
    def test_was_left_out_of_this_test(self) -> None:
        assert {act for act, rule in RULES.items() if rule.while_held} == STILL

    @pytest.mark.parametrize("situation", FREE)
    def test_succeeds(self, situation: str, cast: Cast) -> None:
        """Asked for by the one who may do most: a manager who had no part in the story."""
        story = held(cast, situation)
        before = facts(story)
        for act in RULES.keys() - STILL:
            with pytest.raises(NotAllowed):
                workflow.perform(
                    story, act, by=cast.second_manager, now=LATER, note="Please.", **details(story)
                )
        assert facts(story) == before

    @pytest.mark.parametrize("situation", FREE)
    def test_that_is_still_possible_moves_it_on(self, situation: str, cast: Cast) -> None:
        story = held(cast, situation)
        before = facts(story)
        for act in STILL - {Act.LIFT_HOLD}:
            try:
                with transaction.atomic():
                    workflow.perform(
                        story, act, by=cast.second_manager, now=LATER, note="Why.", **details(story)
                    )
            except Refused:
                continue
        assert facts(story) == before
        assert not Edition.objects.scheduled(LATER).filter(story=story).exists()


class TestNoRoute:
    """The address for acts is in tests/articles/admin/test_act_matrix.py, under “held”, for everybody."""

    def test_of_the_form_is_open(self, cast: Cast) -> None:
        story = held(cast, "approved")
        before = facts(story)
        for person in (cast.editor, cast.second_manager):
            client = Client()
            client.force_login(person)
            form = f"/admin/articles/story/{story.pk}/change/"
            assert client.post(form, filled(story, headline="Mine")).status_code == 403
            assert client.post(form, filled(story, _send="1", headline="Mine")).status_code == 403
        assert facts(story) == before

    @pytest.mark.parametrize("origin", ["reviewed", "unreviewed", "imported", "reinstated"])
    def test_past_the_workflow_is_open(self, origin: str, cast: Cast) -> None:
        story = held(cast, "approved")
        approval = story.events.get(act="approve")
        with pytest.raises(IntegrityError), transaction.atomic():
            publishing.publish(
                story,
                story.revisions.latest("number"),
                origin=origin,
                at=LATER,
                approval=approval,
                reason="x",
            )


class TestLifting:
    def test_takes_a_second_person_and_gives_everything_back(self, cast: Cast) -> None:
        story = held(cast, "approved")
        for person in (cast.manager, cast.editor):
            with pytest.raises(NotAllowed):
                lift(story, person)
        lift(story, cast.second_manager)
        workflow.perform(story, "publish", by=cast.manager, now=LATER)
        assert Edition.objects.live(LATER).exists()
        assert StoryEvent.objects.filter(story=story).done("hold", "lift_hold").count() == 2


def lift(story: Story, person: User) -> None:
    workflow.perform(story, "lift_hold", by=person, now=LATER, note="Read.")
