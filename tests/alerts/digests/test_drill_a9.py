"""Drill A9, its year, small."""

from datetime import timedelta

import pytest

from drills import _year_of_digests


@pytest.mark.django_db
@pytest.mark.slow
def test_weeks_of_readers_who_change_their_minds() -> None:
    figures = _year_of_digests.run(18, 6, turn=timedelta(hours=8))
    assert figures["owed"] > 5
    assert figures["digests"] > 5
