"""What readers are told when there is no page: plainly, and with a way on."""

from django.http import HttpRequest, HttpResponse

from articles.api.problems import PREFIX, problem
from articles.views.pages import page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page("400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page("403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say the same for every address that is not there, so that nobody learns which slugs are taken."""
    if request.path.startswith(PREFIX):
        return problem(404, "There is nothing here.")
    return page("404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer without the database: it may be what failed."""
    if request.path.startswith(PREFIX):
        return problem(500, "Something went wrong on our side. Please try again later.")
    return page("500.html", status=500)
