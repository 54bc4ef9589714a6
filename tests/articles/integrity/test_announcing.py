"""The database itself says that something readers see was changed, whichever way in; and no more than that."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from articles import freshness
from articles.integrity.announcing import ANNOUNCED, SILENT
from articles.models import Author, PublicChange, Section
from tests.newsdesk import NOW, draft, hire, published, republished, section
from tests.wall.guard import READERS_TABLES


class TestEveryTableThatReadersSee:
    def test_is_announced_or_named_as_silent(self) -> None:
        of_readers = {table for table in READERS_TABLES if table.startswith("articles_")}
        assert of_readers == (ANNOUNCED.keys() | SILENT.keys()) - {"articles_redaction"}

    def test_exists(self) -> None:
        assert {model._meta.db_table for model in apps.get_models()} >= ANNOUNCED.keys() | SILENT.keys()


def undone() -> None:
    """Change something, and take it back."""
    with transaction.atomic():
        Section.objects.update(name="Not so")
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
class TestAnnouncements:
    def said_by(self, change: Callable[[], Any]) -> tuple[bool, bool]:
        """Whether a change, committed, is announced, and whether it may have taken something."""
        before = freshness.changes()
        with transaction.atomic():
            change()
        return tuple(new != old for new, old in zip(freshness.changes(), before, strict=True))  # type: ignore[return-value]

    def test_are_made_by_what_readers_notice_alone(self) -> None:
        place = section()
        rows = Section.objects.filter(pk=place.pk)
        assert self.said_by(lambda: Section.objects.create(name="New", slug="new")) == (False, False)
        assert self.said_by(lambda: rows.update(name="Renamed")) == (True, True)
        assert self.said_by(rows.delete) == (True, True)
        assert self.said_by(lambda: Author.objects.create(name="A", slug="a")) == (False, False)

    def test_are_made_by_a_line_of_sql(self) -> None:
        section()
        with connection.cursor() as cursor:
            said = self.said_by(lambda: cursor.execute("UPDATE articles_section SET name = 'By hand'"))
        assert said == (True, True)

    def test_go_with_their_transaction(self) -> None:
        section()
        before = freshness.changes()
        undone()
        assert freshness.changes() == before

    def test_come_again_after_a_part_of_the_transaction_was_undone(self) -> None:
        section()

        def change() -> None:
            undone()
            Section.objects.update(name="So")

        assert self.said_by(change) == (True, True)

    def test_forgetting_old_ones_hides_none(self) -> None:
        place = section()
        Section.objects.filter(pk=place.pk).update(name="Renamed")
        said = {freshness.changes()}
        freshness.forget_old(NOW + timedelta(days=30_000))
        said.add(freshness.changes())
        Section.objects.filter(pk=place.pk).update(name="Again")
        said.add(freshness.changes())
        assert len(said) == 3
        assert PublicChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAPublication:
    def test_adds_and_a_second_one_may_take(self) -> None:
        cast = hire()
        before = freshness.changes()
        draft(cast.editor, headline="Only a draft")
        assert freshness.changes() == before
        story = published(cast)
        after = freshness.changes()
        assert (after[0] != before[0], after[1] != before[1]) == (True, False)
        republished(story, cast, now=NOW + timedelta(minutes=1), headline="Changed", change_kind="update")
        assert freshness.changes()[1] != after[1]
