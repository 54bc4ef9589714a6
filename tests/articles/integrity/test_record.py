"""Attempts on the record with raw SQL and the ORM's back doors: the database itself says no, on both vendors."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from articles.desk import workflow
from articles.desk.public import hash_of
from articles.integrity import triggers
from articles.models import Address, Edition, Revision, Story, StoryEvent
from articles.models.editions import FAR_FUTURE
from tests.newsdesk import MINUTE, NOW, Cast, approved, change, draft, published, submitted, taken_down
from tests.title_pages import title_page

LATER = NOW + timedelta(hours=1)


def refused(statement: str, parameters: list[Any] | None = None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters or [])


def refused_row(edition: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.bulk_create([edition])


def edition_of(story: Story, revision: Revision, **fields: Any) -> Edition:
    """A row as somebody at a shell would write it, with an address that is its own."""
    slug = "forged"
    Address.objects.get_or_create(slug=slug, defaults={"story": story})
    known: dict[str, Any] = {
        "origin": "reviewed",
        "slug": slug,
        "headline": "Forged",
        "content": revision.public,
        "content_hash": revision.hash,
        "published_at": LATER,
        "first_published_at": LATER,
    }
    return Edition(story=story, revision=revision, **{**known, **fields})


class TestAppendOnly:
    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("articles_edition", "headline"),
            ("articles_edition", "content"),
            ("articles_edition", "corrections"),
            ("articles_edition", "first_published_at"),
            ("articles_revision", "public"),
            ("articles_revision", "saved_by_id"),
            ("articles_storyevent", "note"),
            ("articles_storyevent", "details"),
            ("articles_address", "slug"),
            ("articles_pageversion", "said"),
            ("articles_pageaddress", "slug"),
        ],
    )
    def test_no_column_can_be_changed(self, cast: Cast, table: str, column: str) -> None:
        published(cast), title_page(cast)
        value = "NULL" if column.endswith(("_at", "_id")) else "'\"forged\"'"
        refused(f"UPDATE {table} SET {column} = {value}")

    @pytest.mark.parametrize(
        "table",
        [
            "articles_edition",
            "articles_revision",
            "articles_storyevent",
            "articles_address",
            "articles_pageversion",
            "articles_pageaddress",
        ],
    )
    def test_no_row_can_be_deleted(self, cast: Cast, table: str) -> None:
        published(cast), title_page(cast)
        refused(f"DELETE FROM {table}")

    def test_the_orm_has_no_way_round(self, cast: Cast) -> None:
        published(cast)
        for attempt in (
            lambda: Edition.objects.update(headline="Forged"),
            lambda: Edition.objects.all()._raw_delete("default"),
            lambda: Revision.objects.update(hash="0" * 64),
            lambda: StoryEvent.objects.update(actor=cast.editor),
            lambda: StoryEvent.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                attempt()

    def test_replacing_a_row_is_deleting_it(self, cast: Cast) -> None:
        published(cast)
        if connection.vendor == "sqlite":
            refused("INSERT OR REPLACE INTO articles_revision SELECT * FROM articles_revision")
        else:
            refused(
                "INSERT INTO articles_revision SELECT * FROM articles_revision"
                " ON CONFLICT (id) DO UPDATE SET hash = 'forged'"
            )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            refused("TRUNCATE articles_storyevent CASCADE")

    def test_only_the_end_of_an_edition_may_move(self, cast: Cast) -> None:
        story = published(cast)
        Edition.objects.filter(story=story).update(superseded_at=LATER)
        assert not Edition.objects.live(LATER).exists()

    def test_a_save_that_changes_nothing_passes(self, cast: Cast) -> None:
        Edition.objects.get(story=published(cast)).save()


class TestTwoPeople:
    def test_an_edition_without_approval_is_refused(self, cast: Cast) -> None:
        story = submitted(cast)
        refused_row(edition_of(story, story.revisions.get()))

    def test_an_approval_by_a_contributor_is_refused(self, cast: Cast) -> None:
        story = submitted(cast)
        revision = story.revisions.get()
        own = StoryEvent.objects.create(
            story=story,
            number=99,
            act="approve",
            actor=cast.editor,
            revision=revision,
            revision_hash=revision.hash,
        )
        refused_row(edition_of(story, revision, approval=own))

    @pytest.mark.parametrize(
        "forged",
        [
            {"act": "submit"},
            {"actor": None},
            {"refusal": "Only managers can do this."},
            {"revision_hash": "0" * 64},
        ],
    )
    def test_what_is_no_approval_does_not_count(self, cast: Cast, forged: dict[str, Any]) -> None:
        story = submitted(cast)
        revision = story.revisions.get()
        said = {"act": "approve", "actor": cast.manager, "revision_hash": revision.hash, **forged}
        event = StoryEvent.objects.create(story=story, number=99, revision=revision, **said)
        refused_row(edition_of(story, revision, approval=event))

    def test_an_approval_of_another_story_or_revision_does_not_count(self, cast: Cast) -> None:
        theirs = approved(cast, headline="Theirs").events.get(act="approve")
        story = submitted(cast)
        refused_row(edition_of(story, story.revisions.get(), approval=theirs))
        later = approved(cast, headline="Approved, then changed")
        change(later, by=cast.editor, now=NOW, kicker="New")
        newest = later.revisions.get(number=2)
        refused_row(edition_of(later, newest, approval=later.events.get(act="approve")))

    def test_other_words_than_were_approved_are_refused(self, cast: Cast) -> None:
        story = approved(cast)
        revision = story.revisions.get()
        approval = story.events.get(act="approve")
        other = revision.public.replace("records", "secrets")
        refused_row(edition_of(story, revision, approval=approval, content=other))
        refused_row(
            edition_of(story, revision, approval=approval, content=other, content_hash=hash_of(other))
        )

    def test_publishing_without_review_needs_a_reason_on_record(self, cast: Cast) -> None:
        story = submitted(cast)
        revision = story.revisions.get()
        refused_row(edition_of(story, revision, origin="unreviewed"))
        refused_row(edition_of(story, revision, origin="unreviewed", reason="Urgent"))

    def test_what_a_person_wrote_cannot_pass_for_an_import(self, cast: Cast) -> None:
        story = draft(cast.editor)
        refused_row(edition_of(story, story.revisions.get(), origin="imported"))

    def test_nothing_can_be_reinstated_that_was_not_removed(self, cast: Cast) -> None:
        story = submitted(cast)
        refused_row(edition_of(story, story.revisions.get(), origin="reinstated"))
        live = published(cast, headline="Live")
        Edition.objects.filter(story=live).update(superseded_at=LATER)
        refused_row(edition_of(live, live.revisions.get(), origin="reinstated", published_at=LATER))

    def test_a_removal_says_why(self, cast: Cast) -> None:
        story = published(cast)
        Edition.objects.filter(story=story).update(superseded_at=LATER)
        refused_row(edition_of(story, story.revisions.get(), origin="removal"))
        refused_row(edition_of(story, story.revisions.get(), removal_kind="error"))

    def test_an_address_of_another_story_is_refused(self, cast: Cast) -> None:
        published(cast, slug="theirs")
        story = approved(cast)
        refused_row(
            edition_of(story, story.revisions.get(), approval=story.events.get(act="approve"), slug="theirs")
        )


class TestOverlap:
    def test_two_open_editions_are_refused(self, cast: Cast) -> None:
        story = published(cast)
        live = Edition.objects.get(story=story)
        refused_row(edition_of(story, live.revision, approval=live.approval))

    def test_an_edition_inside_another_is_refused(self, cast: Cast) -> None:
        story = published(cast)
        live = Edition.objects.get(story=story)
        refused_row(edition_of(story, live.revision, approval=live.approval, superseded_at=LATER + MINUTE))

    def test_an_end_cannot_be_moved_over_the_next_edition(self, cast: Cast) -> None:
        story = taken_down(cast)
        first = Edition.objects.filter(story=story).order_by("published_at").first()
        assert first is not None
        refused("UPDATE articles_edition SET superseded_at = %s WHERE id = %s", [LATER, first.pk])
        refused("UPDATE articles_edition SET superseded_at = %s WHERE id = %s", [FAR_FUTURE, first.pk])

    def test_an_end_before_the_beginning_is_refused(self, cast: Cast) -> None:
        published(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.update(superseded_at=NOW - MINUTE)

    def test_a_cancelled_edition_is_in_nobodys_way(self, cast: Cast) -> None:
        story = approved(cast)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=LATER)
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=LATER)
        assert Edition.objects.live(LATER).count() == 1


class TestGuards:
    def test_stand_after_migrating(self, db: None) -> None:
        assert triggers.faults(connection) == []

    def test_a_missing_or_weakened_one_is_named(self, db: None) -> None:
        triggers.drop(connection)
        missing = triggers.faults(connection)
        assert {"edition_two_people", "articles_storyevent_delete_refused"} <= set(missing)
        triggers.install(connection)
        assert triggers.faults(connection) == []

    def test_flush_is_refused_outside_tests(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(connection.settings_dict, "NAME", "newsroom")
        with pytest.raises(CommandError):
            call_command("flush", interactive=False)
