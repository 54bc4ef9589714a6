from django.db import migrations, models

from articles.integrity.indexes import AddIndexInPeace


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0022_lists_of_the_desk"),
    ]

    operations = [
        AddIndexInPeace(
            model_name="edition",
            index=models.Index(
                fields=["published_at"], condition=models.Q(removal_kind__gt=""), name="edition_removal"
            ),
        ),
        AddIndexInPeace(
            model_name="edition",
            index=models.Index(
                fields=["story"],
                condition=models.Q(superseded_at=models.F("published_at")),
                name="edition_cancelled",
            ),
        ),
    ]
