"""Tests of pages run on one morning: a minute after NOW, when what the builders publish has appeared."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.newsdesk import MINUTE, NOW


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield
