"""A worker's turn ends when there is nothing left to do, however slow the machine is that the tests run on."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _long_turns() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alerts.fan_out.A_TURN", 60.0)
        yield
