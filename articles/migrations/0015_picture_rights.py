import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.images

_KEY = re.compile(r'data-file="([0-9a-f]{32})"')


def fill(apps, schema_editor):
    """Index what the stories show as they stand: once, from their texts; from now on each save does it."""
    Story, Row = apps.get_model("articles", "Story"), apps.get_model("articles", "StoryImage")
    Image = apps.get_model("articles", "Image")
    rows = []
    pictured = Story.objects.filter(models.Q(lead_image__isnull=False) | models.Q(body__contains="data-file"))
    for pk, lead, body in pictured.values_list("pk", "lead_image", "body").iterator(chunk_size=500):
        keys = set(_KEY.findall(body))
        images = set(Image.objects.filter(key__in=keys).values_list("pk", flat=True)) if keys else set()
        rows += [Row(story_id=pk, image_id=image) for image in images | ({lead} - {None})]
    Row.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_front_page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="image",
            name="licence_file",
            field=models.FileField(
                blank=True,
                editable=False,
                max_length=200,
                upload_to=articles.models.images.proof_path,
                verbose_name="proof as a file",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="licence_note",
            field=models.CharField(
                blank=True,
                help_text="What else the licence asks for: a territory, one story only, no cropping.",
                max_length=300,
                verbose_name="conditions",
            ),
        ),
        migrations.CreateModel(
            name="LicenceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_changes",
                        to="articles.image",
                    ),
                ),
            ],
            options={"ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            name="StoryImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story_rows",
                        to="articles.image",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="image_rows",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("story", "image"), name="a_story_has_a_picture_once")
                ]
            },
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["licence_ends_at"], name="image_licence_end"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
