"""People, and the two things the database itself insists on."""

import accounts.addresses
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', accounts.addresses.AddressField(error_messages={'unique': 'Somebody already signs in with this e-mail address.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='As colleagues know them.', max_length=150)),
                ('role', models.CharField(choices=[('contributor', 'Contributor'), ('editor', 'Editor'), ('manager', 'Manager'), ('administrator', 'Administrator')], default='contributor', max_length=20)),
                ('is_active', models.BooleanField(default=True, help_text='Untick when somebody leaves. They are signed out at once; their work stays.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'default_permissions': ('view', 'add', 'change'),
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_is_lower_case'), models.CheckConstraint(condition=models.Q(('role__in', ['contributor', 'editor', 'manager', 'administrator'])), name='person_role_is_known')],
            },
        ),
    ]
