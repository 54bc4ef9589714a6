"""Overrides: who may let which issue be, for how long, and what stands on record."""

import pytest

from articles.desk import requirements, workflow
from articles.desk.public import public_dict
from articles.desk.refusals import NotAllowed, NotReady, Refused
from articles.models import Story, StoryEvent
from tests.newsdesk import MINUTE, NOW, Cast, approve, change, draft, picture, scheduled

HERE = '<p>Read it <a href="https://example.org/">here</a>.</p>'
WHY = "The word is quoted: it is what the notice says."


def issues(story: Story, now=NOW) -> list[requirements.Issue]:
    return requirements.for_review(story, public_dict(story), now=now)


def override(story: Story, by, *, rule: str = "", note: str = WHY, now=NOW) -> StoryEvent | None:
    return workflow.perform(story, "override", by=by, now=now, note=note, rule=rule or issues(story)[0].key)


def vague(cast: Cast, **fields) -> Story:
    return draft(cast.editor, body=HERE, **fields)


class TestAnOverride:
    def test_lets_the_story_go_all_the_way(self, cast: Cast) -> None:
        story = vague(cast)
        with pytest.raises(NotReady):
            workflow.perform(story, "submit", by=cast.editor, now=NOW)
        event = override(story, cast.manager)
        assert event is not None
        assert (event.note, event.details["sentence"][:15]) == (WHY, "The link “here”")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "publish", by=cast.manager, now=NOW)
        assert story.editions.live(NOW).exists()

    def test_is_one_event_that_names_the_finding_and_the_reason(self, cast: Cast) -> None:
        story = vague(cast)
        [issue] = issues(story)
        override(story, cast.manager)
        [event] = StoryEvent.objects.filter(story=story, act="override")
        assert (event.details["rule"], event.note, event.actor) == (issue.key, WHY, cast.manager)

    def test_is_shown_with_who_and_why(self, cast: Cast) -> None:
        story = vague(cast)
        override(story, cast.manager)
        [judged] = requirements.judge(story, public_dict(story), at=NOW)
        assert judged.override is not None
        assert (judged.override.actor, judged.override.note) == (cast.manager, WHY)

    def test_outlasts_a_save_that_leaves_the_passage_alone(self, cast: Cast) -> None:
        story = vague(cast)
        override(story, cast.manager)
        change(story, by=cast.editor, now=NOW, body=f"<p>New first paragraph.</p>{HERE}")
        assert issues(story) == []

    @pytest.mark.parametrize(
        "body", [HERE.replace("example.org", "example.com"), HERE.replace(">here<", ">click here<")]
    )
    def test_speaks_of_no_other_link(self, cast: Cast, body: str) -> None:
        story = vague(cast)
        override(story, cast.manager)
        change(story, by=cast.editor, now=NOW, body=body)
        assert [issue.rule for issue in issues(story)] == ["link_vague"]

    def test_ends_with_the_edition_that_readers_get(self, cast: Cast) -> None:
        story = vague(cast)
        override(story, cast.manager)
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "publish", by=cast.manager, now=NOW)
        change(story, by=cast.editor, now=NOW + MINUTE, standfirst="Newer.", change_kind="update")
        assert [issue.rule for issue in issues(story, NOW + MINUTE)] == ["link_vague"]

    def test_ends_when_who_gave_it_writes_too(self, cast: Cast) -> None:
        story = vague(cast)
        override(story, cast.manager)
        change(story, by=cast.manager, now=NOW, standfirst="In the manager's words.")
        [issue] = issues(story)
        assert issue.rule == "link_vague"
        assert override(story, cast.second_manager, rule=issue.key)
        assert issues(story) == []

    def test_outlasts_a_schedule_that_was_cancelled(self, cast: Cast) -> None:
        story = vague(cast)
        override(story, cast.manager)
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        for hours in (2, 3):
            workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=NOW + hours * 60 * MINUTE)
        assert story.editions.effective().count() == 1

    def test_needs_a_reason(self, cast: Cast) -> None:
        with pytest.raises(NotReady, match="note"):
            override(vague(cast), cast.manager, note="  ")

    def test_is_not_asked_twice(self, cast: Cast) -> None:
        story = vague(cast)
        key = issues(story)[0].key
        override(story, cast.manager)
        with pytest.raises(NotReady, match="Manager has overridden this already"):
            override(story, cast.second_manager, rule=key)


