"""The map of the site; each app brings its own streets."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("alerts/", include("alerts.urls")),
    path("", include("articles.urls")),
]
