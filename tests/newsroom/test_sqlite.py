"""The SQLite backend keeps triggers across a table rebuild."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite alone"),
    pytest.mark.django_db(transaction=True),
]

GUARD = """
CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, 'only 100% of it stays'); END
"""


@pytest.fixture
def tables():
    """Two tables, a trigger on each; the one on letters names words too, as ours name revisions."""
    with isolate_apps("alerts"):

        class Word(models.Model):
            text = models.CharField(max_length=10)

            class Meta:
                app_label = "alerts"
                db_table = "test_word"

        class Letter(models.Model):
            text = models.CharField(max_length=10)

            class Meta:
                app_label = "alerts"
                db_table = "test_letter"

        with connection.schema_editor() as editor:
            editor.create_model(Word)
            editor.create_model(Letter)
        with connection.cursor() as cursor:
            cursor.execute(GUARD.format(name="word_stays", act="DELETE", table="test_word", condition="1"))
            known = "NOT EXISTS (SELECT 1 FROM test_word WHERE text = NEW.text)"
            cursor.execute(
                GUARD.format(name="letter_known", act="INSERT", table="test_letter", condition=known)
            )
        yield Word, Letter
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER word_stays")
            cursor.execute("DROP TRIGGER letter_known")
        with connection.schema_editor() as editor:
            editor.delete_model(Letter)
            editor.delete_model(Word)


def widen(model):
    """Rebuild the table, as any AlterField does."""
    longer = models.CharField(max_length=20, null=True)
    longer.set_attributes_from_name("text")
    longer.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, model._meta.get_field("text"), longer)


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'test_%%'"
        )
        return dict(cursor.fetchall())


class TestARebuiltTable:
    def test_keeps_its_triggers_word_for_word(self, tables):
        before = triggers()
        widen(tables[0])
        assert set(before) == {"word_stays", "letter_known"}
        assert triggers() == before

    def test_still_refuses_what_they_refuse(self, tables):
        word, letter = tables
        kept = word.objects.create(text="a")
        widen(word)
        widen(letter)
        with pytest.raises(IntegrityError, match="100% of it stays"), transaction.atomic():
            kept.delete()
        with pytest.raises(IntegrityError, match="100% of it stays"), transaction.atomic():
            letter.objects.create(text="b")
        letter.objects.create(text="a")

    def test_has_them_back_when_the_rebuild_fails(self, tables):
        word = tables[0]
        word.objects.bulk_create([word(text="a"), word(text="a")])
        before = triggers()
        unique = models.CharField(max_length=10, unique=True)
        unique.set_attributes_from_name("text")
        with pytest.raises(IntegrityError), connection.schema_editor() as editor:
            editor.alter_field(word, word._meta.get_field("text"), unique)
        assert triggers() == before


class TestAConnection:
    @pytest.mark.parametrize(
        ("pragma", "expected"), [("journal_mode", "wal"), ("recursive_triggers", 1), ("foreign_keys", 1)]
    )
    def test_is_set_up_as_the_record_needs(self, pragma, expected):
        with connection.cursor() as cursor:
            assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == expected
