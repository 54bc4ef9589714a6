"""The least Django can do: one view, no middleware, no database. What everything else is compared with."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    # With its length, as the newsroom's answers have it; else gunicorn would send it in chunks, which costs more.
    return HttpResponse(b"Hello, world", headers={"Content-Length": "12"})


settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="unused",
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
)
urlpatterns = [path("", hello)]
application = get_wsgi_application()
