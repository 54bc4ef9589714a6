"""The drill of hostile search input, small: no answer is a 500."""

import pytest

from drills import search_fuzz
from tests.newsdesk import Cast
from tests.pages.reading import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_nothing_that_is_asked_breaks_search(cast: Cast) -> None:
    fill(3)
    figures = search_fuzz.run(150)
    assert figures["asked"] == 157
    assert figures["statuses"][200] > 60
    assert figures["statuses"].keys() <= {200, 400, 404}, figures
