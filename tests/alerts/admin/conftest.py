"""The desk's clock stands still, an hour after the stories were made; where a browser looks on it moves."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.articles.admin.desk_pages import LATER


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Iterator[None]:
    with time_machine.travel(LATER, tick=request.node.get_closest_marker("browser") is not None):
        yield
