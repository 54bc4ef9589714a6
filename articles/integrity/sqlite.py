"""The triggers' text for SQLite."""

from collections.abc import Iterator
from typing import Any

from articles.integrity.announcing import ANNOUNCED, events_of, name_of
from articles.integrity.rules import APPEND_ONLY, INSERT_RULES, OVERLAP, not_redacted, words_of


def install_statements(cursor: Any) -> list[str]:
    statements = []
    for name, text in _expected(cursor).items():
        statements += [f"DROP TRIGGER IF EXISTS {name}", text]
    return statements


def drop_statements(cursor: Any) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}" for name in _names()]


def faults(cursor: Any) -> list[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present = dict(cursor.fetchall())
    return [name for name, text in _expected(cursor).items() if present.get(name) != text]


def _names() -> list[str]:
    names = [f"{table}_{event}_refused" for table in APPEND_ONLY for event in ("update", "delete")]
    names += [name for rules in INSERT_RULES.values() for name, _, _ in rules]
    names += [name_of(table, event) for table in ANNOUNCED for event, _ in events_of(table)]
    return [*names, "edition_overlap_insert", "edition_overlap_update"]


def _expected(cursor: Any) -> dict[str, str]:
    expected = {}
    tables = _tables(cursor)
    for table in sorted(APPEND_ONLY.keys() & tables):
        changed = " OR ".join(_changes(table, _columns(cursor, table)))
        expected[f"{table}_update_refused"] = _trigger(
            f"{table}_update_refused", f"BEFORE UPDATE ON {table}", changed, f"{table} is append-only"
        )
        expected[f"{table}_delete_refused"] = _trigger(
            f"{table}_delete_refused", f"BEFORE DELETE ON {table}", "1", f"{table} is append-only"
        )
    for table in sorted(INSERT_RULES.keys() & tables):
        for name, condition, words in INSERT_RULES[table]:
            expected[name] = _trigger(name, f"BEFORE INSERT ON {table}", f"NOT {condition}", words)
    if "articles_publicchange" in tables:
        for table in sorted(ANNOUNCED.keys() & tables):
            for event, takes in events_of(table):
                expected[name_of(table, event)] = _announcement(table, event, takes)
    words = "editions of a story never overlap"
    expected["edition_overlap_insert"] = _trigger(
        "edition_overlap_insert", "AFTER INSERT ON articles_edition", OVERLAP, words
    )
    expected["edition_overlap_update"] = _trigger(
        "edition_overlap_update", "AFTER UPDATE OF superseded_at ON articles_edition", OVERLAP, words
    )
    return expected


def _changes(table: str, columns: list[str]) -> Iterator[str]:
    """For each column that it changed, and may not have."""
    for column in columns:
        changed = f'NEW."{column}" IS NOT OLD."{column}"'
        if column in words_of(table):
            # Django gives every connection the function SHA256: from any other the change is refused as an error
            yield f"({changed} AND {not_redacted(table, column, f'SHA256(NEW.{column})')})"
        elif column not in APPEND_ONLY[table]:
            yield changed


def _trigger(name: str, when: str, condition: str, words: str) -> str:
    return f"CREATE TRIGGER {name} {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _announcement(table: str, event: str, takes: str) -> str:
    """Count up, or begin to count: whoever writes here writes alone, and readers see it at the commit."""
    return f"""CREATE TRIGGER {name_of(table, event)} AFTER {event.upper()} ON {table} BEGIN
        UPDATE articles_publicchange SET number = number + 1 WHERE takes = ({takes});
        INSERT INTO articles_publicchange (takes, number)
        SELECT {takes}, 1 WHERE NOT EXISTS (SELECT 1 FROM articles_publicchange WHERE takes = ({takes}));
    END"""  # noqa: S608  (nothing in it comes from outside)


def _tables(cursor: Any) -> set[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in cursor.fetchall()}


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(f"PRAGMA table_info({table})")
    return [row[1] for row in cursor.fetchall()]
