"""The API: its two questions, and how it says no."""

from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from articles.api import saying
from articles.api.asking import Asked
from articles.api.problems import CONTENT_TYPE, ProblemError, in_words, problem
from articles.api.schemas import Articles, Gone, Problem, WholeArticle
from articles.cursors import Place, encode
from articles.models.editions import Edition
from articles.views.article import edition_at, is_gone, once_at, shown_pictures
from articles.views.notes import leave_out_withheld
from articles.views.pictures import may_be_passed_on

LIST = "/api/v1/articles/"
#: The names by which an address asks: what else it says is not carried on to the next page.
ASKED = frozenset(Asked.model_json_schema()["properties"])
NOTHING = "There is no such article."
ELSEWHERE = {301: {"description": "It has a new address."}, 302: {"description": "Another stands for it."}}


class Api(NinjaAPI):
    """Ninja's, whose description says in which media type problems come."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        operations = (said for path in schema["paths"].values() for said in path.values())
        for responses in (said["responses"] for said in operations):
            for status, response in responses.items():
                if int(status) >= 400:
                    response["content"] = {CONTENT_TYPE: response["content"]["application/json"]}
        return schema


api = Api(
    title="Articles",
    version="1",
    description="What this newsroom has published, for programs: read-only, without a key.",
    docs_url=None,
    urls_namespace="articles:api",
)


@api.get(
    "/articles/",
    response={200: Articles, 400: Problem, 404: Problem},
    url_name="articles",
    summary="List articles, the newest first",
    exclude_none=False,
)
def articles(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Articles that are live now. `next` leads to older ones; it costs the same however far back it leads."""
    now = timezone.now()
    found = asked.articles(now)
    shown = found[: asked.limit]
    leave_out_withheld(shown, now)
    said = [saying.article(one, shows_lead=may_be_passed_on(one.lead_image, now)) for one in shown]
    return {"articles": said, "next": _next(request, shown[-1]) if len(found) > asked.limit else None}


@api.get(
    "/articles/{slug:slug}/",
    response={200: WholeArticle, 404: Problem, 410: Gone},
    url_name="article",
    summary="Read one article",
    openapi_extra={"responses": ELSEWHERE},
)
def article(request: HttpRequest, slug: str) -> Any:
    """One article with its text, as it stands now. An address it once had leads to the present one."""
    now = timezone.now()
    edition = edition_at(slug, now)
    if edition is None:
        edition = once_at(slug, now)
        if edition is not None and not is_gone(edition):
            return HttpResponsePermanentRedirect(urlsplit(saying.address(edition.slug)).path)
    if edition is None:
        raise ProblemError(404, NOTHING)
    if is_gone(edition):
        return _gone(edition)
    return saying.whole(edition, shown_pictures(edition, now))


@api.exception_handler(ProblemError)
def refused(request: HttpRequest, fault: Exception) -> HttpResponse:
    fault = cast("ProblemError", fault)
    return problem(fault.status, fault.detail)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(400, in_words(cast("ValidationError", fault).errors))


def _next(request: HttpRequest, last: Edition) -> str:
    """The same question from the last article on. Never the host that the request happened to name."""
    place = encode(Place(last.first_published_at, last.story_id))
    kept = [(name, value) for name, value in request.GET.items() if name in ASKED]
    return f"{settings.SITE_URL}{LIST}?{urlencode([*(row for row in kept if row[0] != 'before'), ('before', place)])}"


def _gone(edition: Edition) -> HttpResponse:
    """As on the site: where to go instead, or that it is gone and why."""
    if edition.redirect_to:
        path = edition.redirect_to
        return HttpResponseRedirect(f"/api/v1{path}" if path.startswith("/articles/") else path)
    detail = "This article was taken down."
    return problem(410, detail, note=edition.public_note, at=edition.published_at)
