"""Notes on a story, and words suggested in them: how they are written, answered, settled and taken over."""

from typing import Any

import pytest

from accounts.models import User
from articles.desk import workflow
from articles.desk.acts import Act
from articles.desk.refusals import NotAllowed, NotReady, Stale
from articles.models import Edition, Note, Story
from articles.models.notes import with_open_notes
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    approved,
    change,
    draft,
    published,
    republished,
    scheduled,
    submitted,
)

LATER = NOW + MINUTE
TEXT = '<p>The <a href="/hall/">council</a> will keep, its records in one place.</p><p>Forms go on line in May.</p>'


def do(story: Story, act: str, by: User, note: str = "", **details: Any) -> Note:
    """Do an act on the story's notes; answers the thread it was about."""
    event = workflow.perform(story, act, by=by, now=LATER, note=note, **details)
    assert event is not None and event.act == act
    return Note.objects.get(pk=event.details["note"])


def suggest(story: Story, by: User, quote: str, new: str | None, **details: Any) -> Note:
    return do(story, "add_note", by, quote=quote, replacement=new, **details)


def reason(story: Story, by: User, act: str) -> str:
    answers = {answer.act: answer for answer in workflow.available(story, by, LATER)}
    return answers[Act(act)].reason


@pytest.fixture
def story(cast: Cast) -> Story:
    return submitted(cast, body=TEXT)


class TestNote:
    def test_says_who_when_and_on_which_revision(self, cast: Cast, story: Story) -> None:
        note = do(story, "add_note", cast.manager, "Who pays?")
        assert (note.author, note.at, note.revision.number, note.text) == (
            cast.manager,
            LATER,
            1,
            "Who pays?",
        )
        assert note.is_open

    def test_speaks_of_the_revision_its_writer_read(self, cast: Cast, story: Story) -> None:
        change(story, by=cast.editor, now=NOW, kicker="Archives")
        assert do(story, "add_note", cast.manager, "Why?", about=1).revision.number == 1
        assert do(story, "add_note", cast.manager, "Why?", about=7).revision.number == 2

    @pytest.mark.parametrize(
        ("quote", "field"),
        [
            ("records in one  place.", "headline"),
            ("A single store", "standfirst"),
            ("in one place. Forms go", "body"),
        ],
    )
    def test_finds_where_its_passage_stands(self, cast: Cast, quote: str, field: str) -> None:
        story = draft(cast.editor, headline="All records in one place.", body=TEXT)
        assert do(story, "add_note", cast.manager, "Hm.", quote=quote).field == field

    def test_looks_where_it_is_told_to(self, cast: Cast, story: Story) -> None:
        quote = "records in one place"
        assert do(story, "add_note", cast.manager, "Hm.", quote=quote, field="body").field == "body"

    def test_quotes_nothing_that_does_not_stand_there(self, cast: Cast, story: Story) -> None:
        with pytest.raises(NotReady, match="does not stand in the text"):
            do(story, "add_note", cast.manager, "Hm.", quote="the county")

    def test_says_something(self, cast: Cast, story: Story) -> None:
        with pytest.raises(NotReady, match="Write a note"):
            do(story, "add_note", cast.manager, "  \x00 ", quote="council")

    def test_is_plain_text_of_bounded_length(self, cast: Cast, story: Story) -> None:
        assert do(story, "add_note", cast.manager, "A\x00b\x07 <i>c</i>").text == "Ab <i>c</i>"
        for details in ({"note": "x" * 5001}, {"note": "x", "quote": "y" * 1001}):
            with pytest.raises(NotReady, match="at most"):
                do(story, "add_note", cast.manager, **details)  # type: ignore[arg-type]

    def test_needs_a_story_that_was_saved(self, cast: Cast) -> None:
        bare = Story.objects.create(headline="Bare", created_by=cast.editor)
        with pytest.raises(NotReady):
            do(bare, "add_note", cast.manager, "Hm.")

    def test_is_written_under_a_hold_too(self, cast: Cast, story: Story) -> None:
        workflow.perform(story, "hold", by=cast.manager, now=NOW, note="The lawyer is reading it.")
        assert do(story, "add_note", cast.manager, "Paragraph two is the trouble.").is_open

    def test_is_for_nobody_who_may_not_know_of_the_story(self, cast: Cast) -> None:
        story = draft(cast.editor, restricted=True)
        for person in (cast.manager, cast.contributor, cast.administrator):
            with pytest.raises(NotAllowed):
                do(story, "add_note", person, "Hm.")


