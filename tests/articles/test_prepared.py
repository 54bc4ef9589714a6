from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from articles.models.editions import Edition
from articles.prepared import Prepared
from tests.newsdesk import MINUTE, NOW, Cast, published

pytestmark = pytest.mark.django_db


def _named(now: datetime, headline: str) -> QuerySet[Any, Any]:
    found = Edition.objects.live(now).filter(headline=headline)
    return found.values_list("headline", "byline", "first_published_at", "updated_at", "section__name")


class TestPrepared:
    def test_gives_what_the_queryset_gives(self, cast: Cast) -> None:
        published(cast, headline="One")
        published(cast, headline="Two")
        query = Prepared(_named, now=datetime, headline=str)
        for headline in ("One", "Two", "Three"):
            assert query(now=NOW, headline=headline) == list(_named(NOW, headline))
        assert query(now=NOW - MINUTE, headline="One") == []

    def test_composes_only_once(self, cast: Cast) -> None:
        calls = []

        def build(now: datetime) -> QuerySet[Any, Any]:
            calls.append(now)
            return Edition.objects.live(now).values_list("headline")

        query = Prepared(build, now=datetime)
        query(now=NOW)
        query(now=NOW)
        assert len(calls) == 1

    def test_takes_values_as_values(self, cast: Cast) -> None:
        published(cast, headline="One")
        query = Prepared(_named, now=datetime, headline=str)
        assert query(now=NOW, headline="' OR 1=1 --") == []

    def test_refuses_a_query_that_reworks_its_value(self) -> None:
        query = Prepared(
            lambda headline: Edition.objects.filter(headline__icontains=headline).values_list("pk"),
            headline=str,
        )
        with pytest.raises(TypeError, match="headline"):
            query(headline="x")

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans")
    def test_has_the_server_keep_its_plan(self, cast: Cast) -> None:
        published(cast, headline="One")
        query = Prepared(_named, now=datetime, headline=str)
        kept, connection.connection.prepare_threshold = connection.connection.prepare_threshold, 5
        try:
            answers = [query(now=NOW, headline=headline) for headline in ("One", "Two", "One")]
        finally:
            connection.connection.prepare_threshold = kept
        assert [len(answer) for answer in answers] == [1, 0, 1]
        with connection.cursor() as cursor:
            cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements")
            assert cursor.fetchall() == [(3,)]
