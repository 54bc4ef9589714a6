"""The migrations of a new version leave a running site alone: their rules, an index for a busy table, `migrate`."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import OperationalError, connection, migrations, models
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from psycopg.errors import LockNotAvailable

from articles.integrity.indexes import AddIndexInPeace, RemoveIndexInPeace
from articles.management.commands import migrate as ours
from scripts.migrations import everywhere, faults

STORY = migrations.CreateModel(
    "Story",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("slug", models.CharField(max_length=80)),
        ("seen", models.IntegerField(null=True)),
    ],
)


def judged(*operations, **said):
    migration = type("Migration", (Migration,), {"operations": list(operations), **said})("0099_next", "desk")
    before = ProjectState()
    STORY.state_forwards("desk", before)
    return list(faults(migration, before))


class TestAMigrationThatHurts:
    @pytest.mark.parametrize(
        ("operation", "sentence"),
        [
            (migrations.AddField("story", "kind", models.CharField(max_length=9, default="news")), "db_default"),
            (migrations.AddField("story", "kind", models.IntegerField(null=True, db_index=True)), "AddIndexInPeace"),
            (migrations.AlterField("story", "seen", models.IntegerField(default=0)), "must not be empty any more"),
            (migrations.AlterField("story", "seen", models.BigIntegerField(null=True)), "every row is written anew"),
            (migrations.AlterField("story", "slug", models.CharField(max_length=40)), "every row is written anew"),
            (migrations.RemoveField("story", "seen"), "takes away"),
            (migrations.RenameField("story", "seen", "read"), "takes away"),
            (migrations.DeleteModel("Story"), "takes away"),
            (migrations.AddIndex("story", models.Index(fields=["slug"], name="by_slug")), "stops all writing"),
            (migrations.RemoveIndex("story", "by_slug"), "RemoveIndexInPeace"),
            (
                migrations.AddConstraint("story", models.UniqueConstraint(fields=["slug"], name="one_slug")),
                "keeps everybody out",
            ),
            (migrations.RunPython(migrations.RunPython.noop), "say why"),
        ],
    )  # fmt: skip
    def test_is_named_with_what_to_do_instead(self, operation, sentence):
        (fault,) = judged(operation)
        assert sentence in fault

    def test_may_say_why_it_does_not(self):
        assert not judged(migrations.RemoveField("story", "seen"), harmless="unused for a release")


class TestAMigrationThatOnlyAdds:
    def test_passes(self):
        assert not judged(
            migrations.CreateModel("Mark", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddIndex("mark", models.Index(fields=["id"], name="marks")),
            migrations.AddField("story", "kind", models.CharField(max_length=9, db_default="news")),
            migrations.AddField("story", "note", models.TextField(null=True)),
            migrations.AlterField("story", "slug", models.CharField(max_length=200)),
            AddIndexInPeace("story", models.Index(fields=["slug"], name="by_slug")),
            RemoveIndexInPeace("story", "by_slug"),
        )


def test_ours_all_pass():
    assert not list(everywhere())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("app", "operation", "index", "is_made"),
    [
        (
            "accounts",
            AddIndexInPeace("attempt", models.Index(fields=["key"], name="made_in_peace")),
            "made_in_peace",
            True,
        ),
        ("articles", RemoveIndexInPeace("editiontag", "edition_tag_newest"), "edition_tag_newest", False),
    ],
)
def test_an_index_is_made_or_dropped_beside_others_and_that_taken_back(app, operation, index, is_made):
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards(app, after)
    table = apps.get_model(app, operation.model_name)._meta.db_table
    forwards = (operation.database_forwards, before, after, is_made)
    backwards = (operation.database_backwards, after, before, not is_made)
    for act, old, new, is_there in (forwards, backwards):
        with connection.schema_editor(atomic=False) as editor:
            act(app, editor, old, new)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        assert (index in found) is is_there


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.django_db
class TestMigrateOnABusySite:
    @pytest.fixture
    def busy(self, monkeypatch):
        """How often a table is in use before it can be had; and the patience it was waited for with."""
        seen, times = [], [2]

        def handle(self, *args, **options):
            with connection.cursor() as cursor:
                cursor.execute("SHOW lock_timeout")
                seen.append(cursor.fetchone()[0])
            if len(seen) <= times[0]:
                raise OperationalError from LockNotAvailable()

        monkeypatch.setattr(migrate.Command, "handle", handle)
        monkeypatch.setattr(ours, "PAUSE", 0)
        return seen, times

    def test_gives_up_soon_and_tries_again(self, busy, capsys):
        call_command("migrate")
        assert busy[0] == ["2s"] * 3
        assert "9 tries are left" in capsys.readouterr().err

    def test_says_so_where_it_is_in_vain(self, busy):
        busy[1][0] = 99
        with pytest.raises(CommandError, match="longer than readers can wait"):
            call_command("migrate")
