from django.db import migrations

from articles.integrity.indexes import RemoveIndexInPeace


class Migration(migrations.Migration):
    """The old code needs neither: the indexes of 0024 begin with the same columns."""

    atomic = False

    dependencies = [
        ("articles", "0024_listings_without_their_rows"),
    ]

    operations = [
        RemoveIndexInPeace(model_name="editiontag", name="edition_tag_listing"),
        RemoveIndexInPeace(model_name="editionauthor", name="edition_author_listing"),
    ]
