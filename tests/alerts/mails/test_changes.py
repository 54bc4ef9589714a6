"""The letters to readers of a story that changed: what is new, what was wrong, what was removed."""

import pytest

from alerts.mails.composing import Emptied, compose
from articles.desk import workflow
from tests.alerts.mails.outbox import composed, edition_letter
from tests.newsdesk import MINUTE, NOW, Cast, live, published, republished, taken_down

pytestmark = pytest.mark.django_db

LATER = NOW + MINUTE
NOTE = "We gave the cost as £4 million a year. It is £4 million over ten years."


def changed(cast: Cast, kind: str, **fields):
    """The letter about the second edition of a story."""
    story = published(cast)
    said = {"change_kind": kind, "public_note": NOTE, "standfirst": "Nine stores remain.", **fields}
    republished(story, cast, now=LATER, **said)
    return composed(edition_letter(live(story, LATER), "update" if kind == "update" else "correction"), LATER)


def removed(cast: Cast, kind: str, **said):
    story = taken_down(cast, now=LATER, kind=kind, note=NOTE, **said)
    tombstone = story.editions.current(LATER).get()
    return composed(edition_letter(tombstone, "removal"), LATER)


class TestAnUpdate:
    def test_says_what_is_new(self, cast: Cast) -> None:
        letter = changed(cast, "update", tell_readers=True)
        assert letter.subject == "Updated: Council puts its records in one place"
        for words in (letter.text, letter.html):
            assert NOTE in words and "What is new" in words and "Nine stores remain." in words


class TestACorrection:
    @pytest.mark.parametrize(
        ("kind", "begins"),
        [
            ("correction", "Correction: "),
            ("clarification", "Clarification: "),
            ("retraction", "Retraction: "),
        ],
    )
    def test_is_called_what_it_is(self, cast: Cast, kind: str, begins: str) -> None:
        letter = changed(cast, kind)
        assert letter.subject == f"{begins}Council puts its records in one place"
        assert f"{begins[:-2]}, 23 November 2026" in letter.text

    def test_says_what_was_wrong_and_leads_to_every_version(self, cast: Cast) -> None:
        letter = changed(cast, "correction")
        for words in (letter.text, letter.html):
            assert "What was wrong" in words and NOTE in words
            assert "/articles/council-puts-its-records-in-one-place/history/" in words
            assert "because we sent you an earlier version of this story" in words

    @pytest.mark.parametrize("kind", ["typo", "update"])
    def test_overtaken_by_a_silent_change_says_so_all_the_same(self, cast: Cast, kind: str) -> None:
        story = published(cast)
        republished(story, cast, now=LATER, change_kind="correction", public_note=NOTE)
        latest = NOW + 1440 * MINUTE
        republished(story, cast, now=latest, change_kind=kind, kicker="A detail", public_note="")
        letter = composed(edition_letter(live(story, latest), "correction"), latest)
        assert letter.subject.startswith("Correction: ") and "Correction, 23 November 2026" in letter.text
        for words in (letter.text, letter.html):
            assert "What was wrong" in words and NOTE in words

    def test_what_was_wrong_comes_before_the_link(self, cast: Cast) -> None:
        letter = changed(cast, "correction")
        for words in (letter.text, letter.html):
            assert words.index(NOTE) < words.index("Read the corrected story")

    def test_a_later_story_letter_has_the_dated_note(self, cast: Cast) -> None:
        story = published(cast)
        republished(story, cast, now=LATER, change_kind="correction", public_note=NOTE, standfirst="Nine.")
        letter = composed(edition_letter(live(story, LATER)), LATER)
        assert f"Correction, 23 November 2026: {NOTE}" in letter.text
        assert NOTE in letter.html


class TestARemoval:
    def test_names_the_story_and_says_why(self, cast: Cast) -> None:
        letter = removed(cast, "error")
        assert letter.subject == "Removed: Council puts its records in one place"
        assert NOTE in letter.text and NOTE in letter.html

    @pytest.mark.parametrize("kind", ["legal", "privacy"])
    def test_says_nothing_again_that_nobody_may_say(self, cast: Cast, kind: str) -> None:
        letter = removed(cast, kind)
        assert letter.subject == "Removed: a story we sent you"
        for words in (letter.subject, letter.text, letter.html):
            assert (
                "Council puts" not in words and "A single store" not in words and "council-puts" not in words
            )
            assert "Ada Quill" not in words and "Records" not in words
        assert NOTE in letter.text

    @pytest.mark.parametrize("kind", ["error", "rights", "legal", "privacy"])
    def test_leads_nowhere_where_nothing_is_to_be_read(self, cast: Cast, kind: str) -> None:
        assert "/articles/" not in removed(cast, kind).html

    def test_a_withdrawn_story_can_still_be_read(self, cast: Cast) -> None:
        letter = removed(cast, "withdrawn")
        assert "http://testserver/articles/council-puts-its-records-in-one-place/" in letter.text
        assert "marked as withdrawn" in letter.html

    def test_where_its_text_is_withheld_it_is_not_named(self, cast: Cast) -> None:
        story = taken_down(cast, now=LATER)
        first = story.editions.order_by("published_at")[0]
        said = {"edition": first.pk, "kind": "legal", "public_note": ""}
        workflow.perform(story, "withhold", by=cast.manager, now=LATER, note="A court says so.", **said)
        letter = composed(edition_letter(story.editions.current(LATER).get(), "removal"), LATER)
        assert "Council puts" not in letter.subject + letter.text + letter.html

    def test_of_a_story_brought_back_nobody_is_told(self, cast: Cast) -> None:
        story = taken_down(cast, now=LATER)
        letter = edition_letter(story.editions.current(LATER).get(), "removal")
        workflow.perform(story, "reinstate", by=cast.manager, now=LATER + MINUTE)
        with pytest.raises(Emptied):
            compose(letter, LATER + MINUTE)
