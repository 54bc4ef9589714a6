"""The newsroom as an app: what concerns all the others, such as backups, the doctor and what is forgotten when."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.admin.alarm_box import SOURCES
        from newsroom.backups.alarms import backup_alarms

        SOURCES.append(backup_alarms)