class TestThread:
    def test_is_answered_resolved_and_reopened(self, cast: Cast, story: Story) -> None:
        note = do(story, "add_note", cast.manager, "Who pays?")
        do(story, "reply", cast.editor, "The county.", thread=note.pk)
        assert [reply.text for reply in note.replies.all()] == ["The county."]
        assert do(story, "resolve_note", cast.editor, thread=note.pk).resolved_by == cast.editor
        with pytest.raises(NotAllowed):
            do(story, "resolve_note", cast.editor, thread=note.pk)
        assert do(story, "reopen_note", cast.manager, thread=note.pk).is_open

    def test_each_act_is_one_event(self, cast: Cast, story: Story) -> None:
        note = do(story, "add_note", cast.manager, "Who pays?", quote="council")
        do(story, "reply", cast.editor, "The county.", thread=note.pk)
        do(story, "resolve_note", cast.editor, thread=note.pk)
        do(story, "reopen_note", cast.manager, "Really?", thread=note.pk)
        events = list(story.events.order_by("number"))[2:]
        assert [(event.act, event.note) for event in events] == [
            ("add_note", "Who pays?"),
            ("reply", "The county."),
            ("resolve_note", ""),
            ("reopen_note", "Really?"),
        ]
        assert events[0].details == {"note": note.pk, "field": "body", "quote": "council"}

    def test_of_another_story_is_none(self, cast: Cast, story: Story) -> None:
        do(story, "add_note", cast.manager, "Here.")
        other = do(draft(cast.editor), "add_note", cast.manager, "There.")
        reply = do(story, "reply", cast.editor, "Yes.", thread=Note.objects.earliest("pk").pk)
        answer = Note.objects.get(parent=reply)
        for key in (other.pk, answer.pk, 0, None, "1"):
            for act in ("reply", "resolve_note"):
                with pytest.raises(NotReady, match="no such note"):
                    do(story, act, cast.editor, "Hm.", thread=key)

    def test_a_resolved_one_takes_no_reply(self, cast: Cast, story: Story) -> None:
        done, _ = do(story, "add_note", cast.manager, "One"), do(story, "add_note", cast.manager, "Two")
        do(story, "resolve_note", cast.editor, thread=done.pk)
        with pytest.raises(NotReady, match="Reopen it first"):
            do(story, "reply", cast.editor, "But.", thread=done.pk)


