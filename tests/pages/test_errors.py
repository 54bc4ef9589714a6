import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from articles.views import errors
from tests.html import assert_valid_html
from tests.newsdesk import NOW, Cast, draft, published, scheduled
from tests.pages.reading import Read, read

pytestmark = [pytest.mark.usefixtures("today")]


def fail(request: HttpRequest) -> HttpResponse:
    raise {"400": SuspiciousOperation, "403": PermissionDenied, "500": RuntimeError}[request.GET["with"]]


urlpatterns = [path("fail/", fail)]
handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.failed,
)


class TestNotFound:
    @pytest.mark.django_db
    def test_says_what_to_do(self, client: Client) -> None:
        page = read(client, "/nowhere/", 404)
        assert page.headings(1) == ["Page not found"]
        assert {"/", "/articles/"} <= page.links().keys()
        assert page.meta("robots") == "noindex"

    @pytest.mark.django_db
    def test_is_the_same_for_a_draft_a_schedule_and_nothing(self, client: Client, cast: Cast) -> None:
        published(cast, headline="Live")
        draft(cast.editor, headline="Draft", slug="draft")
        scheduled(cast, headline="Later", slug="later", at=NOW.replace(hour=23))
        nothing = client.get("/articles/nothing/")
        for slug in ("draft", "later"):
            answer = client.get(f"/articles/{slug}/")
            assert (answer.status_code, answer.content) == (404, nothing.content)
            assert answer.headers.keys() == nothing.headers.keys()


@pytest.mark.urls(__name__)
class TestOthers:
    @pytest.fixture(autouse=True)
    def _answers(self, client: Client) -> None:
        client.raise_request_exception = False

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("status", "heading"),
        [(400, "We could not understand that request"), (403, "You may not open this page")],
    )
    def test_are_pages_of_ours(self, client: Client, status: int, heading: str) -> None:
        assert read(client, f"/fail/?with={status}", status).headings(1) == [heading]

    @pytest.mark.django_db
    def test_a_form_without_its_cookie_says_what_to_do(self) -> None:
        answer = Client(enforce_csrf_checks=True).post("/fail/?with=403")
        assert answer.status_code == 403
        page = Read(answer, assert_valid_html(answer.content))
        assert page.headings(1) == ["What you sent was not taken"]
        assert "load that page anew" in page.words()
        assert "The Civic Wire" in answer.text

    def test_a_fault_is_told_without_the_database(self, client: Client) -> None:
        page = read(client, "/fail/?with=500", 500)  # pytest-django would refuse a query
        assert page.headings(1) == ["Sorry, something went wrong"]
        assert "The Civic Wire" in page.response.text


class TestAddressesWithoutASlash:
    @pytest.mark.django_db
    def test_lead_to_those_with_one(self, client: Client, cast: Cast) -> None:
        published(cast, slug="live")
        response = client.get("/articles/live")
        assert (response.status_code, response.headers["Location"]) == (301, "/articles/live/")
