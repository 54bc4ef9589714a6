"""Pages of the title for tests, saved as a manager saves them."""

from datetime import datetime
from typing import Any

from articles import navigation
from articles.desk import pages
from articles.models import Page
from tests.newsdesk import NOW, Cast


def title_page(cast: Cast, title: str = "About us", slug: str = "about", **fields: Any) -> Page:
    known = {"body": "<p>We write about councils.</p>", "is_public": True, **fields}
    page = Page(title=title, slug=slug, **known)
    pages.save(page, by=cast.manager, now=NOW)
    navigation.forget()
    return page


def saved(page: Page, cast: Cast, *, now: datetime = NOW, **fields: Any) -> bool:
    for name, value in fields.items():
        setattr(page, name, value)
    stored = pages.save(page, by=cast.manager, now=now)
    navigation.forget()
    return stored
