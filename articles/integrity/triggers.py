"""Installs the triggers that hold the record together, on SQLite and PostgreSQL, and tells whether they stand.

Installing is idempotent and happens in a migration and after every `migrate`, so that columns added later are covered.
Every refusal reaches Django as an IntegrityError on both vendors.
"""

from typing import Any

from django.db import connections, transaction

from articles.integrity import postgresql, sqlite

_VENDORS = {"postgresql": postgresql, "sqlite": sqlite}


def install(connection: Any) -> None:
    """Put every trigger in place, replacing older texts; a table that is still to come is left out."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _VENDORS[connection.vendor].install_statements(cursor):
            cursor.execute(statement)


def drop(connection: Any) -> None:
    """Take every trigger away: for a migration that fills a new column, and for test databases."""
    with connection.cursor() as cursor:
        for statement in _VENDORS[connection.vendor].drop_statements(cursor):
            cursor.execute(statement)


def faults(connection: Any) -> list[str]:
    """What is missing or was changed, by name; empty when the record is guarded."""
    with connection.cursor() as cursor:
        return _VENDORS[connection.vendor].faults(cursor)


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    # A migration run to an earlier point may have no such tables. Where all stand, to put them up anew would keep
    # everybody from the tables meanwhile.
    if {"articles_edition", "articles_storyevent", "articles_address"} <= tables and faults(connection):
        install(connection)
