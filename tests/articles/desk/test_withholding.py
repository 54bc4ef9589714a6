"""Withholding what was published: managers alone read it, nobody brings it back, another manager ends it."""

import pytest

from accounts.models import User
from articles.desk import workflow
from articles.desk.refusals import NotAllowed, NotReady
from articles.desk.withholding import may_read
from articles.models import Edition, Story, Withholding
from tests.newsdesk import MINUTE, NOW, Cast, change, draft, published, republished, taken_down

LATER = NOW + 10 * MINUTE


def withhold(story: Story, by: User, which: Edition | None = None, **details: object) -> None:
    edition = which or story.editions.earliest("published_at")
    known: dict[str, object] = {"kind": "legal", "public_note": "By order of a court.", "edition": edition.pk}
    workflow.perform(story, "withhold", by=by, now=LATER, note="An order came.", **(known | details))


@pytest.fixture
def removed(cast: Cast) -> Story:
    """Published, then taken down as gone."""
    return taken_down(cast, kind="legal")


@pytest.fixture
def corrected(cast: Cast) -> Story:
    """Published, and published again with other words."""
    story = published(cast)
    republished(story, cast, now=NOW + MINUTE, standfirst="Nine, not eleven.", change_kind="typo")
    return story


class TestWithhold:
    def test_one_row_for_every_edition_of_the_same_text(self, removed: Story, cast: Cast) -> None:
        withhold(removed, cast.manager)
        rows = Withholding.objects.in_force(LATER)
        assert {row.edition_id for row in rows} == set(removed.editions.values_list("pk", flat=True))
        event = removed.events.latest("number")
        assert (event.act, event.note, event.details["kind"]) == ("withhold", "An order came.", "legal")

    def test_an_earlier_edition_of_a_live_story(self, corrected: Story, cast: Cast) -> None:
        withhold(corrected, cast.manager)
        assert Withholding.objects.in_force(LATER).count() == 1
        assert Edition.objects.live(LATER).get().standfirst == "Nine, not eleven."

    def test_not_what_readers_have_now(self, corrected: Story, cast: Cast) -> None:
        with pytest.raises(NotReady, match="Take the story down first"):
            withhold(corrected, cast.manager, Edition.objects.live(LATER).get())

    def test_not_what_stands_under_a_banner(self, cast: Cast) -> None:
        story = taken_down(cast, kind="withdrawn")
        with pytest.raises(NotReady, match="Take the story down first"):
            withhold(story, cast.manager)
        workflow.perform(
            story, "take_down", by=cast.manager, now=LATER, kind="legal", public_note="An order."
        )
        withhold(story, cast.manager)

    @pytest.mark.parametrize(
        "details", [{"kind": ""}, {"kind": "boredom"}, {"edition": None}, {"edition": 0}]
    )
    def test_says_what_and_why(self, removed: Story, cast: Cast, details: dict[str, object]) -> None:
        with pytest.raises(NotReady):
            withhold(removed, cast.manager, **details)

    def test_another_storys_edition_is_none_of_this_one(self, removed: Story, cast: Cast) -> None:
        other = taken_down(cast, headline="Another story")
        with pytest.raises(NotReady, match="Say which edition"):
            withhold(removed, cast.manager, other.editions.earliest("published_at"))

    def test_once(self, removed: Story, cast: Cast) -> None:
        withhold(removed, cast.manager)
        with pytest.raises(NotReady, match="already"):
            withhold(removed, cast.second_manager)

    def test_is_for_managers(self, removed: Story, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            withhold(removed, cast.editor)


class TestWhatIsWithheld:
    def test_is_read_by_managers_alone(self, corrected: Story, cast: Cast) -> None:
        withhold(corrected, cast.manager)
        first, second = corrected.revisions.order_by("number")
        assert [may_read(cast.editor, revision, LATER) for revision in (first, second)] == [False, True]
        assert may_read(cast.second_manager, first, LATER)

    def test_and_so_is_whatever_says_the_same(self, corrected: Story, cast: Cast) -> None:
        """Somebody writes the withheld words anew."""
        before = corrected.revisions.earliest("number").as_dict()["standfirst"]
        change(corrected, by=cast.editor, now=NOW + 2 * MINUTE, standfirst=before, change_kind="")
        withhold(corrected, cast.manager)
        assert not may_read(cast.editor, corrected.revisions.latest("number"), LATER)

    def test_does_not_come_back_to_readers(self, removed: Story, cast: Cast) -> None:
        withhold(removed, cast.manager)
        with pytest.raises(NotReady, match="withheld"):
            workflow.perform(removed, "reinstate", by=cast.manager, now=LATER)
        assert not Edition.objects.live(LATER).exists()

    def test_is_gone_back_to_by_managers_alone(self, corrected: Story, cast: Cast) -> None:
        withhold(corrected, cast.manager)
        with pytest.raises(NotAllowed, match="withheld"):
            workflow.perform(corrected, "revert_to", by=cast.editor, now=LATER, number=1, revision=2)


class TestLift:
    def test_another_manager_shows_it_again(self, removed: Story, cast: Cast) -> None:
        withhold(removed, cast.manager)
        edition = removed.editions.earliest("published_at").pk
        with pytest.raises(NotAllowed, match="another manager"):
            workflow.perform(
                removed, "lift_withholding", by=cast.manager, now=LATER, note="Over.", edition=edition
            )
        workflow.perform(
            removed, "lift_withholding", by=cast.second_manager, now=LATER, note="Over.", edition=edition
        )
        assert may_read(cast.editor, removed.revisions.get(), LATER)
        workflow.perform(removed, "reinstate", by=cast.manager, now=LATER)
        assert Edition.objects.live(LATER).exists()

    def test_each_person_lifts_what_others_withheld(self, cast: Cast) -> None:
        story = published(cast)
        for number, words in enumerate(("Nine.", "Ten."), 1):
            republished(story, cast, now=NOW + number * MINUTE, standfirst=words, change_kind="typo")
        first, second, _ = story.editions.order_by("published_at")
        withhold(story, cast.manager, first)
        withhold(story, cast.second_manager, second)
        for edition, by in ((first, cast.manager), (second, cast.second_manager)):
            with pytest.raises(NotAllowed):
                workflow.perform(
                    story, "lift_withholding", by=by, now=LATER, note="Over.", edition=edition.pk
                )

    def test_nothing_is_lifted_that_is_not_withheld(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed, match="Nothing is withheld"):
            workflow.perform(draft(cast.editor), "lift_withholding", by=cast.manager, now=LATER, note="Over.")
