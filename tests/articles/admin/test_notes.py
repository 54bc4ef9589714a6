"""Notes on the review page and beside the form: who sees them, and what comes of each button."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import workflow
from articles.models import Note, Story
from tests.articles.admin.desk_pages import post, signed_in, url
from tests.articles.admin.posting import change as form_url
from tests.articles.admin.posting import filled
from tests.newsdesk import MINUTE, NOW, Cast, change, draft, published, republished, submitted

PASSAGE = "Forms go on line in May."


def page_of(person: Any, story: Story, name: str = "review") -> str:
    return signed_in(person).get(url(name, story)).content.decode()  # type: ignore[no-any-return]


def note_by(person: Any, story: Story, text: str = "", **details: Any) -> Note:
    event = workflow.perform(story, "add_note", by=person, now=NOW, note=text, **details)
    assert event is not None
    return Note.objects.get(pk=event.details["note"])


@pytest.fixture
def story(cast: Cast) -> Story:
    return submitted(cast)


@pytest.fixture
def suggestion(cast: Cast, story: Story) -> Note:
    return note_by(cast.manager, story, "Be exact.", quote=PASSAGE, replacement="Forms go on line on 4 May.")


class TestWriting:
    def test_a_note_on_a_passage(self, cast: Cast, story: Story) -> None:
        answer = post(
            cast.manager, story, "add_note", note="Which day?", quote=PASSAGE, field="body", about=1
        )
        assert (answer.status_code, answer["Location"]) == (302, f"{url('review', story)}#notes")
        note = Note.objects.get()
        assert (note.text, note.quote, note.field, note.replacement) == ("Which day?", PASSAGE, "body", None)

    @pytest.mark.parametrize(("typed", "stored"), [("on 4 May", "on 4 May"), ("", "")])
    def test_a_suggestion_is_one_only_when_ticked(
        self, cast: Cast, story: Story, typed: str, stored: str
    ) -> None:
        words = {"quote": "in May", "replacement": typed}
        assert post(cast.manager, story, "add_note", note="Hm.", **words).status_code == 302
        assert Note.objects.latest("pk").replacement is None
        assert post(cast.manager, story, "add_note", suggests="on", **words).status_code == 302
        assert Note.objects.latest("pk").replacement == stored

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({"note": "", "quote": PASSAGE}, "Write a note, or suggest other words"),
            ({"note": "Hm.", "quote": "Not there"}, "This passage does not stand in the text."),
            ({"note": "Hm.", "quote": "x" * 1001}, "at most 1000 characters"),
            ({"note": "A\x00b"}, "Null characters are not allowed."),
            ({"note": "x" * 5001}, "at most 5000 characters"),
            ({"note": "Hm.", "about": "9" * 30}, "Some of what you entered cannot be used."),
        ],
    )
    def test_what_cannot_be_used_is_asked_for_again(
        self, cast: Cast, story: Story, data: dict[str, str], sentence: str
    ) -> None:
        answer = post(cast.manager, story, "add_note", **data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert '<details class="new-note" id="add_note" open>' in page
        assert data.get("quote", "") in page
        assert not Note.objects.exists()

    def test_a_refused_reply_keeps_its_words(self, cast: Cast, story: Story, suggestion: Note) -> None:
        answer = post(cast.editor, story, "reply", thread=suggestion.pk, note="x" * 5001)
        assert answer.status_code == 422
        assert f'id="reply-{suggestion.pk}-note"' in answer.content.decode()
        assert "x" * 5001 in answer.content.decode()

    @pytest.mark.parametrize("thread", ["0", "-1", "x", "9" * 30, "", "77"])
    def test_a_forged_thread_is_no_fault(
        self, cast: Cast, story: Story, suggestion: Note, thread: str
    ) -> None:
        for act in ("reply", "resolve_note", "accept_suggestion"):
            assert post(cast.editor, story, act, thread=thread, note="Hm.").status_code == 422


class TestReading:
    def test_open_notes_come_with_their_links(self, cast: Cast, story: Story, suggestion: Note) -> None:
        page = page_of(cast.manager, story)
        assert "A note is open: to be resolved before approval" in page
        assert f'<a href="#note-{suggestion.pk}">Be exact.</a>' in page
        assert "A note is open. Resolve it first." in page

    def test_a_suggestion_shows_the_words_that_change(
        self, cast: Cast, story: Story, suggestion: Note
    ) -> None:
        page = page_of(cast.editor, story)
        assert '<del><span class="unseen">take out: </span>in</del>' in page
        assert '<ins><span class="unseen">put in: </span>on 4</ins>' in page

    def test_resolved_ones_are_folded(self, cast: Cast, story: Story, suggestion: Note) -> None:
        post(cast.editor, story, "resolve_note", thread=suggestion.pk)
        page = page_of(cast.manager, story)
        assert "<summary>1 resolved</summary>" in page
        assert "Resolved by Editor" in page
        assert "to be resolved before approval" not in page

    def test_words_are_words(self, cast: Cast, story: Story) -> None:
        script = "<script>alert(1)</script>"
        note = note_by(cast.manager, story, script, quote=PASSAGE, replacement=f"May. {script}")
        post(cast.editor, story, "reply", thread=note.pk, note=script)
        for page in (page_of(cast.manager, story), page_of(cast.editor, story, "change")):
            assert script not in page
            assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3

    def test_a_passage_that_is_gone_is_said_to_be(self, cast: Cast, story: Story, suggestion: Note) -> None:
        change(story, by=cast.editor, now=NOW, body="<p>Other.</p>")
        page = page_of(cast.editor, story)
        assert "The passage does not stand in the text like this any more." in page
        assert "/act/accept_suggestion/" not in page

    def test_queries_do_not_grow_with_the_notes(self, cast: Cast, story: Story, suggestion: Note) -> None:
        client = signed_in(cast.manager)

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(url("review", story))
            return len(queries)

        few = count()
        for number in range(5):
            note = note_by(cast.editor, story, f"Note {number}")
            workflow.perform(story, "reply", by=cast.manager, now=NOW, note="Yes.", thread=note.pk)
        assert count() <= few + 1


class TestRights:
    ACTS = ("add_note", "reply", "resolve_note", "reopen_note", "accept_suggestion")

    @pytest.mark.parametrize("who", ["contributor", "administrator"])
    def test_there_is_nothing_for_those_who_may_not_know_of_it(
        self, cast: Cast, story: Story, suggestion: Note, who: str
    ) -> None:
        for act in self.ACTS:
            answer = post(getattr(cast, who), story, act, thread=suggestion.pk, note="Hm.")
            assert answer.status_code == 404
            assert b"Be exact." not in answer.content

    @pytest.mark.parametrize("who", ["second_editor", "manager", "second_manager"])
    def test_nor_on_a_restricted_story(self, cast: Cast, who: str) -> None:
        story = draft(cast.editor, restricted=True)
        note = note_by(cast.editor, story, "Her name is not to be printed.")
        person = getattr(cast, who)
        for act in self.ACTS:
            assert post(person, story, act, thread=note.pk, note="Hm.").status_code == 404
        for name in ("review", "change", "revisions"):
            assert b"Her name" not in signed_in(person).get(url(name, story)).content

    @pytest.mark.parametrize(
        ("who", "statuses"),
        [
            ("editor", [302, 302, 302]),
            ("second_editor", [302, 302, 302]),
            ("second_manager", [302, 302, 302]),
            ("manager", [302, 422, 302]),  # nobody accepts their own words
        ],
    )
    def test_whoever_may_edit_it_takes_part(
        self, cast: Cast, story: Story, suggestion: Note, who: str, statuses: list[int]
    ) -> None:
        note_by(cast.editor, story, "Another.")
        acts = ("reply", "accept_suggestion", "reopen_note" if who != "manager" else "resolve_note")
        answers = [
            post(getattr(cast, who), story, act, thread=suggestion.pk, note="Hm.").status_code for act in acts
        ]
        assert answers == statuses

    def test_what_speaks_of_a_withheld_text_is_for_managers(self, cast: Cast) -> None:
        story = published(cast, now=NOW - MINUTE)
        note = note_by(cast.manager, story, "Her name!", quote=PASSAGE)
        workflow.perform(story, "resolve_note", by=cast.manager, now=NOW - MINUTE, thread=note.pk)
        republished(story, cast, now=NOW, body="<p>No name.</p>", change_kind="typo")
        first = story.editions.earliest("published_at").pk
        words = {"kind": "privacy", "public_note": "", "edition": first}
        workflow.perform(story, "withhold", by=cast.manager, now=NOW + MINUTE, note="She asked.", **words)
        assert 'class="thread"' in page_of(cast.second_manager, story)
        for name in ("review", "change", "revisions"):
            page = page_of(cast.editor, story, name)
            assert 'class="thread"' not in page and PASSAGE not in page


class TestBesideTheForm:
    def test_stand_with_their_buttons(self, cast: Cast, story: Story, suggestion: Note) -> None:
        page = page_of(cast.editor, story, "change")
        assert f'name="_note" value="accept_suggestion {suggestion.pk}"' in page
        assert f'href="{url("review", story)}#note-{suggestion.pk}">Reply</a>' in page

    def test_accepting_saves_the_form_first(self, cast: Cast, story: Story, suggestion: Note) -> None:
        data = filled(story, standfirst="Eleven become one.", _note=f"accept_suggestion {suggestion.pk}")
        answer = signed_in(cast.editor).post(form_url(story), data)
        assert (answer.status_code, answer["Location"]) == (302, form_url(story))
        story.refresh_from_db()
        assert story.standfirst == "Eleven become one."
        assert "Forms go on line on 4 May." in story.body
        assert [revision.number for revision in story.revisions.order_by("number")] == [1, 2, 3]

    def test_accepting_into_a_form_that_changed_nothing_makes_one_revision(
        self, cast: Cast, story: Story, suggestion: Note
    ) -> None:
        client = signed_in(cast.editor)
        client.post(form_url(story), filled(story, _note=f"accept_suggestion {suggestion.pk}"))
        assert story.revisions.count() == 2
        assert "Nothing had changed" not in client.get(form_url(story)).content.decode()

    def test_a_passage_just_written_over_is_kept_as_written(
        self, cast: Cast, story: Story, suggestion: Note
    ) -> None:
        client = signed_in(cast.editor)
        data = filled(story, body="<p>In June.</p>", _note=f"accept_suggestion {suggestion.pk}")
        page = client.post(form_url(story), data, follow=True).content.decode()
        assert "Not done: accept the suggestion. The passage does not stand in the text" in page
        story.refresh_from_db()
        assert (story.body, story.revisions.count()) == ("<p>In June.</p>", 2)

    def test_a_form_that_cannot_be_saved_accepts_nothing(
        self, cast: Cast, story: Story, suggestion: Note
    ) -> None:
        data = filled(story, headline="", _note=f"accept_suggestion {suggestion.pk}")
        assert signed_in(cast.editor).post(form_url(story), data).status_code == 200
        assert Note.objects.get().is_open

    @pytest.mark.parametrize(
        "value", ["", "approve 1", "accept_suggestion", "accept_suggestion x", "resolve_note 99"]
    )
    def test_a_forged_button_only_saves(self, cast: Cast, story: Story, suggestion: Note, value: str) -> None:
        data = filled(story, kicker="Archives", _note=value)
        assert signed_in(cast.editor).post(form_url(story), data).status_code == 302
        story.refresh_from_db()
        assert (story.kicker, story.state) == ("Archives", Story.State.DRAFT)
        assert Note.objects.get().is_open
