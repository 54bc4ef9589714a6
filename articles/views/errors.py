"""What readers are told when there is no page: plainly, and with a way on."""

import sys

import structlog
from django.http import HttpRequest, HttpResponse

from articles.api.problems import PREFIX, problem
from articles.outages import RETRY_AFTER, is_full, is_outage, is_s3_outage
from articles.views.kept_form import KeptForm, kept_form
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
    is_for_programs = request.path.startswith(PREFIX)
    if is_full(sys.exception()) and (form := kept_form(request)):
        return full(form)
    if is_outage(sys.exception()):
        return unavailable(is_for_programs=is_for_programs, form=kept_form(request))
    if is_s3_outage(sys.exception()):
        # Without Retry-After: nobody should wait for files while others want pages.
        response = unavailable(is_for_programs=is_for_programs, form=kept_form(request))
        del response.headers["Retry-After"]
        return response
    if is_for_programs:
        return problem(500, "Something went wrong on our side. Please try again later.")
    return page("500.html", {"request_id": _request_id()}, status=500)


def full(form: KeptForm) -> HttpResponse:
    """Say at the desk that the disk is full (RFC 4918, 11.5): to try again at once helps nobody."""
    context = {"request_id": _request_id(), "form": form}
    return page("507.html", context, status=507)


def unavailable(*, is_for_programs: bool = False, form: KeptForm | None = None) -> HttpResponse:
    """Say that the database does not answer, and when to ask again."""
    if is_for_programs:
        response = problem(503, "This cannot be answered just now. Please try again in a few seconds.")
    else:
        response = page("503.html", {"request_id": _request_id(), "form": form}, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def _request_id() -> str:
    """As the log has it, for whoever reports the fault."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
