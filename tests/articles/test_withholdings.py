"""Texts that are shown to nobody but managers: from when to when, and who may end it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from articles.models import Edition, Withholding
from tests.newsdesk import MINUTE, NOW, Cast, taken_down


@pytest.fixture
def edition(cast: Cast) -> Edition:
    edition = taken_down(cast).editions.order_by("published_at").first()
    assert edition is not None
    return edition


def withheld(edition: Edition, cast: Cast, **fields: Any) -> Withholding:
    known = {"kind": "legal", "placed_at": NOW, "placed_by": cast.manager}
    return Withholding.objects.create(edition=edition, **{**known, **fields})


class TestInForce:
    def test_from_when_it_was_placed_until_it_was_lifted(self, edition: Edition, cast: Cast) -> None:
        withheld(edition, cast, lifted_at=NOW + MINUTE, lifted_by=cast.second_manager)
        times = (NOW - MINUTE, NOW, NOW + MINUTE)
        assert [Withholding.objects.in_force(at).count() for at in times] == [0, 1, 0]

    def test_names_the_words_it_withholds(self, edition: Edition, cast: Cast) -> None:
        withheld(edition, cast)
        of_story = Withholding.objects.in_force(NOW).of_story(edition.story_id)
        assert of_story.texts() == {edition.content_hash}


class TestTheDatabase:
    def test_takes_one_open_row_an_edition(self, edition: Edition, cast: Cast) -> None:
        withheld(edition, cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            withheld(edition, cast)

    @pytest.mark.parametrize("lifted", [{"lifted_by": True}, {"lifted_by": None}])
    def test_wants_somebody_else_to_lift_it(
        self, edition: Edition, cast: Cast, lifted: dict[str, Any]
    ) -> None:
        row = withheld(edition, cast)
        row.lifted_at, row.lifted_by = NOW, cast.manager if lifted["lifted_by"] else None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_changes_nothing_of_a_row_but_that_it_was_lifted(self, edition: Edition, cast: Cast) -> None:
        row = withheld(edition, cast)
        for change in ({"kind": "privacy"}, {"placed_at": NOW + MINUTE}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Withholding.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()
        Withholding.objects.filter(pk=row.pk).update(lifted_at=NOW, lifted_by=cast.second_manager)
