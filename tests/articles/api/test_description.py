"""The API does what it says of itself: its own description, asked by a program that knows nothing else."""

from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from tests.newsdesk import Cast, picture, published, taken_down

#: A slug that is none is refused by design, and so is a day before there were newspapers.
LEFT_OUT = ("positive_data_acceptance", "missing_required_header")


@pytest.mark.django_db(transaction=True)
class TestTheDescription:
    def test_holds_for_whatever_is_asked(self, cast: Cast, live_server: Any) -> None:
        published(cast, slug="live", lead_image=picture())
        taken_down(cast, slug="gone")
        schema = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")
        checks = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
        asked = []
        for found in schema.get_all_operations():
            operation = found.ok()

            @given(case=operation.as_strategy())
            @settings(
                max_examples=25,
                database=None,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def holds(case: Any) -> None:
                asked.append(case)
                case.call_and_validate(checks=checks)

            holds()
        assert len(asked) >= 40

    def test_is_explained_to_people(self) -> None:
        page = Client().get("/api/v1/").content.decode()
        for words in ("GET /api/v1/articles/{slug}/", "WholeArticle", "When it was first published."):
            assert words in page
