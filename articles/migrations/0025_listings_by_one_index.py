from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_listings_without_their_rows"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="editiontag", name="edition_tag_listing"),
        migrations.RemoveIndex(model_name="editionauthor", name="edition_author_listing"),
    ]
