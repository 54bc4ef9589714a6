"""A record that somebody with the database in hand has changed: verification names what they did."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.desk import workflow
from articles.desk.intake import take_in
from articles.desk.public import hash_of
from articles.desk.record import chain_hash
from articles.desk.roots import make_roots
from articles.desk.verification import Kind, verify_story
from articles.integrity import triggers
from articles.models import DailyRoot, Edition, Revision, Story, StoryEvent
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
    section,
    submitted,
    taken_down,
)

DAY = timedelta(days=1)


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """What only the database's owner can do. Constraints, which PostgreSQL checks late, are checked first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.drop(connection)
    yield
    triggers.install(connection)


def by_sql(statement: str, *parameters: Any) -> None:
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def told(story: Story) -> list[str]:
    return [str(finding) for finding in verify_story(story.pk)]


def whole() -> str:
    """What the command says, with its ending."""
    out = StringIO()
    try:
        call_command("verify_record", verbosity=0, stdout=out)
    except CommandError as ending:
        out.write(f"{ending} Status {ending.returncode}.")
    return out.getvalue()


class TestAnHonestRecord:
    def test_has_nothing_to_find(self, cast: Cast) -> None:
        story = published(cast)
        republished(
            story, cast, now=NOW + MINUTE, kicker="New", change_kind="correction", public_note="Wrong."
        )
        ticked = {"change_kind": "update", "tell_readers": True}
        republished(story, cast, now=NOW + 2 * MINUTE, kicker="Newer", **ticked)
        workflow.perform(
            story, "take_down", by=cast.manager, now=NOW + 3 * MINUTE, kind="error", public_note="Oh."
        )
        workflow.perform(story, "reinstate", by=cast.manager, now=NOW + 4 * MINUTE)
        local = (NOW + DAY).astimezone(ZoneInfo("Asia/Tokyo"))
        noted = published(cast, headline="Corrected by schedule")
        change(noted, by=cast.editor, now=NOW, kicker="New", change_kind="correction", public_note="Wrong.")
        workflow.perform(noted, "submit", by=cast.editor, now=NOW)
        approve(noted, cast, now=NOW)
        workflow.perform(noted, "schedule", by=cast.manager, now=NOW, at=local)
        other = scheduled(cast, at=local, headline="Ahead")
        workflow.perform(other, "unschedule", by=cast.manager, now=NOW + MINUTE)
        urgent = submitted(cast, headline="Urgent")
        workflow.perform(
            urgent, "publish_unreviewed", by=cast.manager, now=NOW, revision=1, note="It cannot wait."
        )
        imported = Story.objects.create(headline="From elsewhere", section=section(), body="<p>Text.</p>")
        take_in(imported, now=NOW, published_at=NOW - DAY)
        draft(cast.editor, headline="Only begun")
        make_roots(NOW + DAY)
        assert whole().startswith("The record is as it was written.\nRoot of 2026-11-23: ")


class TestAnEvent:
    def test_that_was_altered_is_named(self, cast: Cast) -> None:
        story = published(cast)
        by_sql(
            "UPDATE articles_storyevent SET note = 'Fine by me' WHERE story_id = %s AND number = 3", story.pk
        )
        assert told(story) == [
            f"Story {story.pk}: event 3 (approve) was altered: it does not match its own hash."
        ]

    def test_that_was_altered_with_its_hash_breaks_the_chain(self, cast: Cast) -> None:
        story = published(cast)
        event = story.events.get(number=2)
        event.note = "Forged"
        by_sql(
            "UPDATE articles_storyevent SET note = %s, hash = %s WHERE id = %s",
            event.note,
            chain_hash(event),
            event.pk,
        )
        assert told(story) == [f"Story {story.pk}: event 3 does not follow from the event before it."]

    def test_that_was_deleted_in_the_middle_is_named(self, cast: Cast) -> None:
        story = published(cast)
        by_sql("DELETE FROM articles_storyevent WHERE story_id = %s AND number = 2", story.pk)
        assert told(story) == [f"Story {story.pk}: event 2 is missing from the record."]

    def test_that_was_deleted_at_the_end_is_missed_by_the_daily_root(self, cast: Cast) -> None:
        story = submitted(cast)
        draft(cast.editor, headline="Another")
        make_roots(NOW + DAY)
        by_sql("DELETE FROM articles_storyevent WHERE story_id = %s AND number = 2", story.pk)
        assert (
            "MISSING: The daily root of 2026-11-23 was made of 3 events, and 1 of them are missing."
            in whole()
        )

    def test_that_saved_and_was_deleted_at_the_end_leaves_its_revision(self, cast: Cast) -> None:
        story = draft(cast.editor)
        by_sql("DELETE FROM articles_storyevent WHERE story_id = %s", story.pk)
        assert told(story) == [f"Story {story.pk}: revision 1 stands there, and no event on record wrote it."]

    def test_and_another_that_were_swapped_are_both_named(self, cast: Cast) -> None:
        story = submitted(cast)
        swap = "UPDATE articles_storyevent SET number = %s WHERE story_id = %s AND number = %s"
        with triggers_lifted(), connection.cursor() as cursor:
            for new, old in ((99, 1), (1, 2), (2, 99)):
                cursor.execute(swap, [new, story.pk, old])
        altered = [line for line in told(story) if "was altered" in line]
        assert [line.split("(")[1][:6] for line in altered] == ["submit", "save) "]

    def test_whose_date_was_moved_is_named(self, cast: Cast) -> None:
        story = submitted(cast)
        by_sql(
            "UPDATE articles_storyevent SET at = %s WHERE story_id = %s AND number = 1", NOW - DAY, story.pk
        )
        assert "event 1 (save) was altered" in told(story)[0]


