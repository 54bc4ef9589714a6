"""Knows which faults mean that database or files are away for a while, rather than that we asked them wrongly."""

import errno
import sqlite3

from django.db import InterfaceError, InternalError, OperationalError

#: Seconds after which it is worth to try again.
RETRY_AFTER = 5

#: Connected to a standby, which takes over in a moment: https://www.postgresql.org/docs/current/errcodes-appendix.html
_READ_ONLY = "25006"


#: https://www.postgresql.org/docs/current/errcodes-appendix.html
_DISK_FULL = "53100"


def is_full(fault: BaseException | None) -> bool:
    """The disk of the database, of the pictures or of uploads on their way: it stays so until a person makes room."""
    while fault is not None:
        if isinstance(fault, sqlite3.Error) and getattr(fault, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            return True
        if getattr(fault, "sqlstate", None) == _DISK_FULL:
            return True
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        fault = fault.__cause__
    return False


def is_outage(fault: BaseException | None) -> bool:
    """Gone, starting, full or locked; SQLite says "operational" of a table that is not there as well."""
    cause = getattr(fault, "__cause__", None)
    if isinstance(fault, OperationalError):
        return getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    if isinstance(fault, InternalError):
        return getattr(cause, "sqlstate", None) == _READ_ONLY
    return isinstance(fault, InterfaceError)


#: Packages that speak with an S3: what goes wrong on the way is an exception of theirs.
_OF_S3 = ("botocore", "boto3", "s3transfer")


def is_s3_outage(fault: BaseException | None) -> bool:
    return type(fault).__module__.partition(".")[0] in _OF_S3
