"""The triggers' text for PostgreSQL. Overlap is held by an exclusion constraint (`constraints.py`)."""

from typing import Any

from articles.integrity.announcing import ANNOUNCED, events_of, name_of
from articles.integrity.rules import APPEND_ONLY, INSERT_RULES, not_redacted, words_of


def install_statements(cursor: Any) -> list[str]:
    statements = []
    for name, (table, when, body) in _expected(_tables(cursor)).items():
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
        ]
    return statements


def drop_statements(cursor: Any) -> list[str]:
    expected = _expected(_tables(cursor))
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, (table, _, _) in expected.items()]


def faults(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgrelid IN"
        " (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
    )
    present = dict(cursor.fetchall())
    expected = _expected(_tables(cursor))
    return [name for name, (_, _, body) in expected.items() if present.get(name) != body]


def _tables(cursor: Any) -> set[str]:
    cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace")
    return {name for (name,) in cursor.fetchall()}


def _expected(tables: set[str]) -> dict[str, tuple[str, str, str]]:
    """Name → table, timing and function body."""
    expected = {}
    for table in sorted(APPEND_ONLY.keys() & tables):
        words = f"{table} is append-only"
        expected[f"{table}_update_refused"] = _row(table, "BEFORE UPDATE", _changed(table), words, "NEW")
        expected[f"{table}_delete_refused"] = _row(table, "BEFORE DELETE", "true", words, "OLD")
        expected[f"{table}_truncate_refused"] = (
            table,
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
            _body("true", words, "NULL"),
        )
    for table in sorted(INSERT_RULES.keys() & tables):
        for name, condition, words in INSERT_RULES[table]:
            expected[name] = _row(table, "BEFORE INSERT", f"NOT {condition}", words, "NEW")
    if "articles_publicchange" in tables:
        for table in sorted(ANNOUNCED.keys() & tables):
            for event, takes in events_of(table):
                expected[name_of(table, event)] = _announcement(table, event, takes)
    return expected


def _announcement(table: str, event: str, takes: str) -> tuple[str, str, str]:
    """One row a transaction, and one more where it takes something after it only added.

    What this transaction has announced already is kept in a setting that ends with it.
    """
    made = " REFERENCING NEW TABLE AS made" if "NEW." in takes else ""
    if made:
        takes = f"EXISTS (SELECT 1 FROM made WHERE {takes.replace('NEW.', 'made.')})"  # noqa: S608
    body = f""" DECLARE taken boolean := {takes}; said text := current_setting('newsroom.announced', true);
    BEGIN
        IF said = 'takes' OR (said = 'adds' AND NOT taken) THEN RETURN NULL; END IF;
        INSERT INTO articles_publicchange (takes, number) VALUES (taken, 1);
        PERFORM set_config('newsroom.announced', CASE WHEN taken THEN 'takes' ELSE 'adds' END, true);
        RETURN NULL;
    END """  # noqa: S608  (nothing in it comes from outside)
    return table, f"AFTER {event.upper()} ON {table}{made} FOR EACH STATEMENT", body


def _changed(table: str) -> str:
    """That something changed which may not."""
    less = "".join(f" - '{column}'" for column in (*APPEND_ONLY[table], *words_of(table)))
    conditions = [f"(to_jsonb(NEW){less}) IS DISTINCT FROM (to_jsonb(OLD){less})"]
    for column in words_of(table):
        digest = f"encode(sha256(convert_to(NEW.{column}::text, 'UTF8')), 'hex')"
        refused = not_redacted(table, column, digest)
        conditions.append(f"(NEW.{column} IS DISTINCT FROM OLD.{column} AND {refused})")
    return " OR ".join(conditions)


def _row(table: str, when: str, condition: str, words: str, answer: str) -> tuple[str, str, str]:
    return table, f"{when} ON {table} FOR EACH ROW", _body(condition, words, answer)


def _body(condition: str, words: str, answer: str) -> str:
    # check_violation, so that Django raises IntegrityError as it does on SQLite
    return (
        f" BEGIN IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';"
        f" END IF; RETURN {answer}; END "
    )
