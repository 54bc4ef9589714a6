"""Search on PostgreSQL: words as they are stored are words as they are read.

A large value is kept apart and packed unless its table says otherwise, and then each story that a search walks past
has to be fetched and unpacked. So forms get a column of their own, and the stems stay in the row, as they are. The
index takes new words at once: a list of those to come would be read by every search.
"""

from typing import Any

import django.contrib.postgres.search
from django.db import migrations

_WRITTEN = "ARRAY(SELECT lexeme FROM unnest(words) WHERE lexeme LIKE '~%')"

POSTGRESQL = [
    "DROP INDEX search_words",
    "ALTER TABLE articles_searchdoc ALTER words SET STORAGE EXTERNAL",
    "ALTER TABLE articles_searchdoc SET (toast_tuple_target = 8160)",
    "UPDATE articles_searchdoc SET words = ts_delete(words, " + _WRITTEN + "),"
    " forms = array_to_tsvector(ARRAY(SELECT substr(lexeme, 2) FROM unnest(words) WHERE lexeme LIKE '~%'))",
    "SET LOCAL maintenance_work_mem = '256MB'",
    "CREATE INDEX search_words ON articles_searchdoc USING gin (words, forms) WITH (fastupdate = off)",
]


def keep_in_reach(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_pages")]

    operations = [
        migrations.AddField(
            model_name="searchdoc",
            name="forms",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.RunPython(keep_in_reach, migrations.RunPython.noop),
    ]
