"""The triggers' text for PostgreSQL. Overlap is held by an exclusion constraint (`constraints.py`)."""

from typing import Any

from articles.integrity.rules import APPEND_ONLY, EDITION_RULES


def install_statements(cursor: Any) -> list[str]:
    statements = []
    for name, (table, when, body) in _expected().items():
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
        ]
    return statements


def drop_statements() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, (table, _, _) in _expected().items()]


def faults(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgrelid IN"
        " (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
    )
    present = dict(cursor.fetchall())
    return [name for name, (_, _, body) in _expected().items() if present.get(name) != body]


def _expected() -> dict[str, tuple[str, str, str]]:
    """Name → table, timing and function body."""
    expected = {}
    for table, may_change in APPEND_ONLY.items():
        words = f"{table} is append-only"
        less = "".join(f" - '{column}'" for column in may_change)
        changed = f"(to_jsonb(NEW){less}) IS DISTINCT FROM (to_jsonb(OLD){less})"
        expected[f"{table}_update_refused"] = _row(table, "BEFORE UPDATE", changed, words, "NEW")
        expected[f"{table}_delete_refused"] = _row(table, "BEFORE DELETE", "true", words, "OLD")
        expected[f"{table}_truncate_refused"] = (
            table,
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
            _body("true", words, "NULL"),
        )
    for name, condition, words in EDITION_RULES:
        expected[name] = _row("articles_edition", "BEFORE INSERT", f"NOT {condition}", words, "NEW")
    return expected


def _row(table: str, when: str, condition: str, words: str, answer: str) -> tuple[str, str, str]:
    return table, f"{when} ON {table} FOR EACH ROW", _body(condition, words, answer)


def _body(condition: str, words: str, answer: str) -> str:
    # check_violation, so that Django raises IntegrityError as it does on SQLite
    return (
        f" BEGIN IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';"
        f" END IF; RETURN {answer}; END "
    )
