"""Constraints that one vendor knows and the other does not."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db.models import F, Func
from django.db.models.fields import BigIntegerField


class _StoryRange(Func):
    """`int8range(story_id, story_id, '[]')`: equality as overlap, so that no btree_gist extension is needed."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"

    def __init__(self) -> None:
        super().__init__(F("story"), F("story"), output_field=BigIntegerField())


class _TimeRange(Func):
    function = "tstzrange"

    def __init__(self) -> None:
        super().__init__(F("published_at"), F("superseded_at"), output_field=DateTimeRangeField())


class NoOverlap(ExclusionConstraint):
    """One story's editions never overlap in time, on PostgreSQL. On SQLite triggers hold it (`triggers.py`).

    Migrations name this class: its import path stays.
    """

    def __init__(self, *, name: str, **_: Any) -> None:
        super().__init__(
            name=name,
            expressions=[(_StoryRange(), RangeOperators.OVERLAPS), (_TimeRange(), RangeOperators.OVERLAPS)],
        )

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return f"{type(self).__module__}.{type(self).__qualname__}", (), {"name": self.name}

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        return super().constraint_sql(model, schema_editor) if _knows(schema_editor) else None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return super().create_sql(model, schema_editor) if _knows(schema_editor) else None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return super().remove_sql(model, schema_editor) if _knows(schema_editor) else None

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Publishing keeps the order; a violation is a programming error, so forms don't ask."""


def _knows(schema_editor: Any) -> bool:
    return bool(schema_editor.connection.vendor == "postgresql")
