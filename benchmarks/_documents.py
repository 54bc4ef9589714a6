"""Writes search documents in bulk: what the product keeps of each edition, without asking for what is known."""

from typing import Any


def store_documents(rows: list[tuple[Any, str, Any]]) -> None:
    """Keep the documents of new editions: each with its plain text and what it tells.

    Oldest first: a full-text index of SQLite's begins a part of its own wherever numbers fall.
    """
    from django.db import connection

    from articles.models.search import ROOM, SearchWord, first_number
    from articles.search.document import document_of
    from articles.search.index import learnable

    made = []
    for edition, text, told in rows:
        number = first_number(edition.first_published_at) + edition.story_id % ROOM
        keys = {"topics": [topic.pk for topic in told.topics], "authors": [told.author.pk]}
        made.append((number, edition, document_of(edition, text, **keys)))
    made.sort(key=lambda row: row[0])
    (_copy if connection.vendor == "postgresql" else _insert)(made)
    known = set[str]().union(*(learnable(document) for _, _, document in made))
    SearchWord.objects.bulk_create([SearchWord(word=form) for form in sorted(known)], ignore_conflicts=True)


def _copy(made: list[Any]) -> None:
    from django.db import connection

    from articles.search.postgresql import forms, words

    with (
        connection.cursor() as cursor,
        cursor.copy("COPY articles_searchdoc (id, edition_id, words, forms) FROM STDIN") as copy,
    ):
        for number, edition, document in made:
            copy.write_row((number, edition.pk, words(document), forms(document)))


def _insert(made: list[Any]) -> None:
    from articles.models.search import SearchDoc
    from articles.search import sqlite

    SearchDoc.objects.bulk_create([SearchDoc(id=number, edition=edition) for number, edition, _ in made])
    for number, _, document in made:
        sqlite.write(number, document)
