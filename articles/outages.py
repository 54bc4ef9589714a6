"""Knows which faults mean that the database is away for a while, rather than that we asked it wrongly."""

import sqlite3

from django.db import InterfaceError, InternalError, OperationalError

#: Seconds after which it is worth to try again.
RETRY_AFTER = 5

#: Connected to a standby, which takes over in a moment: https://www.postgresql.org/docs/current/errcodes-appendix.html
_READ_ONLY = "25006"


def is_outage(fault: BaseException | None) -> bool:
    """Gone, starting, full or locked; SQLite says "operational" of a table that is not there as well."""
    cause = getattr(fault, "__cause__", None)
    if isinstance(fault, OperationalError):
        return getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    if isinstance(fault, InternalError):
        return getattr(cause, "sqlstate", None) == _READ_ONLY
    return isinstance(fault, InterfaceError)
