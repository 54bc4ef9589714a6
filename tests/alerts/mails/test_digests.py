"""The letter of a digest: grouped, each story once, as it stands when the letter is written, and never empty."""

from datetime import UTC, datetime

import pytest

from alerts.mails.composing import Emptied, compose
from alerts.models import Introduction
from articles.desk import workflow
from articles.models import Edition
from tests.alerts.mails.outbox import composed, delivery, letter, reader, received
from tests.newsdesk import MINUTE, NOW, Cast, live, published
from tests.pages.reading import fill

pytestmark = pytest.mark.django_db

DAY = "digest:daily:2026-11-23:7"


def digest(groups, *, key: str = DAY, **contents):
    said = {"groups": groups, "everything": False, "introduction": None, **contents}
    return letter("digest", variant="a", key=key, contents=said, period_end=NOW)


def group(*editions: Edition, follows=("Records",), because=("Records",)):
    rows = [{"edition": edition.pk, "because": list(because), "updated": False} for edition in editions]
    return {"follows": list(follows), "editions": rows}


@pytest.fixture
def two(cast: Cast) -> list[Edition]:
    return [live(published(cast)), live(published(cast, headline="Ministers open the archive"))]


class TestADigest:
    def test_has_each_story_once_with_all_that_is_known_of_it(self, two) -> None:
        said = composed(digest([group(*two)]))
        for edition in two:
            assert said.text.count(f"\n{edition.headline}\n") == 1
            assert said.html.count(edition.get_absolute_url()) == 1
            assert f"http://testserver{edition.get_absolute_url()}" in said.text
        assert "A single store replaces eleven." in said.text
        assert "Ada Quill, 23 November 2026" in said.text

    def test_stands_under_the_names_of_what_is_followed(self, two) -> None:
        said = composed(digest([group(two[0]), group(two[1], follows=["Cloud", "Policing"])]))
        assert "Records" in said.text and "Cloud and Policing" in said.html

    def test_stories_of_no_section_have_a_heading_too(self, two) -> None:
        said = composed(digest([group(two[0]), group(two[1], follows=[])]))
        assert "== More stories ==" in said.text and said.html.count("<h2") == 2

    def test_says_what_else_a_story_belongs_to(self, two) -> None:
        said = composed(digest([group(two[0], because=["Records", "Cloud"])]))
        assert "Also: Cloud" in said.text and "Also: Cloud" in said.html

    def test_its_subject_says_the_day_and_the_first_story(self, two) -> None:
        assert composed(digest([group(*two)])).subject == (
            "Monday 23 November: Council puts its records in one place and 1 more"
        )

    def test_of_a_week_says_so(self, two) -> None:
        said = composed(digest([group(*two)], key="digest:weekly:2026-11-23:0:7"))
        assert said.subject.startswith("The week to Monday 23 November: ")
        assert "every week" in said.text

    def test_the_newsletter_begins_with_the_editors_words(self, cast: Cast, two) -> None:
        words = {
            "text": "Good morning.\n\nIt rains <b>again</b>.",
            "changed_by": cast.manager,
            "changed_at": NOW,
        }
        introduction = Introduction.objects.create(on=NOW.date(), **words)
        said = composed(digest([group(*two)], everything=True, introduction=introduction.pk))
        assert said.text.index("Good morning.") < said.text.index(two[0].headline)
        assert "It rains &lt;b&gt;again&lt;/b&gt;." in said.html

    def test_its_list_has_a_name_of_its_own(self, two) -> None:
        mail = received(delivery(composed(digest([group(*two)])), reader()))
        assert mail["List-ID"] == "<digests.testserver>"


class TestWhatIsGoneWhenItIsWritten:
    def test_is_left_out(self, cast: Cast, two) -> None:
        workflow.perform(
            two[0].story,
            "take_down",
            by=cast.manager,
            now=NOW + MINUTE,
            kind="error",
            public_note="Too soon.",
        )
        said = composed(digest([group(*two)]), NOW + MINUTE)
        assert two[0].headline not in said.text + said.html + said.subject
        assert two[1].headline in said.text

    def test_leaves_no_empty_group(self, cast: Cast, two) -> None:
        workflow.perform(
            two[0].story,
            "take_down",
            by=cast.manager,
            now=NOW + MINUTE,
            kind="error",
            public_note="Too soon.",
        )
        said = composed(digest([group(two[0], follows=["Zebras"]), group(two[1])]), NOW + MINUTE)
        assert "Zebras" not in said.text + said.html

    def test_a_digest_of_nothing_is_not_written(self, cast: Cast, two) -> None:
        workflow.perform(
            two[0].story,
            "take_down",
            by=cast.manager,
            now=NOW + MINUTE,
            kind="error",
            public_note="Too soon.",
        )
        with pytest.raises(Emptied):
            compose(digest([group(two[0])]), NOW + MINUTE)


class TestALongOne:
    def test_is_not_cut_off_by_mail_programs(self, db: None) -> None:
        fill(120, newest=datetime(2026, 11, 23, 9, tzinfo=UTC), standfirst="Long words of a standfirst. " * 8)
        said = composed(digest([group(*Edition.objects.all())]))
        assert said.html.count("<h3") == 120
        assert len(said.html.encode()) < 102_000
