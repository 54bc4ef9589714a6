"""The desk's pages about subscribers and mail."""

from django.contrib import admin

from alerts.admin import (
    address,
    followers,
    importing,
    mail_preview,
    overview,
    pages,
    staff_mail,
    story,
    subscribers,
    uncertain,
)
from alerts.admin.introductions import IntroductionAdmin
from alerts.admin.late import mail_alarms
from alerts.admin.story import story_panel
from alerts.models import Introduction
from alerts.staff.told import staff_told
from articles.admin.alarm_box import SOURCES
from articles.admin.panels import PANELS

PAGES: dict[str, tuple[str, pages.View]] = {
    "overview": ("", overview.overview_view),
    "story": ("stories/<int:story>/", story.story_view),
    "uncertain": ("uncertain/", uncertain.uncertain_view),
    "followers": ("followers/", followers.followers_view),
    "subscribers": ("subscribers/", subscribers.subscribers_view),
    "export": ("subscribers/export/", subscribers.export_view),
    "import": ("subscribers/import/", importing.import_view),
    "address": ("subscribers/<slug:hashed>/", address.address_view),
}

staff_mail.put_on(admin.site)
PANELS.append(mail_preview.story_panel)
PANELS.append(story_panel)
PANELS.append(staff_told)
SOURCES.append(mail_alarms)
pages.put_on(admin.site, PAGES | mail_preview.PAGES)
admin.site.register(Introduction, IntroductionAdmin)
