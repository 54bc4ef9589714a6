"""Renditions: a row for each file made of a picture.

Pictures that came before have all their plain sizes; the worker makes the better formats.
"""

import itertools
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from articles.pictures.renditions import PLAIN, sizes_for

BATCH = 500


def order(apps: Any, schema_editor: Any) -> None:
    Image, Rendition = apps.get_model("articles", "Image"), apps.get_model("articles", "Rendition")
    now = timezone.now()
    pictures = Image.objects.order_by("pk").values_list("pk", "width", "uploaded_at")
    rows = (
        Rendition(
            image_id=key,
            extension=size.extension,
            width=size.width,
            made_at=uploaded_at if size.extension == PLAIN else None,
            next_try_at=now,
        )
        for key, width, uploaded_at in pictures.iterator(chunk_size=BATCH)
        for size in sizes_for(width)
    )
    while batch := list(itertools.islice(rows, BATCH)):
        Rendition.objects.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('width', models.PositiveIntegerField()),
                ('extension', models.CharField(max_length=4)),
                ('byte_size', models.PositiveIntegerField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('error', models.CharField(blank=True, max_length=300)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='articles.image')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('made_at', None)), fields=['next_try_at'], name='renditions_to_make')],
                'constraints': [models.UniqueConstraint(fields=('image', 'extension', 'width'), name='one_rendition_a_width_and_format')],
            },
        ),
        migrations.RunPython(order, migrations.RunPython.noop, elidable=True),
    ]
