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

from alerts.models import Introduction, Subscriber
from articles.models import Image, Page, Section, Story
from tests.alerts.readers import reader
from tests.articles.admin.desk_pages import signed_in
from tests.articles.admin.test_routes import PAGES
from tests.articles.admin.test_routes import _address as story_address
from tests.newsdesk import NOW, Cast, author, picture, submitted, topic
from tests.title_pages import title_page

#: Contributor, editor, manager, administrator.
WHO = ("contributor", "editor", "manager", "administrator")
ALL, DESK, NOBODY = (200, 200, 200, 200), (200, 200, 200, 403), (403, 403, 403, 403)
EDITORS = (403, 200, 200, 403)
MANAGERS, PEOPLE_AND_SHAPE = (403, 403, 200, 403), (403, 403, 403, 200)
#: What is asked along with an address that is nothing without.
ASKED = {
    "autocomplete": "?app_label=articles&model_name=byline&field_name=author&term=a",
    "front_choose": "?seen=0&place=place-0&q=zebra",
    "front_preview": "?seen=0",
}

ROWS: dict[str, tuple[int, int, int, int]] = {
    "index": ALL,
    "login": (302, 302, 302, 302),
    "logout": (405, 405, 405, 405),
    "password_change": (302, 302, 302, 302),
    "password_change_done": (302, 302, 302, 302),
    "jsi18n": ALL,
    "autocomplete": DESK,
    "app_list": (200, 200, 200, 200),
    "alerts_staff_mail": ALL,
    "alerts_overview": (403, 200, 200, 200),
    "alerts_story": (403, 200, 404, 403),
    "alerts_uncertain": (403, 403, 200, 200),
    "alerts_followers": (403, 200, 200, 200),
    "alerts_subscribers": PEOPLE_AND_SHAPE,
    "alerts_export": (405, 405, 405, 405),
    "alerts_import": PEOPLE_AND_SHAPE,
    "alerts_address": PEOPLE_AND_SHAPE,
    "alerts_mails": (403, 200, 200, 200),
    "alerts_mail_sample": (403, 404, 404, 404),
    "alerts_mail_sample_html": (403, 404, 404, 404),
    "alerts_mail_of_story": (404, 200, 404, 404),
    "alerts_mail_of_story_html": (404, 200, 404, 404),
    "front_page": EDITORS,
    "front_choose": EDITORS,
    "front_preview": EDITORS,
    "front_record": EDITORS,
    "articles_image_changelist": DESK,
    "articles_image_picker": DESK,
    "articles_image_upload": DESK,
    "articles_image_words": (404, 404, 404, 403),
    "articles_image_ending": DESK,
    "articles_image_proof": (403, 404, 404, 403),
    "articles_image_file": DESK,
    "articles_image_add": DESK,
    "articles_image_change": DESK,
    "articles_image_history": DESK,
    "articles_image_delete": NOBODY,
    "articles_image_sizes": (403, 405, 405, 403),
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
    "articles_page_changelist": MANAGERS,
    "articles_page_add": MANAGERS,
    "articles_page_change": MANAGERS,
    "articles_page_history": MANAGERS,
    "articles_page_delete": NOBODY,
    "articles_page_versions": MANAGERS,
    "articles_page_version": MANAGERS,
    "articles_page_back": (405, 405, 405, 405),
    "articles_section_changelist": ALL,
    "articles_section_add": PEOPLE_AND_SHAPE,
    "articles_section_change": ALL,
    "articles_section_history": ALL,
    "articles_section_delete": NOBODY,
    "alerts_introduction_changelist": MANAGERS,
    "alerts_introduction_add": MANAGERS,
    "alerts_introduction_change": MANAGERS,
    "alerts_introduction_history": MANAGERS,
    "alerts_introduction_delete": NOBODY,
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
    page: Page
    introduction: Introduction
    subscriber: Subscriber


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
    words = {"text": "Good morning.", "changed_by": cast.manager, "changed_at": NOW}
    introduction = Introduction.objects.create(on=NOW.date(), **words)
    return Things(story, picture(cast.editor), section, title_page(cast), introduction, reader())


def _address(name: str, things: Things, cast: Cast) -> str:
    keys = {
        "image": things.image.pk,
        "author": author().pk,
        "tag": topic("Animals").pk,
        "section": things.section.pk,
        "user": cast.editor.pk,
        "page": things.page.pk,
        "introduction": things.introduction.pk,
    }
    _, _, rest = name.partition("_")
    kind, _, page = rest.partition("_")
    args: list[Any] = (
        [keys[kind]]
        if kind in keys and page in {"change", "history", "delete", "sizes", "proof", "versions"}
        else []
    )
    if page in {"version", "back"}:
        args = [keys[kind], 1]
    if name == "articles_image_file":
        args = [things.image.key, "w320"]
    if name == "alerts_story":
        args = [things.story.pk]
    if name == "alerts_address":
        args = [things.subscriber.address_hash]
    if name.startswith("alerts_mail_"):
        args = [things.story.pk if "of_story" in name else "story"]
    if name == "app_list":
        args = ["articles"]
    return reverse(f"admin:{name}", args=args) + ASKED.get(name, "")


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
