"""Addresses that no page of ours links to: they tell nothing, change nothing, and bring nothing down."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType

from articles.models import Edition, Story
from tests.articles.admin.desk_pages import signed_in
from tests.articles.admin.posting import change, filled
from tests.newsdesk import NOW, Cast, author, draft, picture, scheduled

pytestmark = pytest.mark.django_db

NUMBER = "9" * 20
NUL = "a%00b"


@pytest.mark.parametrize("who", ["contributor", "second_editor", "manager", "administrator"])
def test_no_row_leads_to_its_public_page(cast: Cast, who: str) -> None:
    """The stock `/admin/r/…/` told anybody the slug of a restricted story that was only scheduled."""
    story = scheduled(cast, at=NOW + timedelta(days=3), headline="Two councils to merge")
    Story.objects.filter(pk=story.pk).update(restricted=True)
    kind = ContentType.objects.get_for_model(Edition).pk
    answer = signed_in(getattr(cast, who)).get(f"/admin/r/{kind}/{story.editions.get().pk}/")
    assert answer.status_code == 404
    assert "councils" not in str(answer.headers) + answer.text


@pytest.mark.parametrize(
    "query",
    [
        *(f"{name}={NUMBER}" for name in ("created_by", "lead_image", "topics", "restricted_to", "pk__in")),
        *("embargo_at__year=0", "body__contains=a", "restricted_to__email__startswith=e", "assignee__id=1"),
    ],
)
def test_the_list_of_stories_is_asked_by_its_own_filters_only(cast: Cast, query: str) -> None:
    assert signed_in(cast.manager).get(f"/admin/articles/story/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["image/?uploaded_by=", "author/?picture=", "author/?user="])
def test_so_are_the_other_lists(cast: Cast, path: str) -> None:
    assert signed_in(cast.manager).get(f"/admin/articles/{path}{NUMBER}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "state=draft",
        "standing=live",
        "section=a",
        "kind=news",
        "mine=open",
        "assignee=me",
        "author=ada-quill",
    ],
)
def test_its_own_filters_answer(cast: Cast, query: str) -> None:
    assert signed_in(cast.manager).get(f"/admin/articles/story/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["licence_kind__exact=own", "decorative__exact=1"])
def test_those_of_the_pictures_too(cast: Cast, query: str) -> None:
    assert signed_in(cast.manager).get(f"/admin/articles/image/?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *(f"story/?{name}={NUL}" for name in ("author", "section", "state", "q")),
        *(f"image/picker/?{name}={NUL}" for name in ("new", "q")),
        *(f"image/?licence_kind__exact={NUL}", f"image/file/{NUL}/w320.jpg", f"story/topics/?term={NUL}"),
    ],
)
def test_a_nul_names_nothing(cast: Cast, path: str) -> None:
    """PostgreSQL takes none, and answered with a 500."""
    picture()
    assert signed_in(cast.manager).get(f"/admin/articles/{path}").status_code == 404


@pytest.mark.parametrize("position", ["-1", "abc", NUMBER, "½"])
def test_a_position_that_is_none_is_asked_for_again(cast: Cast, position: str) -> None:
    """It was a 500, because the byline was read before its rows were known to be good."""
    story = draft(cast.editor)
    data = filled(story, byline=[author()]) | {"bylines-0-position": position}
    for again in ({}, {"seen": 0}):
        answer = signed_in(cast.editor).post(change(story), data | again)
        assert answer.status_code in {200, 409}


def test_a_nul_finds_nobody_in_the_byline(cast: Cast) -> None:
    query = f"app_label=articles&model_name=byline&field_name=author&term={NUL}"
    assert signed_in(cast.manager).get(f"/admin/autocomplete/?{query}").status_code == 404


def test_a_link_brings_no_markup_into_the_editor(cast: Cast) -> None:
    """The editor reads its text as HTML of the page: of a link with a text in it, only the policy stood in the way."""
    query = {"body": "<p>Hello <img src=x onerror=alert(1)></p><svg onload=alert(2)>"}
    page = signed_in(cast.manager).get("/admin/articles/story/add/", query).text
    assert "Hello" in page
    assert not any(word in page for word in ("onerror", "onload", "alert("))


@pytest.mark.parametrize("key", ["abc", "1.5", "½", "..", NUMBER, "9" * 5000])
@pytest.mark.parametrize("page", ["delete", "change", "review", "revisions", "act/approve"])
def test_what_is_no_key_is_no_story(cast: Cast, key: str, page: str) -> None:
    draft(cast.editor)
    browser = signed_in(cast.manager)
    for answer in (browser.get, browser.post):
        status = answer(f"/admin/articles/story/{key}/{page}/").status_code
        assert status in {302, 403, 404, 405}, (answer, status)
    assert Story.objects.count() == 1
