"""Words that may not stand even in the record: blanked for good, with the hashes kept and the act on record."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from articles.desk import autosaving, workflow
from articles.desk.refusals import NotAllowed, NotReady
from articles.models import Edition, Redaction, Story, StoryEvent, is_redacted
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    approved,
    change,
    draft,
    live,
    published,
    republished,
    scheduled,
    submitted,
    taken_down,
)

LATER = NOW + 10 * MINUTE
WORDS = "Vera Lane"
FIELDS: dict[str, Any] = {
    "headline": "Vera Lane speaks to the council",
    "standfirst": "A resident, Vera Lane, objects.",
    "body": "<p>“No,” said <strong>Vera</strong> Lane.</p>",
}


def redact(story: Story, cast: Cast, **details: Any) -> None:
    known = {"words": WORDS, "confirmation": "redact"}
    note = details.pop("note", "The court's order of 3 November.")
    workflow.perform(story, "redact", by=cast.manager, now=LATER, note=note, **(known | details))


def every_word_of(story: Story) -> str:
    """Everything the database holds of a story, as text, across all tables."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


class TestRedact:
    def test_leaves_the_words_nowhere(self, cast: Cast) -> None:
        story = published(cast, slug="council-hears-a-resident", **FIELDS)
        republished(
            story,
            cast,
            now=NOW + MINUTE,
            kicker="Vera  Lane",
            change_kind="correction",
            public_note="Not Vera Lane.",
        )
        workflow.perform(
            story,
            "take_down",
            by=cast.manager,
            now=NOW + 2 * MINUTE,
            kind="legal",
            public_note="VERA LANE asked.",
            note="Vera Lane rang.",
        )
        workflow.perform(
            story, "add_note", by=cast.editor, now=NOW, note="Is Vera Lane right?", quote="said Vera Lane"
        )
        autosaving.keep(cast.editor, story, {"headline": ["Vera Lane"], "body": [FIELDS["body"]]}, now=NOW)
        assert "Lane" in every_word_of(story)
        redact(story, cast)
        assert "lane" not in every_word_of(story).casefold()

    def test_readers_of_a_live_story_lose_them_at_once(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        redact(story, cast)
        edition = live(story, LATER)
        assert edition.headline == "[redacted] speaks to the council"
        assert edition.rendering.html == "<p>“No,” said <strong>[redacted]</strong>.</p>"
        assert edition.content == edition.revision.public

    def test_keeps_the_hashes_and_who_did_what_when(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        edition, revision = live(story), story.revisions.get()
        kept = edition.content_hash, edition.approval_id, edition.published_at
        redact(story, cast)
        edition.refresh_from_db(), revision.refresh_from_db()
        assert (edition.content_hash, edition.approval_id, edition.published_at) == kept
        assert (revision.hash, revision.saved_by) == (edition.content_hash, cast.editor)
        assert is_redacted(revision), is_redacted(edition)

    def test_is_on_record_without_the_words(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        redact(story, cast)
        event = story.events.latest("number")
        assert (event.act, event.note) == ("redact", "The court's order of 3 November.")
        assert event.details["length"] == len(WORDS)
        assert event.details["places"]["Revisions"] == 3
        assert Redaction.objects.filter(event=event).exists()

    def test_says_first_how_often_they_were_found(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        with pytest.raises(NotReady, match=r"found 11 times \(revisions: 3, .*Nothing is changed"):
            redact(story, cast, confirmation="")
        assert live(story).headline == FIELDS["headline"]
        assert WORDS not in str(StoryEvent.objects.filter(story=story).latest("number").refusal)

    @pytest.mark.parametrize(
        ("details", "sentence"),
        [
            ({"words": ""}, "Write the words"),
            ({"words": "x" * 201}, "At most 200"),
            ({"words": "Nobody"}, "stand nowhere"),
            ({"note": "Vera Lane asked."}, "reason says the very words"),
            ({"note": ""}, "Write a note"),
            ({"confirmation": "yes"}, "type “redact”"),
        ],
    )
    def test_is_refused_in_words(self, cast: Cast, details: dict[str, Any], sentence: str) -> None:
        story = published(cast, **FIELDS)
        with pytest.raises(NotReady, match=sentence):
            redact(story, cast, **details)
        assert not Redaction.objects.exists()

    def test_is_for_managers(self, cast: Cast) -> None:
        story = draft(cast.editor, **FIELDS)
        with pytest.raises(NotAllowed):
            workflow.perform(
                story, "redact", by=cast.editor, now=LATER, note="x", words=WORDS, confirmation="redact"
            )

    def test_a_headline_as_long_as_can_be(self, cast: Cast) -> None:
        """The mark is longer than what it stands for."""
        story = published(cast, headline="Al " * 66 + "Al", slug="al")
        redact(story, cast, words="Al")
        assert len(live(story, LATER).headline) == 200
        assert not Edition.objects.filter(headline__contains="Al").exists()

    def test_twice(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        redact(story, cast)
        redact(story, cast, words="resident")
        assert live(story, LATER).standfirst == "A [redacted], [redacted], objects."


class TestAfterwards:
    def test_saving_what_was_not_changed_writes_no_revision(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        redact(story, cast)
        workflow.perform(story, "save", by=cast.editor, now=LATER, revision=1)
        assert story.revisions.count() == 1

    @pytest.mark.parametrize("make", [submitted, approved])
    def test_what_was_approved_or_sent_is_a_draft_again(self, cast: Cast, make: Any) -> None:
        story = make(cast, **FIELDS)
        redact(story, cast)
        assert story.state == Story.State.DRAFT
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        approve(story, cast, now=LATER)
        workflow.perform(story, "publish", by=cast.manager, now=LATER)
        assert live(story, LATER).headline == "[redacted] speaks to the council"

    def test_an_approval_of_the_words_as_they_were_publishes_nothing(self, cast: Cast) -> None:
        story = approved(cast, **FIELDS)
        redact(story, cast)
        Story.objects.filter(pk=story.pk).update(state="approved")
        with pytest.raises(NotReady, match="needs approval again"):
            workflow.perform(story, "publish", by=cast.manager, now=LATER)

    def test_what_was_scheduled_is_cancelled(self, cast: Cast) -> None:
        story = scheduled(cast, at=NOW + timedelta(days=1), **FIELDS)
        redact(story, cast)
        assert not Edition.objects.scheduled(LATER).exists()
        assert WORDS not in every_word_of(story)

    def test_what_was_taken_down_comes_back_without_them(self, cast: Cast) -> None:
        story = taken_down(cast, **FIELDS)
        redact(story, cast)
        workflow.perform(story, "reinstate", by=cast.manager, now=LATER + MINUTE)
        edition = live(story, LATER + MINUTE)
        assert edition.headline == "[redacted] speaks to the council"
        assert edition.content_hash == edition.revision.hash

    def test_a_published_story_goes_on_as_before(self, cast: Cast) -> None:
        story = published(cast, **FIELDS)
        redact(story, cast)
        republished(story, cast, now=LATER + MINUTE, kicker="New", change_kind="typo")
        assert live(story, LATER + MINUTE).kicker == "New"
        assert story.revisions.latest("number").as_dict()["headline"] == "[redacted] speaks to the council"

    def test_a_debt_can_still_be_settled(self, cast: Cast) -> None:
        story = draft(cast.editor, **FIELDS)
        workflow.perform(story, "publish_unreviewed", by=cast.manager, now=NOW, note="Now.", revision=1)
        redact(story, cast)
        debt = StoryEvent.objects.filter(story=story).open_debts().get()
        workflow.perform(story, "countersign", by=cast.second_manager, now=LATER, debt=debt.revision_hash)
        assert not StoryEvent.objects.filter(story=story).open_debts().exists()


class TestTheDatabase:
    """What a redaction lets through is that text in that column, and nothing beside it."""

    @pytest.fixture
    def edition(self, cast: Cast) -> Edition:
        story = published(cast, **FIELDS)
        redact(story, cast)
        change(story, by=cast.editor, now=LATER, kicker="New", change_kind="typo")
        return live(story, LATER)

    @pytest.mark.parametrize(
        "change",
        [
            "headline = 'Forged'",
            "content = 'Forged'",
            "kicker = 'Forged'",
            "content_hash = ''",
            "approval_id = NULL",
            "published_at = superseded_at",
            "slug = 'forged'",
            "headline = headline || '', public_note = 'Forged'",
        ],
    )
    def test_refuses_every_other_change_of_an_edition(self, edition: Edition, change: str) -> None:
        refused(f"UPDATE articles_edition SET {change} WHERE id = {edition.pk}")

    @pytest.mark.parametrize("change", ["public = 'Forged'", "hash = ''", "saved_by_id = NULL", "number = 9"])
    def test_refuses_every_other_change_of_a_revision(self, edition: Edition, change: str) -> None:
        refused(f"UPDATE articles_revision SET {change} WHERE id = {edition.revision_id}")

    def test_refuses_the_words_a_later_redaction_blanked(self, edition: Edition, cast: Cast) -> None:
        before = edition.standfirst
        story = Story.objects.get()
        redact(story, cast, words="resident")
        refused("UPDATE articles_edition SET standfirst = %s WHERE id = %s", [before, edition.pk])

    def test_refuses_a_redaction_without_its_act(self, edition: Edition, cast: Cast) -> None:
        row = Redaction.objects.filter(table_name="articles_edition").latest("pk")
        approval = StoryEvent.objects.get(act="approve")
        for fields in (
            {"event": approval},
            {"kept_hash": "0" * 64},
            {"row_id": 10**9},
            {"table_name": "articles_story"},
        ):
            known = {
                "event": row.event,
                "kept_hash": row.kept_hash,
                "row_id": row.row_id,
                "table_name": row.table_name,
            }
            with pytest.raises(IntegrityError), transaction.atomic():
                Redaction.objects.create(column_name="reason", text_hash="0" * 64, **{**known, **fields})

    def test_refuses_an_act_of_another_story(self, edition: Edition, cast: Cast) -> None:
        other = published(cast, headline="Another")
        theirs = live(other)
        act = StoryEvent.objects.get(act="redact")
        with pytest.raises(IntegrityError), transaction.atomic():
            Redaction.objects.create(
                event=act, table_name="articles_edition", row_id=theirs.pk, column_name="headline",
                kept_hash=theirs.content_hash, text_hash="0" * 64,
            )  # fmt: skip

    def test_keeps_redactions(self, edition: Edition) -> None:
        refused("UPDATE articles_redaction SET text_hash = ''")
        refused("DELETE FROM articles_redaction")


def refused(statement: str, parameters: list[Any] | None = None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters or [])
