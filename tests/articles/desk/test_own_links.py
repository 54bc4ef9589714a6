"""Links to stories of ours: what readers would find there when this one comes out."""

from datetime import timedelta
from typing import Any

import pytest

from articles.desk import requirements, workflow
from articles.desk.public import public_dict
from articles.desk.refusals import NotReady
from articles.models import Story
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approved,
    change,
    draft,
    published,
    republished,
    scheduled,
    taken_down,
)

TOMORROW = NOW + timedelta(days=1)


def to(slug: str) -> str:
    return f'<p>As <a href="/articles/{slug}/">reported before</a>, it rains.</p>'


def found(cast: Cast, body: str, *, at: Any = NOW) -> list[str]:
    story = draft(cast.editor, headline="It rains", body=body)
    return [issue.rule for issue in requirements.for_publication(story, public_dict(story), at=at)]


class TestALink:
    def test_to_a_live_story_is_fine(self, cast: Cast) -> None:
        published(cast, headline="Sun")
        assert found(cast, to("sun")) == []

    def test_to_a_story_that_never_was(self, cast: Cast) -> None:
        assert found(cast, to("sun")) == ["link_unknown"]

    def test_to_a_draft_says_no_more_than_to_none(self, cast: Cast) -> None:
        draft(cast.editor, headline="Sun", slug="sun")
        story = draft(cast.editor, headline="It rains", body=to("sun"))
        [issue] = requirements.for_review(story, public_dict(story), now=NOW)
        assert issue.rule == "link_unknown"
        assert "where no story of ours is" in issue.sentence
        assert "It stands in “As reported before, it rains.”" in issue.sentence

    @pytest.mark.parametrize(
        "href",
        [
            "/articles/sun",
            "/articles/sun/#later",
            "/articles/sun/?from=x",
            "/articles/sun/history/",
            "http://testserver/articles/sun/",
            "https://TESTSERVER/articles/sun/",
        ],
    )
    def test_is_known_in_each_form(self, cast: Cast, href: str) -> None:
        assert found(cast, f'<p><a href="{href}">Sun</a></p>') == ["link_unknown"]

    @pytest.mark.parametrize(
        "href",
        [
            "/articles/",
            "/topics/sun/",
            "https://elsewhere.example/articles/sun/",
            "mailto:a@b.example",
            "#articles",
        ],
    )
    def test_to_anything_else_is_not_judged(self, cast: Cast, href: str) -> None:
        assert found(cast, f'<p><a href="{href}">Sun</a></p>') == []

    @pytest.mark.parametrize("slug", ["%00", "caf%C3%A9", "a%2Fb", "x" * 500, "%FF", "☔"])
    def test_to_what_can_be_no_address(self, cast: Cast, slug: str) -> None:
        assert found(cast, to(slug)) == ["link_unknown"]

    def test_to_the_story_itself_is_fine(self, cast: Cast) -> None:
        assert found(cast, to("it-rains")) == []

    def test_to_a_moved_story_names_its_address(self, cast: Cast) -> None:
        story = published(cast, headline="Sun")
        republished(story, cast, now=NOW + MINUTE, slug="sunshine", change_kind="update")
        mine = draft(cast.editor, headline="It rains", body=to("sun"))
        [issue] = requirements.for_publication(mine, public_dict(mine), at=NOW + MINUTE)
        assert issue.rule == "link_moved"
        assert "Link to /articles/sunshine/ instead." in issue.sentence


class TestWhatWasTakenDown:
    def test_is_gone(self, cast: Cast) -> None:
        taken_down(cast, headline="Sun")
        assert found(cast, to("sun")) == ["link_gone"]

    def test_is_fine_again_once_reinstated(self, cast: Cast) -> None:
        story = taken_down(cast, headline="Sun")
        workflow.perform(story, "reinstate", by=cast.manager, now=NOW + MINUTE)
        assert found(cast, to("sun"), at=NOW + MINUTE) == []

    def test_is_still_there_when_it_was_withdrawn(self, cast: Cast) -> None:
        taken_down(cast, headline="Sun", kind="withdrawn")
        assert found(cast, to("sun")) == []

    def test_may_send_readers_on(self, cast: Cast) -> None:
        story = published(cast, headline="Sun", now=NOW - MINUTE)
        details = {"kind": "error", "redirect_to": "/articles/moon/"}
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, **details)
        assert found(cast, to("sun")) == ["link_moved"]


class TestWhatIsScheduled:
    def test_is_fine_for_whatever_comes_out_later(self, cast: Cast) -> None:
        scheduled(cast, at=TOMORROW, headline="Sun")
        assert found(cast, to("sun"), at=TOMORROW) == []
        assert found(cast, to("sun"), at=TOMORROW - MINUTE) == ["link_early"]

    def test_stops_neither_review_nor_approval(self, cast: Cast) -> None:
        scheduled(cast, at=TOMORROW, headline="Sun")
        story = approved(cast, headline="It rains", body=to("sun"))
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "publish", by=cast.manager, now=NOW)
        assert [issue.rule for issue in refusal.value.issues] == ["link_early"]
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=TOMORROW + MINUTE)
        assert story.editions.get().published_at == TOMORROW + MINUTE

    def test_and_cancelled_never_was(self, cast: Cast) -> None:
        story = scheduled(cast, at=TOMORROW, headline="Sun")
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW)
        assert found(cast, to("sun"), at=TOMORROW) == ["link_unknown"]


class TestLater:
    def test_a_typo_fix_meets_what_became_of_its_links(self, cast: Cast) -> None:
        sun = published(cast, headline="Sun")
        story = published(cast, headline="It rains", body=to("sun"))
        workflow.perform(sun, "take_down", by=cast.manager, now=NOW, kind="error", public_note="Untrue.")
        change(story, by=cast.editor, now=NOW + MINUTE, standfirst="It still rains.", change_kind="typo")
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "submit", by=cast.editor, now=NOW + MINUTE)
        assert [issue.rule for issue in refusal.value.issues] == ["link_gone"]
        assert Story.objects.get(pk=story.pk).state == "draft"
