"""The database: whether it answers, has its tables and guards, is set up as the newsroom needs, and knows the time."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from articles.integrity.triggers import faults as missing_guards
from newsroom.doctor.findings import Finding, fault, ok, warning
from newsroom.metrics.server import clock_skew

#: Seconds between two clocks: a story would appear, or a lease end, that much too early or too late.
MOST_APART = 2

#: What a statement answers where SQLite is set up as in newsroom.locations, and why.
_SQLITE = {
    "journal_mode": ("wal", "Readers would wait for writers."),
    "synchronous": (2, "A power cut could undo a publication."),
    "foreign_keys": (1, "Rows could name rows that are not there."),
    "recursive_triggers": (1, "INSERT OR REPLACE would pass the guards of the record by."),
}
_POSTGRESQL = {
    "fsync": ("on", "A power cut could destroy the database."),
    "full_page_writes": ("on", "A power cut could destroy the database."),
    "synchronous_commit": ("on", "A power cut could undo a publication."),
    "jit": ("off", "Short queries would take a hundred times as long."),
    "server_encoding": ("UTF8", "Some names could not be written."),
}
#: What PostgreSQL is asked for (newsroom.locations.PLANNING); without it all works, and more slowly.
_FASTER = {
    "plan_cache_mode": ("force_generic_plan", "The queries of a page are planned anew each time."),
    "random_page_cost": ("1", "Lists are read and sorted instead of read in order."),
}


def answers() -> Iterator[Finding]:
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    yield ok(f"{connection.display_name} {version} answers")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield fault(f"{len(missing)} are not applied, the first {missing[0][0]}", "Run `manage.py migrate`.")
    else:
        yield ok("all are applied")


def guards() -> Iterator[Finding]:
    if missing := missing_guards(connection):
        advice = "Run `manage.py migrate`: it puts them back. Then `manage.py verify_record`."
        yield fault(f"missing or changed: {', '.join(missing)}", advice)
    else:
        yield ok("the record is guarded by the database")


def set_up() -> Iterator[Finding]:
    is_sqlite = connection.vendor == "sqlite"
    wanted = _SQLITE if is_sqlite else _POSTGRESQL
    advice = "Set it where the database is set up."
    wrong = [fault(sentence, advice) for sentence in _differing(wanted)]
    yield from wrong or [ok(f"{', '.join(wanted)} are as they should be")]
    yield from (warning(sentence, advice) for sentence in ([] if is_sqlite else _differing(_FASTER)))
    yield from _statistics() if is_sqlite else _connections()


def _differing(wanted: Mapping[str, tuple[object, str]]) -> Iterator[str]:
    ask = "PRAGMA {}" if connection.vendor == "sqlite" else "SHOW {}"
    with connection.cursor() as cursor:
        for name, (value, why) in wanted.items():
            cursor.execute(ask.format(name))
            (found,) = cursor.fetchone()
            if found != value:
                yield f"{name} is {found}, not {value}. {why}"


def _statistics() -> Iterator[Finding]:
    """SQLite's are averages, which take the two drafts of an archive for a quarter of it (docs/decisions/0052)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'")
        if cursor.fetchone()[0]:
            advice = "Run `DROP TABLE sqlite_stat1` in it, and neither ANALYZE nor PRAGMA optimize."
            yield warning("somebody made statistics, by which it chooses slow ways on the desk", advice)


def _connections() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int, count(*) FROM pg_stat_activity")
        most, used = cursor.fetchone()
    if used > most * 0.8:
        pool = settings.DATABASES["default"]["OPTIONS"].get("pool", {}).get("max_size", 0)
        advice = f"Raise max_connections, or lower DATABASE_POOL ({pool}) or the number of processes."
        yield warning(f"{used} of {most} connections are in use", advice)


def clocks() -> Iterator[Finding]:
    """SQLite has no clock but this machine's."""
    skew = clock_skew()
    if abs(skew) > MOST_APART:
        advice = "Set up time synchronisation (chrony, systemd-timesyncd) on both machines."
        yield fault(f"the database’s clock is {skew:+.1f} s from this machine’s", advice)
    else:
        yield ok(f"the database’s and this machine’s agree within {abs(skew):.1f} s")
