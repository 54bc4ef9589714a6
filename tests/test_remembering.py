"""What is written from memory is what would have been built (tests/remembering.py)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.desk import workflow
from articles.models import Edition, Section, Story
from tests import newsdesk
from tests.newsdesk import MINUTE, NOW, Cast, draft, hire, published, republished
from tests.remembering import journal, remembered

pytestmark = pytest.mark.django_db

#: The database itself writes the time into its rows.
DATED = "articles_publicchange"

#: Fewer than this, and nothing was asked.
FEW = 60


@pytest.fixture(autouse=True)
def _remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "known", {})
    monkeypatch.setattr(journal, "is_certain", True)
    journal.watch(monkeypatch)


def _in_a_new_test(build: Callable[[Cast], Any]) -> tuple[dict[str, Any], int]:
    """Build it as a test would, and take it back; answers what every table holds, and how many queries it took."""
    with transaction.atomic():
        journal.digest = b""
        cast = hire()
        with CaptureQueriesContext(connection) as queries:
            build(cast)
        rows = _rows()
        transaction.set_rollback(True)
    return rows, len(queries)


def _rows() -> dict[str, Any]:
    with connection.cursor() as cursor:
        found: dict[str, Any] = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall())) if table != DATED else len(cursor.fetchall())
    return found


def _corrected(cast: Cast) -> None:
    story = published(cast)
    republished(story, cast, now=NOW + MINUTE, headline="Council puts them in two", change_kind="update")


class TestTheThirdTime:
    @pytest.mark.parametrize("build", [published, _corrected])
    def test_every_row_is_as_when_it_was_built(self, build: Callable[[Cast], Any]) -> None:
        built, asked = _in_a_new_test(build)
        _in_a_new_test(build)
        written, little = _in_a_new_test(build)
        assert written == built
        assert little < FEW < asked

    def test_the_story_can_be_gone_on_with(self) -> None:
        def goes_on(cast: Cast) -> None:
            story = published(cast)
            assert story.created_by == cast.editor
            assert story.slug == Story.objects.get().slug == Edition.objects.get().slug
            workflow.perform(
                story, "take_down", by=cast.manager, now=NOW, kind="error", public_note="Untrue."
            )

        for _ in range(3):
            _in_a_new_test(goes_on)


class TestBuiltForReal:
    def test_is_what_follows_another_write(self) -> None:
        def renamed(cast: Cast) -> None:
            Section.objects.filter(pk=newsdesk.section().pk).update(name="Town and Country")
            assert published(cast).section.name == "Town and Country"
            assert "Town and Country" in Edition.objects.get().content

        for _ in range(3):
            _in_a_new_test(lambda cast: published(cast, section=newsdesk.section()))
        _, asked = _in_a_new_test(renamed)
        assert asked > FEW

    def test_is_what_is_asked_for_in_other_words(self) -> None:
        for _ in range(3):
            _in_a_new_test(published)
        _, asked = _in_a_new_test(lambda cast: published(cast, headline="Another"))
        assert asked > FEW

    def test_is_what_comes_out_otherwise_each_time(self) -> None:
        heads = iter("ABCD")

        @remembered
        def another(cast: Cast) -> Story:
            return draft(cast.editor, headline=next(heads))

        written = [_in_a_new_test(another)[0]["articles_story"] for _ in range(4)]
        assert len({str(rows) for rows in written}) == 4

    def test_is_whatever_has_settings_of_its_own(self, settings: Any) -> None:
        for _ in range(3):
            _in_a_new_test(published)
        settings.SITE_NAME = "The Other Wire"
        _, asked = _in_a_new_test(published)
        assert asked > FEW

    def test_is_whatever_has_something_patched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(3):
            _in_a_new_test(published)
        monkeypatch.setattr(newsdesk, "BODY", "<p>Another.</p>")
        _, asked = _in_a_new_test(published)
        assert asked > FEW