class TestARevision:
    def test_that_was_altered_is_named(self, cast: Cast) -> None:
        story = submitted(cast)
        by_sql("UPDATE articles_revision SET public = replace(public, 'one place', 'two') WHERE number = 1")
        assert told(story) == [f"Story {story.pk}: revision 1 was altered: its text does not match its hash."]

    def test_that_was_altered_with_its_hash_is_not_what_the_events_name(self, cast: Cast) -> None:
        story = submitted(cast)
        text = Revision.objects.get().public.replace("one place", "two")
        by_sql("UPDATE articles_revision SET public = %s, hash = %s", text, hash_of(text))
        assert [line.partition(": ")[2] for line in told(story)] == [
            "event 1 (save) names another text than revision 1 has now.",
            "event 2 (submit) names another text than revision 1 has now.",
        ]

    def test_that_nobody_saved_is_too_much(self, cast: Cast) -> None:
        story = draft(cast.editor)
        Revision.objects.create(story=story, number=2, public="{}", hash=hash_of("{}"), saved_by=cast.editor)
        assert f"Story {story.pk}: revision 2 stands there, and no event on record wrote it." in told(story)

    def test_that_is_missing_is_named(self, cast: Cast) -> None:
        story = draft(cast.editor)
        by_sql("DELETE FROM articles_storyevent")
        by_sql("DELETE FROM articles_revision")
        assert told(story) == [f"Story {story.pk}: revision 1 is missing."]


class TestAnEdition:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("headline", "What they wish it had said"),
            ("standfirst", "Another."),
            ("slug", "elsewhere"),
            ("topics", "[]"),
            ("corrections", '[{"at": "2026-11-23T09:30:00+00:00", "kind": "correction", "note": "Never."}]'),
            ("first_published_at", "2020-01-01 00:00:00+00:00"),
        ],
    )
    def test_that_prints_something_else_is_named(self, cast: Cast, column: str, value: str) -> None:
        story = published(cast)
        edition = story.editions.get()
        by_sql(f"UPDATE articles_edition SET {column} = %s", value)
        what, where = f"edition {edition.pk} of 2026-11-23 09:30 UTC", column.replace("_", " ")
        assert told(story) == [f"Story {story.pk}: {what} was altered in {where}: its text says otherwise."]

    def test_whose_correction_was_taken_out_is_named(self, cast: Cast) -> None:
        story = published(cast)
        republished(
            story, cast, now=NOW + MINUTE, kicker="New", change_kind="correction", public_note="Wrong."
        )
        by_sql("UPDATE articles_edition SET corrections = '[]'")
        assert "was altered in corrections" in told(story)[0]

    def test_whose_tick_was_taken_away_is_named(self, cast: Cast) -> None:
        story = published(cast)
        ticked = {"change_kind": "update", "tell_readers": True}
        republished(story, cast, now=NOW + MINUTE, kicker="New", **ticked)
        by_sql("UPDATE articles_edition SET tell_readers = %s", False)
        assert "was altered in tell readers" in told(story)[0]

    def test_that_was_hidden_is_named(self, cast: Cast) -> None:
        story = published(cast)
        Edition.objects.update(superseded_at=NOW + MINUTE)
        assert told(story)[0].endswith("ends, and nothing on record ends it.")

    def test_that_ends_elsewhere_than_the_next_begins_is_named(self, cast: Cast) -> None:
        story = taken_down(cast)
        first = story.editions.order_by("published_at").first()
        assert first is not None
        by_sql("UPDATE articles_edition SET superseded_at = %s WHERE id = %s", NOW - MINUTE / 2, first.pk)
        assert told(story) == [
            f"Story {story.pk}: edition {first.pk} does not end where the next one begins."
        ]

    def test_whose_text_was_altered_is_named(self, cast: Cast) -> None:
        story = published(cast)
        by_sql("UPDATE articles_edition SET content = replace(content, 'one place', 'two')")
        assert told(story)[0].endswith("was altered: its text does not match its hash.")

    def test_that_was_approved_by_a_writer_is_too_much(self, cast: Cast) -> None:
        story = published(cast)
        by_sql("UPDATE articles_revision SET saved_by_id = %s", cast.manager.pk)
        (finding,) = verify_story(story.pk)
        assert (finding.kind, finding.why) == (Kind.EXTRA, "was approved by somebody who wrote some of it.")

    @pytest.mark.parametrize(
        ("origin", "why"),
        [
            ("unreviewed", "was published without review, and nobody answers for it."),
            ("imported", "passes for an import, and is none."),
            ("reinstated", "prints a text that was never published before it."),
        ],
    )
    def test_of_an_origin_that_is_not_its_own(self, cast: Cast, origin: str, why: str) -> None:
        story = published(cast)
        by_sql("UPDATE articles_edition SET origin = %s, reason = 'x'", origin)
        assert why in [finding.why for finding in verify_story(story.pk)]

    def test_that_nobody_approved_is_too_much(self, cast: Cast) -> None:
        story = approved(cast)
        workflow.perform(story, "publish", by=cast.manager, now=NOW)
        submit = story.events.get(act="submit")
        by_sql("UPDATE articles_edition SET approval_id = %s", submit.pk)
        assert told(story)[0].endswith("has no approval.")


class TestADailyRoot:
    def test_that_was_altered_is_named(self, cast: Cast) -> None:
        draft(cast.editor)
        make_roots(NOW + 2 * DAY)
        by_sql("UPDATE articles_dailyroot SET root = %s", "0" * 64)
        assert "ALTERED: The daily root of 2026-11-24 does not match its events" in whole()

    def test_that_is_missing_is_named(self, cast: Cast) -> None:
        draft(cast.editor)
        make_roots(NOW + DAY)
        make_roots(NOW + 3 * DAY)
        by_sql("DELETE FROM articles_dailyroot WHERE day = '2026-11-24'")
        assert "MISSING: The daily root of 2026-11-24 is missing" in whole()

    def test_finds_a_record_that_was_rewritten_with_all_its_hashes(self, cast: Cast) -> None:
        """What a single chain cannot tell."""
        draft(cast.editor)
        event = StoryEvent.objects.get()
        make_roots(NOW + DAY)
        event.note = "Forged"
        by_sql("UPDATE articles_storyevent SET note = 'Forged', hash = %s", chain_hash(event))
        assert [str(finding) for finding in verify_story(event.story_id)] == []
        assert "The daily root of 2026-11-23 does not match its events" in whole()
        assert DailyRoot.objects.count() == 1


class TestWhatWasRedacted:
    def test_is_told_apart_from_what_was_altered(self, cast: Cast) -> None:
        story = _redacted(cast)
        findings = list(verify_story(story.pk))
        assert {finding.kind for finding in findings} == {Kind.REDACTED}
        assert {finding.what.split()[0] for finding in findings} == {"revision", "edition"}
        make_roots(NOW + DAY)
        assert "The record is as it was written, with 2 redacted rows." in whole()

    def test_and_altered_since_is_no_excuse(self, cast: Cast) -> None:
        story = _redacted(cast)
        by_sql("UPDATE articles_revision SET public = replace(public, 'eleven', 'twelve')")
        assert f"Story {story.pk}: revision 1 was redacted, and altered since." in told(story)


def _redacted(cast: Cast) -> Story:
    story = published(cast, headline="Zebedee keeps records")
    workflow.perform(
        story,
        "redact",
        by=cast.manager,
        now=NOW + MINUTE,
        note="A court forbids it.",
        words="Zebedee",
        confirmation="redact",
    )
    return story


class TestTheCommand:
    def test_reads_one_story_when_told_to(self, cast: Cast) -> None:
        story, other = published(cast), published(cast, headline="Other")
        by_sql("UPDATE articles_storyevent SET note = 'Forged' WHERE story_id = %s", other.pk)
        out = StringIO()
        call_command("verify_record", story=story.pk, verbosity=0, stdout=out)
        assert out.getvalue() == "The record is as it was written.\n"

    def test_knows_a_story_that_is_not_there(self, db: None) -> None:
        with pytest.raises(CommandError, match="There is no story 7"):
            call_command("verify_record", story=7)

    def test_names_faults_in_every_part(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.desk.verification.whole.A_PART", 2)
        stories = [draft(cast.editor, headline=f"Story {number}") for number in range(5)]
        by_sql("UPDATE articles_storyevent SET note = 'Forged'")
        said = whole()
        assert all(f"Story {story.pk}: event 1" in said for story in stories)
        assert said.endswith("The record is not as it was written: 5 faults. Status 1.")
