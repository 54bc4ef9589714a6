"""Strings that break things, through every field in which words are written: refused or kept, never a 500.

The strings are not part of this repository; NEWSROOM_TEST_DATA says where they are. Every string goes through every
field of the form itself; through the whole desk, by POST, each goes once.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory

from articles.admin import picker, topics
from articles.models import Author, Section, Story, Tag
from tests.articles.admin.posting import ADD, desk, filled
from tests.newsdesk import Cast, picture, section

DATA = Path(os.environ.get("NEWSROOM_TEST_DATA") or Path(__file__).parents[4] / "shared" / "data") / "hostile"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no hostile strings at {DATA}: set NEWSROOM_TEST_DATA"),
]

WORDS = (
    *("headline", "standfirst", "kicker", "body", "lead_alt", "lead_caption", "lead_credit"),
    *("byline_label", "slug", "search_headline", "social_headline", "topics"),
)


def strings() -> list[str]:
    found = [*_inside(json.loads((DATA / "naughty-strings.json").read_text("utf-8")))]
    found += _inside(json.loads((DATA / "html-payloads.json").read_text("utf-8")))
    return [text for text in dict.fromkeys(found) if text and not _lone(text)]


@pytest.mark.parametrize("model", [Story, Author, Tag, Section])
def test_every_field_of_a_form_bears_every_string(cast: Cast, model: Any) -> None:
    request = RequestFactory().get("/")
    request.user = cast.manager
    page = admin.site._registry[model]
    form = page.get_form(request, None, fields=_fields(page, request))
    for text in strings():
        data = dict.fromkeys(form.base_fields, text) | {"topics": [f"new:{text}"]}
        form(data).is_valid()


def test_a_story_takes_each_of_them_once(cast: Cast) -> None:
    client, place = desk(cast.editor), section().pk
    for group in _groups(strings(), len(WORDS)):
        fields: dict[str, Any] = dict(zip(WORDS, group, strict=False))
        fields["topics"] = [f"new:{fields.get('topics', '')}"]
        response = client.post(ADD, filled(section=place, **fields))
        assert response.status_code in {200, 302}, group
        _reads_well(response, client, group)


def test_texts_are_saved_without_what_would_run_and_open_again(cast: Cast) -> None:
    client = desk(cast.editor)
    for group in _groups(strings(), 24):
        body = "".join(f"<p>{text}</p>" for text in group if "\x00" not in text)
        response = client.post(ADD, filled(headline="A headline", body=body))
        assert response.status_code == 302, group
        assert "<script" not in Story.objects.latest("pk").body, group
        _reads_well(response, client, group)


@pytest.mark.parametrize(
    ("model", "user", "fields"),
    [
        ("author", "manager", ("name", "job_title", "biography")),
        ("tag", "editor", ("name", "description")),
        ("section", "administrator", ("name", "description")),
    ],
)
def test_authors_topics_and_sections_take_them_too(
    cast: Cast, model: str, user: str, fields: tuple[str, ...]
) -> None:
    client = desk(getattr(cast, user))
    for number, group in enumerate(_groups(strings(), 8)):
        text = group[number % len(group)][:60]
        data = {**dict.fromkeys(fields, text), "slug": f"s-{number}", "order": 1}
        assert client.post(f"/admin/articles/{model}/add/", data).status_code in {200, 302}, text
    assert client.get(f"/admin/articles/{model}/").status_code == 200


def test_words_of_pictures_bear_them(cast: Cast) -> None:
    client = desk(cast.editor)
    for group in _groups(strings(), 24):
        text = " ".join(group)[:200]
        image = picture(by=cast.editor)
        data = {f"p{image.pk}-{name}": text for name in ("alt", "caption", "credit", "licence_holder")}
        answer = client.post(
            f"/admin/articles/image/words/?pictures={image.pk}", data | {f"p{image.pk}-licence_kind": "own"}
        )
        assert answer.status_code in {302, 422}, text
        assert client.get(f"/admin/articles/image/words/?pictures={image.pk}").status_code == 200
    assert client.get("/admin/articles/image/picker/").status_code == 200


def test_every_search_bears_them(cast: Cast) -> None:
    client = desk(cast.editor)
    for group in _groups(strings(), 12):
        for text in group:
            list(picker.matching(text))
            topics.matching(text, Tag.objects.all())
        for url in (
            "/admin/articles/image/picker/",
            "/admin/articles/story/",
            "/admin/articles/story/topics/",
        ):
            answer = client.get(url, {"term" if "topics" in url else "q": group[0][:500]})
            assert answer.status_code in {200, 302}, (url, group[0])


def _groups(texts: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def _fields(page: Any, request: Any) -> list[str]:
    from django.contrib.admin.utils import flatten_fieldsets

    return flatten_fieldsets(page.get_fieldsets(request))


def _reads_well(response: Any, client: Any, group: list[str]) -> None:
    """A story that was taken opens again, without what would run."""
    if response.status_code == 302:
        page = client.get(response["Location"])
        assert page.status_code == 200, group
        assert b"<script>alert(" not in page.content, group


def _inside(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for value in values for text in _inside(value)]


def _lone(text: str) -> bool:
    """Half a surrogate pair: no browser can send it."""
    return any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)
