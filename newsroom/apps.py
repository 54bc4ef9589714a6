"""The newsroom as an app: what concerns all the others, such as backups, the doctor and what is forgotten when."""

from datetime import timedelta

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.admin.alarm_box import SOURCES
        from articles.desk import chores
        from newsroom.backups.alarms import backup_alarms
        from newsroom.purging import telling
        from newsroom.purging.alarms import purge_alarms
        from newsroom.retention import forgetting

        SOURCES.extend([backup_alarms, purge_alarms])
        chores.register("forgotten rows", forgetting.forget_old, every=forgetting.EACH)
        # Apart, because it waits for another machine.
        chores.register("purges", telling.tell, every=timedelta(0), apart="purges")
