"""The process of a PostgreSQL on this machine that works for this one, and what it has used of a processor."""

from pathlib import Path


def server_seconds() -> float:
    """Seconds of processor time of whoever serves the connection; 0 on SQLite, and where it is elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return _of(cursor.fetchone()[0])


def _of(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0
