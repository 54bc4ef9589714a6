from django.db import migrations, models

from articles.integrity.indexes import AddIndexInPeace


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0021_public_changes"),
    ]

    operations = [
        AddIndexInPeace(
            model_name="story",
            index=models.Index(fields=["section", "-updated_at"], name="story_section_updated"),
        ),
        AddIndexInPeace(
            model_name="story",
            index=models.Index(
                fields=["embargo_at"], condition=models.Q(embargo_at__isnull=False), name="story_embargo"
            ),
        ),
        AddIndexInPeace(
            model_name="story",
            index=models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="story_due"),
        ),
    ]
