from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.desk import workflow
from articles.desk.front_page import Pick, Picks, Place, picks_of, put
from articles.desk.refusals import NotAllowed, NotReady, Stale
from articles.models import Arrangement, Placement, Story
from tests.newsdesk import MINUTE, NOW, Cast, draft, published, scheduled, section, taken_down

pytestmark = pytest.mark.django_db

LEAD = Place()


def lead(story: Story) -> Picks:
    return {LEAD: Pick(story.pk)}


class TestPut:
    def test_keeps_who_when_and_what_and_all_that_was_before(self, cast: Cast) -> None:
        first, second = published(cast, headline="One"), scheduled(cast, at=NOW + timedelta(hours=1))
        put(lead(first), by=cast.editor, now=NOW, seen=0)
        picks = {LEAD: Pick(second.pk, without_picture=True), Place(position=3): Pick(first.pk, NOW + MINUTE)}
        put(picks, by=cast.manager, now=NOW, seen=1)
        one, two = Arrangement.objects.order_by("number")
        assert (one.made_by, two.made_by, two.made_at) == (cast.editor, cast.manager, NOW)
        assert (picks_of(one.placements.all()), picks_of(two.placements.all())) == (lead(first), picks)

    def test_puts_nothing_where_nothing_changed(self, cast: Cast) -> None:
        story = published(cast)
        put(lead(story), by=cast.editor, now=NOW, seen=0)
        assert put(lead(story), by=cast.editor, now=NOW, seen=1) is None
        assert Arrangement.objects.count() == 1

    def test_is_for_editors_and_managers(self, cast: Cast) -> None:
        story = published(cast, by=cast.contributor)
        for person in (cast.contributor, cast.administrator):
            with pytest.raises(NotAllowed):
                put(lead(story), by=person, now=NOW, seen=0)

    def test_notices_who_was_faster(self, cast: Cast) -> None:
        one, other = published(cast, headline="One"), published(cast, headline="Other")
        put(lead(one), by=cast.second_editor, now=NOW, seen=0)
        with pytest.raises(Stale, match="Second Editor has arranged"):
            put(lead(other), by=cast.editor, now=NOW, seen=0)
        assert picks_of(Placement.objects.in_force()) == lead(one)

    def test_refuses_what_cannot_stand_there(self, cast: Cast) -> None:
        live, paid = published(cast), published(cast, headline="Paid for", kind="sponsored")
        secret = scheduled(cast, headline="Secret", at=NOW + timedelta(hours=1))
        Story.objects.filter(pk=secret.pk).update(restricted=True)
        elsewhere = Place(section("Health", "health").pk)
        for picks, why in [
            (lead(draft(cast.editor, headline="A draft")), "live or scheduled"),
            (lead(taken_down(cast, headline="Gone")), "live or scheduled"),
            ({LEAD: Pick(999_999)}, "live or scheduled"),
            (lead(secret), "live or scheduled"),
            (lead(paid), "does not lead"),
            ({elsewhere: Pick(live.pk)}, "another section"),
            ({LEAD: Pick(live.pk), Place(position=2): Pick(live.pk)}, "stands twice"),
            ({LEAD: Pick(live.pk, until=NOW)}, "has passed"),
        ]:
            with pytest.raises(NotReady, match=why):
                put(picks, by=cast.second_editor, now=NOW, seen=0)
        assert not Arrangement.objects.exists()

    def test_keeps_what_stood_there_and_puts_back_what_did_once(self, cast: Cast) -> None:
        gone, live = published(cast, headline="Gone", now=NOW - MINUTE), published(cast)
        put(lead(gone), by=cast.editor, now=NOW, seen=0)
        put({}, by=cast.editor, now=NOW, seen=1)
        workflow.perform(gone, "take_down", by=cast.manager, now=NOW, kind="error", public_note="Wrong.")
        with pytest.raises(NotReady):
            put(lead(gone), by=cast.editor, now=NOW, seen=2)
        back = put(lead(gone), by=cast.editor, now=NOW, seen=2, restores=1)
        assert back is not None and back.restores is not None and back.restores.number == 1
        put({**lead(gone), Place(position=1): Pick(live.pk)}, by=cast.editor, now=NOW, seen=3)

    @pytest.mark.parametrize("place", [LEAD, Place(1)], ids=["lead", "band"])
    def test_tells_nothing_of_a_story_that_the_person_may_not_know_of(self, cast: Cast, place: Place) -> None:
        place = Place(section("Health", "health").pk) if place.section_id else LEAD
        at = NOW + timedelta(hours=1)
        secret = scheduled(cast, headline="The secret inquiry", kind="sponsored", at=at)
        put({Place(position=1): Pick(secret.pk)}, by=cast.editor, now=NOW, seen=0)
        Story.objects.filter(pk=secret.pk).update(restricted=True)
        assert put({place: Pick(secret.pk)}, by=cast.second_editor, now=NOW, seen=1)

    def test_is_never_rewritten(self, cast: Cast) -> None:
        put(lead(published(cast)), by=cast.editor, now=NOW, seen=0)
        for change in (
            lambda: Arrangement.objects.update(made_by=cast.manager),
            lambda: Placement.objects.update(position=2),
            lambda: Placement.objects.get().delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