class TestWhatCannotBeOverridden:
    @pytest.mark.parametrize("rule", ["", "link_vague", "link_vague:0000", "no such rule", "alt"])
    def test_what_is_no_issue_here(self, cast: Cast, rule: str) -> None:
        story = vague(cast)
        with pytest.raises(NotReady, match="no such issue"):
            workflow.perform(story, "override", by=cast.manager, now=NOW, note=WHY, rule=rule)

    def test_what_the_law_asks(self, cast: Cast) -> None:
        image = picture(cast.editor, alt="", credit="", licence_scopes=[])
        story = draft(cast.editor, lead_image=image, embargo_at=NOW + MINUTE)
        judged = requirements.judge(story, public_dict(story), at=NOW)
        assert {each.issue.rule for each in judged} == {"alt", "credit", "licence", "embargo"}
        for each in judged:
            with pytest.raises(NotReady, match="has to be mended"):
                override(story, cast.manager, rule=each.issue.key)

    def test_a_missing_headline_or_note_to_readers(self, cast: Cast) -> None:
        names = {name for name, rule in requirements.RULES.items() if not rule.overridable}
        assert names == {
            *("headline", "alt", "credit", "unknown_picture", "licence", "licence_ends"),
            *("embargo", "slug", "slug_taken", "change_kind", "public_note", "tell_readers"),
            "related_not_live",
        }


class TestWho:
    def test_no_editor(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed, match="Only managers"):
            override(vague(cast), cast.editor)

    def test_no_manager_who_worked_on_it(self, cast: Cast) -> None:
        story = draft(cast.manager, body=HERE)
        with pytest.raises(NotAllowed, match="has not worked on this version can override its issues"):
            override(story, cast.manager)
        assert override(story, cast.second_manager)

    def test_nor_while_it_is_scheduled_when_its_writers_seem_to_be_done(self, cast: Cast) -> None:
        story = scheduled(cast, at=NOW + MINUTE, by=cast.second_manager)
        with pytest.raises(NotAllowed, match="It is scheduled"):
            override(story, cast.second_manager, rule="link_vague")

    def test_a_refusal_is_on_record(self, cast: Cast) -> None:
        story = vague(cast)
        with pytest.raises(Refused):
            override(story, cast.editor)
        assert StoryEvent.objects.get(story=story, act="override").refusal


class TestTakingItBack:
    def test_makes_it_an_issue_again(self, cast: Cast) -> None:
        story = vague(cast)
        key = issues(story)[0].key
        override(story, cast.manager)
        workflow.perform(story, "require_again", by=cast.second_manager, now=NOW, rule=key)
        assert [issue.key for issue in issues(story)] == [key]
        override(story, cast.manager, rule=key)
        assert issues(story) == []

    def test_cancels_what_is_scheduled(self, cast: Cast) -> None:
        story = vague(cast)
        key = issues(story)[0].key
        override(story, cast.manager)
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=NOW + MINUTE)
        workflow.perform(story, "require_again", by=cast.manager, now=NOW, rule=key)
        assert not story.editions.effective().exists()
        with pytest.raises(NotReady):
            workflow.perform(story, "publish", by=cast.manager, now=NOW)

    def test_needs_an_override(self, cast: Cast) -> None:
        story = vague(cast)
        with pytest.raises(NotReady, match="not overridden"):
            workflow.perform(story, "require_again", by=cast.manager, now=NOW, rule=issues(story)[0].key)
