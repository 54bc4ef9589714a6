"""Changing a page of the title: the one door, which keeps every version and every address that readers had."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from articles import navigation
from articles.body.clean import blocks, clean
from articles.body.document import Figure, within
from articles.body.render import render
from articles.desk.page_addresses import is_reserved, owner_of
from articles.desk.refusals import NotAllowed, NotReady
from articles.models import Page, PageAddress, PageVersion
from articles.models.page_versions import SAID

PERMISSION = "articles.change_page"


def problems(page: Page) -> dict[str, str]:
    """What stands in the way of saving a page, by field, in words for whoever writes it."""
    found = {}
    if is_reserved(page.slug):
        found["slug"] = f"/{page.slug}/ is taken by the site itself. Choose another address."
    elif owner_of(page.slug) not in (None, page.pk):
        found["slug"] = f"/{page.slug}/ led readers to another page once, and leads there for ever."
    if any(isinstance(block, Figure) for block in within(blocks(page.body))):
        found["body"] = "Pages of the title hold no pictures. Take the picture out of the text."
    if page.is_public and not clean(page.body):
        found["body"] = "Readers would find an empty page. Write something, or leave it unpublished."
    return found


@transaction.atomic
def save(page: Page, *, by: User, now: datetime, put_back: int | None = None) -> bool:
    """Store a page with a new version of it; False, and nothing stored, where it says what it said before."""
    if not by.has_perm(PERMISSION):
        raise NotAllowed("Only managers change the pages of the title.")
    if page.pk:
        page.version = Page.objects.select_for_update().values_list("version", flat=True).get(pk=page.pk)
    unsaved(page)
    said = said_by(page)
    last = page.versions.order_by("-number").first() if page.pk else None
    if last is not None and last.as_dict() == said:
        return False
    page.version += 1
    page.updated_at = now
    page.save()
    PageVersion.objects.create(
        page=page, number=page.version, said=said, saved_by=by, saved_at=now, put_back=put_back
    )
    if page.is_public:
        PageAddress.objects.get_or_create(slug=page.slug, defaults={"page": page})
    transaction.on_commit(navigation.forget)
    return True


@transaction.atomic
def put_back(page: Page, version: PageVersion, *, by: User, now: datetime) -> bool:
    """Make an old version's words the present ones. Where the page stands, and for whom, stays as it is.

    Raises NotReady where readers would find nothing.
    """
    page.refresh_from_db(from_queryset=Page.objects.select_for_update())
    page.title, page.body = version.said["title"], version.said["body"]
    page.description = version.said["description"]
    if sentence := problems(page).get("body"):
        raise NotReady(sentence)
    return save(page, by=by, now=now, put_back=version.number)


def said_by(page: Page) -> dict[str, Any]:
    return {name: getattr(page, name) for name in SAID}


def unsaved(page: Page) -> Page:
    """The page as it would be stored, for a preview."""
    page.body = clean(page.body)
    page.html = render(page.body, {})
    return page
