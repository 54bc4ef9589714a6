"""The desk's clock stands still; where a browser looks on it moves, from the same moment, on a telephone."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.articles.admin.desk_pages import LATER
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import Cast


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Iterator[None]:
    with time_machine.travel(LATER, tick=request.node.get_closest_marker("browser") is not None):
        yield


@pytest.fixture
def telephone(page: Any, live_server: Any, cast: Cast) -> Telephone:
    return Telephone(page, live_server.url, cast)
