"""The one address for acts: what it does, what it refuses, and what it says then."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, in_situation, post, seen, signed_in, url
from tests.newsdesk import NOW, Cast, approved, change, draft, published, scheduled, submitted

HTML = "text/html; charset=utf-8"


def told(client: Client, answer: Any) -> str:
    """The message on the page an act leads to."""
    return client.get(answer["Location"]).content.decode()


class TestDone:
    def test_leads_to_the_review_page_and_says_what_happened(self, cast: Cast) -> None:
        story = submitted(cast)
        client = signed_in(cast.manager)
        answer = client.post(url("act", story, "approve"), seen(story))
        assert answer.status_code == 302
        assert answer["Location"] == url("review", story)
        assert "has been approved. It can be published or scheduled now." in told(client, answer)

    def test_an_approval_under_embargo_says_from_when_the_story_can_go_out(self, cast: Cast) -> None:
        story = submitted(cast, embargo_at=NOW + timedelta(days=8))
        client = signed_in(cast.manager)
        page = told(client, client.post(url("act", story, "approve"), seen(story)))
        assert "It can be scheduled for 1 December 2026, 09:30, or later." in page
        assert "published or scheduled now" not in page

    def test_an_approval_does_not_promise_what_a_link_still_stops(self, cast: Cast) -> None:
        ahead = scheduled(cast, at=NOW + timedelta(days=2), slug="ahead")
        story = submitted(cast, body=f'<p>More <a href="/articles/{ahead.slug}/">in May, we hear</a>.</p>')
        client = signed_in(cast.manager)
        page = told(client, client.post(url("act", story, "approve"), seen(story)))
        assert "What still keeps it from readers stands below." in page
        assert "which readers get only later" in page

    def test_taking_back_leads_to_the_form(self, cast: Cast) -> None:
        story = submitted(cast)
        assert post(cast.editor, story, "recall")["Location"] == url("change", story)

    def test_a_story_given_away_leads_to_the_list(self, cast: Cast) -> None:
        story = draft(cast.editor)
        Story.objects.filter(pk=story.pk).update(assignee=cast.contributor)
        answer = post(cast.contributor, story, "assign", assignee=cast.editor.pk)
        assert answer["Location"] == "/admin/articles/story/"

    def test_the_time_is_the_newsrooms(self, cast: Cast) -> None:
        story = approved(cast)
        assert post(cast.manager, story, "schedule", at="2027-06-01T06:00", **seen(story)).status_code == 302
        assert story.editions.get().published_at.isoformat() == "2027-06-01T05:00:00+00:00"

    def test_a_time_with_its_own_offset_is_taken_as_it_stands(self, cast: Cast) -> None:
        story = approved(cast)
        post(cast.manager, story, "schedule", at="2027-10-31T01:30+01:00", **seen(story))
        assert story.editions.get().published_at.isoformat() == "2027-10-31T00:30:00+00:00"

    def test_assigning_sets_who_and_when(self, cast: Cast) -> None:
        story = draft(cast.editor)
        post(
            cast.editor,
            story,
            "assign",
            assignee=cast.contributor.pk,
            due_at="2026-11-24T12:00",
            note="Yours?",
        )
        story.refresh_from_db()
        assert (story.assignee, story.due_at.isoformat()) == (cast.contributor, "2026-11-24T12:00:00+00:00")
        assert story.events.latest("number").note == "Yours?"


class TestStale:
    @pytest.mark.parametrize("act", ["approve", "request_changes", "revert_to"])
    def test_a_text_that_was_not_read_is_not_judged(self, act: str, cast: Cast) -> None:
        story = submitted(cast)
        read = seen(story)
        change(story, by=cast.second_editor, now=NOW, standfirst="Eleven stores become one.")
        post(cast.second_editor, story, "submit")
        answer = post(cast.manager, story, act, note="Fine, but mind the caption.", number=1, **read)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "revision 2" in page
        assert "Second Editor" in page
        assert "Fine, but mind the caption." in page
        story.refresh_from_db()
        assert story.state == "in_review"

    def test_publishing_what_somebody_else_approved_since(self, cast: Cast) -> None:
        story = approved(cast)
        read = seen(story)
        change(story, by=cast.editor, now=NOW, standfirst="Another sentence.")
        post(cast.editor, story, "submit")
        post(cast.manager, story, "approve", **seen(story))
        assert post(cast.second_manager, story, "publish", **read).status_code == 409
        assert not story.editions.exists()

    def test_the_page_then_speaks_of_the_newer_text(self, cast: Cast) -> None:
        story = submitted(cast)
        page = post(cast.manager, story, "approve", revision=7, hash="0" * 64).content.decode()
        revision = story.revisions.get()
        assert f'value="{revision.hash}"' in page
        assert 'value="' + "0" * 64 not in page

    def test_the_right_number_with_the_wrong_hash(self, cast: Cast) -> None:
        assert post(cast.manager, submitted(cast), "approve", revision=1, hash="0" * 64).status_code == 409


class TestNotReady:
    def test_lists_what_is_missing(self, cast: Cast) -> None:
        story = draft(cast.editor, standfirst="", section=None)
        answer = post(cast.editor, story, "submit", note="Ready, I think.")
        page = answer.content.decode()
        assert (answer.status_code, answer["Content-Type"]) == (422, HTML)
        assert "Write a standfirst" in page
        assert "Choose a section." in page
        assert "Ready, I think." in page

    def test_a_note_is_asked_for(self, cast: Cast) -> None:
        answer = post(cast.manager, submitted(cast), "request_changes", note="   ", revision=1)
        assert answer.status_code == 422
        assert b"Write a note" in answer.content

    def test_an_approval_names_its_revision(self, cast: Cast) -> None:
        assert post(cast.manager, submitted(cast), "approve").status_code == 422

    def test_a_take_down_says_why_and_what_readers_get(self, cast: Cast) -> None:
        story = published(cast)
        assert post(cast.manager, story, "take_down", public_note="Sorry.").status_code == 422
        assert post(cast.manager, story, "take_down", kind="error").status_code == 422
        assert Edition.objects.live(LATER).filter(story=story).exists()

    def test_keeps_everything_that_was_typed(self, cast: Cast) -> None:
        story = published(cast)
        typed = {
            "kind": "privacy",
            "redirect_to": "https://elsewhere.example/",
            "note": "Call the lawyer <first>",
        }
        page = post(cast.manager, story, "take_down", **typed).content.decode()
        assert '<option value="privacy" selected>' in page
        assert 'value="https://elsewhere.example/"' in page
        assert "Call the lawyer &lt;first&gt;" in page
        assert "<h1>Take down now</h1>" in page

    @pytest.mark.parametrize(
        ("at", "sentence"),
        [
            ("2027-03-28T01:30", "there is no 01:30"),
            ("2027-10-31T01:30", "01:30 comes twice"),
            ("tomorrow", "no date and time"),
            ("2026-02-30T10:00", "no date and time"),
            ("2026-11-22T06:00", "This time has passed"),
            ("", "Say when"),
            ("9999-12-31T00:00", "Check the year"),
            ("0001-01-01T00:00", "Check the year"),
            ("0001-01-01T00:00+14:00", "ten years"),
            ("9999-12-31T23:59-12:00", "ten years"),
            ("2126-11-22T06:00", "ten years"),
        ],
    )
    def test_unusable_times(self, at: str, sentence: str, cast: Cast) -> None:
        story = approved(cast)
        answer = post(cast.manager, story, "schedule", at=at, **seen(story))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not story.editions.exists()

    def test_no_time_before_the_embargo(self, cast: Cast) -> None:
        story = approved(cast, embargo_at=NOW + timedelta(days=3))
        assert post(cast.manager, story, "schedule", at="2026-11-25T06:00", **seen(story)).status_code == 422
        assert post(cast.manager, story, "publish", **seen(story)).status_code == 422


class TestMalformed:
    @pytest.mark.parametrize("revision", ["x", "-1", "1.5", "9" * 40, "\x00", "１", "1e9", "[]", "None"])
    def test_unusable_revisions(self, revision: str, cast: Cast) -> None:
        story = submitted(cast)
        answer = post(cast.manager, story, "approve", revision=revision, hash="é" * 64)
        assert answer.status_code in {409, 422}
        story.refresh_from_db()
        assert story.state == "in_review"

    @pytest.mark.parametrize("number", ["", "x", "0", "-1", "77", "9" * 30])
    def test_revisions_that_never_were(self, number: str, cast: Cast) -> None:
        story = draft(cast.editor)
        assert post(cast.editor, story, "revert_to", number=number, **seen(story)).status_code == 422

    @pytest.mark.parametrize(
        "typed",
        [
            {"kind": "boredom", "public_note": "x"},
            {"kind": "error", "public_note": "x" * 601},
            {"kind": "error", "redirect_to": "/" + "x" * 300},
            {"kind": "error", "public_note": "a\x00b"},
            {"kind": "error", "redirect_to": "//elsewhere.example/"},
            {"kind": "error", "redirect_to": "/\\elsewhere.example/"},
            {"kind": "error", "redirect_to": "/\t/elsewhere.example/"},
            {"kind": "error", "redirect_to": "/\n/elsewhere.example/"},
            {"kind": "error", "redirect_to": "javascript:alert(1)"},
        ],
    )
    def test_unusable_reasons(self, typed: dict[str, str], cast: Cast) -> None:
        story = published(cast)
        assert post(cast.manager, story, "take_down", **typed).status_code == 422
        assert Edition.objects.live(LATER).filter(story=story).exists()

    @pytest.mark.parametrize("whom", ["x", "0", "99999999", "9" * 30, "\x00"])
    def test_unknown_people(self, whom: str, cast: Cast) -> None:
        assert post(cast.editor, draft(cast.editor), "assign", assignee=whom).status_code == 422

    def test_nobody_is_given_what_they_may_not_know(self, cast: Cast) -> None:
        story = draft(cast.editor, restricted=True)
        assert post(cast.editor, story, "assign", assignee=cast.contributor.pk).status_code == 422
        assert post(cast.editor, story, "assign", assignee=cast.administrator.pk).status_code == 422

    def test_a_note_longer_than_any_note(self, cast: Cast) -> None:
        assert post(cast.editor, draft(cast.editor), "spike", note="x" * 5001).status_code == 422

    def test_files_and_repeated_fields_are_no_way_in(self, cast: Cast) -> None:
        story = submitted(cast)
        answer = signed_in(cast.manager).post(url("act", story, "approve"), {"revision": ["1", "x"]})
        assert answer.status_code == 422


class TestTheAddress:
    @pytest.mark.parametrize("act", ["save", "import", "delete", "SUBMIT", "submit ", "__class__"])
    def test_what_is_no_act_by_address(self, act: str, cast: Cast) -> None:
        story = draft(cast.editor)
        assert post(cast.manager, story, act, revision=1).status_code == 404

    @pytest.mark.parametrize("act", ["hold", "take_down"])
    @pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
    def test_a_grave_act_is_looked_at_or_posted(self, method: str, act: str, cast: Cast) -> None:
        answer = getattr(signed_in(cast.manager), method)(url("act", published(cast), act))
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")

    @pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "options"])
    def test_only_post_acts(self, method: str, cast: Cast) -> None:
        story = submitted(cast)
        answer = getattr(signed_in(cast.editor), method)(url("act", story, "recall"))
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert Story.objects.get(pk=story.pk).state == "in_review"

    def test_a_token_is_needed(self, cast: Cast) -> None:
        story = submitted(cast)
        client = signed_in(cast.editor, enforce_csrf_checks=True)
        assert client.post(url("act", story, "recall")).status_code == 403
        page = client.get(url("review", story)).content.decode()
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        assert client.post(url("act", story, "recall"), {"csrfmiddlewaretoken": token}).status_code == 302

    @pytest.mark.parametrize("pk", ["0", "-1", "abc", "1x", "9" * 30, "١", "%00", "1_2F"])
    def test_stories_that_never_were(self, pk: str, cast: Cast) -> None:
        client = signed_in(cast.manager)
        for page in ("review/", "preview/", "revisions/", "revisions/1/"):
            assert client.get(f"/admin/articles/story/{pk}/{page}").status_code == 404
        assert client.post(f"/admin/articles/story/{pk}/act/approve/").status_code == 404

    def test_a_restricted_story_answers_like_none(self, cast: Cast) -> None:
        story = in_situation(cast, "in review")
        Story.objects.filter(pk=story.pk).update(restricted=True)
        client = signed_in(cast.second_editor)
        unknown = story.pk + 1000
        for page in ("review", "preview", "revisions"):
            hidden, none = (client.get(url(page, pk)) for pk in (story.pk, unknown))
            assert (hidden.status_code, none.status_code) == (404, 404)
            assert hidden.content == none.content
        hidden, none = (client.post(url("act", pk, "submit"), {"note": "x"}) for pk in (story.pk, unknown))
        assert (hidden.status_code, none.status_code) == (404, 404)
        assert hidden.content == none.content
        assert not StoryEvent.objects.filter(story=story, actor=cast.second_editor).exists()

    def test_somebody_let_go_is_shut_out_at_once(self, cast: Cast) -> None:
        story = submitted(cast)
        client = signed_in(cast.manager)
        cast.manager.is_active = False
        cast.manager.save()
        answer = client.post(url("act", story, "approve"), seen(story))
        assert answer["Location"].startswith("/admin/login/")
        assert Story.objects.get(pk=story.pk).state == "in_review"
