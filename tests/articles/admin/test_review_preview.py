"""The review page: the preview beside it, what a correction shows, and the way from step to step."""

import re
from datetime import timedelta

import pytest
import time_machine

from articles.models import Edition, Revision, Story, StoryEvent
from tests.articles.admin.desk_pages import (
    LATER,
    in_situation,
    post,
    seen,
    signed_in,
    url,
)
from tests.newsdesk import (
    NOW,
    Cast,
    approved,
    change,
    draft,
    picture,
    published,
    republished,
    submitted,
)


class TestPreview:
    def test_is_the_readers_page_of_the_newest_revision(self, cast: Cast) -> None:
        story = draft(cast.editor)
        answer = signed_in(cast.editor).get(url("preview", story))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Council puts its records in one place" in page
        assert "Forms go on line in May." in page
        assert not Edition.objects.exists()

    def test_is_kept_nowhere_and_framed_by_us_only(self, cast: Cast) -> None:
        answer = signed_in(cast.editor).get(url("preview", draft(cast.editor)))
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert answer["X-Robots-Tag"] == "noindex"

    def test_pictures_come_through_the_desks_door(self, cast: Cast) -> None:
        image = picture(cast.editor)
        body = f'<p>Text.</p><figure><img data-file="{image.key}" alt="A hall"><figcaption>Hall</figcaption></figure>'
        story = draft(cast.editor, lead_image=image, body=body)
        client = signed_in(cast.editor)
        page = client.get(url("preview", story)).content.decode()
        assert "/media/" not in page
        sources = set(re.findall(rf"/admin/articles/image/[^\"' ,]*{image.key}[^\"' ,]*", page))
        assert sources
        for source in sources:
            assert client.get(source)["Content-Type"] == "image/jpeg"

    def test_prints_the_correction_that_is_to_come(self, cast: Cast) -> None:
        story = published(cast)
        note = "The date was wrong."
        change(story, by=cast.editor, now=NOW, headline="Right", change_kind="correction", public_note=note)
        assert note in signed_in(cast.manager).get(url("preview", story)).content.decode()

    def test_prints_a_published_correction_once(self, cast: Cast) -> None:
        story = published(cast)
        note = "The date was wrong."
        words = {"headline": "Right", "change_kind": "correction", "public_note": note}
        republished(story, cast, now=NOW + timedelta(minutes=5), **words)
        page = signed_in(cast.manager).get(url("preview", story)).content.decode()
        assert page.count(note) == 1

    def test_of_an_older_revision(self, cast: Cast) -> None:
        story = in_situation(cast, "draft")
        client = signed_in(cast.editor)
        assert "from May" not in client.get(url("revision_preview", story, 1)).content.decode()
        assert "from May" in client.get(url("revision_preview", story, 2)).content.decode()
        assert client.get(url("revision_preview", story, 3)).status_code == 404

    def test_writes_nothing(self, cast: Cast) -> None:
        story = approved(cast)
        before = (Revision.objects.count(), StoryEvent.objects.count())
        client = signed_in(cast.manager)
        for page in ("review", "preview", "revisions"):
            client.get(url(page, story))
        assert (Revision.objects.count(), StoryEvent.objects.count(), Edition.objects.count()) == (*before, 0)


class TestAfterACorrection:
    NOTE = "The date was wrong."

    def _story(self, cast: Cast) -> Story:
        story = published(cast)
        words = {"headline": "Right", "change_kind": "correction", "public_note": self.NOTE}
        republished(story, cast, now=NOW + timedelta(minutes=5), **words)
        return story

    @pytest.mark.parametrize(
        ("note", "said"),
        [
            ({}, "This text makes none of its own."),
            ({"change_kind": "clarification", "public_note": "In May."}, "This one is added to it."),
        ],
    )
    def test_a_new_text_does_not_seem_to_take_its_note_away(
        self, cast: Cast, note: dict[str, str], said: str
    ) -> None:
        story = self._story(cast)
        later = NOW + timedelta(minutes=9)
        change(
            story,
            by=cast.editor,
            now=later,
            standfirst="New.",
            **{"change_kind": "", "public_note": "", **note},
        )
        page = signed_in(cast.manager).get(url("review", story)).content.decode()
        assert f"The note of the last change stays on the page. {said}" in page

    def test_that_is_still_the_newest_text_there_is_nothing_to_say(self, cast: Cast) -> None:
        page = signed_in(cast.manager).get(url("review", self._story(cast))).content.decode()
        assert "note of the last change" not in page


class TestSteps:
    def test_a_manager_takes_a_story_all_the_way(self, cast: Cast) -> None:
        """Read, ask for changes, approve, schedule, cancel, publish, take down, reinstate: each by its own form."""
        story = submitted(cast)
        assert (
            post(cast.manager, story, "request_changes", note="Who pays?", **seen(story)).status_code == 302
        )
        change(story, by=cast.editor, now=NOW, standfirst="The county pays.")
        assert post(cast.editor, story, "submit", **seen(story)).status_code == 302
        steps = [
            ("approve", seen(story)),
            ("schedule", {"at": "2026-11-24T06:00", **seen(story)}),
            ("unschedule", {}),
            ("publish", seen(story)),
            ("take_down", {"kind": "legal", "public_note": "Removed on advice."}),
            ("reinstate", {}),
        ]
        for minute, (act, data) in enumerate(steps):
            with time_machine.travel(LATER + timedelta(minutes=minute), tick=False):
                assert post(cast.manager, story, act, **data).status_code == 302, act
        assert Edition.objects.filter(story=story).count() == 4
