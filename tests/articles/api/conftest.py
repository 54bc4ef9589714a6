"""The API as programs ask it, on one fixed day."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.newsdesk import MINUTE, NOW


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield
