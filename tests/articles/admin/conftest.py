"""The desk's clock stands still."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.articles.admin.desk_pages import LATER


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield
