"""The wall itself: no SQL run for a reader may name a table of the desk's, nor count or skip what it could walk to.

A table is the desk's until it is listed here, so a new model must be let through on purpose. What raises is the
query itself: the trace ends where the offender stands.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

#: What readers' pages may read.
READERS_TABLES = frozenset(
    {
        # What somebody asked for themselves and what they were sent, behind the secret address of a mail to them.
        "alerts_consent",
        "alerts_delivery",
        "alerts_letter",
        "alerts_registration",
        "alerts_subscriber",
        "alerts_subscription",
        "articles_address",
        "articles_arrangement",
        "articles_author",
        "articles_edition",
        "articles_editionauthor",
        "articles_editioncorrection",
        "articles_editionimage",
        "articles_editiontag",
        "articles_image",
        "articles_placement",
        "articles_page",
        "articles_pageaddress",
        "articles_rendering",
        "articles_rendition",
        "articles_searchdoc",
        "articles_searchword",
        "articles_section",
        "articles_tag",
        "articles_withholding",
    }
)


#: What costs the more the longer the archive is: counting it, and throwing away all rows up to a page.
_WALKING = re.compile(r"\bCOUNT\s*\(|\bOFFSET\s+\S", re.IGNORECASE)


class WallBrokenError(AssertionError):
    """A reader's request asked the desk."""


def desk_tables() -> frozenset[str]:
    """Every table the desk, its people and Django's own bookkeeping keep."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return frozenset(tables) - READERS_TABLES


@contextmanager
def wall() -> Iterator[None]:
    """Raise WallBrokenError at the first query that names a desk table, that counts, or is more than a question."""
    # Whole words: articles_story is also how articles_storytag begins.
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, desk_tables())))})\b")

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if found := named.search(sql):
            raise WallBrokenError(f"a reader's page read {found.group()}: {sql}")
        if walking := _WALKING.search(sql):
            raise WallBrokenError(f"a reader's page asked for {walking.group()}: {sql}")
        if not sql.lstrip("(").startswith("SELECT "):  # a union begins with a bracket on PostgreSQL
            raise WallBrokenError(f"a reader's page wrote: {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
