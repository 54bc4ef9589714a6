"""Holds an archive against the product: what a load went past has to be as if it had gone through."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

SAMPLE = 100


def faults(number: int, counts: Counter[str]) -> list[str]:
    """What is not as it must be in an archive of so many stories and rows; empty where all is."""
    from django.db import connection

    checks = (
        _unguarded(connection),
        _miscounted(connection, number, counts),
        _loose(connection),
        _not_on_record(number),
        _not_as_the_product_writes(number),
        _not_found(number),
        _not_listed(),
    )
    return [fault for check in checks for fault in check]


def _unguarded(connection: Any) -> Iterator[str]:
    from django.db import IntegrityError, transaction

    from articles.integrity import triggers
    from articles.models import Edition

    yield from (f"trigger {name} is missing" for name in triggers.faults(connection))
    try:
        with transaction.atomic():
            Edition.objects.filter(pk=1).update(headline="Another")
            transaction.set_rollback(True)
    except IntegrityError:
        return
    yield "an edition could be changed"


def _miscounted(connection: Any, number: int, counts: Counter[str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        for table, expected in counts.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            (found,) = cursor.fetchone()
            if found != expected:
                yield f"{table} has {found:,} rows instead of {expected:,}"
    for table in ("articles_story", "articles_edition", "articles_revision", "articles_searchdoc"):
        if counts[table] != number:
            yield f"{table} was given {counts[table]:,} rows for {number:,} stories"


def _loose(connection: Any) -> Iterator[str]:
    """Rows that name what is not there: SQLite was not asked when they came, PostgreSQL when its constraints did."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_key_check")
            yield from (
                f"{row[0]} {row[1]} names a row of {row[2]} that is missing" for row in cursor.fetchmany(9)
            )


def _not_on_record(number: int) -> Iterator[str]:
    """The record's own verification, on stories from end to end."""
    from articles.desk.verification import verify_story

    for key in _sample(number):
        yield from map(str, verify_story(key))


def _not_as_the_product_writes(number: int) -> Iterator[str]:
    from articles.desk.public import canonical, public_dict
    from articles.models import Edition, Story
    from articles.rendering import RENDERER, rendered

    for edition in Edition.objects.filter(story__in=_sample(number)).select_related("rendering"):
        kept = edition.rendering
        if (kept.html, kept.text, kept.renderer) != (*rendered(edition), RENDERER):
            yield f"{edition.slug} is not rendered as the product would render it"
        if _kept_by_search(edition) != _known_to_search(edition, kept.text):
            yield f"{edition.slug} is not in the search as the product would put it there"
        if canonical(public_dict(Story.objects.get(pk=edition.story_id))) != edition.content:
            yield f"{edition.slug} does not print its working copy"


def _kept_by_search(edition: Any) -> list[str]:
    from django.db import connection

    from articles.search import sqlite

    columns = "words::text, forms::text" if connection.vendor == "postgresql" else ", ".join(sqlite.COLUMNS)
    table, key = (
        ("articles_searchdoc", "id") if connection.vendor == "postgresql" else (sqlite.TABLE, "rowid")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} = %s", [edition.search_doc.pk])
        return list(cursor.fetchone())


def _known_to_search(edition: Any, text: str) -> list[str]:
    from django.db import connection

    from articles.search import postgresql, sqlite
    from articles.search.document import document

    made = document(edition, text)
    if connection.vendor != "postgresql":
        return sqlite.texts(made)
    with connection.cursor() as cursor:
        said = [postgresql.words(made), postgresql.forms(made)]
        cursor.execute("SELECT %s::tsvector::text, %s::tsvector::text", said)
        return list(cursor.fetchone())


def _not_found(number: int) -> Iterator[str]:
    """By the words of its headline, in quotes, in its section and at its time, each of a sample is found."""
    from django.utils import timezone

    from articles.models import Edition
    from articles.search.finding import Filters, by_date
    from articles.search.query import parse

    now = timezone.now()
    for edition in Edition.objects.filter(story__in=_sample(number)):
        at = edition.first_published_at
        filters = Filters(section=edition.section_id, since=at, until=at + timedelta(seconds=1))
        found = by_date(parse(f'"{edition.headline}"'), filters, now=now)
        if edition.pk not in {hit.edition_id for hit in found.hits}:
            yield f"{edition.slug} is not found by its headline"


def _not_listed() -> Iterator[str]:
    """The commonest topic's listing is what its page shows; it has a fair part of the archive."""
    from articles.models import Edition, EditionTag, Tag

    topic = Tag.objects.get(slug="topic-0")
    carried, stories = EditionTag.objects.filter(tag=topic).count(), Edition.objects.count()
    if not 0.15 < carried / stories < 0.4:
        yield f"the commonest topic is on {carried:,} of {stories:,} stories"


def _sample(number: int) -> list[int]:
    """Keys of stories from the oldest to the newest, long reads among them."""
    step = max(1, number // SAMPLE)
    return list(range(number, 0, -step if step % 2 or step == 1 else -(step - 1)))[: SAMPLE + 1]
