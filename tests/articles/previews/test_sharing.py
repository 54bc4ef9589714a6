"""How a preview link is made, listed and ended on the desk."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk import workflow
from articles.desk.preview_links import MOST_OPEN, hash_of
from articles.desk.refusals import NotReady
from articles.desk.verification import verify_story
from articles.models import PreviewLink, Story, StoryEvent
from tests.articles.admin.desk_pages import in_situation, post, seen, signed_in, url
from tests.articles.previews.links import LATER, get, link_of, shared
from tests.newsdesk import NOW, Cast, change, draft

TOKEN = re.compile(r"readonly[^>]*>https?://[^/]+/preview/([\w-]{43})/</textarea>")


def share(story: Story, by: Any, **data: Any) -> Any:
    return post(by, story, "share_preview", **{"for_whom": "Dr Osei", "days": 7, **seen(story), **data})


def reviewed(by: Any, story: Story) -> str:
    return signed_in(by).get(url("review", story)).content.decode()


class TestMaking:
    def test_shows_the_link_once_and_keeps_it_nowhere(self, cast: Cast) -> None:
        story, desk = draft(cast.editor), signed_in(cast.editor)
        got = desk.post(
            url("act", story, "share_preview"), {"for_whom": "Dr  Osei", "days": 3, **seen(story)}
        )
        assert got.status_code == 201
        assert "no-store" in got.headers["Cache-Control"]
        page = got.content.decode()
        token = TOKEN.findall(page)[0]
        link = PreviewLink.objects.get()
        assert (link.token_hash, link.for_whom, link.created_by) == (hash_of(token), "Dr Osei", cast.editor)
        assert (link.revision.number, link.expires_at) == (1, LATER + timedelta(days=3))
        assert get(token).status_code == 200
        event = StoryEvent.objects.get(act="share_preview")
        assert event.details == {"link": link.pk, "for_whom": "Dr Osei", "until": link.expires_at.isoformat()}
        kept = [
            *(str(session.get_decoded()) for session in Session.objects.all()),
            reviewed(cast.editor, story),
        ]
        assert not any(token in words or link.token_hash in words for words in [*kept, str(vars(event))])
        assert list(verify_story(story.pk)) == []

    def test_sent_again_shows_the_same_link(self, cast: Cast) -> None:
        story = draft(cast.editor)
        once = re.findall(r'name="once" value="([^"]+)"', reviewed(cast.editor, story))[0]
        first, again = (share(story, cast.editor, once=once).content.decode() for _ in range(2))
        assert TOKEN.findall(first) == TOKEN.findall(again) != []
        assert PreviewLink.objects.count() == story.events.done("share_preview").count() == 1

    def test_for_somebody_else_is_another_link(self, cast: Cast) -> None:
        """The browser keeps what a form carries when its writer goes back and changes the name."""
        story, once = draft(cast.editor), "A" * 22
        for whom in ("Dr Osei", "Dr Larch"):
            assert share(story, cast.editor, once=once, for_whom=whom).status_code == 201
        assert sorted(PreviewLink.objects.values_list("for_whom", flat=True)) == ["Dr Larch", "Dr Osei"]

    def test_is_not_chosen_by_who_sends_the_form(self, cast: Cast) -> None:
        story = draft(cast.editor)
        for once in ("", "x", "A" * 22, "A" * 43):
            assert "A" * 22 not in TOKEN.findall(share(story, cast.editor, once=once).content.decode())[0]
        assert PreviewLink.objects.count() == 4

    def test_no_two_links_are_alike(self, cast: Cast) -> None:
        story = draft(cast.editor)
        tokens = {TOKEN.findall(share(story, cast.editor).content.decode())[0] for _ in range(3)}
        assert len(tokens) == 3

    def test_lasts_a_week_unless_somebody_says_otherwise(self, cast: Cast) -> None:
        assert share(draft(cast.editor), cast.editor, days="").status_code == 201
        assert PreviewLink.objects.get().expires_at == LATER + timedelta(days=7)

    def test_is_for_a_contributor_of_their_own_story(self, cast: Cast) -> None:
        assert share(draft(cast.contributor), cast.contributor).status_code == 201

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"for_whom": " "}, "Say whom the link is for."),
            ({"for_whom": "\u3164"}, "Say whom the link is for."),
            ({"for_whom": "x" * 121}, "at most 120 characters"),
            ({"days": 31}, "Select a valid choice"),
            ({"days": "soon"}, "Select a valid choice"),
        ],
    )
    def test_asks_again_where_something_is_missing(
        self, typed: dict[str, Any], words: str, cast: Cast
    ) -> None:
        story = draft(cast.editor)
        got = share(story, cast.editor, **typed)
        page = got.content.decode()
        assert (got.status_code, words in page) == (422, True)
        assert '<details class="new-link" id="share_preview" open>' in page
        assert "for_whom" in typed or 'value="Dr Osei"' in page
        assert not PreviewLink.objects.exists()

    @pytest.mark.parametrize("days", [-1, 31, 10**9])
    def test_takes_no_other_times_from_the_shell(self, days: int, cast: Cast) -> None:
        known = {"revision": 1, "for_whom": "Dr Osei", "token_hash": "-"}
        with pytest.raises(NotReady, match="from one day to 30"):
            workflow.perform(draft(cast.editor), "share_preview", by=cast.editor, now=NOW, days=days, **known)

    def test_is_of_the_text_that_was_read(self, cast: Cast) -> None:
        story = draft(cast.editor)
        read = seen(story)
        change(story, by=cast.second_editor, now=NOW, headline="Council thinks again")
        got = share(story, cast.editor, **read)
        assert (got.status_code, "Dr Osei" in got.content.decode()) == (409, True)
        assert not PreviewLink.objects.exists()

    @pytest.mark.parametrize(
        ("situation", "words"),
        [
            ("held", "The story is on hold."),
            ("spiked", "The story is spiked."),
            ("live", "This text was published already."),
            ("removed", "For readers the story is removed."),
        ],
    )
    def test_is_refused_in_words_and_on_record(self, situation: str, words: str, cast: Cast) -> None:
        story = in_situation(cast, situation)
        got = share(story, cast.manager)
        assert (got.status_code, words in got.content.decode()) == (403, True)
        assert StoryEvent.objects.get(act="share_preview").refusal == words

    def test_is_refused_of_a_restricted_story(self, cast: Cast) -> None:
        story = draft(cast.editor)
        Story.objects.filter(pk=story.pk).update(restricted=True)
        got = share(story, cast.editor)
        assert (got.status_code, "shown to nobody outside" in got.content.decode()) == (403, True)

    def test_is_refused_where_many_are_open(self, cast: Cast) -> None:
        story = draft(cast.editor)
        tokens = [shared(story, cast.editor) for _ in range(MOST_OPEN)]
        got = share(story, cast.editor)
        assert (got.status_code, f"{MOST_OPEN} preview links" in got.content.decode()) == (422, True)
        workflow.perform(story, "revoke_preview", by=cast.editor, now=NOW, link=link_of(tokens[0]).pk)
        assert share(story, cast.editor).status_code == 201


class TestTheList:
    def test_tells_who_has_what_and_how_often_it_was_read(self, cast: Cast) -> None:
        story = draft(cast.editor)
        token = shared(story, cast.editor, for_whom="Dr Osei")
        assert "Not read yet." in reviewed(cast.manager, story)
        get(token), get(token)
        page = reviewed(cast.manager, story)
        for words in ("Dr Osei", "shared by Editor", "Ends 30 November 2026, 09:30", "Read 2 times, last"):
            assert words in page

    def test_says_why_one_shows_nothing(self, cast: Cast) -> None:
        story = draft(cast.editor)
        shared(story, cast.editor)
        workflow.perform(story, "hold", by=cast.manager, now=NOW, note="The lawyer is reading it.")
        page = reviewed(cast.editor, story)
        assert "Shows nothing now" in page
        assert 'act/revoke_preview/"' in page

    def test_costs_as_much_with_many(self, cast: Cast) -> None:
        story, costs = draft(cast.editor), []
        for _ in range(2):
            for number in range(3):
                shared(story, (cast.editor, cast.second_editor, cast.manager)[number])
            with CaptureQueriesContext(connection) as queries:
                reviewed(cast.editor, story)
            costs.append(len(queries))
        assert costs[0] == costs[1]

    def test_says_nothing_where_there_is_nothing_to_say(self, cast: Cast) -> None:
        assert 'id="previews"' not in reviewed(cast.editor, in_situation(cast, "live"))


class TestEnding:
    def test_ends_it_at_once_and_says_so(self, cast: Cast) -> None:
        story = draft(cast.editor)
        token = shared(story, cast.editor)
        got = post(cast.second_editor, story, "revoke_preview", link=link_of(token).pk)
        assert got.status_code == 302
        assert get(token).status_code == 404
        page = reviewed(cast.editor, story)
        assert "Ended by Second Editor." in page
        assert "ended the preview link for Dr Osei" in page

    def test_ends_each_once_and_none_of_another_story(self, cast: Cast) -> None:
        story, other = draft(cast.editor), draft(cast.editor, headline="Another")
        link = link_of(shared(other, cast.editor)).pk
        assert post(cast.editor, story, "revoke_preview", link=link).status_code == 422
        assert post(cast.editor, other, "revoke_preview", link=link).status_code == 302
        assert post(cast.editor, other, "revoke_preview", link=link).status_code == 422

    def test_words_that_are_redacted_leave_the_list_too(self, cast: Cast) -> None:
        story = draft(cast.editor)
        shared(story, cast.editor, for_whom="Zephyrine's lawyer")
        known = {"words": "Zephyrine", "confirmation": "redact", "note": "A court ordered it."}
        workflow.perform(story, "redact", by=cast.manager, now=NOW, **known)
        assert PreviewLink.objects.get().for_whom == "[redacted]'s lawyer"
        assert "Zephyrine" not in str(list(StoryEvent.objects.values_list("details", flat=True)))
        assert [finding for finding in verify_story(story.pk) if finding.is_fault] == []


def test_nobody_finds_the_table_in_the_admin(cast: Cast) -> None:
    assert not admin.site.is_registered(PreviewLink)
    assert Client().get("/preview/").status_code == 404
