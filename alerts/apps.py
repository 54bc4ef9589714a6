"""The alerts app: subscribers and what is sent to them."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings


class AlertsConfig(AppConfig):
    name = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alerts import failpoints, fan_out, leaving, redacting
        from alerts.digests.delivering import step as a_step_of_a_digest
        from alerts.digests.runs import make_due
        from alerts.models.notices import Notice
        from alerts.registering import limits
        from alerts.sending import pacing, sending, uncertain, watching, writing
        from alerts.staff.events import tell_staff
        from alerts.staff.people import may_still_know
        from alerts.staff.reminders import remind
        from alerts.telling import noticing, stages
        from articles.desk import chores, following_up, places

        failpoints.check()
        places.register(redacting.STAFF_LETTERS, redacting.forget_renderings)
        following_up.register("readers told", noticing.tell)
        fan_out.register(Notice.Kind.EDITION, stages.step)
        fan_out.register(Notice.Kind.DIGEST, a_step_of_a_digest)
        writing.MAY_STILL_KNOW.append(may_still_know)
        chores.register("digests", make_due, every=timedelta(seconds=30))
        chores.register("recipients", fan_out.fan_out, every=timedelta(0))
        for number in range(settings.MAIL_CONNECTIONS):
            name = f"mail {number + 1}"
            chores.register(name, sending.send_due, every=timedelta(0), apart=name)
        chores.register("uncertain mail", uncertain.sweep, every=timedelta(seconds=5), apart="mail 1")
        chores.register("bounces and complaints", watching.watch, every=timedelta(seconds=5))
        chores.register("mail too old", sending.give_up_old, every=timedelta(minutes=1))
        chores.register("old paces", pacing.forget_old, every=timedelta(hours=1))
        chores.register("old addresses", leaving.forget_old, every=timedelta(minutes=10))
        chores.register("old attempts to register", limits.forget_old, every=timedelta(hours=1))
        chores.register("staff told", tell_staff, every=timedelta(0))
        chores.register("staff reminded", remind, every=timedelta(minutes=1))
