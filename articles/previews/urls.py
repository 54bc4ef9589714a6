"""Preview links, below /preview/. What matches none of these is an address that never was, like a dead link."""

from django.urls import URLPattern, re_path

from articles.models.images import KEY_PATTERN
from articles.previews import views

app_name = "previews"

TOKEN = r"(?P<token>[A-Za-z0-9_-]{1,100})"  # noqa: S105  (a pattern)

urlpatterns: list[URLPattern] = [
    re_path(rf"^{TOKEN}/\Z", views.preview, name="preview"),
    # Mail programs leave out the slash at the end; a redirect, which is an address too, would be kept somewhere.
    re_path(rf"^{TOKEN}\Z", views.preview),
    re_path(
        rf"^{TOKEN}/media/(?P<key>{KEY_PATTERN})/w(?P<width>[1-9][0-9]{{1,4}})\.(?P<extension>jpg|webp|avif)\Z",
        views.picture,
        name="picture",
    ),
]
