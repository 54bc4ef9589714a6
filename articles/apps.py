"""The articles app: stories on the desk's side, editions on the readers'."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import attempts
        from articles import freshness
        from articles.desk import autosaving, chores, following_up, presence
        from articles.desk.appearing import appear
        from articles.desk.roots import make_roots
        from articles.integrity import checks  # noqa: F401  (registers the system checks)
        from articles.integrity.triggers import install_after_migrate
        from articles.pictures.developing import develop
        from articles.pictures.sweeping import sweep

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="articles.triggers")
        following_up.register("appeared", appear)
        chores.register("daily root", make_roots, every=timedelta(minutes=10))
        chores.register("old autosaves", autosaving.forget_old, every=timedelta(hours=1))
        chores.register("old openings", presence.forget_old, every=timedelta(hours=1))
        chores.register("old attempts to sign in", attempts.forget_old, every=timedelta(hours=1))
        chores.register("old public changes", freshness.forget_old, every=timedelta(days=1))
        chores.register("sizes of pictures", develop, every=timedelta(0))
        chores.register("files without a picture", sweep, every=timedelta(days=1))
