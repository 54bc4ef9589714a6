"""Drill C1 and C7: who is let in to which address of the admin, and that none of them tells of a hidden story.

An address without a row here, or in test_routes.py for the pages of a story, fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.models import Image, Section, Story
from tests.articles.admin.desk_pages import signed_in
from tests.articles.admin.test_routes import PAGES
from tests.articles.admin.test_routes import _address as story_address
from tests.newsdesk import Cast, author, picture, submitted, topic

#: Contributor, editor, manager, administrator.
WHO = ("contributor", "editor", "manager", "administrator")
ALL, DESK, NOBODY = (200, 200, 200, 200), (200, 200, 200, 403), (403, 403, 403, 403)
MANAGERS, PEOPLE_AND_SHAPE = (403, 403, 200, 403), (403, 403, 403, 200)
AUTOCOMPLETE = "?app_label=articles&model_name=byline&field_name=author&term=a"

ROWS: dict[str, tuple[int, int, int, int]] = {
    "index": ALL,
    "login": (302, 302, 302, 302),
    "logout": (405, 405, 405, 405),
    "password_change": (302, 302, 302, 302),
    "password_change_done": (302, 302, 302, 302),
    "jsi18n": ALL,
    "autocomplete": DESK,
    "app_list": (200, 200, 200, 200),
    "articles_image_changelist": DESK,
    "articles_image_picker": DESK,
    "articles_image_file": DESK,
    "articles_image_add": DESK,
    "articles_image_change": DESK,
    "articles_image_history": DESK,
    "articles_image_delete": NOBODY,
    "articles_author_changelist": DESK,
    "articles_author_add": MANAGERS,
    "articles_author_change": DESK,
    "articles_author_history": DESK,
    "articles_author_delete": NOBODY,
    "articles_tag_changelist": DESK,
    "articles_tag_add": (403, 200, 200, 403),
    "articles_tag_change": DESK,
    "articles_tag_history": DESK,
    "articles_tag_delete": NOBODY,
    "articles_section_changelist": ALL,
    "articles_section_add": PEOPLE_AND_SHAPE,
    "articles_section_change": ALL,
    "articles_section_history": ALL,
    "articles_section_delete": NOBODY,
    "accounts_user_changelist": PEOPLE_AND_SHAPE,
    "accounts_user_add": PEOPLE_AND_SHAPE,
    "accounts_user_change": PEOPLE_AND_SHAPE,
    "accounts_user_history": PEOPLE_AND_SHAPE,
    "accounts_user_delete": NOBODY,
}

#: What the stock admin offers of other people's apps: nobody is let in, whatever they ask.
FOREIGN = ("auth_", "taggit_", "account_", "mfa_")


@dataclass(frozen=True)
class Things:
    story: Story
    image: Image
    section: Section


def _names() -> Iterator[str]:
    def walk(patterns: list[Any]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    yield from (pattern.name for pattern in walk(list(admin.site.urls[0])) if pattern.name)


@pytest.fixture
def things(cast: Cast) -> Things:
    story = submitted(cast, headline="Zebra inquiry names the minister", topics=[topic("Zebras")])
    Story.objects.filter(pk=story.pk).update(restricted=True)
    section = Section.objects.get()
    return Things(story, picture(cast.editor), section)


def _address(name: str, things: Things, cast: Cast) -> str:
    keys = {
        "image": things.image.pk,
        "author": author().pk,
        "tag": topic("Animals").pk,
        "section": things.section.pk,
        "user": cast.editor.pk,
    }
    _, _, rest = name.partition("_")
    kind, _, page = rest.partition("_")
    args: list[Any] = [keys[kind]] if kind in keys and page in {"change", "history", "delete"} else []
    if name == "articles_image_file":
        args = [things.image.key, "w320"]
    if name == "app_list":
        args = ["articles"]
    return reverse(f"admin:{name}", args=args) + (AUTOCOMPLETE if name == "autocomplete" else "")


def test_every_address_has_a_row() -> None:
    known = {*ROWS, *(f"articles_story_{page.partition('/')[0]}" for page in PAGES), "view_on_site"}
    assert {name for name in _names() if name not in known and not name.startswith(FOREIGN)} == set()


@pytest.mark.parametrize("who", WHO)
def test_addresses_open_to_whom_the_table_says(who: str, things: Things, cast: Cast) -> None:
    client = signed_in(getattr(cast, who))
    answers = {name: client.get(_address(name, things, cast)).status_code for name in ROWS}
    assert answers == {name: row[WHO.index(who)] for name, row in ROWS.items()}


@pytest.mark.parametrize("who", WHO)
def test_nobody_is_let_in_to_other_apps_tables(who: str, cast: Cast) -> None:
    client = signed_in(getattr(cast, who))
    foreign = [
        name for name in _names() if name.startswith(FOREIGN) and name.endswith(("_changelist", "_add"))
    ]
    assert len(foreign) >= 8
    assert {name: client.get(reverse(f"admin:{name}")).status_code for name in foreign} == dict.fromkeys(
        foreign, 403
    )


def test_nothing_opens_without_signing_in(things: Things, cast: Cast) -> None:
    client = Client()
    open_to_all = {"login", "logout", "jsi18n"}
    for address in [
        *(_address(name, things, cast) for name in ROWS if name not in open_to_all),
        *(story_address(page, things.story) for page in PAGES),
    ]:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("who", ["contributor", "second_editor", "manager", "administrator"])
def test_no_address_tells_of_a_story_that_is_hidden_from_one(who: str, things: Things, cast: Cast) -> None:
    client = signed_in(getattr(cast, who))
    told = [
        address
        for address in [
            *(_address(name, things, cast) for name in ROWS),
            *(story_address(page, things.story) for page in PAGES),
        ]
        if _tells(client, address)
    ]
    assert told == []


def _tells(client: Client, address: str) -> bool:
    answer = client.get(address, follow=True)
    if getattr(answer, "streaming", False):
        return False
    return "inquiry names" in answer.content.decode(errors="replace") + str(answer.headers)
