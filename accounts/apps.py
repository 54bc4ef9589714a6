"""The accounts app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import factors, lifetimes
        from accounts.roles import sync_after_migrate

        factors.connect()
        lifetimes.connect()
        post_migrate.connect(sync_after_migrate, dispatch_uid="accounts.roles")
