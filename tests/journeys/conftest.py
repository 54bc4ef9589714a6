import pytest

from tests.journeys.steps import opened_newsroom
from tests.newsdesk import Cast


@pytest.fixture
def newsroom(transactional_db: None) -> Cast:
    return opened_newsroom()
