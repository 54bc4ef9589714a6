"""Prints the demo's own pages: About, Contact, Privacy, Accessibility and the corrections policy."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from articles.demo.content import FOLDER
from articles.desk import pages
from articles.models import Page, Purpose

#: In the footer's order.
SLUGS = ("about", "contact", "privacy", "accessibility", "corrections-policy")


class Text(NamedTuple):
    slug: str
    title: str
    purpose: Purpose
    description: str
    body: str


def texts() -> Iterator[Text]:
    for slug in SLUGS:
        _, head, body = (FOLDER / "pages" / f"{slug}.html").read_text().split("+++\n", 2)
        told = tomllib.loads(head)
        yield Text(slug, told["title"], Purpose(told["purpose"]), told["description"], body.strip())


def print_missing(*, by: User, now: datetime) -> int:
    """Make those pages that are missing; answers how many."""
    there = set(Page.objects.values_list("slug", flat=True))
    missing = [(order, text) for order, text in enumerate(texts(), 1) if text.slug not in there]
    for order, text in missing:
        page = Page(slug=text.slug, title=text.title, description=text.description, body=text.body)
        page.purpose, page.order, page.is_public = text.purpose, order * 10, True
        pages.save(page, by=by, now=now)
    return len(missing)
