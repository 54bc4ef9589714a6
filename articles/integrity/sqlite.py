"""The triggers' text for SQLite."""

from typing import Any

from articles.integrity.rules import APPEND_ONLY, EDITION_RULES, OVERLAP


def install_statements(cursor: Any) -> list[str]:
    statements = []
    for name, text in _expected(cursor).items():
        statements += [f"DROP TRIGGER IF EXISTS {name}", text]
    return statements


def drop_statements() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}" for name in _names()]


def faults(cursor: Any) -> list[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present = dict(cursor.fetchall())
    return [name for name, text in _expected(cursor).items() if present.get(name) != text]


def _names() -> list[str]:
    names = [f"{table}_{event}_refused" for table in APPEND_ONLY for event in ("update", "delete")]
    names += [name for name, _, _ in EDITION_RULES]
    return [*names, "edition_overlap_insert", "edition_overlap_update"]


def _expected(cursor: Any) -> dict[str, str]:
    expected = {}
    for table, may_change in APPEND_ONLY.items():
        changed = " OR ".join(
            f'NEW."{c}" IS NOT OLD."{c}"' for c in _columns(cursor, table) if c not in may_change
        )
        expected[f"{table}_update_refused"] = _trigger(
            f"{table}_update_refused", f"BEFORE UPDATE ON {table}", changed, f"{table} is append-only"
        )
        expected[f"{table}_delete_refused"] = _trigger(
            f"{table}_delete_refused", f"BEFORE DELETE ON {table}", "1", f"{table} is append-only"
        )
    for name, condition, words in EDITION_RULES:
        expected[name] = _trigger(name, "BEFORE INSERT ON articles_edition", f"NOT {condition}", words)
    words = "editions of a story never overlap"
    expected["edition_overlap_insert"] = _trigger(
        "edition_overlap_insert", "AFTER INSERT ON articles_edition", OVERLAP, words
    )
    expected["edition_overlap_update"] = _trigger(
        "edition_overlap_update", "AFTER UPDATE OF superseded_at ON articles_edition", OVERLAP, words
    )
    return expected


def _trigger(name: str, when: str, condition: str, words: str) -> str:
    return f"CREATE TRIGGER {name} {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(f"PRAGMA table_info({table})")
    return [row[1] for row in cursor.fetchall()]
