import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Edition, Revision, Section, Story
from tests.newsdesk import Cast, published
from tests.wall.addresses import ADDRESSES, public_routes
from tests.wall.guard import READERS_TABLES, WallBrokenError, desk_tables, wall
from tests.wall.newspaper import print_newspaper


class TestRegister:
    def test_lists_every_public_address(self) -> None:
        new, gone = public_routes() - set(ADDRESSES), set(ADDRESSES) - public_routes()
        assert not new, f"a new public address needs a row in tests/wall/addresses.py: {sorted(new)}"
        assert not gone, f"these rows of tests/wall/addresses.py name no address any more: {sorted(gone)}"

    def test_has_an_example_of_every_answer(self) -> None:
        statuses = {example.status for row in ADDRESSES.values() for example in row}
        assert statuses == {200, 301, 302, 400, 404, 410}


class TestWall:
    """Walked by a reader, and by an editor who is signed in: a reader's page must not even ask who it is."""

    def test_stands_at_every_public_address(self, cast: Cast) -> None:
        paper, reader, editor = print_newspaper(cast), Client(), Client()
        editor.force_login(cast.editor)
        for client in (reader, editor):
            answers = [(row, answer(client, row.path)) for row in paper.examples()]
            assert {row.path: got.status_code for row, got in answers if got.status_code != row.status} == {}
            assert [row.path for row, got in answers if got.cookies] == []
            assert [row.path for row, got in answers if "Cookie" in got.headers.get("Vary", "")] == []


def answer(client: Client, path: str) -> HttpResponse:
    """Drill F6, small: no page asks more than a dozen questions."""
    with wall(), CaptureQueriesContext(connection) as queries:
        answered = client.get(path)
    assert len(queries) <= 12, path
    return answered


class TestGuard:
    """The wall is worth what it stops."""

    def test_counts_new_tables_as_the_desks(self) -> None:
        assert {"articles_story", "articles_revision", "accounts_user", "django_session"} <= desk_tables()
        assert not desk_tables() & READERS_TABLES
        assert set(connection.introspection.django_table_names()) >= READERS_TABLES

    @pytest.mark.parametrize(
        "ask",
        [
            lambda edition: edition.story,
            lambda edition: edition.revision,
            lambda edition: Edition.objects.select_related("story").first(),
            lambda edition: Edition.objects.filter(story__slug="x").exists(),
            lambda edition: Edition.objects.filter(revision__number=1).exists(),
            lambda edition: Revision.objects.count(),
            lambda edition: edition.approval.actor,
            lambda edition: Edition.objects.filter(slug="x").count(),
            lambda edition: list(Edition.objects.order_by("pk")[20:40]),
            lambda edition: Section.objects.update(order=1),
            lambda edition: Section.objects.create(name="New"),
        ],
    )
    def test_stops_whatever_asks_the_desk_counts_or_skips(self, cast: Cast, ask) -> None:
        published(cast)
        edition = Edition.objects.get()
        with wall(), pytest.raises(WallBrokenError):
            ask(edition)

    def test_lets_story_ids_through(self, cast: Cast) -> None:
        story: Story = published(cast)
        with wall():
            assert Edition.objects.filter(story_id=story.pk).order_by("-story_id").get().story_id == story.pk
