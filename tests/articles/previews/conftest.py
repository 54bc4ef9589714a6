from collections.abc import Iterator

import pytest
import time_machine

from tests.articles.previews.links import LATER


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stands still an hour after the links were made; moves where a browser looks on."""
    with time_machine.travel(LATER, tick=request.node.get_closest_marker("browser") is not None):
        yield
