"""Drill C1, small: who is let in to which page of a story. A page without a row here fails."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.models import Story
from tests.articles.admin.desk_pages import in_situation, signed_in
from tests.newsdesk import Cast

# Of a story that the contributor had no part in, asked for by: contributor, editor, manager, administrator.
WHO = ("contributor", "editor", "manager", "administrator")
PAGES: dict[str, tuple[int, int, int, int]] = {
    "changelist": (200, 200, 200, 403),
    "add": (200, 200, 200, 403),
    "queue": (403, 403, 200, 403),
    "calendar": (200, 200, 200, 403),
    "topics": (200, 200, 200, 403),
    "related": (200, 200, 200, 403),
    "change": (302, 200, 200, 403),
    "history": (404, 302, 302, 404),
    "delete": (403, 403, 403, 403),
    "review": (404, 200, 200, 404),
    "preview": (404, 200, 200, 404),
    "record": (404, 200, 200, 404),
    "revisions": (404, 200, 200, 404),
    "revision": (404, 200, 200, 404),
    "comparing": (404, 404, 404, 404),
    "compare": (404, 200, 200, 404),
    "revision_preview": (404, 200, 200, 404),
    "move": (404, 403, 403, 404),
    "act": (405, 405, 405, 405),
    "act/hold": (404, 403, 200, 404),
    "act/redact": (404, 403, 200, 404),
    "autosave": (405, 405, 405, 405),
    "autosave_new": (405, 405, 405, 405),
    "discard": (405, 405, 405, 405),
    "discard_new": (405, 405, 405, 405),
    "draft": (404, 200, 200, 404),
    "draft_new": (200, 200, 200, 403),
    "presence": (404, 200, 200, 404),
    "presence_new": (200, 200, 200, 403),
}
WITHOUT_STORY = {
    "changelist",
    "add",
    "queue",
    "calendar",
    "topics",
    "related",
    "autosave_new",
    "discard_new",
    "draft_new",
    "presence_new",
}
MORE = {"revision": [1], "revision_preview": [1], "compare": [1, 2], "act": ["submit"]}


def _address(page: str, story: Story) -> str:
    page, _, act = page.partition("/")
    args = [] if page in WITHOUT_STORY else [story.pk, *([act] if act else MORE.get(page, []))]
    return reverse(f"admin:articles_story_{page}", args=args)


def test_every_page_has_a_row() -> None:
    names = {str(route.name) for route in admin.site.get_model_admin(Story).get_urls() if route.name}
    assert names == {f"articles_story_{page.partition('/')[0]}" for page in PAGES}


@pytest.mark.parametrize("who", WHO)
def test_pages_open_to_whom_the_table_says(who: str, cast: Cast) -> None:
    story = in_situation(cast, "in review")
    client = signed_in(getattr(cast, who))
    answers = {page: client.get(_address(page, story)).status_code for page in PAGES}
    assert answers == {page: row[WHO.index(who)] for page, row in PAGES.items()}


def test_nobody_gets_in_without_signing_in(cast: Cast) -> None:
    story = in_situation(cast, "in review")
    client = signed_in(None)
    for page in PAGES:
        answer = client.get(_address(page, story))
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/admin/login/"), (
            page
        )
