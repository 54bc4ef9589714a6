from collections.abc import Iterator

import pytest
import time_machine

from articles import navigation
from tests.newsdesk import MINUTE, NOW


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """A minute after everything was published, with nothing remembered of another test's site."""
    navigation.forget()
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield
    navigation.forget()
