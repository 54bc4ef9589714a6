"""`import_articles`: what becomes of records, good and bad."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.desk import workflow
from articles.desk.refusals import NotReady
from articles.models import Author, Edition, ImportedStory, Revision, Section, Story, StoryEvent, Tag
from drills import b9_import
from tests.newsdesk import Cast, change

pytestmark = pytest.mark.django_db


def record(**fields: Any) -> dict[str, Any]:
    known = {
        "source": "gazette",
        "licence": "CC0",
        "path": "2024/minutes.md",
        "title": "Minutes &amp; matters",
        "date": "2024-09-16",
        "authors": ["ada-quill", "Ben Nib"],
        "topics": ["open-data", "Öffentlichkeit"],
        "summary": "What was said.",
        "format": "md",
        "body": "Present were **nine**.\n\n## Decided\n\n- to meet again",
    }
    return {**known, **fields}


@pytest.fixture
def take(tmp_path: Path) -> Any:
    """Import records, or raw lines, and answer what the command printed on each stream."""

    def take(*records: Any, options: tuple[str, ...] = (), bad: int = 0) -> tuple[str, str]:
        file = tmp_path / "records.jsonl"
        lines = [line if isinstance(line, str) else json.dumps(line) for line in records]
        file.write_text("\n".join(lines))
        out, err = StringIO(), StringIO()
        if bad:
            with pytest.raises(CommandError, match=f"{bad} records could not be taken in"):
                call_command("import_articles", str(file), *options, verbosity=0, stdout=out, stderr=err)
        else:
            call_command("import_articles", str(file), *options, verbosity=0, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return take


class TestDrafts:
    def test_are_what_records_become_by_default(self, take: Any) -> None:
        take(record())
        story = Story.objects.get()
        assert story.state == Story.State.DRAFT
        assert not Edition.objects.exists()
        assert (story.headline, story.standfirst) == ("Minutes & matters", "What was said.")
        assert story.body == (
            "<p>Present were <strong>nine</strong>.</p>\n<h2>Decided</h2>\n<ul><li>to meet again</li></ul>"
        )

    def test_belong_to_nobody_so_that_any_manager_can_approve_them(self, take: Any) -> None:
        take(record())
        assert Revision.objects.get().saved_by is None

    def test_have_their_authors_and_topics_made_or_found(self, take: Any) -> None:
        Tag.objects.create(name="ÖFFENTLICHKEIT", slug="oe")
        take(record(), record(path="2", topics=["Open Data"]))
        assert set(Tag.objects.values_list("name", flat=True)) == {"ÖFFENTLICHKEIT", "Open data"}
        names = Story.objects.order_by("pk").first().bylines.values_list("author__name", flat=True)  # type: ignore[union-attr]
        assert list(names) == ["Ada Quill", "Ben Nib"]
        assert Author.objects.count() == 2

    def test_go_into_the_section_that_was_named(self, take: Any) -> None:
        take(record(), options=("--section", "Local Government"))
        assert Section.objects.get() == Story.objects.get().section


class TestPublish:
    def test_appears_under_its_own_date_and_alerts_nobody(self, take: Any, mailoutbox: list[Any]) -> None:
        take(record(date="2015-03-17 11:10:03 -0400"), options=("--publish",))
        edition = Edition.objects.get()
        assert edition.origin == Edition.Origin.IMPORTED
        assert edition.first_published_at == datetime(2015, 3, 17, 15, 10, 3, tzinfo=UTC)
        assert mailoutbox == []
        assert StoryEvent.objects.get().act == "import"

    def test_a_day_stays_the_same_day(self, take: Any) -> None:
        take(record(date="2024-06-30"), options=("--publish",))
        assert Edition.objects.get().first_published_at == datetime(2024, 6, 30, 11, 0, tzinfo=UTC)

    def test_a_date_ahead_makes_a_draft(self, take: Any) -> None:
        ahead = (datetime.now(UTC) + timedelta(days=2)).isoformat()
        _, told = take(record(date=ahead), options=("--publish",))
        assert not Edition.objects.exists()
        assert "still to come" in told

    @pytest.mark.parametrize(
        ("undated", "stories", "editions"), [("draft", 1, 0), ("skip", 0, 0), ("2014-01-01", 1, 1)]
    )
    def test_what_becomes_of_undated_records_is_said(
        self, take: Any, undated: str, stories: int, editions: int
    ) -> None:
        take(record(date="last Tuesday"), options=("--publish", f"--undated={undated}"))
        assert (Story.objects.count(), Edition.objects.count()) == (stories, editions)

    def test_the_same_title_twice_gets_two_addresses(self, take: Any) -> None:
        take(record(), record(path="other.md"), options=("--publish",))
        slugs = set(Edition.objects.values_list("slug", flat=True))
        assert slugs == {"minutes-matters", "minutes-matters-2"}


class TestWhatArchivesLack:
    """An archive is taken as it is, and its stories can be mended one thing at a time."""

    BODY = "### Too deep\n\nRead it [here](https://example.org/), or [there](/articles/nowhere/).\n"

    def test_goes_out_as_it_came_and_stops_no_typo_fix(self, take: Any, cast: Cast) -> None:
        take(record(body=self.BODY), options=("--publish", "--section=Archive"))
        edition = Edition.objects.get()
        story = edition.story
        assert (edition.origin, "Too deep" in edition.content) == ("imported", True)
        now = datetime.now(UTC)
        mended = story.body.replace("Read it", "Do read it")
        change(story, by=cast.editor, now=now, body=mended, change_kind="typo")
        workflow.perform(story, "submit", by=cast.editor, now=now)
        assert story.state == Story.State.IN_REVIEW

    def test_does_not_excuse_a_new_fault(self, take: Any, cast: Cast) -> None:
        take(record(body=self.BODY), options=("--publish", "--section=Archive"))
        story, now = Story.objects.get(), datetime.now(UTC)
        worse = f'{story.body}<p>More <a href="https://example.org/more">here</a>.</p>'
        change(story, by=cast.editor, now=now, body=worse, change_kind="update")
        with pytest.raises(NotReady) as refusal:
            workflow.perform(story, "submit", by=cast.editor, now=now)
        assert [issue.rule for issue in refusal.value.issues] == ["link_vague"]


class TestAgain:
    def test_changes_nothing(self, take: Any) -> None:
        take(record(), options=("--publish",))
        before = [model.objects.count() for model in (Story, Revision, Edition, StoryEvent, Tag, Author)]
        out, _ = take(record(title="Another title"), options=("--publish",))
        assert before == [
            model.objects.count() for model in (Story, Revision, Edition, StoryEvent, Tag, Author)
        ]
        assert "1 here already" in out

    def test_goes_on_after_an_interruption(self, take: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from articles.importing import importer

        def interrupted(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(importer.ImportedStory.objects, "create", interrupted)
            with pytest.raises(KeyboardInterrupt):
                take(record(), options=("--publish",))
        assert not Story.objects.exists()
        assert not Tag.objects.exists()
        take(record(), options=("--publish",))
        assert ImportedStory.objects.get().story.editions.count() == 1


class TestBadRecords:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"title": "cut off', "not JSON"),
            ("[1, 2]", "JSON object"),
            ("[" * 100_000, "not JSON"),
            (record(title=""), "“title” is missing"),
            (record(path="2", title="&nbsp;"), "“title” has no words"),
            (record(path="2", title="x" * 201), "“title” is longer than 200"),
            (record(title=7), "“title” is not text"),
            (record(authors="Ada"), "“authors” is not a list"),
            (record(topics=[1]), "“topics” is not a list"),
            (record(format="docx"), "“format” is 'docx'"),
            (record(path=""), "“path” is missing"),
            (record(body=None, source=""), "“source” is missing"),
        ],
    )
    def test_are_named_with_line_and_reason_and_the_others_go_on(
        self, take: Any, line: Any, reason: str
    ) -> None:
        _, told = take(record(), line, record(path="3"), bad=1)
        assert "line 2: " in told
        assert reason in told
        assert Story.objects.count() == 2

    def test_half_a_character_is_one_bad_record(self, tmp_path: Path) -> None:
        file = tmp_path / "records.jsonl"
        file.write_bytes(json.dumps(record(title="Caf@"), ensure_ascii=False).encode().replace(b"@", b"\xc3"))
        with pytest.raises(CommandError, match="1 records"):
            call_command("import_articles", str(file), verbosity=0, stdout=StringIO(), stderr=StringIO())

    def test_a_cut_archive_is_said_to_be_cut(self, tmp_path: Path) -> None:
        file = tmp_path / "records.jsonl.gz"
        whole = gzip.compress("\n".join(json.dumps(record(path=str(n))) for n in range(50)).encode())
        file.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(CommandError, match="cannot be read to its end"):
            call_command("import_articles", str(file), verbosity=0, stdout=StringIO(), stderr=StringIO())

    def test_a_file_that_is_not_there_is_said_to_be_missing(self) -> None:
        with pytest.raises(CommandError, match="There is no file"):
            call_command("import_articles", "nowhere.jsonl")

    @pytest.mark.parametrize("words", ["perhaps", "2024-13-01"])
    def test_an_unusable_option_is_refused(self, words: str, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="use draft, skip or a date"):
            call_command("import_articles", str(tmp_path), f"--undated={words}")


class TestDrillB9:
    def test_small(self, tmp_path: Path) -> None:
        assert b9_import.run(100, tmp_path)["public"] == 78
