from django.db import migrations, models

from articles.integrity.indexes import AddIndexInPeace


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0023_removals_and_cancelled"),
    ]

    operations = [
        AddIndexInPeace(
            model_name="editiontag",
            index=models.Index(
                models.F("tag"),
                models.F("first_published_at").desc(),
                models.F("story").desc(),
                models.F("edition"),
                name="edition_tag_newest",
            ),
        ),
        AddIndexInPeace(
            model_name="editionauthor",
            index=models.Index(
                models.F("author"),
                models.F("first_published_at").desc(),
                models.F("story").desc(),
                models.F("edition"),
                name="edition_author_newest",
            ),
        ),
    ]
