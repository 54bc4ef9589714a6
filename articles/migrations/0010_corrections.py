"""The list of corrections has rows of its own, filled from the editions that brought a note."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    editions = apps.get_model("articles", "Edition").objects.filter(
        change_kind__in=("clarification", "correction", "retraction"), origin__in=("reviewed", "unreviewed")
    )
    Row = apps.get_model("articles", "EditionCorrection")
    noted = editions.filter(published_at__gt=models.F("first_published_at"))
    rows = noted.values_list("pk", "story_id", "published_at").iterator(chunk_size=1000)
    Row.objects.bulk_create(
        [Row(edition_id=edition, story_id=story, published_at=at) for edition, story, at in rows], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_follow_ups_and_roots")]

    operations = [
        migrations.CreateModel(
            name="EditionCorrection",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="correction_row",
                        serialize=False,
                        to="articles.edition",
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("story"), descending=True),
                        name="correction_listing",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
