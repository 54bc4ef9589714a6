"""Search: a document an edition, and the words of it in whichever form the database searches best.

Editions that were published before have theirs made by `rerender`, which the new renderer calls for anyway.
"""

from typing import Any

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

POSTGRESQL = ["CREATE INDEX search_words ON articles_searchdoc USING gin (words)"]
SQLITE = [
    "CREATE VIRTUAL TABLE articles_searchtext"
    " USING fts5(headline, standfirst, named, body, forms, marks, tokenize = 'ascii')"
]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE articles_searchtext")


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_preview_links")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.CharField(max_length=64, primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("words", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_doc",
                        to="articles.edition",
                    ),
                ),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
