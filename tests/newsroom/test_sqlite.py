"""The SQLite backend keeps triggers across a table rebuild."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext, isolate_apps

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


@pytest.fixture
def family():
    """Parents, children that name them, and strangers."""
    names = "test_parent", "test_child", "test_stranger"
    keys = "", ", parent_id INTEGER REFERENCES test_parent (id) DEFERRABLE INITIALLY DEFERRED", ""
    with connection.cursor() as cursor:
        for name, key in zip(names, keys, strict=True):
            cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, word TEXT{key})")
        cursor.execute("INSERT INTO test_parent VALUES (1, 'a')")
        cursor.execute("INSERT INTO test_child VALUES (1, 'a', 1)")
        yield
        for name in reversed(names):
            cursor.execute(f"DROP TABLE {name}")


BREAKING = [
    "INSERT INTO test_child VALUES (2, 'b', 7)",
    'DELETE FROM "test_parent"',
    "UPDATE test_child SET parent_id = 7",
    "UPDATE test_parent SET id = 7",
    "REPLACE INTO test_child VALUES (1, 'b', 7)",
    "WITH seven AS (SELECT 7) UPDATE test_child SET parent_id = 7",
]


class TestAMigration:
    @pytest.mark.parametrize("statement", BREAKING)
    def test_is_refused_that_leaves_a_key_which_names_nothing(self, family, statement):
        with pytest.raises(IntegrityError, match="invalid foreign key"), connection.schema_editor() as editor:
            editor.execute(statement)

    def test_is_refused_where_a_trigger_breaks_the_key(self, family):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER test_follow AFTER INSERT ON test_stranger "
                "BEGIN UPDATE test_child SET parent_id = 7; END"
            )
        with pytest.raises(IntegrityError, match="invalid foreign key"), connection.schema_editor() as editor:
            editor.execute("INSERT INTO test_stranger VALUES (1, 'a')")

    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            ("CREATE INDEX test_words ON test_stranger (word)", []),
            ("ALTER TABLE test_stranger ADD COLUMN more TEXT", ["test_stranger"]),
            ("INSERT INTO test_parent VALUES (2, 'b')", ["test_parent"]),
            ("UPDATE test_parent SET word = 'b'", ["test_child", "test_parent"]),
            ("ALTER TABLE test_parent RENAME TO test_parent2", ["test_child", "test_parent2"]),
        ],
    )
    def test_reads_no_table_that_it_cannot_have_broken(self, family, statement, expected):
        with CaptureQueriesContext(connection) as asked, connection.schema_editor() as editor:
            editor.execute(statement)
        read = [query["sql"] for query in asked if "foreign_key_check" in query["sql"]]
        assert read == [f'PRAGMA foreign_key_check("{name}")' for name in expected]
        if "RENAME" in statement:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE test_parent2 RENAME TO test_parent")


class TestAConnection:
    @pytest.mark.parametrize(
        ("pragma", "expected"), [("journal_mode", "wal"), ("recursive_triggers", 1), ("foreign_keys", 1)]
    )
    def test_is_set_up_as_the_record_needs(self, pragma, expected):
        with connection.cursor() as cursor:
            assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == expected
