"""The story form, as it is saved."""

from datetime import timedelta

import pytest

from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.posting import ADD, change, desk, filled
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approved,
    author,
    draft,
    picture,
    published,
    scheduled,
    section,
    submitted,
    topic,
)

pytestmark = pytest.mark.django_db


def answers(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


class TestAdding:
    def test_a_headline_is_enough(self, cast: Cast) -> None:
        response = desk(cast.editor).post(ADD, filled(headline="A new  bridge\nopens"))
        story = Story.objects.get()
        assert response.status_code == 302
        assert response["Location"] == change(story)
        assert (story.headline, story.created_by, story.version) == ("A new bridge opens", cast.editor, 1)

    def test_everything_is_kept_and_stands_in_the_first_revision(self, cast: Cast) -> None:
        data = filled(
            headline="A new bridge opens",
            standfirst="It took nine years.",
            body="<p>The <b>bridge</b> opened.</p><h2>Tolls</h2><p>None.</p>",
            section=section().pk,
            kind="feature",
            lead_image=picture().pk,
            lead_credit="Harbour office",
            topics=[topic().pk, topic("Bridges").pk],
            byline=[author("Zoe Ink"), author("Ada Quill")],
        )
        desk(cast.editor).post(ADD, data)
        said = Story.objects.get().revisions.get().as_dict()
        assert "<strong>bridge</strong>" in said["body"]
        assert "<h2>Tolls</h2>" in said["body"]
        assert [person["name"] for person in said["byline"]["people"]] == ["Zoe Ink", "Ada Quill"]
        assert [one["name"] for one in said["topics"]] == ["Bridges", "Records"]
        assert (said["lead"]["credit"], said["lead"]["alt"]) == ("Harbour office", "A town hall at dusk")

    def test_without_a_headline_it_says_so_and_keeps_the_text(self, cast: Cast) -> None:
        response = desk(cast.editor).post(ADD, filled(body="<p>Much work.</p>"))
        assert response.status_code == 200
        assert "headline" in response.context["adminform"].form.errors
        assert b"Much work." in response.content


class TestSaving:
    def test_a_change_is_a_revision_and_an_event(self, cast: Cast) -> None:
        story = draft(cast.editor)
        desk(cast.second_editor).post(change(story), filled(story, headline="Another headline"))
        story.refresh_from_db()
        assert (story.version, story.headline) == (2, "Another headline")
        assert story.revisions.get(number=2).saved_by == cast.second_editor
        assert story.events.latest("number").act == "save"

    def test_an_embargo_that_is_lifted_is_on_record_from_when_to_when(self, cast: Cast) -> None:
        story = approved(cast, embargo_at=NOW + timedelta(days=3))
        desk(cast.second_editor).post(change(story), filled(story, embargo_at=""))
        event = story.events.latest("number")
        assert (event.actor, event.details["embargo"]) == (
            cast.second_editor,
            ["2026-11-26T09:30:00+00:00", ""],
        )
        page = desk(cast.manager).get(f"/admin/articles/story/{story.pk}/review/")
        assert "changed embargo (from 26 November 2026, 09:30 to none)" in page.text

    def test_a_save_that_changes_nothing_writes_nothing(self, cast: Cast) -> None:
        story = draft(cast.editor)
        before = StoryEvent.objects.count()
        response = desk(cast.editor).post(change(story), filled(story), follow=True)
        assert StoryEvent.objects.count() == before
        assert story.revisions.count() == 1
        assert answers(response) == ["Nothing had changed, so nothing was saved anew."]

    @pytest.mark.parametrize("part", ["topics", "byline"])
    def test_topics_alone_and_byline_alone_are_a_change(self, cast: Cast, part: str) -> None:
        story = draft(cast.editor)
        new = {"topics": {"topics": [topic("Bridges").pk]}, "byline": {"byline": [author("Zoe Ink")]}}[part]
        desk(cast.editor).post(change(story), filled(story, **new))
        assert story.revisions.count() == 2

    def test_desk_fields_alone_make_an_event_and_no_revision(self, cast: Cast) -> None:
        story = draft(cast.editor)
        data = filled(story, assignee=cast.second_editor.pk, due_at="2030-01-01T10:00")
        desk(cast.editor).post(change(story), data)
        assert story.revisions.count() == 1
        assert story.events.latest("number").details == {"fields": ["assignee", "due_at"]}

    @pytest.mark.parametrize("make", [submitted, approved])
    def test_saving_in_review_or_approved_says_beforehand_what_is_lost(self, cast: Cast, make) -> None:
        story = make(cast)
        page = desk(cast.editor).get(change(story))
        assert b"a draft again" in page.content
        response = desk(cast.editor).post(change(story), filled(story, headline="Changed"), follow=True)
        story.refresh_from_db()
        assert story.state == Story.State.DRAFT
        assert "The story is a draft again" in answers(response)[0]

    def test_a_scheduled_edition_is_cancelled_only_by_who_says_so(self, cast: Cast) -> None:
        from django.utils import timezone

        now = timezone.now()
        story = scheduled(cast, at=now + 60 * MINUTE, now=now)
        client, data = desk(cast.editor), filled(story, headline="Changed")
        assert b"goes out on" in client.get(change(story)).content
        response = client.post(change(story), data)
        assert response.status_code == 200
        assert "void_scheduled" in response.context["adminform"].form.errors
        assert Edition.objects.scheduled(now).count() == 1
        client.post(change(story), data | {"void_scheduled": "on"})
        assert Edition.objects.scheduled(now).count() == 0

    def test_kind_of_change_is_asked_for_only_once_it_was_published(self, cast: Cast) -> None:
        client = desk(cast.editor)
        assert b'name="change_kind"' not in client.get(change(draft(cast.editor))).content
        assert b'name="change_kind"' in client.get(change(published(cast, headline="Out"))).content


class TestByline:
    def test_two_people_can_change_places(self, cast: Cast) -> None:
        ada, zoe = author("Ada Quill"), author("Zoe Ink")
        story = draft(cast.editor, authors=[ada, zoe])
        desk(cast.editor).post(change(story), filled(story, byline=[zoe, ada]))
        assert [row.author for row in story.bylines.all()] == [zoe, ada]

    def test_the_positions_decide_not_the_rows(self, cast: Cast) -> None:
        ada, zoe = author("Ada Quill"), author("Zoe Ink")
        story = draft(cast.editor, authors=[ada])
        data = filled(story, byline=[ada, zoe]) | {"bylines-0-position": 5, "bylines-1-position": 1}
        desk(cast.editor).post(change(story), data)
        assert [(row.author, row.position) for row in story.bylines.all()] == [(zoe, 0), (ada, 1)]

    def test_a_row_struck_out_goes(self, cast: Cast) -> None:
        story = draft(cast.editor, authors=[author("Ada Quill"), author("Zoe Ink")])
        desk(cast.editor).post(change(story), filled(story) | {"bylines-0-DELETE": "on"})
        assert [row.author.name for row in story.bylines.all()] == ["Zoe Ink"]

    def test_nobody_stands_in_it_twice(self, cast: Cast) -> None:
        story = draft(cast.editor)
        response = desk(cast.editor).post(change(story), filled(story, byline=[author(), author()]))
        assert b"Twice in the byline: Ada Quill" in response.content

    @pytest.mark.parametrize("total", ["", "x", "-1", "999999999", "²"])
    def test_a_forged_number_of_rows_is_no_error(self, cast: Cast, total: str) -> None:
        story = draft(cast.editor)
        response = desk(cast.editor).post(change(story), filled(story) | {"bylines-TOTAL_FORMS": total})
        assert response.status_code == 302


class TestSendingForReview:
    def test_a_complete_story_is_saved_and_sent(self, cast: Cast) -> None:
        story = draft(cast.editor)
        desk(cast.editor).post(change(story), filled(story, headline="Better", _send="1"))
        story.refresh_from_db()
        assert (story.state, story.headline) == (Story.State.IN_REVIEW, "Better")

    def test_an_incomplete_one_is_saved_and_told_what_it_lacks(self, cast: Cast) -> None:
        story = draft(cast.editor, standfirst="")
        response = desk(cast.editor).post(
            change(story), filled(story, headline="Better", _send="1"), follow=True
        )
        story.refresh_from_db()
        assert (story.state, story.headline) == (Story.State.DRAFT, "Better")
        assert b'<a href="#id_standfirst">Write a standfirst' in response.content
        assert "standfirst" in response.context["adminform"].form.errors

    def test_a_new_story_can_be_sent_at_once(self, cast: Cast) -> None:
        data = filled(
            headline="A bridge",
            standfirst="It opens.",
            body="<p>Today.</p>",
            section=section().pk,
            topics=[topic().pk],
            byline=[author()],
            _send="1",
        )
        desk(cast.editor).post(ADD, data)
        assert Story.objects.get().state == Story.State.IN_REVIEW
