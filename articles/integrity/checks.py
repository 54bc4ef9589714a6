"""A system check: the triggers that guard the record are in place."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from articles.integrity.triggers import faults


@register(Tags.database)
def triggers_stand(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs with `check --database default` and with `migrate`."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "articles_edition" not in connection.introspection.table_names():
            continue
        messages += [
            Error(
                f"The database guard “{name}” is missing or was changed.",
                hint="Run `manage.py migrate`: it puts the guards back.",
                id="articles.E001",
            )
            for name in faults(connection)
        ]
    return messages
