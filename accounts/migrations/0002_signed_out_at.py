"""Remember when a person was last signed out everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='signed_out_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='signed out everywhere at'),
        ),
    ]
