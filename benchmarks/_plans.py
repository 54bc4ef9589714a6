"""What is wrong with the way a database goes about a query: a large table read from end to end, or sorted."""

import json
import re
from collections.abc import Iterator
from typing import Any

#: Rows that a step may read, or throw away, without being called a defect.
MANY = 2500
_SMALL = 1000


def defects(sql: str) -> list[str]:
    """Explain one query that was run, by the database's own account."""
    from django.db import connection

    if not sql.lstrip().upper().startswith("SELECT"):
        return []
    found = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
    return [f"{defect} in {sql[:200]}" for defect in found(connection, sql)]


def _of_postgresql(connection: Any, sql: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql.replace('%', '%%')}", [])
        (said,) = cursor.fetchone()
    plan = said if isinstance(said, list) else json.loads(said)
    for node in _nodes(plan[0]["Plan"]):
        name = f"{node['Node Type']} {node.get('Relation Name', '')}".strip()
        read = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        if read > MANY and node["Node Type"] != "Bitmap Index Scan":
            yield f"{name} reads {read:,} rows"


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _of_sqlite(connection: Any, sql: str) -> Iterator[str]:
    large = _large_tables(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}", [])
        steps = [row[3] for row in cursor.fetchall()]
    for step in steps:
        scanned = re.match(r"SCAN (\w+)(?! VIRTUAL)", step)
        if scanned and scanned[1] in large and " INDEX " not in step:
            yield step
        if "TEMP B-TREE" in step and "LAST" not in step and any(table in sql for table in large):
            yield step


def _large_tables(connection: Any) -> set[str]:
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.startswith("articles_") and "search" not in name
    ]
    with connection.cursor() as cursor:
        return {name for name in tables if _rows(cursor, name) > _SMALL}


def _rows(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT COALESCE(MAX(rowid), 0) FROM "{table}"')
    return int(cursor.fetchone()[0])
