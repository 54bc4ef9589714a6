"""Where readers register for e-mail, where the links in their mails lead, and where providers report to."""

from django.urls import path, re_path

from alerts.preferences import views as preferences
from alerts.preferences.unsubscribing import unsubscribe
from alerts.registering import views as registering
from alerts.webhooks.views import events

app_name = "alerts"

#: Whatever a mail program made of a token: what is none is answered in words. The slash at the end gets lost too, and
#: a redirect would make a GET of a POST.
GIVEN = r"(?P<given>[^/]{1,200})"

urlpatterns = [
    path("", registering.register, name="register"),
    path("check-your-inbox/", registering.check_inbox, name="check_inbox"),
    path("confirm/<str:key>/", registering.confirm, name="confirm"),
    path("manage/", registering.lost_link, name="lost_link"),
    re_path(rf"^manage/{GIVEN}/?\Z", preferences.manage, name="manage"),
    re_path(rf"^manage/{GIVEN}/download/?\Z", preferences.download, name="download"),
    re_path(rf"^manage/{GIVEN}/erase/?\Z", preferences.erasing, name="erase"),
    re_path(rf"^unsubscribe/{GIVEN}/?\Z", unsubscribe, name="unsubscribe"),
    path("events/<slug:provider>/", events, name="provider_events"),
]