class TestApproval:
    def test_waits_for_every_open_note(self, cast: Cast, story: Story) -> None:
        first, second = (do(story, "add_note", cast.manager, words) for words in ("One", "Two"))
        assert reason(story, cast.manager, "approve") == "2 notes are open. Resolve them first."
        do(story, "resolve_note", cast.editor, thread=first.pk)
        with pytest.raises(NotAllowed, match=r"A note is open\. Resolve it first\."):
            approve(story, cast, now=LATER)
        do(story, "resolve_note", cast.editor, thread=second.pk)
        approve(story, cast, now=LATER)

    def test_stands_when_a_note_comes_after_it_but_nothing_goes_out(self, cast: Cast) -> None:
        story = approved(cast)
        note = do(story, "add_note", cast.second_manager, "Have we rung them?")
        for act in ("publish", "schedule"):
            with pytest.raises(NotAllowed, match="A note is open"):
                workflow.perform(story, act, by=cast.manager, now=LATER, at=LATER + MINUTE)
        do(story, "resolve_note", cast.editor, thread=note.pk)
        workflow.perform(story, "publish", by=cast.manager, now=LATER)

    def test_is_not_enough_to_bring_back_a_newer_text_with_an_open_note(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=NOW, headline="Another headline", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        note = do(story, "add_note", cast.second_editor, "This is wrong.")
        removal = {"kind": "error", "public_note": "Published too soon."}
        workflow.perform(story, "take_down", by=cast.manager, now=LATER, **removal)
        with pytest.raises(NotAllowed, match="is open"):
            workflow.perform(story, "reinstate", by=cast.manager, now=LATER + MINUTE)
        do(story, "resolve_note", cast.editor, thread=note.pk)
        workflow.perform(story, "reinstate", by=cast.manager, now=LATER + MINUTE)

    def test_of_what_is_scheduled_already_stands_too(self, cast: Cast) -> None:
        story = scheduled(cast, at=NOW + 2 * MINUTE)
        do(story, "add_note", cast.second_manager, "Have we rung them?")
        assert Edition.objects.live(NOW + 2 * MINUTE).filter(story=story).exists()


class TestSuggestion:
    def test_goes_into_the_text_as_a_save_by_who_accepts_it(self, cast: Cast, story: Story) -> None:
        note = suggest(story, cast.manager, "will keep, its", "will keep its")
        do(story, "accept_suggestion", cast.editor, thread=note.pk)
        note.refresh_from_db()
        revision = story.revisions.get(number=2)
        assert '<a href="/hall/">council</a> will keep its records' in revision.as_dict()["body"]
        assert (revision.saved_by, note.accepted_as, note.resolved_by) == (cast.editor, revision, cast.editor)
        assert story.state == Story.State.DRAFT

    def test_leaves_its_author_the_second_person(self, cast: Cast, story: Story) -> None:
        note = suggest(story, cast.manager, "will keep, its", "will keep its")
        do(story, "accept_suggestion", cast.editor, thread=note.pk)
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        approve(story, cast, now=LATER)
        workflow.perform(story, "publish", by=cast.manager, now=LATER)
        assert "will keep its records" in Edition.objects.live(LATER).get().public()["body"]

    def test_makes_who_accepts_it_a_contributor(self, cast: Cast, story: Story) -> None:
        note = suggest(story, cast.second_manager, "will keep, its", "will keep its")
        do(story, "accept_suggestion", cast.manager, thread=note.pk)
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        assert "has not worked on this version" in reason(story, cast.manager, "approve")
        assert reason(story, cast.second_manager, "approve") == ""

    def test_is_on_record_word_for_word(self, cast: Cast, story: Story) -> None:
        note = suggest(story, cast.manager, "will keep, its", "will keep its")
        do(story, "accept_suggestion", cast.editor, thread=note.pk)
        event = story.events.get(act="accept_suggestion")
        words = {"field": "body", "quote": "will keep, its", "replacement": "will keep its"}
        assert event.details == {"note": note.pk, "suggested_by": cast.manager.pk, **words}
        assert event.revision == story.revisions.get(number=2)

    @pytest.mark.parametrize(
        ("quote", "new", "field", "reads"),
        [
            ("Council puts", "The council puts", "headline", "The council puts its records in one place"),
            ("replaces eleven", "replaces ten", "standfirst", "A single store replaces ten."),
            (" replaces\n eleven", "", "standfirst", "A single store ."),
        ],
    )
    def test_mends_headline_and_standfirst_too(
        self, cast: Cast, story: Story, quote: str, new: str, field: str, reads: str
    ) -> None:
        note = suggest(story, cast.manager, quote, new)
        do(story, "accept_suggestion", cast.editor, thread=note.pk)
        assert getattr(story, field) == reads

    @pytest.mark.parametrize(
        ("quote", "new", "sentence"),
        [
            ("records in one place", "files", "more than once"),
            ("in one place. Forms", "here. Forms", "one paragraph"),
            ("council", "council", "says the same"),
            ("council", "x" * 301, "at most 300"),
            ("", "words", "Quote the passage"),
            ("The council will", "They", "partly a link"),
            ("Council puts its records in one place", "", "no headline"),
            ("Council puts", "x" * 190, "longer than 200"),
        ],
    )
    def test_is_refused_in_words_where_it_cannot_work(
        self, cast: Cast, story: Story, quote: str, new: str, sentence: str
    ) -> None:
        with pytest.raises(NotReady, match=sentence):
            suggest(story, cast.manager, quote, new)
        assert not Note.objects.exists()

    def test_is_not_for_its_own_author_to_accept(self, cast: Cast, story: Story) -> None:
        note = suggest(story, cast.manager, "will keep, its", "will keep its")
        with pytest.raises(NotReady, match="somebody else"):
            do(story, "accept_suggestion", cast.manager, thread=note.pk)

    def test_is_accepted_once(self, cast: Cast, story: Story) -> None:
        note = suggest(story, cast.manager, "will keep, its", "will keep its")
        suggest(story, cast.manager, "Forms go", "Forms went")
        do(story, "accept_suggestion", cast.editor, thread=note.pk)
        do(story, "reopen_note", cast.editor, thread=note.pk)
        with pytest.raises(NotReady, match="accepted already"):
            do(story, "accept_suggestion", cast.editor, thread=note.pk)

    @pytest.mark.parametrize(
        "body", [TEXT.replace("keep, its", "keep all"), TEXT + TEXT, TEXT.replace("keep,", "keep,</p><p>")]
    )
    def test_whose_passage_does_not_stand_there_once_changes_nothing(
        self, cast: Cast, story: Story, body: str
    ) -> None:
        note = suggest(story, cast.manager, "will keep, its", "will keep its")
        change(story, by=cast.editor, now=NOW, body=body)
        before = story.revisions.count(), story.body
        with pytest.raises(Stale, match="any more, so nothing was changed"):
            do(story, "accept_suggestion", cast.editor, thread=note.pk)
        story.refresh_from_db()
        assert (story.revisions.count(), story.body) == before
        assert Note.objects.get().is_open
        assert story.events.latest("number").refusal

    def test_is_not_accepted_into_what_is_approved_or_held(self, cast: Cast) -> None:
        story = approved(cast)
        note = suggest(story, cast.second_manager, "May", "June")
        with pytest.raises(NotAllowed, match="approved"):
            do(story, "accept_suggestion", cast.editor, thread=note.pk)
        workflow.perform(story, "request_changes", by=cast.manager, now=LATER, note="See the note.")
        workflow.perform(story, "hold", by=cast.manager, now=LATER, note="Wait.")
        with pytest.raises(NotAllowed, match="on hold"):
            do(story, "accept_suggestion", cast.editor, thread=note.pk)


class TestHowMuchIsSuggested:
    """A manager mends words. Who words much of a version is no second person to it."""

    @pytest.fixture
    def wordy(self, cast: Cast) -> Story:
        """A story of which 1,040 characters are in the manager's words."""
        story = submitted(cast, body="".join(f"<p>Place {name}.</p>" for name in "ABCD"))
        for name in "ABCD":
            note = suggest(story, cast.manager, f"Place {name}.", f"Place {name}. {'words ' * 42}"[:260])
            do(story, "accept_suggestion", cast.editor, thread=note.pk)
        return story

    def test_is_bounded(self, cast: Cast, wordy: Story) -> None:
        workflow.perform(wordy, "submit", by=cast.editor, now=LATER)
        assert "changed as you suggested" in reason(wordy, cast.manager, "approve")
        assert reason(wordy, cast.second_manager, "approve") == ""

    def test_counts_what_is_taken_out(self, cast: Cast) -> None:
        long = {name: f"Place {name} {'words ' * 45}"[:260] for name in "ABCD"}
        story = submitted(cast, body="".join(f"<p>{text}.</p><p>It stays.</p>" for text in long.values()))
        for text in long.values():
            note = suggest(story, cast.manager, text, "Cut")
            do(story, "accept_suggestion", cast.editor, thread=note.pk)
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        assert "changed as you suggested" in reason(story, cast.manager, "approve")

    def test_is_counted_anew_after_each_edition(self, cast: Cast, wordy: Story) -> None:
        workflow.perform(wordy, "submit", by=cast.editor, now=LATER)
        workflow.perform(wordy, "approve", by=cast.second_manager, now=LATER, revision=wordy.version)
        workflow.perform(wordy, "publish", by=cast.manager, now=LATER)
        republished(wordy, cast, now=LATER + MINUTE, kicker="New", change_kind="update")


class TestCount:
    def test_of_open_notes_comes_with_a_list(self, cast: Cast, story: Story) -> None:
        other = published(cast, headline="Other")
        note = do(story, "add_note", cast.manager, "One")
        do(story, "reply", cast.editor, "Yes.", thread=note.pk)
        do(story, "add_note", cast.manager, "Two")
        do(story, "resolve_note", cast.editor, thread=note.pk)
        counted = with_open_notes(Story.objects.order_by("pk")).values_list("pk", "open_notes")
        assert list(counted) == [(story.pk, 1), (other.pk, 0)]
