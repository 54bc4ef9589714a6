from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from articles.models.editions import Edition
from articles.models.sections import Section
from articles.prepared import Prepared, PreparedUpdate, one_after_the_other
from tests.newsdesk import MINUTE, NOW, Cast, published, section

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

    def test_keeps_a_percent_sign_of_the_query_apart_from_its_values(self, cast: Cast) -> None:
        published(cast, headline="One")
        begins = RawSQL("headline LIKE 'O%%'", [], output_field=BooleanField())
        query = Prepared(
            lambda now, headline: _named(now, headline).filter(begins), now=datetime, headline=str
        )
        assert [row[0] for row in query(now=NOW, headline="One")] == ["One"]

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
            cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements")
            assert cursor.fetchall() == [(3, 0)]

    @pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL makes one plan for all values"
    )
    def test_is_planned_by_what_is_the_same_each_time(self) -> None:
        """An index is made for what was taken down; it cannot be taken where the server does not know of that."""
        query = Prepared(
            lambda now: Edition.objects.removals().filter(published_at__lt=now).values_list("pk"),
            now=datetime,
        )
        sql, _ = query.written(now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"PREPARE taken_down (timestamptz) AS {sql % '$1'}", [])
            cursor.execute("EXPLAIN EXECUTE taken_down (now())")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "edition_removal" in plan


class TestPreparedUpdate:
    def test_changes_what_matches_and_says_how_many(self, cast: Cast) -> None:
        published(cast, headline="One")
        update = PreparedUpdate(_renamed, of=str, section=str)
        assert [update(of="One", section=name) for name in ("A", "B")] == [1, 1]
        assert update(of="Two", section="C") == 0
        assert Section.objects.get().name == "B"


@pytest.mark.django_db(transaction=True)
class TestOneAfterTheOther:
    """With commits of its own, as mail is stamped."""

    @pytest.fixture
    def address(self) -> PreparedUpdate:
        section("Health", "health")
        section("Justice", "justice")
        return PreparedUpdate(
            lambda of, slug: (Section.objects.filter(slug=of), {"slug": slug}), of=str, slug=str
        )

    def test_says_of_each_how_many_matched(self, address: PreparedUpdate) -> None:
        changes = ({"of": "health", "slug": "a"}, {"of": "nothing", "slug": "b"}, {"of": "a", "slug": "c"})
        assert one_after_the_other(*((address, change) for change in changes)) == [1, 0, 1]
        assert addresses() == ["c", "justice"]

    @pytest.mark.parametrize("wrong", [0, 1])
    def test_changes_nothing_where_one_of_them_cannot_be(self, address: PreparedUpdate, wrong: int) -> None:
        changes = [{"of": "health", "slug": "a"}, {"of": "health", "slug": "b"}]
        changes[wrong]["slug"] = "justice"
        changes[1]["of"] = "a" if wrong else "health"
        with pytest.raises(DatabaseError):
            one_after_the_other(*((address, change) for change in changes))
        assert addresses() == ["health", "justice"]

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
    def test_can_be_asked_again_after_the_connection_was_cut(self, address: PreparedUpdate) -> None:
        change = (address, {"of": "health", "slug": "a"})
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [(key,)] = cursor.fetchall()
        with psycopg.connect(
            **connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
        ) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [key])
        with pytest.raises(DatabaseError):
            one_after_the_other(change)
        assert one_after_the_other(change) == [1]


def addresses() -> list[str]:
    return sorted(Section.objects.values_list("slug", flat=True))


def _renamed(of: str, section: str) -> tuple[QuerySet[Any, Any], dict[str, Any]]:
    told_of = Edition.objects.filter(section=OuterRef("pk"), headline=of)
    return Section.objects.filter(Exists(told_of)), {"name": section}
